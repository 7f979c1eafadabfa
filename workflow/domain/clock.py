"""When a clock of a case starts, pauses and ends: due, latest, safe, estimated, late by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from workflow.domain.due import Pause, days_late, due_days, pauses_of, raw_day
from workflow.domain.facts import Act
from workflow.domain.time_limit import Clock, Unit
from workflow.domain.workdays import Calendar, add_calendar, roll_forward, safe_backward

Anchors = Mapping[str, date]
_NONE: Anchors = MappingProxyType({})


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
    pauses = pauses_of(later, end) if clock.pauses else ()
    first = start.on + timedelta(clock.offset)
    extra = clock.extension * sum(act.do in clock.extends for act in later)
    clock = replace(clock, length=clock.length + extra) if extra else clock
    due, plain = due_days(clock, first, pauses, (calendar, as_of))
    filer = clock.whose == "filer"
    return Reading(
        clock=clock,
        started_on=first,
        started_by=start.do,
        due=due,
        calendar=plain if clock.unit is Unit.WORKING else None,
        estimated=calendar.estimated(first, due) or any(p.last is None for p in pauses),
        late_by=days_late(clock, due, end.on if end else as_of, calendar),
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
        late_by=days_late(clock, day, end.on if end else as_of, calendar),
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
    raw = raw_day(clock, anchor, calendar)
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
        late_by=days_late(clock, due, end.on if end else as_of, calendar),
        ended_on=end.on if end else None,
        ended_by=end.do if end else None,
        pauses=(),
        days=calendar,
        as_of=as_of,
        safe=safe,
    )


def _start(clock: Clock, acts: tuple[Act, ...]) -> Act | None:
    """The newest starting act, unless something earlier made a new start pointless."""
    start = None
    for act in acts:
        if act.do in clock.starts:
            start = act
        elif act.do in clock.unless:
            break
    return start
