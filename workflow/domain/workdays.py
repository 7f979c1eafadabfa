"""Working-day arithmetic: is this a working day under that calendar, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from workflow.domain.procedure import Text

SATURDAY, DAYS_A_WEEK = 5, 7


@dataclass(frozen=True, slots=True)
class YearNotice:
    """The State Council's holiday arrangement of one year.

    `notice` names it, or says that there is none. `provisional` means that there is none: dates
    that touch the year are estimates, and so are dates after `valid_through`, the last day the
    notice speaks for (None: the whole year). `version` tells notices loaded for one year apart; a
    shipped one is 0.
    """

    year: int
    off: frozenset[date]
    workdays: frozenset[date]
    notice: Text
    provisional: bool = False
    valid_through: date | None = None
    version: int = 0

    def speaks_for(self, day: date) -> bool:
        """True when a date that reaches `day` (of this year or later) is no estimate."""
        reach = min(day, date(self.year, 12, 31))
        return not self.provisional and (self.valid_through is None or reach <= self.valid_through)


@dataclass(frozen=True)
class Calendar:
    """Years loaded on top of the shipped ones. Asked one question: is this a working day?"""

    shipped: Callable[[int], YearNotice]
    loaded: Mapping[int, YearNotice]

    def year(self, year: int) -> YearNotice:
        """The notice that governs `year`."""
        return self.loaded.get(year) or self.shipped(year)

    def is_working(self, day: date) -> bool:
        """Off days never, make-up days always, else Monday to Friday."""
        notice = self.year(day.year)
        if day in notice.off:
            return False
        return day in notice.workdays or day.weekday() < SATURDAY

    def why(self, day: date) -> str:
        """`working`, `make_up`, `holiday` or `weekend`: the word for one row of a ledger."""
        notice = self.year(day.year)
        if day in notice.off:
            return "holiday"
        if day in notice.workdays:
            return "make_up"
        return "working" if day.weekday() < SATURDAY else "weekend"

    def estimated(self, first: date, last: date) -> bool:
        """True when the notice of any year from `first` to `last` is provisional or ends before."""
        first, last = min(first, last), max(first, last)
        years = range(first.year, last.year + 1)
        return not all(self.year(year).speaks_for(last) for year in years)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(offset)


def add_working(calendar: Calendar, start: date, count: int) -> date:
    """The day `count` working days after `start`; the start day is not counted."""
    day = start
    while count:
        day += timedelta(1)
        count -= calendar.is_working(day)
    return day


def add_calendar(start: date, count: int) -> date:
    """The day `count` calendar days after `start`; the start day is not counted."""
    return start + timedelta(count)


def roll_forward(calendar: Calendar, day: date) -> date:
    """The first working day on or after `day` (民法典 203; forward applicant clocks only)."""
    while not calendar.is_working(day):
        day += timedelta(1)
    return day


def safe_backward(calendar: Calendar, day: date) -> date:
    """The last working day on or before `day`; a backward clock is never prolonged."""
    while not calendar.is_working(day):
        day -= timedelta(1)
    return day


def count_working(calendar: Calendar, first: date, last: date) -> int:
    """Working days from `first` to `last`, both included; 0 when `last` is earlier."""
    weeks, rest = divmod(max(0, (last - first).days + 1), DAYS_A_WEEK)
    found = weeks * SATURDAY
    found += sum((first.weekday() + n) % DAYS_A_WEEK < SATURDAY for n in range(rest))
    for year in range(first.year, last.year + 1):
        notice = calendar.year(year)
        low, high = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        found -= sum(low <= day <= high and day.weekday() < SATURDAY for day in notice.off)
        made_up = notice.workdays - notice.off
        found += sum(low <= day <= high and day.weekday() >= SATURDAY for day in made_up)
    return found


@lru_cache(maxsize=4096)
def add_years(day: date, years: int) -> date:
    """The same day `years` later; a missing day becomes the last of the month (民法典 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
