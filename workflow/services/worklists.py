"""A worklist as its page shows it: whole while it is short, by key and with its figures beyond."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.own_dates import kind_of
from workflow.domain.procedure import Role
from workflow.services.desk import (
    BUCKETS,
    Entry,
    by_urgency,
    case_scope,
    last_day_of_week,
    read_entry,
)
from workflow.storage import listings, worklists
from workflow.storage.worklists import Limits, Wanted, Whose

__all__ = ["Wanted"]
PAGE = 200
"""Rows of one page; a list that is not longer is read whole and counted here."""
AHEAD = timedelta(13)
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole worklist in numbers. `days` holds today and the thirteen days after it.

    `first` is the nearest date of a bucket; a day has its dates by kind.
    """

    buckets: Mapping[str, int]
    ready: int
    first: Mapping[str, date]
    days: Mapping[date, Mapping[str, int]]

    @property
    def open(self) -> int:
        """How many cases are on it."""
        return sum(self.buckets.values())


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page in the order asked for; `found` counts all rows that are wanted.

    `skipped` rows stand before these; `before` and `after` are the keys of the pages beside it.
    `counts` answers the lists that were to be counted. `whole`: every row of the list was read.
    """

    entries: tuple[Entry, ...]
    figures: Figures
    counts: tuple[int, ...]
    found: int
    skipped: int = 0
    before: Key | None = None
    after: Key | None = None
    whole: tuple[Entry, ...] | None = None


def whose(actor: Actor, moment: Moment) -> Whose:
    """A handler's own cases; a reviewer's packs; a manager's team; and those they stand in for."""
    return Whose(
        int(actor.id),
        actor.id if actor.role is Role.HANDLER else None,
        reviewer=actor.role is Role.REVIEWER,
        stand_in=(int(actor.id), moment.today),
    )


def passes(entry: Entry, wanted: Wanted) -> bool:
    """True when a row that was read is wanted: what `storage.worklists` asks of the database."""
    line = entry.line
    seen = {"ready": entry.ready, "returned": entry.standing == "returned"}
    tests: dict[str, Callable[[str], bool]] = {
        "view": lambda v: seen.get(v, True),
        "bucket": lambda v: entry.bucket == v,
        "due": lambda v: line.next_due is not None and line.next_due.isoformat() == v,
        "procedure": lambda v: line.procedure == v,
        "kind": lambda v: v in line.kinds,
        "province": lambda v: v in line.coverage,
        "turn": lambda v: line.turn == v,
    }  # fmt: skip
    named = wanted.named is None or line.number in wanted.named
    return named and all(tests[name](value) for name, value in wanted.limits.items())


def read(
    session: Session,
    actor: Actor,
    moment: Moment,
    wanted: Wanted,
    *,
    order: str = "",
    after: Key | None = None,
    before: Key | None = None,
    count: Sequence[Wanted] = (),
) -> Page:
    """One page. A short list costs one statement, a long one five at most, whatever its rows."""
    limits = _limits(session, actor, moment)
    lines = worklists.page(session, limits, Wanted(), limit=PAGE + 1)
    if len(lines) <= PAGE:
        whole = tuple(sorted((read_entry(ln, moment.today) for ln in lines), key=by_urgency))
        return _Whole(session, actor, moment.today, whole).page(wanted, count)
    figures = _figures(worklists.figures(session, limits, moment.today + AHEAD))
    if wanted == Wanted() and not (order or after or before):
        found, total, skipped = lines[:PAGE], figures.open, 0  # the page that was read to see this
    else:
        found = worklists.page(
            session, limits, wanted, order=order, after=after, before=before, limit=PAGE
        )
        first = found[0] if found else None
        total, skipped = worklists.place(session, limits, wanted, order, first)
    rows = [read_entry(ln, moment.today) for ln in found]
    return Page(
        tuple(rows if order else sorted(rows, key=by_urgency)),
        figures,
        tuple(worklists.counts(session, limits, count)),
        total,
        skipped,
        worklists.key_of(found[0], order) if skipped else None,
        worklists.key_of(found[-1], order) if skipped + len(found) < total else None,
    )


def every(session: Session, actor: Actor, moment: Moment, wanted: Wanted, most: int) -> list[Entry]:
    """All wanted rows by urgency, page by page, up to `most`."""
    limits, after, found = _limits(session, actor, moment), None, list[Entry]()
    while len(found) < most:
        lines = worklists.page(
            session, limits, wanted, after=after, limit=min(PAGE, most - len(found))
        )
        found += [read_entry(line, moment.today) for line in lines]
        if len(lines) < PAGE:
            break
        after = worklists.key_of(lines[-1], "")
    return sorted(found, key=by_urgency)


def counts(session: Session, actor: Actor, moment: Moment, many: Sequence[Wanted]) -> list[int]:
    """How many cases each of several lists has, in one statement."""
    return worklists.counts(session, _limits(session, actor, moment), many)


def _limits(session: Session, actor: Actor, moment: Moment) -> Limits:
    week = (moment.today, last_day_of_week(moment.today))
    return Limits(session, case_scope(actor), whose(actor, moment), week)


class _Whole:
    """A short list in memory: what is wanted of it is picked and counted here."""

    def __init__(
        self, session: Session, actor: Actor, today: date, entries: tuple[Entry, ...]
    ) -> None:
        self.session, self.scope, self.today = session, case_scope(actor), today
        self.entries = entries
        self.known = {entry.line.number: entry for entry in entries}

    def page(self, wanted: Wanted, count: Sequence[Wanted]) -> Page:
        found = tuple(sorted(self._of(wanted), key=by_urgency))
        counts = tuple(len(self._of(one)) for one in count)
        figures = _counted(self.entries, self.today)
        return Page(found, figures, counts, len(found), whole=self.entries)

    def _of(self, wanted: Wanted) -> list[Entry]:
        listed = self._named(wanted.named or ()) if wanted.everybody else self.entries
        return [entry for entry in listed if passes(entry, wanted)]

    def _named(self, numbers: Collection[str]) -> list[Entry]:
        """These cases, whosever they are; those that are not on the list are read once."""
        lacking = [number for number in sorted(numbers) if number not in self.known]
        for line in listings.lines_named(self.session, self.scope, lacking[:PAGE]):
            self.known[line.number] = read_entry(line, self.today)
        return [self.known[number] for number in numbers if number in self.known]


def _counted(entries: Sequence[Entry], today: date) -> Figures:
    return _figures(
        worklists.Figure(
            e.bucket, e.ready,
            e.line.next_due if _near(e.line.next_due, today) else None,
            kind_of(e.line.next_clock), e.line.next_due, 1,
        )
        for e in entries
    )  # fmt: skip


def _near(due: date | None, today: date) -> bool:
    return due is not None and today <= due <= today + AHEAD


def _figures(lines: Iterable[worklists.Figure]) -> Figures:
    buckets: Counter[str] = Counter(dict.fromkeys(BUCKETS, 0))
    first: dict[str, date] = {}
    days: dict[date, Counter[str]] = {}
    ready = 0
    for line in lines:
        buckets[line.bucket] += line.n
        ready += line.n if line.ready else 0
        if line.first:
            first[line.bucket] = min(line.first, first.get(line.bucket, line.first))
        if line.day:
            days.setdefault(line.day, Counter())[line.kind] += line.n
    return Figures(buckets, ready, first, days)
