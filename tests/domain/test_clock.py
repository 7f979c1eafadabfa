"""A clock of one case: starts, ends, voids, pauses, and the ledger that explains it."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest

from workflow.domain.clock import read_clock, read_clocks
from workflow.domain.due import Pause
from workflow.domain.facts import Act
from workflow.domain.ledger import ledger
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.domain.time_limit import Clock, Unit
from workflow.domain.workdays import Calendar, YearNotice

CITES = (Citation(Text("示例法", "Sample Law"), Text("第一条", "Art. 1"), Confidence.TEXT),)
MAY_DAY = frozenset(date(2026, 5, day) for day in range(1, 6))
CALENDAR = Calendar(
    lambda year: YearNotice(
        year,
        MAY_DAY,
        frozenset({date(2026, 5, 9)}),
        Text("示例通知", "Sample notice"),
        provisional=year > 2026,
    ),
    MappingProxyType({}),
)


def clock(**changes):
    fields = {
        "code": "K-SAMPLE",
        "name": Text("示例", "Sample"),
        "length": 5,
        "unit": Unit.WORKING,
        "whose": "authority",
        "starts": ("submit", "resubmit"),
        "ends": ("approve",),
        "cites": CITES,
    }
    return Clock(**{**fields, **changes})


def acts(*done):
    return tuple(
        Act(seq, do, date(2026, month, day), MappingProxyType(given[0] if given else {}))
        for seq, (do, month, day, *given) in enumerate(done, start=1)
    )


def read(definition, done, month=5, day=31):
    return read_clock(definition, done, CALENDAR, date(2026, month, day))


def test_it_does_not_run_before_it_starts():
    assert read(clock(), ()) is None
    assert read_clocks([clock()], (), CALENDAR, date(2026, 5, 1)) == ()


def test_it_skips_the_holiday_and_counts_the_make_up_day():
    reading = read(clock(), acts(("submit", 4, 30)))
    assert reading.due == date(2026, 5, 11)
    assert reading.calendar == date(2026, 5, 5)
    rows = ledger(reading)
    assert [row.why for row in rows] == [
        *["holiday"] * 5,
        *["working"] * 3,
        "make_up",
        "weekend",
        "working",
    ]
    assert [row.count for row in rows] == [0, 0, 0, 0, 0, 1, 2, 3, 4, 4, 5]


def test_it_counts_calendar_days_without_a_second_reading():
    reading = read(clock(unit=Unit.CALENDAR), acts(("submit", 4, 30)))
    assert (reading.due, reading.calendar, reading.late_by) == (date(2026, 5, 5), None, 26)
    assert {row.why for row in ledger(reading)} == {"counted"}


def test_it_reads_the_newest_run():
    reading = read(clock(), acts(("submit", 4, 1), ("approve", 4, 2), ("resubmit", 4, 30)))
    assert (reading.started_by, reading.running) == ("resubmit", True)


def test_it_ends_at_the_first_ending_act():
    reading = read(clock(), acts(("submit", 4, 30), ("approve", 5, 12), ("approve", 5, 20)))
    assert (reading.ended_on, reading.late_by, reading.running) == (date(2026, 5, 12), 1, False)


def test_it_is_void_when_its_start_is_undone():
    voided = clock(voids=("request_correction",))
    assert read(voided, acts(("submit", 4, 30), ("request_correction", 5, 6))) is None
    again = acts(("submit", 4, 30), ("request_correction", 5, 6), ("resubmit", 5, 7))
    assert read(voided, again).started_on == date(2026, 5, 7)


def test_it_never_starts_again_once_settled():
    settled = clock(unless=("accept",))
    reading = read(settled, acts(("submit", 4, 1), ("accept", 4, 2), ("resubmit", 4, 30)))
    assert reading.started_on == date(2026, 4, 1)


def test_it_names_its_pauses_with_their_reason():
    done = acts(
        ("submit", 4, 30),
        ("pause_review", 5, 6, {"reason": "hearing"}),
        ("resume_review", 5, 7),
        ("pause_review", 5, 8),
        ("approve", 5, 13),
    )
    reading = read(clock(pauses=True), done)
    assert reading.pauses == (
        Pause(date(2026, 5, 6), date(2026, 5, 7), "hearing"),
        Pause(date(2026, 5, 8), date(2026, 5, 13), "expert_review"),
    )
    assert reading.due == date(2026, 5, 20)
    assert read(clock(), done).pauses == ()


def test_it_is_not_saved_from_being_late_by_a_pause_after_its_last_day():
    """ADR 0015: a limit that has run out has no day left that a pause could take out of it."""
    filed = acts(("submit", 4, 30))  # due on 11 May
    late = (*filed, *acts(("pause_review", 5, 12), ("resume_review", 5, 20)))
    late = tuple(Act(seq, act.do, act.on, act.given) for seq, act in enumerate(late, start=1))
    reading = read(clock(pauses=True), late, 5, 21)
    assert (reading.due, reading.late_by) == (date(2026, 5, 11), 8)
    assert sum(row.why in ("working", "make_up") for row in ledger(reading)) == 5
    last_day = (*filed, Act(2, "pause_review", date(2026, 5, 11), {}))
    assert read(clock(pauses=True), last_day, 5, 12).due == date(2026, 5, 13)


def test_it_does_not_count_a_pause_before_the_start_day_ends():
    done = acts(("submit", 4, 30), ("pause_review", 4, 30), ("resume_review", 4, 30))
    assert read(clock(pauses=True), done).due == date(2026, 5, 11)


@pytest.mark.parametrize(("day", "late"), [(11, 0), (12, 1), (16, 4), (18, 5)])
def test_it_is_late_in_its_own_unit(day, late):
    assert read(clock(), acts(("submit", 4, 30)), 5, day).late_by == late


def test_it_is_estimated_when_it_reaches_a_year_without_notice():
    assert not read(clock(), acts(("submit", 12, 24))).estimated
    assert read(clock(), acts(("submit", 12, 28))).estimated
