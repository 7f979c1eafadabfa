"""The portfolio: what is said of each license, what is at risk, and one page at a time by key."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.builders import about, filed, held
from tests.support.cast import TODAY, moment
from workflow.domain.acting import Scope
from workflow.services import (
    duties_due,
    lead_time,
    license_marks,
    license_view,
    portfolio,
    register_figures,
)
from workflow.services.lead_time import CORRECTING, ENOUGH, PREPARING, LeadTime, ends_in
from workflow.services.portfolio import NOBODY, Asked, risk_days
from workflow.storage.statements import run

LATEST_TODAY = TODAY + timedelta(90)


@pytest.fixture
def reader(cast):
    """The manager, looking at the client of this test alone."""
    return replace(cast["zhao"], scope=Scope(frozenset({cast.company})))


@pytest.fixture
def page(cast, reader):
    def read(day=TODAY, **asked):
        after, order = asked.pop("after", None), asked.pop("order", "term")
        with cast.database.reading() as session:
            return portfolio.page(
                session, reader, Asked(**asked, days=risk_days(day)), day, after=after, order=order
            )

    return read


@pytest.fixture
def totals(cast, reader):
    def read(day=TODAY):
        with cast.database.reading() as session:
            return portfolio.totals(session, reader, day)

    return read


def standings(found):
    return [row.standing for row in found]


def numbers(found):
    return [row.line.number for row in found]


def ending(days):
    """A license that ends so many days after today."""
    last = TODAY + timedelta(days)
    return {"valid_to": last, "valid_from": last - timedelta(1825)}


TERMS = [
    (89, "late"),
    (90, "in_window"),
    (180, "in_window"),
    (181, "before_window"),
    (365, "before_window"),
    (366, "valid"),
]


@pytest.mark.parametrize(("days", "standing"), TERMS)
def test_it_says_how_a_license_stands_by_its_last_day(cast, page, totals, days, standing):
    held(cast, **ending(days))
    (row,) = page()
    assert row.standing == standing
    assert row.term.latest == TODAY + timedelta(days - 90)
    found = totals()
    assert (found.late, found.window) == (int(standing == "late"), int(standing == "in_window"))
    assert numbers(page(risk="late")) == (numbers([row]) if standing == "late" else [])
    assert numbers(page(risk="window")) == (numbers([row]) if standing == "in_window" else [])


def test_it_counts_a_renewal_as_under_way_from_the_draft_on(cast, page, totals):
    license_id = held(cast, **ending(100))
    number = about(cast, license_id, "renewal")
    (row,) = page()
    assert (row.standing, row.case.number) == ("under_way", number)
    found = totals()
    assert (found.under_way, found.window, found.late) == (1, 0, 0)
    assert numbers(page(risk="under_way")) == [row.line.number]
    cast.do(number, "prepare")
    cast.do(number, "withdraw", given={"reason": "企业改变计划"})
    assert standings(page()) == ["in_window"]


def test_it_says_approved_until_the_new_license_was_delivered(cast, page, totals):
    license_id = held(cast, **ending(100))
    number = filed(cast, license_id, "renewal")
    cast.do(number, "accept")
    cast.do(number, "approve")
    assert standings(page()) == ["approved"]
    assert (totals().under_way, totals().to_deliver) == (1, 1)
    cast.do(number, "deliver")
    assert standings(page()) == ["valid"]
    assert totals().under_way == 0


def test_it_takes_a_license_that_will_not_be_renewed_out_of_the_risks(cast, page, totals):
    license_id = held(cast, **ending(50))
    assert totals().late == 1
    with cast.database.transaction() as tx:
        license_marks.will_not_renew(
            tx, license_id, "停止业务", actor=cast["wang"], moment=moment()
        )
    assert standings(page()) == ["not_renewed"]
    assert totals().late == 0
    with cast.database.transaction() as tx:
        license_marks.will_renew(tx, license_id, actor=cast["wang"], moment=moment())
    assert totals().late == 1


@pytest.mark.parametrize(("ended", "standing"), [(None, "ending"), (["ICP"], "in_window")])
def test_it_tells_a_cancellation_of_the_whole_from_one_of_a_kind(cast, page, ended, standing):
    license_id = held(cast, **ending(120))
    about(cast, license_id, "cancellation", facts={"end_kinds": ended} if ended else {})
    assert standings(page()) == [standing]


def test_it_counts_missing_reports_and_changes_nobody_reported(cast, page, totals):
    held(cast, annual_reports=[2022, 2023, 2024], **ending(1000))
    held(cast, annual_reports=[2022, 2023, 2024, 2025], **ending(1001))
    change = {"change": "C-LREP", "registered_on": "2026-03-02"}
    held(cast, unreported_changes=[change], **ending(1002))
    found = totals()
    assert (found.reports, found.unreported) == (2, 1), "in season an unknown report is missing too"
    assert len(page(risk="reports")) == found.reports
    assert len(page(risk="unreported")) == found.unreported
    assert totals(date(2026, 5, 4)).reports == 1, "after the season only a known gap is left"


def test_it_takes_a_filed_report_and_one_marked_done_off_the_list(cast, totals):
    first = held(cast, annual_reports=[2022, 2023, 2024], **ending(1000))
    second = held(cast, annual_reports=[2022, 2023, 2024], **ending(1001))
    assert totals().reports == 2
    filed(cast, first, "annual_report", facts={"year": 2025})
    with cast.database.transaction() as tx:
        license_marks.duty_done(
            tx, second, "K-AR", "2025", actor=cast["wang"], moment=moment()
        )  # fmt: skip
    assert totals().reports == 0


def test_it_pages_by_key_in_both_orders_and_loses_nothing(cast, page):
    for days in (400, 400, 500, 400):
        held(cast, **ending(days))
    everything = page()
    assert [row.line.valid_to for row in everything] == sorted(r.line.valid_to for r in everything)
    second = everything[1].line
    assert numbers(page(after=(second.valid_to, second.id))) == numbers(everything[2:])
    key = (second.company_id, second.valid_to, second.id)
    assert numbers(page(order="client", after=key)) == numbers(everything[2:])
    gone = (second.valid_to, second.id + 10**6)
    assert numbers(page(after=gone)) == numbers(everything[3:]), "a bookmark of no license"
    assert page(after=(date(2999, 1, 1), 1)) == []


def test_it_narrows_by_words_kind_province_day_and_person(cast, page, reader):
    held(cast, kinds=["ICP"], coverage=["44"], **ending(400))
    sp = held(cast, kinds=["SP"], coverage=["national"], **ending(800))
    assert len(page(kind="SP")) == 1
    assert len(page(province="national")) == 1
    assert len(page(first=TODAY + timedelta(500))) == 1
    assert len(page(last=TODAY + timedelta(500))) == 1
    assert len(page(words="示例测试")) == 2
    assert page(words="没有这家") == []
    assert len(page(charge=NOBODY)) == 2
    with cast.database.transaction() as tx:
        license_marks.put_in_charge(
            tx, cast.company, cast["wang"].id, actor=cast["zhao"], moment=moment()
        )
    assert len(page(charge=cast["wang"].id)) == 2
    assert page(charge=NOBODY) == []
    with cast.database.reading() as session:
        assert portfolio.count(session, reader, Asked(kind="SP")) == (1, 1)
    assert sp in {row.line.id for row in page()}


def test_it_keeps_to_the_scope(cast, totals):
    held(cast, **ending(50))
    with cast.database.reading() as session:
        other = replace(cast["chen"], scope=Scope(frozenset({cast.other})))
        assert portfolio.page(session, other, Asked(), TODAY) == []
        assert portfolio.totals(session, other, TODAY).valid == 0
    assert totals().valid == 1


def test_it_lists_duties_by_the_next_reminder(cast, reader):
    near = held(cast, codes=["10661234"], kinds=["SP"], **ending(100))
    with cast.database.reading() as session:
        found = duties_due.page(session, reader, TODAY)
    (shown,) = found.found
    assert shown.line.id == near
    assert [(run.code, run.due_on) for run in shown.duties] == [
        ("K-RENEW", TODAY + timedelta(10)),
        ("K-AR", date(2026, 3, 31)),
        ("K-CODEAR", date(2026, 3, 31)),
        ("K-FEE", date(2026, 4, 10)),
    ]
    day, _, ident = found.next.partition(".")
    with cast.database.reading() as session:
        rest = duties_due.page(session, reader, TODAY, after=(date.fromisoformat(day), int(ident)))
    assert rest.found == ()


def test_it_takes_our_own_time_only_once_there_are_enough_cases(cast, reader):
    def lead():
        with cast.database.reading() as session:
            return lead_time.lead_time(session, reader)

    assert lead() == LeadTime(PREPARING, CORRECTING, 0, own=False)
    licenses = [held(cast, kinds=["ICP"], **ending(400 + n)) for n in range(ENOUGH)]
    for license_id in licenses:
        number = about(cast, license_id, "renewal")
        with cast.database.transaction() as tx:
            acts = (
                '[[1,"submit","2026-03-01",{}],[2,"request_correction","2026-03-02",{}],'
                '[3,"resubmit","2026-03-09",{}]]'
            )
            run(
                tx,
                "UPDATE cases SET filed_on = :f, opened_on = :o, acts = :a WHERE number = :n",
                f=date(2026, 3, 1), o=date(2026, 1, 30), a=acts, n=number,
            )  # fmt: skip
    assert lead() == LeadTime(30, 7, ENOUGH, own=True)
    assert lead().safe_start(date(2026, 12, 1)) == date(2026, 10, 25)


def test_it_loads_each_person_by_the_month_a_renewal_must_be_started(cast, reader):
    lead = LeadTime(45, 15, 0, own=False)
    held(cast, **ending(60))
    held(cast, **ending(90 + 60 + 40))
    started = held(cast, **ending(100))
    about(cast, started, "renewal")
    with cast.database.reading() as session:
        load = lead_time.load(session, reader, TODAY, lead)
    assert load.months[0] == date(2026, 3, 1)
    assert len(load.months) == 12
    ((who, counts),) = load.rows
    assert who == ""
    assert counts == (1, 1, *[0] * 10), "what is late counts this month, what is started nowhere"
    assert load.peak == 1
    first, last = ends_in(load.months[1], lead, first=False)
    assert first <= TODAY + timedelta(190) <= last


def test_it_shows_one_license_with_its_cases_and_one_history(cast, reader):
    license_id = held(cast, **ending(120))
    number = filed(cast, license_id, "renewal", facts={"drop_kinds": ["EDI"]})
    with cast.database.reading() as session:
        view = license_view.view(session, reader, license_id, moment())
        history = view.history(None)
        assert view.held.standing == "under_way"
        assert [found.case.number for found in view.cases] == [number]
        assert view.cases[0].proofs == 1
        assert {event.chain for event in history.events} == {"license", "case"}
        older = view.history(history.events[1].id)
        assert older.events[0].id == history.events[2].id
        assert view.life == "expiring"
    cast.do(number, "accept")
    cast.do(number, "approve")
    with cast.database.reading() as session:
        assert license_view.view(session, reader, license_id, moment()).life == "renewed_in_part"


def test_it_keeps_the_figures_of_a_large_register_for_a_quarter_of_an_hour(
    cast, reader, monkeypatch
):
    monkeypatch.setattr(register_figures, "COUNTED_AT_ONCE", 1)

    def look(at):
        found = register_figures.open_figures(cast.database, reader, at)
        return found.totals.valid, found.at

    early = moment()
    late = replace(early, at=early.at + timedelta(minutes=16))
    held(cast)
    assert look(early) == (1, None), "so few are counted at every look"
    held(cast)
    assert look(early) == (2, None)
    held(cast, **ending(120))
    assert look(late) == (2, early.at)
    assert register_figures.refresh(cast.database, lambda: late) == 1
    assert look(late) == (3, late.at)
    with cast.database.reading() as session:
        assert register_figures.open_figures(cast.database, reader, late).totals == (
            portfolio.totals(session, reader, TODAY)
        )
    assert look(moment(TODAY + timedelta(1)))[1] is None, "yesterday's figures are no figures"
