"""The filer's own clocks: backward ones never roll, forward ones do, fixed dates stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.clock import read_clock
from workflow.domain.facts import Act, HeldLicense
from workflow.domain.ledger import ledger
from workflow.domain.machine import fire, offers
from workflow.domain.procedure import Role, State
from workflow.law.anchors import next_fee_day
from workflow.law.annual import overdue_reports, owes, season
from workflow.law.catalogue import CALENDAR, LAW
from workflow.law.finder import proposed_kinds

BACKWARD = [clock for clock in LAW.clocks.values() if clock.backward]
FORWARD = [clock for clock in LAW.clocks.values() if clock.rolls]
DAYS = st.dates(date(2015, 1, 1), date(2026, 9, 30))


def day(text):
    return date.fromisoformat(text)


def read(code, anchor, as_of="2026-01-01", acts=()):
    clock = LAW.clocks[code]
    return read_clock(clock, acts, CALENDAR, day(as_of), {clock.anchor: day(anchor)})


@pytest.mark.parametrize(
    ("code", "anchor", "latest", "safe"),
    [
        ("K-RENEW", "2027-03-01", "2026-12-01", "2026-12-01"),
        ("K-RENEW", "2026-08-15", "2026-05-17", "2026-05-15"),
        ("K-ADV30", "2026-11-03", "2026-10-04", "2026-09-30"),
        ("K-CHG-REG", "2026-11-05", "2026-12-07", "2026-12-04"),
        ("K-CHG-DEC", "2026-09-01", "2026-10-08", "2026-09-30"),
        ("K-BRANCH", "2026-11-10", "2026-12-10", "2026-12-10"),
        ("K-CONTACT", "2026-04-27", "2026-05-13", "2026-05-13"),
        ("K-AR", "2026-03-31", "2026-03-31", "2026-03-31"),
        ("K-FEE", "2027-01-10", "2027-01-10", "2027-01-08"),
    ],
)
def test_it_dates_the_filers_own_clocks(code, anchor, latest, safe):
    reading = read(code, anchor)
    assert (reading.due, reading.safe) == (day(latest), day(safe))


@given(DAYS, st.sampled_from(BACKWARD))
def test_it_never_rolls_a_backward_clock(anchor, clock):
    reading = read_clock(clock, (), CALENDAR, anchor, {clock.anchor: anchor})
    assert reading.due == anchor - timedelta(clock.length)
    assert reading.safe <= reading.due
    assert CALENDAR.is_working(reading.safe)
    rows = ledger(reading)
    assert (len(rows), rows[-1].count, rows[-1].day) == (clock.length, clock.length, reading.due)


@given(DAYS, st.sampled_from(FORWARD))
def test_it_rolls_a_forward_clock_to_a_working_day(anchor, clock):
    reading = read_clock(clock, (), CALENDAR, anchor, {clock.anchor: anchor})
    raw = anchor + timedelta(clock.length)
    assert reading.safe <= raw <= reading.due
    assert CALENDAR.is_working(reading.due)
    rows = ledger(reading)
    assert rows[-1].count == clock.length
    assert {row.why for row in rows if row.day > raw} <= {"rolled"}


@given(DAYS, st.integers(-60, 60))
def test_it_is_late_by_the_days_after_the_latest(anchor, shift):
    clock = LAW.clocks["K-CHG-REG"]
    due = read_clock(clock, (), CALENDAR, anchor, {clock.anchor: anchor}).due
    filed = (Act(1, "submit", due + timedelta(shift)),)
    reading = read_clock(clock, filed, CALENDAR, date(2030, 1, 1), {clock.anchor: anchor})
    assert reading.late_by == max(0, shift)


def test_it_starts_no_clock_without_its_fact():
    assert read_clock(LAW.clocks["K-RENEW"], (), CALENDAR, day("2026-01-01")) is None


def test_it_lets_a_bar_run_out_by_itself():
    running = read("K-LOCK1", "2026-02-10", as_of="2027-02-10")
    over = read("K-LOCK1", "2026-02-10", as_of="2027-02-11")
    assert (running.due, running.running, running.late_by) == (day("2027-02-10"), True, 0)
    assert (over.running, over.late_by) == (False, 0)


@pytest.mark.parametrize(
    ("on", "fee"),
    [("2026-11-09", "2027-01-10"), ("2026-01-10", "2026-01-10"), ("2026-01-11", "2026-04-10")],
)
def test_it_finds_the_next_fee_day(on, fee):
    assert next_fee_day(day(on)) == day(fee)


def test_it_knows_who_owes_which_report_and_where_the_season_stands():
    frozen = frozenset({"EDI"}), frozenset({"62"}), "valid", day("2030-12-30")
    held = HeldLicense("甘B2-20250001", *frozen, valid_from=day("2025-12-30"))
    assert (owes(held, 2025), owes(held, 2024)) == (True, False)
    assert overdue_reports(held, day("2026-04-10")) == ()  # nobody said that one is missing
    missing = HeldLicense(
        "甘B2-20250001", *frozen, valid_from=day("2025-12-30"), annual_reports=frozenset()
    )
    assert overdue_reports(missing, day("2026-03-31")) == ()
    assert overdue_reports(missing, day("2026-04-01")) == (2025,)
    days = ["2025-12-31", "2026-03-31", "2026-04-01", "2026-05-01"]
    assert [season(2025, day(on)) for on in days] == ["early", "open", "late", "closed"]


@pytest.mark.parametrize(
    ("activities", "kinds"),
    [
        (["user_video"], ("ICP",)),
        (["own_goods_only"], ()),
        (["matches_buyers_and_sellers", "publishes_for_others"], ("EDI", "ICP")),
        (["conference", "in_app_voice"], ("ICP", "MPC")),
        (["sends_sms"], ("SP",)),
        (["seats_for_others"], ("CC",)),
        (["sells_access"], ("ISP",)),
    ],
)
def test_it_proposes_the_kinds_a_business_needs(activities, kinds):
    assert proposed_kinds(activities) == kinds


@pytest.mark.parametrize("code", LAW.procedures)
@given(choices=st.lists(st.integers(0, 99), max_size=25))
def test_it_never_walks_into_an_undeclared_state(code, choices):
    procedure, state = LAW.procedures[code], State.DRAFT
    for choice in choices:
        rules = offers(procedure, state)
        if not rules:
            break
        rule = rules[choice % len(rules)]
        role = min(rule.by)
        state, _ = fire(procedure, state, rule.trigger, Role(role), lambda _: ())
        assert isinstance(state, State)
        assert rule.target in (None, state)
