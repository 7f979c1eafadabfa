"""Which annual reports a license owes, and where the season of one stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from workflow.domain.facts import HeldLicense

Season = Literal["early", "open", "late", "closed"]
DUE = (3, 31)
LATE_UNTIL = (4, 30)
"""Month and day of the year after: the last day in time, the last day the platform takes it."""


def owes(held: HeldLicense, year: int) -> bool:
    """True when it was granted by 31 December of the year and not over before the season.

    A license that lapses during the season still owes the report.
    """
    granted = held.valid_from or date.min
    return granted <= date(year, 12, 31) and held.valid_to >= date(year + 1, 1, 1)


def season(year: int, day: date) -> Season:
    """Where the report for a year stands: from 1 January, due 31 March, late to 30 April."""
    if day.year <= year:
        return "early"
    if day <= date(year + 1, *DUE):
        return "open"
    return "late" if day <= date(year + 1, *LATE_UNTIL) else "closed"


def overdue_reports(held: HeldLicense, day: date) -> tuple[int, ...]:
    """Years whose report was due before `day` and is not on file; nothing when all were filed."""
    if held.annual_reports is None or held.valid_from is None:
        return ()
    years = range(held.valid_from.year, day.year)
    return tuple(
        year
        for year in years
        if owes(held, year)
        and year not in held.annual_reports
        and season(year, day) in ("late", "closed")
    )


def reports_to_file(held: HeldLicense, day: date) -> tuple[int, ...]:
    """Years whose report may be filed now and is not on file, the newest first."""
    last = day.year - 1
    first = held.valid_from.year if held.valid_from else last
    filed = held.annual_reports
    return tuple(
        year
        for year in range(last, first - 1, -1)
        if owes(held, year)
        and (season(year, day) == "open" if filed is None else year not in filed)
    )


def next_report(held: HeldLicense, day: date) -> int:
    """The year a report is to be filed for now: last year, or the first the license owes."""
    first = held.valid_from.year if held.valid_from else day.year - 1
    return max(first, day.year - 1)
