"""Day counting against a naive reading of the rule, on any calendar."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.clock import read_clock
from workflow.domain.facts import Act
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.domain.time_limit import Clock, Unit
from workflow.domain.workdays import (
    Calendar,
    YearNotice,
    add_working,
    add_years,
    count_working,
    roll_forward,
    safe_backward,
)

FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
DAYS = st.dates(FIRST, LAST)


def _calendar(off, workdays):
    def shipped(year):
        return YearNotice(
            year,
            frozenset(day for day in off if day.year == year),
            frozenset(day for day in workdays - off if day.year == year),
            Text("示例通知", "Sample notice"),
        )

    return Calendar(shipped, MappingProxyType({}))


CALENDARS = st.builds(_calendar, st.frozensets(DAYS, max_size=60), st.frozensets(DAYS, max_size=20))


def _clock(unit):
    cites = (Citation(Text("示例法", "Sample Law"), Text("第一条", "Art. 1"), Confidence.TEXT),)
    return Clock(
        code="K-SAMPLE",
        name=Text("示例", "Sample"),
        length=20,
        unit=unit,
        whose="authority",
        starts=("submit",),
        ends=("approve",),
        cites=cites,
        pauses=True,
    )


@given(CALENDARS, DAYS, st.integers(0, 90))
def test_it_adds_working_days_as_a_naive_reader_would(calendar, start, count):
    following = (start + timedelta(n) for n in range(1, 2000))
    naive = [day for day in following if calendar.is_working(day)][: max(count, 1)]
    assert add_working(calendar, start, count) == (naive[count - 1] if count else start)


@given(CALENDARS, DAYS, st.integers(1, 90))
def test_it_counts_back_what_it_added(calendar, start, count):
    due = add_working(calendar, start, count)
    assert calendar.is_working(due)
    assert count_working(calendar, start + timedelta(1), due) == count


@given(CALENDARS, DAYS, DAYS)
def test_it_counts_as_one_who_looks_at_every_day(calendar, first, last):
    every = (first + timedelta(n) for n in range((last - first).days + 1))
    assert count_working(calendar, first, last) == sum(map(calendar.is_working, every))


@given(CALENDARS, DAYS)
def test_it_rolls_to_the_nearest_working_day(calendar, day):
    ahead, behind = roll_forward(calendar, day), safe_backward(calendar, day)
    assert behind <= day <= ahead
    assert calendar.is_working(ahead)
    assert calendar.is_working(behind)
    assert (ahead == behind == day) == calendar.is_working(day)


@given(
    CALENDARS,
    DAYS,
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from([Unit.WORKING, Unit.CALENDAR]),
)
def test_it_never_makes_a_due_date_earlier_by_a_pause(calendar, start, wait, length, unit):
    filed = (Act(1, "submit", start),)
    first = start + timedelta(wait)
    last = first + timedelta(length)
    paused = (*filed, Act(2, "pause_review", first))
    resumed = (*paused, Act(3, "resume_review", last))
    plain = read_clock(_clock(unit), filed, calendar, last)
    for acts in (paused, resumed):
        longer = read_clock(_clock(unit), acts, calendar, last)
        assert longer.due >= plain.due
        assert longer.late_by <= plain.late_by


def test_it_takes_the_last_of_the_month_for_a_missing_day():
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_years(date(2026, 4, 20), 5) == date(2031, 4, 20)
