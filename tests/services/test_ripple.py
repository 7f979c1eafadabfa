"""The ripple of a changed fact: what it touches, and filing it all or nothing."""

from datetime import date

import pytest

from tests.services.builders import (
    about,
    bodies,
    filed,
    held,
    new_company,
    refused,
    register,
    results,
    set_company,
    stored,
)
from tests.support.cast import TODAY, moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.law.calendar import CALENDAR
from workflow.law.ripples import due_of, filings
from workflow.services import client_view, reminding, ripple, ripple_filing

CHANGED = date(2026, 3, 10)
DAYS = {"registered_on": CHANGED, "decided_on": None}


@pytest.fixture
def cast(cast):
    cast.company = new_company(cast, legal_representative="周示例", city="广州")
    return cast


def seen(cast, *fields, by="wang"):
    with cast.database.reading() as session:
        return ripple.of(session, cast[by], cast.company, fields, TODAY)


def opened(cast, *fields, days=DAYS, by="wang"):
    with cast.database.transaction() as tx:
        return ripple_filing.open_changes(
            tx, cast.company, fields, days, actor=cast[by], moment=moment()
        )


@pytest.mark.parametrize(
    ("change", "day", "on", "safe"),
    [
        ("C-LREP", "2026-11-05", "2026-12-07", "2026-12-04"),
        ("C-SH", "2026-09-01", "2026-10-08", "2026-09-30"),
        ("C-CONTACT", "2026-04-27", "2026-05-13", "2026-05-13"),
    ],
)
def test_it_dates_a_filing_as_the_clock_of_the_case_does(change, day, on, safe):
    due = due_of(change, date.fromisoformat(day), CALENDAR)
    assert (due.on.isoformat(), due.safe.isoformat()) == (on, safe)
    assert due_of("C-ADDR", CHANGED, CALENDAR) is None


def test_it_names_the_change_each_fact_asks_for():
    assert filings(["city", "province"], codes=False) == {"C-ADDR": "city"}
    assert set(filings(["city"], codes=True)) == {"C-ADDR", "C-CONTACT"}
    assert filings(["industry"], codes=True) == {}


def test_it_lists_every_license_that_prints_the_old_fact(cast):
    first, second = held(cast), held(cast, kinds=["SP"], codes=["10661234"])
    held(cast, status="lapsed")
    set_company(cast, legal_representative="吴示例")
    found = seen(cast, "legal_representative")
    assert [touched.held.line.id for touched in found.to_open] == [first, second]
    (filing,) = found.licenses[0].filings
    assert (filing.change, filing.printed, filing.clock) == ("C-LREP", "周示例", "K-CHG-REG")
    assert seen(cast).fields == ("legal_representative",), "found without being asked"


def test_it_asks_nothing_of_a_license_that_prints_the_new_fact(cast):
    set_company(cast, legal_representative="吴示例")
    held(cast)
    assert seen(cast, "legal_representative").to_open == ()
    assert seen(cast).fields == ()
    with refused(cast.database, BadInput, field="field"):
        opened(cast, "legal_representative")


def test_it_reports_a_new_address_for_codes_and_says_when_a_province_was_left(cast):
    held(cast, kinds=["SP"], codes=["10661234"])
    held(cast, kinds=["SP"], coverage=["national"])
    set_company(cast, province="31", city="上海")
    found = seen(cast, "province", "city")
    assert [[f.change for f in t.filings] for t in found.licenses] == [
        ["C-ADDR", "C-CONTACT"],
        ["C-ADDR"],
    ]
    assert [touched.moved for touched in found.licenses] == [True, False]


def test_it_opens_one_case_for_each_license_in_one_step(cast):
    licenses = [held(cast), held(cast, kinds=["CC"])]
    set_company(cast, legal_representative="吴示例", registered_capital=20_000_000)
    numbers = opened(cast, "legal_representative", "registered_capital")
    assert len(numbers) == 2
    for number, license_id in zip(numbers, licenses, strict=True):
        case = stored(cast, number)
        assert (case.license_id, case.procedure) == (license_id, "change")
        assert case.facts["changes"] == ["C-LREP", "C-CAP"]
        assert case.facts["registered_on"] == "2026-03-10"
        assert case.facts["new"] == {
            "legal_representative": "吴示例",
            "registered_capital": 20_000_000,
        }
    assert seen(cast, "legal_representative").to_open == ()
    with refused(cast.database, BadInput, field="field"):
        opened(cast, "legal_representative")


def test_it_notes_the_day_so_that_duties_and_guards_see_it(cast):
    license_id = held(cast)
    renewal = about(cast, license_id, "renewal")
    set_company(cast, legal_representative="吴示例")
    with cast.database.transaction() as tx:
        marked = ripple_filing.note(
            tx, cast.company, ["legal_representative"], DAYS, actor=cast["wang"], moment=moment()
        )
    assert marked == 1
    with cast.database.reading() as session:
        runs = reminding.license_deadlines(session, [license_id], TODAY)[license_id]
    assert ("K-CHG-REG", date(2026, 4, 9)) in {(run.code, run.due_on) for run in runs}
    assert results(cast, renewal)["G-CHG-CLEAR"] == "fail"
    (filing,) = seen(cast, "legal_representative").licenses[0].filings
    assert (filing.day, filing.due.on) == (CHANGED, date(2026, 4, 9))


def test_it_keeps_the_earliest_day_of_a_change_noted_twice(cast):
    change = {"change": "C-LREP", "registered_on": "2026-02-02"}
    license_id = held(cast, unreported_changes=[change])
    set_company(cast, legal_representative="吴示例")
    opened(cast, "legal_representative")
    with cast.database.reading() as session:
        line = client_view.view(session, cast["wang"], cast.company, TODAY).licenses[0].line
    assert line.id == license_id
    assert line.facts["unreported_changes"] == [change]


def test_it_counts_a_case_that_files_the_change_already(cast):
    license_id = held(cast)
    set_company(cast, legal_representative="吴示例")
    number = about(
        cast, license_id, "change", changes=["C-LREP"], facts={"registered_on": "2026-03-10"}
    )
    found = seen(cast, "legal_representative")
    assert found.licenses[0].filings[0].case == number
    assert found.to_open == ()
    assert [line.number for line in found.cases] == [number]


def test_it_is_settled_by_the_approval(cast):
    license_id = held(cast)
    set_company(cast, legal_representative="吴示例")
    (number,) = opened(cast, "legal_representative")
    cast.do(number, "prepare")
    cast.provide(number)
    cast.do(number, "sign_off", by="li")
    cast.do(number, "submit")
    cast.do(number, "accept")
    cast.do(number, "approve")
    assert register(cast, license_id)["legal_representative"] == "吴示例"
    assert seen(cast).fields == ()


@pytest.mark.parametrize(
    ("fields", "days", "field"),
    [
        (["legal_representative"], {}, "registered_on"),
        (["foreign_share"], {"registered_on": CHANGED}, "decided_on"),
        (["legal_representative"], {"registered_on": date(2026, 3, 19)}, "registered_on"),
        (["industry"], DAYS, "field"),
    ],
)
def test_it_refuses_the_whole_for_one_day_that_is_missing(cast, fields, days, field):
    held(cast)
    held(cast)
    set_company(cast, legal_representative="吴示例", foreign_share=20)
    with refused(cast.database, BadInput, field=field):
        opened(cast, *fields, days=days)


def test_it_undoes_everything_when_one_case_is_refused(cast):
    """The second license was entered with a coverage that no case can be opened for."""
    held(cast)
    held(cast, coverage=["national", "44"])
    set_company(cast, legal_representative="吴示例")
    with refused(cast.database, BadInput, field="coverage"):
        opened(cast, "legal_representative")


def test_it_leaves_writing_to_handlers_and_reviewers(cast):
    held(cast)
    set_company(cast, legal_representative="吴示例")
    with refused(cast.database, RoleMissing):
        opened(cast, "legal_representative", by="zhou")


def test_it_says_nothing_of_a_client_outside_the_scope(cast):
    with refused(cast.database, NotFound):
        opened(cast, "legal_representative", by="chen")


def test_it_reminds_of_an_unreported_change_once_not_twice(cast):
    """The license knows the change, so its case keeps quiet about the same thirty days."""
    license_id = held(cast)
    set_company(cast, legal_representative="吴示例")
    (number,) = opened(cast, "legal_representative")
    with cast.database.reading() as session:
        case = stored(cast, number)
        runs = reminding.case_deadlines(session, case, reminding.judging.clocks_of(
            session, case, TODAY), TODAY)  # fmt: skip
    assert [run.code for run in runs] == []
    assert license_id == case.license_id
    assert len(bodies(cast, number)) == 1


def test_it_leaves_filed_cases_alone(cast):
    license_id = held(cast)
    number = filed(cast, license_id, "renewal")
    set_company(cast, legal_representative="吴示例")
    found = seen(cast, "legal_representative")
    assert [line.number for line in found.cases] == [number]
    assert len(found.to_open) == 1
