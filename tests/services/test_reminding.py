"""Reminders of licenses and cases: once each, to whom it concerns, and the ledger says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.builders import about, after, filed, held, refused
from tests.support.cast import TODAY, gather, moment
from workflow.domain.errors import BadInput, RoleMissing
from workflow.services import escalations, license_marks, reminder_ledger, reminding, ticking
from workflow.services.database import open_database
from workflow.storage import reminders
from workflow.storage.reminders import About
from workflow.storage.statements import rows

EXPIRY = date(2027, 3, 1)
LATEST = EXPIRY - timedelta(90)


@pytest.fixture
def cast(cast):
    """王芳 looks after the client."""
    put_in_charge(cast, "wang")
    return cast


def put_in_charge(cast, login):
    handler = cast[login].id if login else ""
    with cast.database.transaction() as tx:
        license_marks.put_in_charge(tx, cast.company, handler, actor=cast["zhao"], moment=moment())


def night(cast, day):
    return ticking.tick(cast.database, moment(day, hour=1))


def ledger(cast, ident, subject="license"):
    with cast.database.reading() as session:
        return reminders.ledger(session, About(subject, ident, cast.company))


def sent(cast, ident, deadline="K-RENEW", subject="license"):
    """Step and names told, oldest first, of what went out."""
    return [
        (line.step, *line.told)
        for line in reversed(ledger(cast, ident, subject))
        if line.deadline == deadline and line.outcome == "sent"
    ]


def mark(cast, act, license_id, *given, by="wang", day=TODAY):
    with cast.database.transaction() as tx:
        act(tx, license_id, *given, actor=cast[by], moment=moment(day))


def test_it_reminds_of_a_renewal_step_by_step_and_daily_once_too_late(cast):
    license_id = held(cast, valid_to=EXPIRY)
    for step in (-181, -180, -179, -90, -30, -10, 0, 1, 2):
        night(cast, LATEST + timedelta(step))
    assert sent(cast, license_id) == [
        (-180, "王芳"),
        (-90, "王芳"),
        (-30, "王芳"),
        *((step, "王芳", "赵敏") for step in (-10, 0, 1, 2)),
    ]


def test_it_sends_each_step_once_however_often_the_clock_runs(cast):
    license_id = held(cast, valid_to=EXPIRY)
    for _ in range(3):
        night(cast, LATEST - timedelta(180))
    night(cast, LATEST - timedelta(200))
    assert sent(cast, license_id) == [(-180, "王芳")]


def test_it_catches_up_after_lost_nights_and_says_what_was_overtaken(cast):
    license_id = held(cast, valid_to=EXPIRY)
    night(cast, LATEST - timedelta(10))
    night(cast, LATEST + timedelta(3))
    assert [step for step, *_ in sent(cast, license_id)] == [-10, 3]
    skipped = [(line.step, line.reason) for line in ledger(cast, license_id) if line.reason]
    assert sorted(skipped) == [(step, "overtaken") for step in (0, 1, 2)]


def test_it_says_what_lost_nights_swallowed_of_a_deadline_it_never_told_of(sqlite_url):
    database = open_database(sqlite_url)
    cast = gather(database)
    license_id = held(cast, valid_to=EXPIRY)
    night(cast, LATEST - timedelta(181))
    night(cast, LATEST - timedelta(20))
    later = held(cast, valid_to=EXPIRY + timedelta(20))
    night(cast, LATEST - timedelta(10))
    steps = {
        ident: [(r.step, r.reason) for r in ledger(cast, ident) if r.deadline == "K-RENEW"]
        for ident in (license_id, later)
    }
    told = [(-30, ""), (-90, "overtaken"), (-180, "overtaken")]
    assert steps == {license_id: [(-10, ""), *sorted(told)[::-1]], later: [(-30, "")]}
    database.close()


def test_it_stops_when_the_renewal_is_filed_and_goes_on_when_it_is_withdrawn(cast):
    license_id = held(cast, valid_to=EXPIRY)
    number = filed(cast, license_id, "renewal")
    night(cast, LATEST - timedelta(90))
    assert sent(cast, license_id) == []
    cast.do(number, "withdraw", given={"reason": "企业改变计划"})
    night(cast, LATEST - timedelta(89))
    assert [step for step, *_ in sent(cast, license_id)] == [-90]


def test_it_starts_a_new_cycle_when_the_license_was_renewed(cast):
    license_id = held(cast, valid_to=EXPIRY)
    night(cast, LATEST - timedelta(180))
    number = filed(cast, license_id, "renewal")
    cast.do(number, "accept")
    cast.do(number, "approve")
    renewed = date(2032, 3, 1) - timedelta(90)
    night(cast, renewed - timedelta(180))
    assert [step for step, *_ in sent(cast, license_id)] == [-180, -180]
    assert {line.cycle for line in ledger(cast, license_id) if line.deadline == "K-RENEW"} == {
        "2027-03-01",
        "2032-03-01",
    }


def test_it_stops_for_a_license_that_will_not_be_renewed_and_can_be_taken_back(cast):
    license_id = held(cast, valid_to=EXPIRY)
    with refused(cast.database, BadInput, field="reason"):
        mark(cast, license_marks.will_not_renew, license_id, "  ")
    with refused(cast.database, RoleMissing):
        mark(cast, license_marks.will_not_renew, license_id, "停业", by="zhou")
    mark(cast, license_marks.will_not_renew, license_id, "客户转为自营网站")
    night(cast, LATEST - timedelta(90))
    assert sent(cast, license_id) == []
    mark(cast, license_marks.will_renew, license_id)
    night(cast, LATEST - timedelta(30))
    assert [step for step, *_ in sent(cast, license_id)] == [-30]


def test_it_tells_the_managers_while_nobody_is_in_charge(cast):
    put_in_charge(cast, "")
    license_id = held(cast, valid_to=EXPIRY)
    night(cast, LATEST - timedelta(180))
    assert sent(cast, license_id) == [(-180, "赵敏")]


def test_it_reminds_of_fees_and_code_reports_until_they_are_marked_done(cast):
    license_id = held(cast, kinds=["SP"], codes=["10661234"], valid_to=date(2031, 3, 1))
    night(cast, date(2026, 3, 31))
    steps = {(line.deadline, line.cycle, line.step) for line in ledger(cast, license_id)}
    assert ("K-FEE", "2026-04-10", -10) in steps
    assert ("K-CODEAR", "2025", 0) in steps
    mark(cast, license_marks.duty_done, license_id, "K-FEE", "2026-04-10")
    mark(cast, license_marks.duty_done, license_id, "K-CODEAR", "2025")
    night(cast, date(2026, 4, 10))
    assert sent(cast, license_id, "K-FEE") == [(-10, "王芳")]
    with refused(cast.database, BadInput, field="deadline"):
        mark(cast, license_marks.duty_done, license_id, "K-RENEW", "2031-03-01")
    with refused(cast.database, BadInput, field="deadline"):
        mark(cast, license_marks.duty_done, license_id, "K-FEE", "1999-01-10")


def test_it_reminds_of_the_annual_report_until_it_is_filed(cast):
    license_id = held(cast, annual_reports=[2022, 2023, 2024], valid_to=date(2031, 3, 1))
    night(cast, date(2026, 3, 24))
    filed(cast, license_id, "annual_report", facts={"year": 2025})
    night(cast, date(2026, 3, 31))
    assert [step for step, *_ in sent(cast, license_id, "K-AR")] == [-7]


def test_it_reminds_of_a_registry_change_nobody_reported(cast):
    change = {"change": "C-LREP", "registered_on": "2026-03-02"}
    license_id = held(cast, unreported_changes=[change], valid_to=date(2031, 3, 1))
    night(cast, date(2026, 3, 27))
    assert sent(cast, license_id, "K-CHG-REG") == [(-5, "王芳")]


def test_it_reminds_of_a_branch_until_its_report_is_filed(cast):
    license_id = held(cast, coverage=["national"], valid_to=date(2031, 3, 1))
    for province, action, day in (("99", "open", TODAY), ("43", "merge", TODAY)):
        with refused(cast.database, BadInput):
            mark(cast, license_marks.note_branch, license_id, province, action, day)
    with refused(cast.database, BadInput, field="decided_on"):
        mark(cast, license_marks.note_branch, license_id, "43", "open", after(1))
    mark(cast, license_marks.note_branch, license_id, "43", "open", TODAY)
    night(cast, after(27))
    assert [step for step, *_ in sent(cast, license_id, "K-BRANCH")] == [-3]
    filed(cast, license_id, "branch_report",
          facts={"province": "43", "action": "open", "decided_on": TODAY.isoformat()})  # fmt: skip
    night(cast, after(31))
    assert [step for step, *_ in sent(cast, license_id, "K-BRANCH")] == [-3]


def test_it_keeps_a_note_of_late_filing_as_evidence_only(cast):
    license_id = held(cast, valid_to=EXPIRY)
    with refused(cast.database, BadInput, field="words"):
        mark(cast, license_marks.note_late_filing, license_id, " ", TODAY)
    with refused(cast.database, BadInput, field="on"):
        mark(cast, license_marks.note_late_filing, license_id, "电话同意", after(1))
    mark(cast, license_marks.note_late_filing, license_id, "示例局电话同意", TODAY)
    night(cast, LATEST + timedelta(1))
    assert [step for step, *_ in sent(cast, license_id)] == [1], "the reminders go on"


def test_the_ledger_shows_what_is_to_come_and_answers_why(cast):
    license_id = held(cast, valid_to=EXPIRY)
    night(cast, LATEST - timedelta(30))
    with cast.database.reading() as session:
        runs = reminding.license_deadlines(session, [license_id], LATEST - timedelta(30))
        found = reminder_ledger.of_license(
            session, license_id, cast.company, runs[license_id], LATEST - timedelta(30)
        )
    renewal = next(planned for planned in found.planned if planned.run.code == "K-RENEW")
    assert [rung.step for rung in renewal.coming] == [-10, 0]
    assert (renewal.every, renewal.last) == (1, None)
    (line,) = [line for line in found.settled if line.deadline == "K-RENEW"]
    answers = {login: reminder_ledger.why(line, cast[login]) for login in ("wang", "zhao", "zhou")}
    assert answers == {"wang": "got", "zhao": "before", "zhou": "others"}
    night(cast, LATEST + timedelta(2))
    skipped = [line for line in ledger(cast, license_id) if line.outcome == "skipped"]
    assert {reminder_ledger.why(line, cast["wang"]) for line in skipped} == {"overtaken"}


def test_it_reminds_the_handler_of_a_reply_and_the_manager_once_it_is_late(cast):
    number = cast.in_correction(reply_by=after(10), company=cast.company)
    with cast.database.reading() as session:
        found = rows(session, "SELECT id FROM cases WHERE number = :n", n=number)
    for days in (5, 7, 10, 11):
        night(cast, after(days))
    assert sent(cast, found[0][0], "REPLY-BY", "case") == [
        (-5, "王芳"),
        (-3, "王芳"),
        (0, "王芳"),
        (1, "王芳", "赵敏"),
    ]


def test_it_reminds_of_an_authority_that_is_late_and_not_while_it_is_paused(cast):
    number = cast.submitted(company=cast.company)
    cast.do(number, "accept")
    with cast.database.reading() as session:
        ident, due = rows(session, "SELECT id, next_due FROM cases WHERE number = :n", n=number)[0]
    last = due if isinstance(due, date) else date.fromisoformat(due)
    cast.do(number, "pause_review", day=last)
    night(cast, last + timedelta(2))
    assert sent(cast, ident, "K-REV", "case") == []
    cast.do(number, "resume_review", day=last + timedelta(2))
    with cast.database.reading() as session:
        later = rows(session, "SELECT next_due FROM cases WHERE id = :i", i=ident)[0][0]
    later = later if isinstance(later, date) else date.fromisoformat(later)
    night(cast, later)
    night(cast, later + timedelta(1))
    assert sent(cast, ident, "K-REV", "case") == [(1, "王芳", "赵敏")]


def test_a_manager_sees_how_much_was_escalated_lately(sqlite_url):
    database = open_database(sqlite_url)
    cast = gather(database)
    put_in_charge(cast, "wang")

    def lately(login, day):
        with cast.database.reading() as session:
            found = escalations.lately(session, cast[login], moment(day))
        return {line.deadline: (line.licenses, line.cases) for line in found}

    held(cast, valid_to=EXPIRY)
    held(cast, valid_to=EXPIRY)
    for step in (-10, -9, 0):
        night(cast, LATEST + timedelta(step))
    assert lately("zhao", LATEST)["K-RENEW"] == (2, 0)
    assert lately("zhao", LATEST + timedelta(8)) == {}
    assert "K-RENEW" not in lately("zhou", LATEST)
    database.close()


def test_it_leaves_the_renewal_case_to_the_license_until_it_is_filed(cast):
    license_id = held(cast, valid_to=EXPIRY)
    number = about(cast, license_id, "renewal")
    night(cast, LATEST - timedelta(30))
    with cast.database.reading() as session:
        ident = rows(session, "SELECT id FROM cases WHERE number = :n", n=number)[0][0]
    assert ledger(cast, ident, "case") == []
    assert [step for step, *_ in sent(cast, license_id)] == [-30]


def test_it_asks_one_person_once_for_a_report_of_license_and_case(cast):
    license_id = held(cast, annual_reports=[2022, 2023, 2024], valid_to=date(2031, 3, 1))
    number = about(cast, license_id, "annual_report", facts={"year": 2025})
    with cast.database.reading() as session:
        ident = rows(session, "SELECT id FROM cases WHERE number = :n", n=number)[0][0]
    night(cast, date(2026, 3, 24))
    assert sent(cast, license_id, "K-AR") == [(-7, "王芳")]
    assert ledger(cast, ident, "case") == []


def test_two_clocks_at_once_send_it_once(cast):
    """The second looks while the first holds the row, and then finds the ledger written."""
    license_id = held(cast, valid_to=EXPIRY)
    day = moment(LATEST - timedelta(90), hour=1)
    with cast.database.transaction() as tx:
        assert reminding.look_at_license(tx, license_id, day) == 1
    late = replace(day, today=day.today)
    with cast.database.transaction() as tx:
        assert reminding.look_at_license(tx, license_id, late) == 0
    assert len(sent(cast, license_id)) == 1
