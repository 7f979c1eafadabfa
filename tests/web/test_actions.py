"""Confirming acts: what is asked, what is refused and why, and that a second press does nothing."""

from datetime import date, timedelta

import pytest

from tests.support.cast import TODAY, moment
from tests.support.visits import pass_all
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.services import case_view

RULES = [rule for rule in catalogue.procedure("new").rules if rule.by != frozenset({Role.CLOCK})]


def state_of(office, number):
    with office.database.reading() as session:
        view = case_view.view(session, number, office.cast["zhou"], moment())
        return view.case.state, view.case.version


def test_it_walks_from_draft_to_license(office):
    wang, li = office.visit("wang"), office.visit("li")
    number = office.cast.open_case()

    def act(visit, trigger, **answers):
        visit.open(f"/cases/{number}/actions/{trigger}")
        visit.send(f"/actions/{trigger}", **answers)
        assert visit.page.status_code == 303, visit.words
        visit.follow()
        return visit.words

    assert "开始备料" in act(wang, "prepare")
    office.cast.provide(number)
    assert "接下来由复核人办理" in act(wang, "request_sign_off", note="请重点看第 3 节")
    assert "请重点看第 3 节" in li.open(f"/cases/{number}").text
    pass_all(li, number)
    act(li, "sign_off")
    said = act(wang, "submit", receipt="GD-2026-1")
    assert "接下来由主管部门办理" in said
    assert "受理或一次告知补正 2026-03-25 周三" in said
    answers = {"points-1": "缺少日志留存说明", "material-1": "M-INFOSEC", "points-3": "缺拓扑图"}
    said = act(wang, "request_correction", reply_by="2026/3/25", **answers)
    assert "0 / 2 条已答复" in said
    for no in (1, 2):
        wang.send(f"/points/{no}", **{f"answer-{no}": f"已补第 {no} 条"})
        wang.follow()
    pass_all(li, number)
    act(li, "sign_off")
    act(wang, "resubmit")
    act(wang, "accept", number="粤通管受〔2026〕1 号")
    said = act(wang, "approve", number="粤B2-20260001")
    assert "粤B2-20260001" in said
    act(wang, "deliver")
    assert state_of(office, number)[0] == "approved"
    assert len(office.rings) > 10


def test_it_shows_what_blocks_instead_of_a_dead_form(office):
    number = office.cast.prepared(missing=("M-SI",))
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/submit")
    assert "登记提交还差 2 项" in wang.words
    assert "缺少材料：社保证明（M-SI）" in wang.words
    assert f'href="/cases/{number}#materials">上传材料' in wang.page.text
    assert "确认登记提交" not in wang.words
    assert 'name="receipt"' not in wang.page.text


def test_it_refuses_with_every_unmet_condition_and_keeps_what_was_typed(office):
    number = office.cast.fileable()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/submit")
    form = wang.form("/actions/submit")
    office.cast.do(number, "revoke_sign_off", by="li", given={"reason": "再看一遍"})
    version = state_of(office, number)[1]
    refused = wang.post(form, receipt="GD-2026-1", note="一段备注", version=str(version))
    assert refused.status_code == 422
    assert "材料包最后一次改动后须经复核：尚未复核" in refused.text
    assert 'value="GD-2026-1"' in refused.text
    assert "一段备注" in refused.text
    assert state_of(office, number) == ("material_prep", version)
    assert office.rings == []


def test_it_refuses_a_stale_form_names_who_was_faster_and_keeps_the_text(office):
    number = office.cast.submitted()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/reject")
    form = wang.form("/actions/reject")
    office.cast.do(number, "accept", by="li")
    before = state_of(office, number)
    wang.page = wang.post(form, reasons="不符合规划", on="2026/3/18")
    assert wang.page.status_code == 409
    assert "李强刚刚改过这个案件" in wang.words
    assert "李强 · 已受理" in wang.words
    assert "不符合规划" in wang.page.text
    assert state_of(office, number) == before
    wang.send("/actions/reject")
    assert wang.page.status_code == 303, "after reading what changed it can be sent"


def test_it_keeps_the_text_when_the_case_has_left_that_state(office):
    number = office.cast.submitted()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/request_correction")
    form = wang.form("/actions/request_correction")
    office.cast.do(number, "withdraw", by="zhao", given={"reason": "客户撤回"})
    refused = wang.post(form, **{"points-1": "打了很久的字"})
    assert refused.status_code == 409
    assert "打了很久的字" in refused.text
    assert "赵敏" in refused.text
    assert "确认登记补正</button>" not in refused.text


def test_it_does_the_same_form_once(office):
    number = office.cast.fileable()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/submit")
    form = wang.form("/actions/submit")
    first, second = wang.post(form), wang.post(form)
    assert (first.status_code, first.location) == (303, f"/cases/{number}")
    assert (second.status_code, second.location) == (303, f"/cases/{number}")
    assert state_of(office, number)[0] == "submitted"
    wang.open(f"/cases/{number}")
    assert wang.words.count("已提交 王芳") == 1


def test_it_refuses_the_same_form_with_other_words(office):
    number = office.cast.submitted()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/accept")
    form = wang.form("/actions/accept")
    assert wang.post(form, number="1 号").status_code == 303
    refused = wang.post(form, number="2 号")
    assert refused.status_code == 422
    assert "这份表单已用于另一次提交" in refused.text


@pytest.mark.parametrize("typed", ["2026-03-17", "2026/3/17", "20260317", "２０２６年３月１７日"])
def test_it_understands_a_day_however_it_is_written(one_office, typed):
    number = one_office.cast.submitted(day=date(2026, 3, 16))
    wang = one_office.visit()
    wang.open(f"/cases/{number}/actions/accept")
    wang.send("/actions/accept", on=typed)
    assert wang.page.status_code == 303
    wang.follow()
    assert "2026-03-17 已受理" in wang.words


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-03-19", "2026-03-19 还没有到"),
        ("2026-03-15", "日期不能早于上一项申报或主管部门记录 2026-03-16"),
        ("2026-02-30", "没有 2026-02-30 这一天"),
        ("昨天", "请填写日期，例如 2026-03-20"),
        ("", "请填写办理日期"),
    ],
)
def test_it_refuses_a_day_that_cannot_be(one_office, typed, says):
    number = one_office.cast.submitted(day=date(2026, 3, 16))
    before = state_of(one_office, number)
    wang = one_office.visit()
    wang.open(f"/cases/{number}/actions/accept")
    wang.send("/actions/accept", on=typed, number="粤受 1 号")
    assert wang.page.status_code == 422
    assert wang.words.count(says) == 2, "in the summary and at the field"
    assert 'value="粤受 1 号"' in wang.page.text
    assert f'value="{typed}"' in wang.page.text
    assert state_of(one_office, number) == before


def test_it_adds_rows_without_script_and_keeps_the_ones_there(one_office):
    number = one_office.cast.submitted()
    wang = one_office.visit()
    wang.open(f"/cases/{number}/actions/request_correction")
    assert 'name="points-6"' not in wang.page.text
    wang.send("/actions/request_correction", more="1", **{"points-5": "第五条"})
    assert wang.page.status_code == 200
    assert "第五条" in wang.page.text
    wang.send("/actions/request_correction", **{"points-10": "第十条"})
    wang.follow()
    assert "0 / 2 条已答复" in wang.words


def test_it_asks_for_at_least_one_point_and_its_text(one_office):
    number = one_office.cast.submitted()
    wang = one_office.visit()
    wang.open(f"/cases/{number}/actions/request_correction")
    wang.send("/actions/request_correction", **{"material-2": "M-SI"})
    assert wang.page.status_code == 422
    assert "请填写意见内容" in wang.words
    wang.open(f"/cases/{number}/actions/request_correction")
    wang.send("/actions/request_correction")
    assert "至少填写一条补正意见" in wang.words


def test_it_grants_less_than_was_applied_for_and_never_more(office):
    number = office.cast.submitted(kinds=("ICP", "CC"), coverage=("44",))
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/approve")
    form = wang.form("/actions/approve")
    refused = wang.post(form, number="粤B2-1", coverage=["44", "11"])
    assert refused.status_code == 422
    assert "请从列表中选择" in refused.text
    wang.send("/actions/approve", number="粤B2-20260001", kinds=["ICP"], valid_to="2030/12/31")
    wang.follow()
    assert "至 2030-12-31" in wang.words
    assert "业务种类 B25 ICP 覆盖范围 广东省 有效期" in wang.words


def test_it_lets_a_reviewer_waive_guidance_and_never_statute(office):
    number = office.cast.prepared(missing=("M-SI",))
    li = office.visit("li")
    li.open(f"/cases/{number}/actions/waive?guard=G-MATERIALS")
    assert "现在没有可以豁免的条件" in li.words
    before = state_of(office, number)
    form = li.form("/actions/waive")
    form.names.add("guard")
    refused = li.post(form, guard="G-MATERIALS", reason="着急")
    assert refused.status_code == 422
    assert "是法定条件，不能豁免" in refused.text
    assert state_of(office, number) == before


@pytest.mark.parametrize(
    ("login", "trigger", "status"),
    [
        ("wang", "sign_off", 403),
        ("wang", "waive", 403),
        ("zhao", "request_sign_off", 403),
        ("zhou", "withdraw", 403),
        ("zhao", "withdraw", 200),
        ("wang", "approve", 409),
        ("wang", "open_service", 404),
        ("wang", "deem_accepted", 404),
        ("wang", "no-such-thing", 404),
    ],
)
def test_it_opens_acts_to_those_who_may_take_them(one_office, login, trigger, status):
    number = one_office.cast.prepared()
    assert one_office.visit(login).open(f"/cases/{number}/actions/{trigger}").status_code == status


@pytest.mark.parametrize(("login", "trigger"), [("zhou", "withdraw"), ("wang", "sign_off")])
@pytest.mark.parametrize("on", [TODAY.isoformat(), ""])
def test_it_refuses_a_post_of_somebody_who_may_not(one_office, login, trigger, on):
    number = one_office.cast.prepared()
    before = state_of(one_office, number)
    visit = one_office.visit(login)
    visit.open("/more")
    form = visit.form("/logout")
    form.action = f"/cases/{number}/actions/{trigger}"
    form.names |= {"version", "on"}
    refused = visit.post(form, version=str(before[1]), on=on)
    assert refused.status_code == 403
    assert state_of(one_office, number) == before


def test_it_refuses_a_form_without_its_version(office):
    number = office.cast.open_case()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/prepare")
    wang.send("/actions/prepare", version="")
    assert wang.page.status_code == 422
    assert state_of(office, number)[0] == "draft"


def test_it_does_not_let_a_reviewer_sign_their_own_pack(one_office):
    number = one_office.cast.prepared(by="li")
    li = one_office.visit("li")
    li.open(f"/cases/{number}/actions/sign_off")
    assert "不能复核自己整理的材料" in li.words
    assert "确认批准申请包" not in li.words


PREPARED = {
    "draft": "open_case",
    "material_prep": "prepared",
    "submitted": "submitted",
    "correction_requested": "in_correction",
    "approved": "approved",
}


LOOKED_AT_BY_ITEM = "sign_off"


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.trigger != LOOKED_AT_BY_ITEM],
    ids=lambda rule: rule.trigger,
)
def test_it_has_a_page_for_every_act_of_the_law(one_office, rule):
    make = getattr(one_office.cast, PREPARED[rule.source[0].value])
    number = make(day=TODAY - timedelta(1))
    if rule.trigger == "recall_sign_off":
        one_office.cast.do(number, "request_sign_off")
    if rule.trigger == "revoke_sign_off":
        one_office.cast.do(number, "sign_off", by="li")
    if rule.trigger == "resume_review":
        one_office.cast.do(number, "pause_review")
    li = one_office.visit("li")
    page = li.open(f"/cases/{number}/actions/{rule.trigger}")
    assert page.status_code == 200
    assert rule.label.zh in li.words
    blocked = bool(rule.guards)
    for ask in rule.asks:
        if not blocked and ask.kind not in ("points", "guard"):
            assert f'name="{ask.name}"' in page.text


def test_it_does_not_call_a_person_somebody_else(office):
    number = office.cast.submitted()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/reject")
    form = wang.form("/actions/reject")
    office.cast.do(number, "accept")
    wang.page = wang.post(form, reasons="不符合规划")
    assert wang.page.status_code == 409
    assert "你在别处刚刚改过这个案件" in wang.words
    assert "王芳刚刚改过" not in wang.words


def test_it_says_what_is_wrong_with_a_version_the_case_never_had(office):
    number = office.cast.open_case()
    wang = office.visit()
    wang.open(f"/cases/{number}/actions/prepare")
    wang.send("/actions/prepare", version="999")
    assert wang.page.status_code == 409
    assert "页面的版本与案件不符" in wang.words
    assert state_of(office, number)[0] == "draft"


def test_it_says_that_a_grant_entered_wrongly_can_be_rectified(one_office):
    number = one_office.cast.submitted()
    wang = one_office.visit()
    wang.open(f"/cases/{number}/actions/approve")
    assert "记错时由复核人更正记录" in wang.words
    assert "不能撤回" not in wang.words
