"""When a clock starts, pauses and ends: due day, calendar reading, estimate, day-by-day ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.domain.facts import Act
from workflow.domain.procedure import Clock, Unit
from workflow.domain.workdays import Calendar, add_calendar, add_working, count_working, days


@dataclass(frozen=True, slots=True)
class Pause:
    """Days the review did not run, first and last included. `last` None: still paused."""

    first: date
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One day of a ledger: counted or not, and why."""

    day: date
    why: str
    count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock of one case as it stands.

    `due` is the legal day; `calendar` the same length read in calendar days, shown beside
    working-day clocks; `late_by` in the clock's own unit, 0 if in time.
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
    clocks: Iterable[Clock], acts: tuple[Act, ...], calendar: Calendar, as_of: date
) -> tuple[Reading, ...]:
    """Every clock the acts have started, in the order given, ended ones included."""
    readings = (read_clock(clock, acts, calendar, as_of) for clock in clocks)
    return tuple(reading for reading in readings if reading)


def read_clock(
    clock: Clock, acts: tuple[Act, ...], calendar: Calendar, as_of: date
) -> Reading | None:
    """The newest run of one clock, or None if nothing started it (or an act made it void)."""
    start = _start(clock, acts)
    if start is None:
        return None
    later = [act for act in acts if act.seq > start.seq]
    if any(act.do in clock.voids for act in later):
        return None
    end = next((act for act in later if act.do in clock.ends), None)
    pauses = _pauses(later, end) if clock.pauses else ()
    due, plain = _due(clock, start.on, pauses, calendar, as_of)
    return Reading(
        clock=clock,
        started_on=start.on,
        started_by=start.do,
        due=due,
        calendar=plain if clock.unit is Unit.WORKING else None,
        estimated=calendar.estimated(start.on, due) or any(p.last is None for p in pauses),
        late_by=_late(clock, due, end.on if end else as_of, calendar),
        ended_on=end.on if end else None,
        ended_by=end.do if end else None,
        pauses=pauses,
        days=calendar,
    )


def ledger(reading: Reading) -> tuple[Row, ...]:
    """Day by day from the day after the start to the due day; the last row is the due day."""
    rows, count = [], 0
    for day in days(reading.started_on + timedelta(1), reading.due):
        why = _word(reading, day)
        count += why in ("working", "make_up", "counted")
        rows.append(Row(day, why, count))
    return tuple(rows)


def _word(reading: Reading, day: date) -> str:
    paused = any(p.first <= day and (p.last is None or day <= p.last) for p in reading.pauses)
    if reading.clock.unit is Unit.CALENDAR:
        return "paused" if paused else "counted"
    why = reading.days.why(day)
    return "paused" if paused and why in ("working", "make_up") else why


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
    clock: Clock, start: date, pauses: tuple[Pause, ...], calendar: Calendar, as_of: date
) -> tuple[date, date]:
    """The due day and its calendar reading; an open pause counts up to `as_of`, no day twice."""
    plain, working = add_calendar(start, clock.length), clock.length
    counted = start
    for pause in pauses:
        last = pause.last or max(pause.first, as_of)
        first = max(pause.first, counted + timedelta(1))
        plain = add_calendar(plain, max(0, (last - first).days + 1))
        working += count_working(calendar, first, last)
        counted = max(counted, last)
    if clock.unit is Unit.CALENDAR:
        return plain, plain
    return add_working(calendar, start, working), plain


def _late(clock: Clock, due: date, until: date, calendar: Calendar) -> int:
    if until <= due:
        return 0
    if clock.unit is Unit.WORKING:
        return count_working(calendar, due + timedelta(1), until)
    return (until - due).days
