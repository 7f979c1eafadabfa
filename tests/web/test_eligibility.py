"""The eligibility check as a person meets it: one sentence, reasons, ways out, nothing lost."""

import re
from html import unescape

import pytest

from tests.support.cast import moment
from tests.support.contents import contents
from workflow.services import client_companies

SOUND = {
    "entity": "company",
    "status": "active",
    "province": "44",
    "registered_capital": "200万",
    "insured_staff": "3",
    "insured_months": "1",
    "foreign_share": "0",
    "premises": "yes",
    "dishonest_list": "no",
    "adverse_list": "no",
    "on": "2026-03-18",
}


def asked(office, login="wang", **answers):
    """A company that is no client, described in the form and sent."""
    visit = office.visit(login)
    visit.open("/eligibility")
    before = contents(office.database)
    visit.send("/eligibility", **{**SOUND, "kinds": ["ICP"], "coverage": ["44"], **answers})
    assert contents(office.database) == before
    return visit


def of_client(office, query="kinds=ICP&coverage=44&on=2026-03-18", login="wang"):
    return asking(office.visit(login), office, query)


def asking(visit, office, query="kinds=ICP&coverage=44&on=2026-03-18"):
    visit.open(f"/eligibility?asked=1&company={office.cast.company}&{query}")
    return visit


def test_it_says_that_a_client_may_apply_and_opens_the_case(office):
    wang = office.visit()
    before = contents(office.database)
    asking(wang, office)
    assert contents(office.database) == before
    assert "可以申请。" in wang.words
    assert "社保证明" in wang.words
    assert "广东省通信管理局" in wang.words
    onward = re.search(r'href="(/cases/new/precheck\?[^"]+)"', wang.page.text)[1]
    wang.open(unescape(onward))
    assert wang.page.status_code == 200
    assert "资格预检" in wang.words
    assert wang.send("/cases/new/confirm").status_code == 200


def test_it_takes_a_client_from_the_list_with_the_application_at_hand(one_office):
    wang = one_office.visit()
    wang.open("/eligibility/client?kinds=EDI&items=EDI-DEVICE&coverage=62&q=广州")
    assert "兰州" not in wang.words
    wang.open(unescape(re.search(r'href="(/eligibility\?[^"]+company=1)"', wang.page.text)[1]))
    assert "企业的情况取自档案" in wang.words
    kept = wang.form("/eligibility").filled({})
    assert (kept["kinds"], kept["items"], kept["coverage"]) == (["EDI"], ["EDI-DEVICE"], ["62"])
    wang.send("/eligibility")
    assert "可以申请。" in wang.words


def test_it_says_what_a_client_lacks_and_where_to_mend_it(one_office):
    with one_office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, one_office.cast.company, {"registered_capital": 900_000, "premises": None},
            actor=one_office.cast["wang"], moment=moment(),
        )  # fmt: skip
    wang = of_client(one_office)
    assert "现在还不能：1 项未满足。 另有 1 项待核实。" in wang.words
    assert f'href="/companies/{one_office.cast.company}/edit"' in wang.page.text
    manager = of_client(one_office, login="zhao")
    assert "现在还不能" in manager.words
    assert "/edit" not in manager.page.text
    assert "按此新建案件" not in manager.words


def test_it_judges_a_company_that_is_no_client(one_office):
    wang = asked(one_office)
    assert "可以申请，另有 1 项提醒。" in wang.words
    assert "信用代码还不知道" in wang.words
    assert "按此新建案件" not in wang.words


def test_it_asks_what_nobody_knows_yet(one_office):
    wang = asked(one_office, registered_capital="", premises="unknown")
    assert "还不能下结论：2 项待核实" in wang.words
    assert "还要问清：注册资本" in wang.words
    assert "企业档案补填" not in wang.words


def test_it_offers_the_province_when_the_capital_is_too_small_for_the_country(one_office):
    wang = asked(one_office, coverage=["national"])
    assert "现在还不能：1 项未满足。" in wang.words
    assert "注册资本还差 800 万元" in wang.words
    narrower = re.search(r'<a class="button" href="([^"]+)">改为只申请广东省', wang.page.text)[1]
    wang.open(unescape(narrower))
    assert "可以申请，另有 1 项提醒。" in wang.words


def test_it_names_the_first_day_when_only_time_is_missing(one_office):
    bar = {"bars.0.kind": "concealment", "bars.0.decided_on": "2025-06-01"}
    assert "最早 2026-06-02 周二 可以提交" in asked(one_office, **bar).words
    assert "可以申请" in asked(one_office, **bar, on="2026-06-02").words


def test_it_says_that_a_young_company_may_apply(one_office):
    assert "成立不足六个月也可以申请" in asked(one_office, established_on="2026-01-05").words
    assert "六个月" not in asked(one_office, established_on="2024-01-05").words


def test_it_sends_a_nationwide_premises_network_to_miit_first(one_office):
    wang = asked(one_office, kinds=["CPN"], coverage=["national"], registered_capital="1000万")
    assert "先向工业和信息化部确认" in wang.words


def test_it_goes_back_to_the_answers_with_nothing_lost(one_office):
    wang = asked(one_office, coverage=["44", "62"], content=["news"], pilot_zone="P20")
    change = re.search(r'<a class="button" href="(/eligibility\?[^"]+)">', wang.page.text)[1]
    wang.open(unescape(change))
    kept = wang.form("/eligibility").filled({})
    assert (kept["coverage"], kept["content"]) == (["44", "62"], ["news"])
    assert (kept["pilot_zone"], kept["registered_capital"]) == (["P20"], ["200万"])
    assert kept["premises"] == ["yes"]


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"foreign_share": "120"}, "foreign_share", "请填写 0 至 100 的百分比"),
        ({"registered_capital": "abc"}, "registered_capital", "请填写金额"),
        ({"on": "2026-13-40"}, "on", "没有 2026-13-40 这一天"),
        ({"on": "0001-01-01"}, "on", "请填写近年的日期"),
        ({"on": ""}, "on", "请填写提交日期"),
        ({"uscc": "91440106MA0DEM1010"}, "uscc", "校验不符"),
        ({"insured_staff": "9" * 12}, "insured_staff", "不可用"),
        ({"bars.0.kind": "fraud"}, "bars.0.decided_on", "请填写这一项"),
        ({"bars.0.kind": "fraud", "bars.0.decided_on": "2026-03-19"}, "bars", "还没有到"),
        ({"kinds": []}, "kinds", "请填写业务种类"),
        ({"kinds": ["EDI"]}, "deals_online", "请填写是否线上成交"),
        ({"coverage": ["national", "44"]}, "coverage", "全国不能与省份同时选择"),
    ],
)
def test_it_says_at_the_field_what_cannot_be_used(one_office, answers, field, says):
    wang = asked(one_office, **answers)
    assert wang.page.status_code == 422
    assert says in wang.words
    assert f'<a href="#{field}">' in wang.page.text
    assert f'id="{field}"' in wang.page.text
    kept = wang.form("/eligibility").filled({})
    for name, value in {**SOUND, **answers}.items():
        assert kept.get(name, []) == (value if isinstance(value, list) else [value]), name


@pytest.mark.parametrize("wrong", ["kinds=XYZ", "coverage=99", "province=99", "content=gossip"])
@pytest.mark.parametrize("sent", ["", "&asked=1"])
def test_it_says_what_an_address_names_and_nobody_offers(one_office, wrong, sent):
    wang = one_office.visit()
    wang.open(f"/eligibility?{wrong}{sent}")
    assert wang.page.status_code == 422
    assert "请从列表中选择" in wang.words


@pytest.mark.parametrize("company", ["1", "987", "x", "", "9" * 30])
@pytest.mark.parametrize("sent", ["", "&asked=1&kinds=ICP&coverage=44&on=2026-03-18"])
def test_it_knows_no_client_of_another_handler(one_office, company, sent):
    chen = one_office.visit("chen")
    assert chen.open(f"/eligibility?company={company}{sent}").status_code == 404
    assert "广州" not in chen.words


def test_it_answers_in_english(one_office):
    wang = one_office.visit()
    wang.open("/eligibility?lang=en")
    wang.open("/eligibility?asked=1&kinds=CPN&coverage=national&on=2026-03-18&foreign_share=0"
              "&registered_capital=200万&content=news")  # fmt: skip
    assert "Not yet:" in wang.words
    assert "Still to be asked:" in wang.words
    body = wang.page.text.partition("<main")[2].partition('<footer class="foot')[0]
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r'(href|value)="[^"]*"', "", body))
