"""Counting on the real calendar and the real clocks, against a second source and by its laws."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.domain.clock import read_clock
from workflow.domain.facts import Act
from workflow.domain.time_limit import Unit
from workflow.domain.workdays import add_working, count_working, roll_forward, safe_backward
from workflow.law.catalogue import CALENDAR, LAW

PUBLISHED = st.dates(date(2010, 1, 1), date(2025, 12, 31))
PAUSING = [clock for clock in LAW.clocks.values() if clock.pauses]
FORWARD = [c for c in LAW.clocks.values() if not c.backward and c.unit is not Unit.DATE]
BACKWARD = [clock for clock in LAW.clocks.values() if clock.backward]
patient = settings(deadline=None, max_examples=50)  # a first call loads a year of holidays
pauses = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 25)), max_size=4)


def naive(start, count):
    """The rule read by a second source, day by day."""
    day = start
    while count:
        day += timedelta(1)
        count -= chinese_calendar.is_workday(day)
    return day


@patient
@given(PUBLISHED, st.integers(0, 70))
def test_it_counts_working_days_as_a_second_source_does(start, count):
    due = add_working(CALENDAR, start, count)
    assert due == naive(start, count)
    expected = chinese_calendar.get_workdays(start, due)
    assert count_working(CALENDAR, start, due) == len(expected)


@patient
@given(PUBLISHED)
def test_it_rolls_to_the_working_days_of_a_second_source(day):
    assert chinese_calendar.is_workday(roll_forward(CALENDAR, day))
    assert chinese_calendar.is_workday(safe_backward(CALENDAR, day))
    between = range(1, (roll_forward(CALENDAR, day) - day).days)
    assert not any(chinese_calendar.is_workday(day + timedelta(n)) for n in between)


def story(clock, start, gaps):
    """The act that starts the clock, and these pauses one after the other."""
    told, day = [Act(1, clock.starts[0], start)], start
    for gap, length in gaps:
        first = day + timedelta(gap)
        day = first + timedelta(length)
        told += [
            Act(len(told) + 1, "pause_review", first),
            Act(len(told) + 2, "resume_review", day),
        ]
    return tuple(told)


@patient
@given(st.sampled_from(PAUSING), PUBLISHED, pauses, st.booleans())
def test_it_never_moves_a_due_date_earlier_by_one_more_pause(clock, start, gaps, open_):
    as_of = date(2026, 12, 31)
    readings = [
        read_clock(clock, story(clock, start, gaps[:count]), CALENDAR, as_of)
        for count in range(len(gaps) + 1)
    ]
    if gaps and open_:  # the last pause has not ended yet
        readings.append(read_clock(clock, story(clock, start, gaps)[:-1], CALENDAR, as_of))
        readings[-2:] = readings[-1:]
    dues = [reading.due for reading in readings]
    assert dues == sorted(dues)
    plain = [reading.calendar for reading in readings]
    assert plain == sorted(plain)


@patient
@given(st.sampled_from(PAUSING), PUBLISHED, pauses)
def test_it_gives_back_every_working_day_of_a_pause_once(clock, start, gaps):
    reading = read_clock(clock, story(clock, start, gaps), CALENDAR, date(2026, 12, 31))
    lost: set[date] = set()
    for pause in reading.pauses:
        if pause.first > naive(start, clock.length + len(lost)):
            break  # a review that is late already is not made timely by a pause
        days = (pause.first + timedelta(n) for n in range((pause.last - pause.first).days + 1))
        lost |= {day for day in days if day > start and chinese_calendar.is_workday(day)}
    assert reading.due == naive(start, clock.length + len(lost))


@patient
@given(st.sampled_from(BACKWARD), PUBLISHED)
def test_it_never_rolls_a_backward_clock_and_a_day_later_is_never_earlier(clock, target):
    one = read_clock(clock, (), CALENDAR, target, {clock.anchor: target})
    other = read_clock(clock, (), CALENDAR, target, {clock.anchor: target + timedelta(1)})
    assert one.due == target - timedelta(clock.length)
    assert (other.due - one.due).days == 1
    assert one.safe <= one.due


@pytest.mark.parametrize("clock", FORWARD, ids=lambda clock: clock.code)
@patient
@given(start=PUBLISHED)
def test_it_is_never_due_earlier_when_it_starts_later(clock, start):
    def due(day):
        if clock.starts:
            return read_clock(clock, (Act(1, clock.starts[0], day),), CALENDAR, day).due
        return read_clock(clock, (), CALENDAR, day, {clock.anchor: day}).due

    assert start < due(start) <= due(start + timedelta(1))
