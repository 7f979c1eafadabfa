"""Counting a time limit out: the last day from a start, with its pauses, and how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from workflow.domain.facts import Act
from workflow.domain.time_limit import Clock, Unit
from workflow.domain.workdays import (
    Calendar,
    add_calendar,
    add_working,
    add_years,
    count_working,
    roll_forward,
)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days the review did not run, first and last included. `last` None: still paused."""

    first: date
    last: date | None
    reason: str


def raw_day(clock: Clock, anchor: date, calendar: Calendar) -> date:
    """The arithmetical last day, before any rolling."""
    if clock.unit is Unit.DATE:
        return anchor
    if clock.unit is Unit.YEARS:
        return add_years(anchor, clock.length)
    if clock.unit is Unit.WORKING:
        return add_working(calendar, anchor, clock.length)
    return add_calendar(anchor, -clock.length if clock.backward else clock.length)


def pauses_of(later: list[Act], end: Act | None) -> tuple[Pause, ...]:
    """The pauses among the acts after a start; the end of the clock ends an open one."""
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


def due_days(
    clock: Clock, start: date, pauses: tuple[Pause, ...], now: tuple[Calendar, date]
) -> tuple[date, date]:
    """The due day and its calendar reading; an open pause counts up to today, no day twice.

    A pause that begins when the time is over already adds nothing: lateness is not undone
    (ADR 0015).
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


def days_late(clock: Clock, due: date, until: date, calendar: Calendar) -> int:
    """Days from the last day to `until` in the clock's own unit; 0 when in time."""
    if until <= due:
        return 0
    if clock.unit is Unit.WORKING:
        return count_working(calendar, due + timedelta(1), until)
    return (until - due).days
