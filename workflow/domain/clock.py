"""When a clock of a case starts, pauses and ends: due, latest, safe, estimated, late by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from workflow.domain.facts import Act
from workflow.domain.procedure import Clock, Unit
from workflow.domain.workdays import (
    Calendar,
    add_calendar,
    add_working,
    add_years,
    count_working,
    roll_forward,
    safe_backward,
)

Anchors = Mapping[str, date]
_NONE: Anchors = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pause:
    """Days the review did not run, first and last included. `last` None: still paused."""

    first: date
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One day of a ledger: counted or not, and why. `pause`: which one, from 1; 0 for none."""

    day: date
    why: str
    count: int
    pause: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock of one case as it stands.

    `due` is the legal day; `calendar` the same length read in calendar days, shown beside
    working-day clocks; `safe` (filer's clocks only) the last working day on or before the
    arithmetical day; `late_by` in the clock's own unit, 0 if in time. A backward clock starts at
    the day it counts back from. `clock` has the length that counts, with what was added to it;
    an open pause is counted up to `as_of`.
    """

    clock: Clock
    started_on: date
    started_by: str
    due: date
    calendar: date | None
    estimated: bool
    late_by: int
    ended_on: date | None
    ended_by: str | None
    pauses: tuple[Pause, ...]
    days: Calendar
    as_of: date
    safe: date | None = None

    @property
    def code(self) -> str:
        """The clock's code."""
        return self.clock.code

    @property
    def running(self) -> bool:
        """True until an act ended the clock."""
        return self.ended_on is None

    @property
    def paused(self) -> bool:
        """True while an expert review, hearing, testing or appraisal is open."""
        return self.running and any(pause.last is None for pause in self.pauses)


def read_clocks(
    clocks: Iterable[Clock],
    acts: tuple[Act, ...],
    calendar: Calendar,
    as_of: date,
    anchors: Anchors = _NONE,
) -> tuple[Reading, ...]:
    """Every clock that acts or facts have started, in the order given, ended ones included."""
    readings = (read_clock(clock, acts, calendar, as_of, anchors) for clock in clocks)
    return tuple(reading for reading in readings if reading)


def read_clock(
    clock: Clock,
    acts: tuple[Act, ...],
    calendar: Calendar,
    as_of: date,
    anchors: Anchors = _NONE,
) -> Reading | None:
    """The newest run of one clock, or None if nothing started it (or an act made it void)."""
    found = _read(clock, acts, calendar, as_of, anchors)
    if found is None or not clock.window:
        return found
    over = found.ended_on is None and as_of > found.due
    return replace(found, late_by=0, ended_on=found.due if over else found.ended_on)


def _read(
    clock: Clock, acts: tuple[Act, ...], calendar: Calendar, as_of: date, anchors: Anchors
) -> Reading | None:
    if not clock.starts:
        day = anchors.get(clock.anchor)
        return _from_fact(clock, day, acts, calendar, as_of) if day else None
    start = _start(clock, acts)
    if start is None:
        return None
    later = [act for act in acts if act.seq > start.seq]
    if any(act.do in clock.voids for act in later):
        return None
    if clock.unit is Unit.DATE:
        day = anchors.get(clock.anchor)
        return _fixed(clock, start, later, day, (calendar, as_of)) if day else None
    return _from_act(clock, start, later, calendar, as_of)


def _from_act(
    clock: Clock, start: Act, later: list[Act], calendar: Calendar, as_of: date
) -> Reading:
    end = next((act for act in later if act.do in clock.ends), None)
    pauses = _pauses(later, end) if clock.pauses else ()
    first = start.on + timedelta(clock.offset)
    extra = clock.extension * sum(act.do in clock.extends for act in later)
    clock = replace(clock, length=clock.length + extra) if extra else clock
    due, plain = _due(clock, first, pauses, (calendar, as_of))
    filer = clock.whose == "filer"
    return Reading(
        clock=clock,
        started_on=first,
        started_by=start.do,
        due=due,
        calendar=plain if clock.unit is Unit.WORKING else None,
        estimated=calendar.estimated(first, due) or any(p.last is None for p in pauses),
        late_by=_late(clock, due, end.on if end else as_of, calendar),
        ended_on=end.on if end else None,
        ended_by=end.do if end else None,
        pauses=pauses,
        days=calendar,
        as_of=as_of,
        safe=safe_backward(calendar, due) if filer else None,
    )


def _fixed(
    clock: Clock, start: Act, later: list[Act], day: date, now: tuple[Calendar, date]
) -> Reading:
    """A fixed day that matters since an act."""
    calendar, as_of = now
    end = next((act for act in later if act.do in clock.ends), None)
    return Reading(
        clock=clock,
        started_on=start.on,
        started_by=start.do,
        due=day,
        calendar=None,
        estimated=False,
        late_by=_late(clock, day, end.on if end else as_of, calendar),
        ended_on=end.on if end else None,
        ended_by=end.do if end else None,
        pauses=(),
        days=calendar,
        as_of=as_of,
    )


def _from_fact(
    clock: Clock, anchor: date, acts: tuple[Act, ...], calendar: Calendar, as_of: date
) -> Reading:
    """A clock of the filer's own: counted from or back to a fact, ended by the first filing."""
    raw = _raw(clock, anchor, calendar)
    due = roll_forward(calendar, raw) if clock.rolls else raw
    safe = safe_backward(calendar, raw)
    first = anchor if clock.unit is Unit.WORKING else min(safe, due)
    end = next((act for act in acts if act.do in clock.ends), None)
    plain = add_calendar(anchor, clock.length) if clock.unit is Unit.WORKING else None
    return Reading(
        clock=clock,
        started_on=anchor,
        started_by=clock.anchor,
        due=due,
        calendar=plain,
        estimated=calendar.estimated(first, due),
        late_by=_late(clock, due, end.on if end else as_of, calendar),
        ended_on=end.on if end else None,
        ended_by=end.do if end else None,
        pauses=(),
        days=calendar,
        as_of=as_of,
        safe=safe,
    )


def _raw(clock: Clock, anchor: date, calendar: Calendar) -> date:
    """The arithmetical last day, before any rolling."""
    if clock.unit is Unit.DATE:
        return anchor
    if clock.unit is Unit.YEARS:
        return add_years(anchor, clock.length)
    if clock.unit is Unit.WORKING:
        return add_working(calendar, anchor, clock.length)
    return add_calendar(anchor, -clock.length if clock.backward else clock.length)


def _start(clock: Clock, acts: tuple[Act, ...]) -> Act | None:
    """The newest starting act, unless something earlier made a new start pointless."""
    start = None
    for act in acts:
        if act.do in clock.starts:
            start = act
        elif act.do in clock.unless:
            break
    return start


def _pauses(later: list[Act], end: Act | None) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    for act in later:
        if end and act.seq > end.seq:
            break
        if act.do == "pause_review":
            pauses.append(Pause(act.on, None, str(act.given.get("reason", "expert_review"))))
        elif act.do == "resume_review" and pauses and pauses[-1].last is None:
            pauses[-1] = Pause(pauses[-1].first, act.on, pauses[-1].reason)
    if end and pauses and pauses[-1].last is None:
        pauses[-1] = Pause(pauses[-1].first, end.on, pauses[-1].reason)
    return tuple(pauses)


def _due(
    clock: Clock, start: date, pauses: tuple[Pause, ...], now: tuple[Calendar, date]
) -> tuple[date, date]:
    """The due day and its calendar reading; an open pause counts up to today, no day twice.

    A pause that begins when the time is over already adds nothing: lateness is not undone.
    """
    calendar, as_of = now
    if clock.unit is Unit.YEARS:
        year = add_years(start, clock.length)
        return year, year
    plain, working = add_calendar(start, clock.length), clock.length
    counted = start
    for pause in pauses:
        due = plain if clock.unit is Unit.CALENDAR else add_working(calendar, start, working)
        if pause.first > due:
            break
        last = pause.last or max(pause.first, as_of)
        first = max(pause.first, counted + timedelta(1))
        plain = add_calendar(plain, max(0, (last - first).days + 1))
        working += count_working(calendar, first, last)
        counted = max(counted, last)
    if clock.unit is Unit.CALENDAR:
        rolled = roll_forward(calendar, plain) if clock.rolls else plain
        return rolled, plain
    return add_working(calendar, start, working), plain


def _late(clock: Clock, due: date, until: date, calendar: Calendar) -> int:
    if until <= due:
        return 0
    if clock.unit is Unit.WORKING:
        return count_working(calendar, due + timedelta(1), until)
    return (until - due).days
