"""The trail searched: filters in the words of the page, one page at a time, by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.services import trail_kinds
from workflow.services.desk import case_scope
from workflow.services.lists import TrailPage
from workflow.storage import stories, trail_marks, trail_search
from workflow.storage.stories import Around
from workflow.storage.trail_search import Asked, Place

__all__ = ["Around", "Found", "Place", "Wanted"]

PAGE = 50
MOST_COUNTED = 1_000
_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the page. `zone`: the time zone in which `first` and `last` are days."""

    zone: str
    first: date | None = None
    last: date | None = None
    actor: str = ""
    case_id: int | None = None
    company_id: int | None = None
    license_id: int | None = None
    action: str = ""
    event_id: int | None = None
    kinds: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Wanted:
        """The filters as JSON keeps them: days as text, several as a list."""
        days = {n: date.fromisoformat(told[n]) for n in ("first", "last") if n in told}
        several = {n: tuple(told[n]) for n in ("kinds", "risks") if n in told}
        return cls(**{**told, **days, **several})

    def asked(self) -> Asked:
        """As the storage is asked: days as instants, kinds and presets as acts and marks."""
        acts, marks = trail_kinds.risky(self.risks)
        actions = trail_kinds.acts_of(self.kinds)
        if self.action:
            actions = frozenset({self.action}) if not actions or self.action in actions else NEVER
        return Asked(
            since=self._midnight(self.first) if self.first else "",
            until=self._midnight(self.last + _ONE_DAY) if self.last else "",
            actor=self.actor,
            company_id=self.company_id,
            case_id=self.case_id,
            license_id=self.license_id,
            event_id=self.event_id,
            actions=actions,
            risky=acts,
            marks=marks,
        )

    def _midnight(self, day: date) -> str:
        at = datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)
        return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


NEVER = frozenset({""})
Names = Mapping[str, tuple[str, str]]
Turn = Literal["first", "before", "after", "last"]


@dataclass(frozen=True, slots=True)
class Found:
    """One page, newest first. `older`, `newer`: whether there is more that way.

    `around`: the next event on the chain of each, and the day its case was first filed.
    `reached` is where a long search stopped: the instant and the event it goes on from.
    """

    page: TrailPage
    marks: Mapping[int, frozenset[str]]
    around: Mapping[int, Around]
    older: bool
    newer: bool
    reached: Place | None = None
    gone: bool = False
    """True when the event the page was to begin at is not there: this is the first page."""


def find(
    session: Session,
    reader: Actor,
    wanted: Wanted,
    *,
    turn: Turn = "first",
    of: int | None = None,
    limit: int = PAGE,
    names: Names | None = None,
) -> Found:
    """The first page, the last, or the one `before` (older than) or `after` the event `of`.

    An event that is not there, from an old bookmark, gives the first page. `names`: everybody by
    account id, when the caller has them at hand.
    """
    start = _place(session, [], of)
    return _from(session, reader, wanted, turn=turn, start=start, limit=limit, names=names)


def _from(
    session: Session,
    reader: Actor,
    wanted: Wanted,
    *,
    turn: Turn,
    start: Place | None,
    names: Names | None,
    limit: int = PAGE,
) -> Found:
    gone = turn in ("before", "after") and start is None
    turn = "first" if gone else turn
    oldest = turn in ("after", "last")
    hits = trail_search.find(
        session, case_scope(reader), wanted.asked(), start=start, oldest=oldest, limit=limit + 1
    )
    more = len(hits.places) > limit
    places = hits.places[:limit]
    if oldest:
        places.reverse()
    return Found(
        *opened(session, [event_id for _, event_id in places], names),
        older=turn == "after" or (more and not oldest),
        newer=turn == "before" or (more and oldest),
        reached=None if more else hits.reached,
        gone=gone,
    )


def find_counted(
    session: Session,
    reader: Actor,
    wanted: Wanted,
    *,
    turn: Turn = "first",
    of: int | None = None,
    names: Names | None = None,
) -> tuple[Found, int | None, Mapping[str, int]]:
    """`find` and `count` at once, and how many of each kind and risk there are.

    What was read to count serves as the page where it reaches.
    """
    look = of is None or bool(wanted.case_id or wanted.company_id or wanted.license_id)
    near, kinds, start = _near(session, reader, wanted, of, look=look)
    cut = _cut(near, turn, start) if near is not None else None
    total = None if near is None else len(near)
    if near is None or cut is None:
        found = _from(session, reader, wanted, turn=turn, start=start, names=names)
        return found, total, kinds
    page = opened(session, [event_id for _, event_id in near[cut]], names)
    gone = turn in ("before", "after") and start is None
    found = Found(*page, older=cut.stop < len(near), newer=cut.start > 0, gone=gone)
    return found, total, kinds


def _near(
    session: Session, reader: Actor, wanted: Wanted, of: int | None, *, look: bool
) -> tuple[list[Place] | None, Mapping[str, int], Place | None]:
    """The newest that match, how many of each kind and risk stand beside them, where `of` stands.

    The second is empty where more than `MOST_COUNTED` would be looked at, or not `look`.
    """
    scope, narrowed = case_scope(reader), bool(wanted.kinds or wanted.risks)
    if narrowed and not look:
        near = trail_search.newest(session, scope, wanted.asked(), MOST_COUNTED + 1)
        return near, {}, _place(session, near or [], of)
    every = replace(wanted, kinds=(), risks=()).asked()
    near = trail_search.newest(session, scope, every, MOST_COUNTED + 1)
    if near is None or len(near) > MOST_COUNTED:
        if narrowed:
            return _near(session, reader, wanted, of, look=False)
        return near, {}, _place(session, near or [], of)
    ids = [event_id for _, event_id in near]
    told = trail_marks.acts_and_marks(session, [*ids, *([] if of is None else [of])])
    answers = trail_kinds.answering(wanted.kinds, wanted.risks)
    found = [place for place in near if answers(told[place[1]].act, told[place[1]].marks)]
    start = (told[of].at, of) if of is not None and of in told else None
    return found, trail_kinds.sorted_out((told[i].act, told[i].marks) for i in ids), start


def _place(session: Session, near: list[Place], of: int | None) -> Place | None:
    """Where the event `of` stands; it is looked up when it is none of those that match."""
    if of is None:
        return None
    known = next((place for place in near if place[1] == of), None)
    return known or trail_search.place_of(session, of)


def _cut(near: list[Place], turn: Turn, of: Place | None) -> slice | None:
    """Where the page lies among the newest that match; None when it does not lie there wholly."""
    size, first = len(near), 0
    if turn in ("before", "after") and of is not None:
        newer = sum(place > of for place in near)
        first, size = (
            (newer + (of in near), size) if turn == "before" else (max(0, newer - PAGE), newer)
        )
    elif turn == "last":
        first = max(0, size - PAGE)
    last = min(first + PAGE, size)
    reaches = len(near) <= MOST_COUNTED or (turn != "last" and last < len(near))
    return slice(first, last) if reaches else None


def opened(
    session: Session, ids: list[int], names: Names | None = None
) -> tuple[TrailPage, Mapping[int, frozenset[str]], Mapping[int, Around]]:
    """These events in this order, the names and words kept beside them, marks and neighbors.

    The caller has checked the scope.
    """
    found = stories.events_around(session, ids)
    events = [found[event_id][0] for event_id in ids]
    words, marks = stories.kept_beside(session, events)
    page = TrailPage(events, words, names if names is not None else stories.account_names(session))
    return page, marks, {event_id: around for event_id, (_, around) in found.items()}


def count(session: Session, reader: Actor, wanted: Wanted, most: int = MOST_COUNTED) -> int | None:
    """How many events match: exactly up to `most`, one more for `more than that`.

    None where only a long walk would tell.
    """
    return trail_search.count(session, case_scope(reader), wanted.asked(), most + 1)
