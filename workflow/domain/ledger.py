"""The ledger of a clock: day by day which days count and why the others do not."""

from __future__ import annotations

from datetime import date, timedelta

from workflow.domain.clock import Reading, Row
from workflow.domain.time_limit import Unit
from workflow.domain.workdays import days

_COUNTED = ("working", "make_up", "counted")


def ledger(reading: Reading) -> tuple[Row, ...]:
    """From the day after the start to the due day; a backward clock from its latest day on.

    A fixed date and a clock of years count nothing day by day: their ledger is empty.
    """
    if reading.clock.unit in (Unit.DATE, Unit.YEARS):
        return ()
    first, last = reading.started_on, reading.due
    if reading.clock.backward:
        first, last = last, first
    rows, count = [], 0
    for day in days(first + timedelta(1), last):
        why = _word(reading, day)
        count += why in _COUNTED
        rows.append(Row(day, why, count))
    return tuple(rows)


def _word(reading: Reading, day: date) -> str:
    paused = any(p.first <= day and (p.last is None or day <= p.last) for p in reading.pauses)
    if reading.clock.unit is Unit.CALENDAR:
        beyond = (day - reading.started_on).days > reading.clock.length
        if reading.clock.rolls and beyond:
            return "rolled"
        return "paused" if paused else "counted"
    why = reading.days.why(day)
    return "paused" if paused and why in ("working", "make_up") else why
