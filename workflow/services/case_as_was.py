"""A case as it stood at one event: its trail folded up to there, nothing read from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.errors import NotFound
from workflow.services.desk import case_scope
from workflow.services.lists import TrailPage
from workflow.storage import stories
from workflow.storage.stories import EventLine


@dataclass(frozen=True, slots=True)
class Held:
    """One field: the value it had, and the event that last set it."""

    field: str
    value: Any
    event: EventLine


@dataclass(frozen=True, slots=True)
class AsWas:
    """The case at `event`. `files` are the newest version of each material with its hash.

    `asked` are the points of every correction round so far, `judged` the last event that judged.
    """

    page: TrailPage
    fields: tuple[Held, ...]
    files: tuple[tuple[Mapping[str, Any], EventLine], ...]
    asked: tuple[tuple[EventLine, tuple[Mapping[str, Any], ...]], ...]
    judged: EventLine | None
    later: int

    @property
    def event(self) -> EventLine:
        """The event at which the case is looked at."""
        return self.page.events[-1]

    @property
    def state(self) -> str:
        """The state it was in after the event."""
        return next(e.target for e in reversed(self.page.events) if e.target) or ""


def at(session: Session, reader: Actor, event_id: int) -> AsWas:
    """The case of this event as it stood then. Raises NotFound outside the scope or of no case."""
    events = stories.case_until(session, event_id)
    if not events or not case_scope(reader).allows(events[-1].body["company_id"]):
        raise NotFound
    words, names = stories.opened_values(session, events), stories.account_names(session)
    return AsWas(
        TrailPage(events, words, names),
        _fields(events),
        _files(events),
        tuple((e, tuple(e.body["given"]["points"])) for e in events if _points(e)),
        next((e for e in reversed(events) if e.body.get("guard_results")), None),
        stories.last_seq(session, event_id) - events[-1].seq,
    )


def _fields(events: list[EventLine]) -> tuple[Held, ...]:
    """Every field's last value; facts of the case one by one, what was taken away left out."""
    held: dict[str, Held] = {}
    for event in events:
        for change in event.body.get("changes") or ():
            for name, value in _parts(change["field"], change.get("new")):
                held[name] = Held(name, value, event)
    return tuple(h for h in held.values() if h.value not in (None, [], {}, ""))


def _parts(field: str, value: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - any JSON
    nested = field in ("facts", "facts.new", "facts.self_check")
    if not nested or not isinstance(value, Mapping) or "commitment" in value:
        return [(field, value)]
    return [part for key, inner in value.items() for part in _parts(f"{field}.{key}", inner)]


def _files(events: list[EventLine]) -> tuple[tuple[Mapping[str, Any], EventLine], ...]:
    newest = {f["material"]: (f, e) for e in events for f in e.body.get("material_hashes") or ()}
    return tuple(newest.values())


def _points(event: EventLine) -> bool:
    return bool((event.body.get("given") or {}).get("points"))
