"""Whether an act fell into the agency's working hours, by its calendar."""

from __future__ import annotations

from datetime import date, time

from workflow.domain.workdays import Calendar

BEGIN, END = time(8), time(19)


def out_of_hours(calendar: Calendar, day: date, clock: time) -> bool:
    """True on a day off, before `BEGIN`, or from `END` on; make-up days are working days."""
    return not (calendar.is_working(day) and BEGIN <= clock < END)
