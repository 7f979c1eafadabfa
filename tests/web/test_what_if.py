"""What if: other days and other holidays beside the plan, refused at the field, nothing written."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

from tests.services.builders import about, held
from tests.support.cast import TODAY
from tests.support.contents import contents
from workflow.domain.workdays import add_working
from workflow.law.catalogue import CALENDAR

DAY = timedelta(1)


def ask(visit, number, **supposed):
    """Send the form as a person does; the page that answers."""
    visit.open(f"/cases/{number}/what-if")
    visit.page = visit.post(visit.form("/what-if"), **supposed)
    return visit.page


def test_it_sets_another_plan_beside_the_present_one_and_writes_nothing(office):
    number = office.cast.submitted(day=TODAY)
    visit, auditor = office.visit(), office.visit("zhou")
    before = contents(office.database)
    answer = TODAY + timedelta(20)
    page = ask(visit, number, notice=(TODAY + 2 * DAY).isoformat(), answer=answer.isoformat())
    assert page.status_code == 200
    now = add_working(CALENDAR, TODAY, 60)
    then = add_working(CALENDAR, answer, 60)
    assert now.isoformat() in visit.words
    assert then.isoformat() in visit.words
    assert f"+{(then - now).days} 天" in visit.words
    assert "2026-03-18（已提交） + 60 工作日" in visit.words
    shared = auditor.open(visit.page.request.full_path)
    assert then.isoformat() in shared.text
    assert contents(office.database) == before


def test_it_judges_the_conditions_that_the_filing_day_decides(office):
    license_id = held(office.cast, valid_to=date(2026, 9, 1))
    number = about(office.cast, license_id, "renewal")
    visit = office.visit()
    before = contents(office.database)
    ask(visit, number, filing="2026-06-04")
    assert "G-RENEW-TIME 满足" in visit.words
    assert (
        "不满足 许可证 2026-09-01 届满，须在 2026-06-03 前申请，现距届满只有 89 日" in visit.words
    )
    assert "K-RENEW" in visit.words
    assert contents(office.database) == before


def test_it_supposes_pauses_and_acceptance(one_office):
    number = one_office.cast.submitted(day=TODAY)
    visit = one_office.visit()
    ask(visit, number, acceptance="2026-03-20", pause_from="2026-03-23", pause_to="2026-03-27")
    assert "2026-03-18（已提交） + 60 工作日 + 暂停 5 工作日" in visit.words
    assert "暂停，不计（第 1 次：专家评审）" in visit.words
    ask(visit, number, pause_from="2026-03-23")
    assert "估算" in visit.words


def test_it_tries_another_notice_and_none(one_office):
    number = one_office.cast.submitted(day=TODAY)
    visit = one_office.visit()
    ask(visit, number, calendar="notice", year="2026", off="3月19日至20日", workdays="2026-03-21")
    assert "2026-03-26 估算" in visit.words
    assert "03-21 周六 调休上班 1" in visit.words
    late = one_office.cast.submitted(day=TODAY, coverage=("31",))
    ask(visit, late, calendar="bare")
    assert visit.page.status_code == 200
    assert "不变" in visit.words


WRONG = [
    ({"notice": "2026-03-17"}, "2026-03-17 已经过去"),
    ({"notice": "昨天"}, "请填写日期"),
    ({"answer": "2026-03-20"}, "请核对各日期的先后"),
    ({"notice": "2026-03-25", "answer": "2026-03-20"}, "请核对各日期的先后"),
    ({"pause_from": "2026-03-27", "pause_to": "2026-03-20"}, "请核对各日期的先后"),
    ({"pause_to": "2026-03-20"}, "请核对各日期的先后"),
    ({"calendar": "notice", "off": "3月19日"}, "请填写年份"),
    ({"calendar": "notice", "year": "2026", "off": ""}, "请填写放假日期"),
    ({"calendar": "notice", "year": "2026", "off": "4月31日"}, "没有 2026-04-31 这一天"),
    ({"calendar": "else"}, "请从列表中选择"),
]


@pytest.mark.parametrize(("supposed", "said"), WRONG)
def test_it_refuses_what_cannot_be_at_the_field(one_office, supposed, said):
    number = one_office.cast.submitted(day=TODAY)
    visit = one_office.visit()
    page = visit.open(f"/cases/{number}/what-if?{urlencode(supposed)}")
    assert page.status_code == 422
    assert said in visit.words
    again = visit.form("/what-if").filled({})
    for name, value in supposed.items():
        if name != "calendar":
            assert again[name] == [value]


def test_it_offers_only_the_days_still_ahead(one_office):
    cast = one_office.cast
    visit = one_office.visit()
    shown = {}
    for number in (cast.open_case(), cast.in_correction(coverage=("31",))):
        visit.open(f"/cases/{number}/what-if")
        shown[number] = visit.form("/what-if").names & {"filing", "notice", "answer"}
    assert list(shown.values()) == [{"filing", "notice", "answer"}, {"answer"}]
    approved = cast.approved(coverage=("33",))
    visit.open(f"/cases/{approved}/what-if")
    assert "案件已结束" in visit.words
