"""The dates of the worked cases: corrections, silence, make-up days, pauses, delivery."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.domain.clock import read_clock
from workflow.domain.facts import Act
from workflow.domain.ledger import ledger
from workflow.law.catalogue import CALENDAR, LAW


def day(text):
    return date.fromisoformat(text)


def story(*acts):
    return tuple(Act(seq, do, day(on)) for seq, (do, on) in enumerate(acts, start=1))


def read(code, acts, as_of):
    return read_clock(LAW.clocks[code], acts, CALENDAR, day(as_of))


def due(code, acts, as_of):
    reading = read(code, acts, as_of)
    return (reading.due.isoformat(), reading.calendar.isoformat())


CLEAN = story(("prepare", "2026-03-01"), ("submit", "2026-03-02"), ("accept", "2026-03-06"))
CORRECTED = story(
    ("submit", "2026-04-27"), ("request_correction", "2026-04-30"), ("resubmit", "2026-05-12")
)
SILENT = story(("submit", "2026-09-16"))
REVIEWED = story(("submit", "2026-06-01"))


def test_it_dates_a_clean_filing():
    assert read("K-CORR", CLEAN, "2026-03-06").due == day("2026-03-09")
    assert due("K-REV", CLEAN, "2026-03-06") == ("2026-05-28", "2026-05-01")
    approved = (*CLEAN, Act(9, "approve", day("2026-04-20")))
    assert read("K-DELIV", approved, "2026-04-20").due == day("2026-05-07")
    review = read("K-REV", approved, "2026-06-30")
    assert (review.ended_on, review.ended_by, review.late_by) == (day("2026-04-20"), "approve", 0)


def test_it_lets_nothing_run_before_the_filing():
    assert read("K-CORR", story(("prepare", "2026-03-01")), "2026-03-01") is None
    assert read("K-DELIV", CLEAN, "2026-03-06") is None


def test_it_dates_the_first_correction_and_starts_again_after_the_second_filing():
    noticed = CORRECTED[:2]
    first = read("K-CORR", noticed, "2026-05-06")
    assert (first.due, first.ended_on, first.late_by) == (day("2026-05-07"), day("2026-04-30"), 0)
    assert read("K-REV", noticed, "2026-05-06") is None
    assert read("K-CORR", CORRECTED, "2026-05-12").due == day("2026-05-19")
    assert read("K-REV", CORRECTED, "2026-05-12").started_on == day("2026-05-12")
    assert due("K-REV", CORRECTED, "2026-05-12") == ("2026-08-05", "2026-07-11")
    done = (*CORRECTED, *story(("accept", "2026-05-14"), ("approve", "2026-07-20")))
    renumbered = tuple(Act(n, act.do, act.on) for n, act in enumerate(done, start=1))
    assert read("K-DELIV", renumbered, "2026-07-20").due == day("2026-08-03")


def test_it_counts_the_make_up_sunday_and_takes_silence_for_acceptance():
    silent = read("K-CORR", SILENT, "2026-09-23")
    assert silent.due == day("2026-09-22")
    assert (silent.late_by, silent.running) == (1, True)
    assert due("K-REV", SILENT, "2026-09-23") == ("2026-12-15", "2026-11-15")
    deemed = (*SILENT, Act(2, "deem_accepted", day("2026-09-16")))
    assert read("K-CORR", deemed, "2026-09-23").ended_by == "deem_accepted"
    words = {row.day: row.why for row in ledger(silent)}
    assert words[day("2026-09-20")] == "make_up"
    assert words[day("2026-09-19")] == "weekend"


def test_it_excludes_an_expert_review():
    assert due("K-REV", REVIEWED, "2026-06-01") == ("2026-08-25", "2026-07-31")
    paused = (*REVIEWED, Act(2, "pause_review", day("2026-06-15")))
    resumed = (*paused, Act(3, "resume_review", day("2026-07-03")))
    assert due("K-REV", resumed, "2026-07-06") == ("2026-09-14", "2026-08-19")
    reading = read("K-REV", resumed, "2026-07-06")
    rows = ledger(reading)
    assert sum(row.why == "paused" for row in rows) == 14
    assert (rows[-1].day, rows[-1].count) == (reading.due, 60)


def test_it_estimates_while_a_pause_is_open():
    paused = (*REVIEWED, Act(2, "pause_review", day("2026-06-15")))
    reading = read("K-REV", paused, "2026-07-03")
    assert (reading.due, reading.estimated, reading.paused) == (day("2026-09-14"), True, True)
    assert read("K-CORR", paused, "2026-07-03").pauses == ()


def test_it_estimates_whatever_touches_a_year_without_notice():
    late = story(("submit", "2026-11-23"))
    assert read("K-CORR", late, "2026-11-23").due == day("2026-11-30")
    assert not read("K-CORR", late, "2026-11-23").estimated
    assert due("K-REV", late, "2026-11-23") == ("2027-02-22", "2027-01-22")
    assert read("K-REV", late, "2026-11-23").estimated


@pytest.mark.parametrize("accepted", ["accept", "deem_accepted"])
def test_it_starts_no_second_acceptance_after_acceptance(accepted):
    acts = story(
        ("submit", "2026-03-02"),
        (accepted, "2026-03-06"),
        ("request_correction", "2026-03-10"),
        ("resubmit", "2026-03-20"),
    )
    acceptance = read("K-CORR", acts, "2026-03-20")
    assert (acceptance.started_on, acceptance.ended_by) == (day("2026-03-02"), accepted)
    assert read("K-REV", acts, "2026-03-20").started_on == day("2026-03-20")


@pytest.mark.parametrize("last", ["reject", "decline", "withdraw"])
def test_it_stops_every_clock_at_the_end(last):
    acts = story(("submit", "2026-03-02"), (last, "2026-03-04"))
    assert read("K-CORR", acts, "2026-12-01").ended_by == last
    assert read("K-REV", acts, "2026-12-01").ended_by == last
    assert read("K-DELIV", acts, "2026-12-01") is None


def test_it_counts_how_late_the_authority_is_in_working_days():
    approved = story(("submit", "2026-03-02"), ("approve", "2026-06-01"))
    assert read("K-REV", approved, "2026-06-30").late_by == 2
