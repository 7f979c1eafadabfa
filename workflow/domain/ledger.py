"""The ledger of a clock: day by day which days count and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from workflow.domain.clock import Reading, Row
from workflow.domain.time_limit import Unit
from workflow.domain.workdays import days

COUNTED = ("working", "make_up", "counted")


def ledger(reading: Reading) -> tuple[Row, ...]:
    """One row a day; the last row is the due day.

    Forward from the day after the start, backward from the day before it. A fixed date and a clock
    of years count nothing day by day: one row says where the date comes from.
    """
    unit = reading.clock.unit
    if unit is Unit.DATE:
        return (Row(reading.due, "fixed", 0),)
    if unit is Unit.YEARS:
        same = (reading.due.month, reading.due.day) == (
            reading.started_on.month,
            reading.started_on.day,
        )
        return (Row(reading.due, "same_day" if same else "month_end", reading.clock.length),)
    rows, count = [], 0
    for day in _days(reading):
        why, pause = _word(reading, day)
        count += why in COUNTED
        rows.append(Row(day, why, count, pause))
    return tuple(rows)


def _days(reading: Reading) -> Iterator[date]:
    start, due = reading.started_on, reading.due
    if reading.clock.backward:
        return (start - timedelta(n) for n in range(1, (start - due).days + 1))
    return days(start + timedelta(1), due)


def _word(reading: Reading, day: date) -> tuple[str, int]:
    pause = _pause(reading, day)
    if reading.clock.unit is Unit.CALENDAR:
        if reading.clock.rolls and (day - reading.started_on).days > reading.clock.length:
            return "rolled", 0
        return ("paused", pause) if pause else ("counted", 0)
    why = reading.days.why(day)
    return ("paused", pause) if pause and why in COUNTED else (why, 0)


def _pause(reading: Reading, day: date) -> int:
    """The number of the pause this day lies in, from 1; 0 for none."""
    for number, pause in enumerate(reading.pauses, start=1):
        if pause.first <= day <= (pause.last or max(pause.first, reading.as_of)):
            return number
    return 0
