"""Opening a case in three steps: nothing is written before the last, nothing typed is lost."""

import re
from html import unescape

import pytest

from tests.support.cast import moment
from workflow.services import client_companies
from workflow.storage.statements import row


def counted(office, table):
    with office.database.reading() as session:
        return row(session, f"SELECT COUNT(*) FROM {table}")[0]  # noqa: S608


def at_matter(office, login="wang"):
    visit = office.visit(login)
    visit.open("/cases/new")
    visit.open(f"/cases/new?company={office.cast.company}")
    visit.open(f"/cases/new?company={office.cast.company}&procedure=new")
    return visit


def test_it_opens_a_case_after_showing_whether_it_would_stand(office):
    wang = at_matter(office)
    wang.send("/cases/new/precheck", kinds=["ICP"], coverage=["44"], activities=["user_video"])
    assert "符合" in wang.words
    assert "广东省通信管理局" in wang.words
    assert "社保证明" in wang.words
    assert "G-SIGNOFF" not in wang.page.text
    assert "G-MATERIALS" not in wang.page.text
    wang.send("/cases/new/confirm")
    assert "确认创建案件？" in wang.words
    assert counted(office, "cases") == 0
    wang.send("/cases/new")
    assert wang.page.status_code == 303
    wang.follow()
    assert "新建案件 AP-2026-00001" in wang.words
    assert "用户上传视频" in wang.words
    assert counted(office, "cases") == 1


def test_it_says_what_does_not_fit_what_is_missing_and_what_fits(office):
    with office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, office.cast.company, {"registered_capital": 900_000, "premises": None},
            actor=office.cast["wang"], moment=moment(),
        )  # fmt: skip
    wang = at_matter(office)
    events = counted(office, "events")
    wang.send("/cases/new/precheck", kinds=["EDI"], coverage=["44", "11"],
              third_party_platform="no", deals_online="yes")  # fmt: skip
    assert "11 项条件： 2 未满足 1 待核实" in wang.words
    assert "跨地区经营注册资本不低于 10,000,000 元，现为 900,000 元" in wang.words
    assert "电信业务经营许可管理办法（42 号令） 第六条第四项" in wang.words
    assert "交易处理须有明确的第三方交易平台" in wang.words
    assert "工业和信息化部" in wang.words
    assert "M-PREM" not in wang.page.text, "not for several provinces"
    assert f'href="/companies/{office.cast.company}/edit"' in wang.page.text
    assert counted(office, "events") == events
    assert counted(office, "cases") == 0


def test_it_loses_nothing_on_the_way_back(one_office):
    wang = at_matter(one_office)
    wang.send("/cases/new/precheck", kinds=["ICP", "EDI"], items=["ICP-SEARCH"], coverage=["44"],
              third_party_platform="yes", deals_online="no", content=["news"],
              activities=["user_video"])  # fmt: skip
    wang.send("/cases/new/confirm")
    wang.send("/cases/new/precheck")
    wang.send("/cases/new")
    kept = wang.form("/cases/new/precheck").filled({})
    assert kept["kinds"] == ["EDI", "ICP"]
    assert kept["items"] == ["ICP-SEARCH"]
    assert kept["coverage"] == ["44"]
    assert (kept["third_party_platform"], kept["deals_online"]) == (["yes"], ["no"])
    assert kept["content"] == ["news"]
    assert kept["activities"] == ["user_video"]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"coverage": ["44"]}, "请填写业务种类"),
        ({"kinds": ["ICP"], "coverage": []}, "请填写覆盖范围"),
        ({"kinds": ["ICP"], "coverage": ["national", "44"]}, "全国不能与省份同时选择"),
        ({"kinds": ["EDI"], "coverage": ["44"]}, "请填写是否第三方交易平台"),
        ({"kinds": ["XYZ"], "coverage": ["44"]}, "请从列表中选择"),
        ({"kinds": ["ICP"], "coverage": ["99"]}, "请从列表中选择"),
    ],
)
def test_it_says_at_the_field_what_cannot_be_used(one_office, answers, says):
    wang = at_matter(one_office)
    wang.send("/cases/new/precheck", **answers)
    assert wang.page.status_code == 422
    assert says in wang.words
    assert wang.form("/cases/new/precheck"), "the form is there again"


def test_it_needs_no_trade_facts_for_other_edi_services(one_office):
    wang = at_matter(one_office)
    wang.send("/cases/new/precheck", kinds=["EDI"], items=["EDI-DEVICE"], coverage=["44"])
    assert wang.page.status_code == 200


def test_it_warns_of_a_case_that_is_open_already(office):
    number = office.cast.open_case()
    wang = at_matter(office)
    wang.send("/cases/new/precheck", kinds=["ICP"], coverage=["44", "11"])
    assert "同一企业已有同类案件在办" in wang.words
    assert number in wang.words


def test_it_finds_clients_by_name_initials_or_code(office):
    wang = office.visit()
    for sought in ("示例信息", "gzslxx", "91440106"):
        wang.open(f"/cases/new?q={sought}")
        assert "广州示例信息服务有限公司" in wang.words
        assert "兰州" not in wang.words
    wang.open("/cases/new?q=没有这家")
    assert "没有找到企业" in wang.words


def test_it_shows_and_takes_only_clients_in_scope(office):
    chen = office.visit("chen")
    chen.open("/cases/new")
    assert "广州" not in chen.words
    for path in (f"?company={office.cast.company}", f"?company={'9' * 30}", "?company=x"):
        assert chen.open(f"/cases/new{path}").status_code == 404
    query = f"company={office.cast.company}&procedure=new&kinds=ICP&coverage=44"
    assert chen.open(f"/cases/new/precheck?{query}").status_code == 404
    assert chen.open(f"/cases/new/confirm?{query}").status_code == 404


def test_it_opens_one_case_however_often_the_button_is_pressed(office):
    wang = at_matter(office)
    wang.send("/cases/new/precheck", kinds=["ICP"], coverage=["44"])
    wang.send("/cases/new/confirm")
    form = wang.form("/cases/new")
    answers = [wang.post(form).location for _ in range(3)]
    assert answers == ["/cases/AP-2026-00001"] * 3
    assert counted(office, "cases") == 1


@pytest.mark.parametrize("login", ["zhao", "zhou", "admin"])
def test_it_is_for_those_who_work_on_cases(one_office, login):
    assert one_office.visit(login).open("/cases/new").status_code == 403


def test_it_keeps_a_precheck_without_a_case_and_judges_it_anew(office):
    wang = at_matter(office)
    wang.send("/cases/new/precheck", kinds=["ICP"], coverage=["44"], activities=["user_video"])
    wang.send("/cases/new/prechecks")
    wang.follow()
    assert "预检已保存" in wang.words
    assert counted(office, "cases") == 0
    address = re.search(r'href="(/cases/new/precheck\?[^"]*)"', wang.page.text)[1]
    wang.open(unescape(address))
    assert "用户上传视频" in wang.words
    assert "存下的预检" not in office.visit("chen").open("/cases/new").text
    wang.open("/cases/new")
    wang.send(re.search(r'action="(/cases/new/prechecks/\d+)"', wang.page.text)[1])
    assert "预检已删除" in wang.follow().text
    assert "/cases/new/prechecks/" not in wang.page.text
