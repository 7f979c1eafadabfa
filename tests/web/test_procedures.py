"""Every procedure about a license: opened, refused, kept, prepared and decided in the pages."""

import re
from datetime import date

import pytest
from sqlalchemy import event

from tests.support.cast import TODAY, moment
from web.look_back import GROUPS
from workflow.domain.errors import BadInput
from workflow.law.self_check import CODES
from workflow.services import case_view, client_companies, opening
from workflow.services.standing import license_now
from workflow.storage.statements import row

TERM = {"valid_from": date(2022, 3, 1), "valid_to": date(2027, 3, 1)}


def held(office, number="粤B2-20220188", company=None, **values):
    """A license of the client in the register; its id."""
    told = {"number": number, "kinds": ["ICP"], "coverage": ["44"], **TERM, **values}
    with office.database.transaction() as tx:
        return client_companies.add_license(
            tx, company or office.cast.company, told, actor=office.cast["wang"], moment=moment()
        )


def begun(office, procedure, license_id=None, *, login="wang", **more):
    """Somebody at the form of a procedure; `changes` and the like go into the address."""
    visit = office.visit(login)
    query = {"company": office.cast.company, "procedure": procedure, **more}
    if license_id is not None:
        query["license"] = license_id
    visit.page = visit.client.get("/cases/new", query_string=query, buffered=True)
    return visit


def opened(visit, **answers):
    """Pre-check, confirm, open; the number of the case."""
    visit.send("/cases/new/precheck", **answers)
    assert visit.page.status_code == 200, visit.words
    visit.send("/cases/new/confirm")
    visit.send("/cases/new")
    assert visit.page.status_code == 303, visit.words
    visit.follow()
    return visit.page.request.path.rpartition("/")[2]


def facts_of(office, number):
    with office.database.reading() as session:
        return case_view.view(session, number, office.cast["wang"], moment()).case.facts


def filed(office, number, day=TODAY):
    """Prepared, signed off and submitted through the services."""
    cast = office.cast
    cast.do(number, "prepare", day=day)
    cast.provide(number, day=day)
    cast.do(number, "sign_off", by="li", day=day)
    cast.do(number, "submit", day=day)


def in_register(office, license_id):
    with office.database.reading() as session:
        return license_now(session, None, license_id)


def counted(office):
    with office.database.reading() as session:
        return row(session, "SELECT COUNT(*) FROM cases")[0]


# the way to the form


def test_it_offers_every_procedure_and_the_living_licenses(one_office):
    first, second = held(one_office), held(one_office, "粤B2-20230001", kinds=["EDI"])
    held(one_office, "粤B2-20150009", status="lapsed", valid_to=date(2025, 3, 1))
    wang = one_office.visit()
    wang.open(f"/cases/new?company={one_office.cast.company}")
    for name in (
        "新办",
        "变更",
        "续期（延续）",
        "注销（终止经营）",
        "年报",
        "码号申请",
        "分支机构报送",
    ):
        assert name in wang.words
    assert "2 张有效许可证" in wang.words
    wang.open(f"/cases/new?company={one_office.cast.company}&procedure=renewal")
    assert "粤B2-20220188" in wang.words
    assert "2022-03-01 至 2027-03-01" in wang.words
    assert "粤B2-20150009" not in wang.words
    for license_id in (first, second):
        assert f"&amp;procedure=renewal&amp;license={license_id}" in wang.page.text


def test_it_goes_straight_on_with_the_only_license(one_office):
    held(one_office)
    wang = begun(one_office, "renewal")
    assert "粤B2-20220188" in wang.words
    assert wang.form("/cases/new/precheck").filled({})["license"] == ["1"]


@pytest.mark.parametrize(
    ("status", "says"),
    [(None, "台账里没有它的许可证"), ("lapsed", "台账里有 1 张许可证，都已过期、注销或吊销")],
)
def test_it_says_so_when_no_license_is_alive(one_office, status, says):
    if status:
        held(one_office, status=status)
    wang = begun(one_office, "change")
    assert wang.page.status_code == 200
    assert says in wang.words
    assert "/cases/new/precheck" not in wang.page.text


def test_it_starts_from_the_license_and_the_company(one_office):
    license_id = held(one_office)
    wang = one_office.visit()
    wang.open(f"/licenses/{license_id}")
    for code in ("change", "cancellation", "annual_report", "number", "branch_report"):
        assert f"procedure={code}&amp;license={license_id}" in wang.page.text
    assert "procedure=renewal" not in wang.page.text  # months away: the page says when it opens
    assert re.search(r"窗口 \d{4}-\d\d-\d\d 打开", wang.words)
    wang.open(f"/companies/{one_office.cast.company}")
    assert (
        f"/cases/new?company={one_office.cast.company}&amp;license={license_id}" in wang.page.text
    )
    wang.open(f"/cases/new?company={one_office.cast.company}&license={license_id}")
    assert f"procedure=change&amp;license={license_id}" in wang.page.text


def test_it_offers_nothing_on_a_license_that_ended(one_office):
    license_id = held(one_office, status="cancelled")
    assert "/cases/new?company" not in one_office.visit().open(f"/licenses/{license_id}").text


@pytest.mark.parametrize("status", ["lapsed", "cancelled", "revoked"])
@pytest.mark.parametrize("path", ["", "/precheck", "/confirm"])
def test_it_refuses_a_license_that_ended(one_office, status, path):
    license_id = held(one_office, status=status)
    wang = one_office.visit()
    query = f"company={one_office.cast.company}&procedure=renewal&license={license_id}"
    assert wang.open(f"/cases/new{path}?{query}").status_code == 422
    assert "不能再办理" in wang.words


@pytest.mark.parametrize("license_id", ["99", "x", "0", "-1", "9" * 30, "none"])
def test_it_refuses_a_license_the_company_does_not_hold(one_office, license_id):
    held(one_office), held(one_office, "甘B2-20230001", company=one_office.cast.other)
    wang = one_office.visit()
    query = f"company={one_office.cast.company}&procedure=renewal&license={license_id}"
    wang.open(f"/cases/new/precheck?{query}")
    assert wang.page.status_code == 422
    assert "该企业没有这张许可证" in wang.words or "请选择许可证" in wang.words
    assert "甘B2" not in wang.words


def test_it_refuses_the_license_of_another_client(one_office):
    foreign = held(one_office, "甘B2-20230001", company=one_office.cast.other)
    wang = begun(one_office, "cancellation", foreign)
    assert wang.page.status_code == 422
    assert "该企业没有这张许可证" in wang.words


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("procedure=nothing", "没有这种办理事项"),
        ("procedure=", "请填写办理事项"),
        ("procedure=change", "请选择许可证"),
        ("procedure=change&license=1", "请选择变更事项"),
        ("procedure=change&license=1&changes=C-NONE", "没有变更事项 C-NONE"),
        (
            "procedure=change&license=1&changes=C-SUBJ&changes=C-NAME",
            "经营主体变更不能与其他变更合并办理",
        ),
        ("procedure=number&license=none", "请填写号段"),
    ],
)
def test_it_says_which_step_is_not_settled(one_office, query, says):
    held(one_office), held(one_office, "粤B2-20230001", kinds=["EDI"])
    wang = one_office.visit()
    for path in ("precheck", "confirm"):
        wang.open(f"/cases/new/{path}?company={one_office.cast.company}&{query}")
        assert wang.page.status_code == 422
        assert says in wang.words
    assert counted(one_office) == 0


def test_it_offers_a_change_where_a_license_covers_a_first_application(one_office):
    held(one_office)
    wang = begun(one_office, "new")
    wang.send("/cases/new/precheck", kinds=["ICP"], coverage=["44"])
    assert "应申请变更而非新办" in wang.words
    assert (
        f'href="/cases/new?company={one_office.cast.company}&amp;procedure=change">改办变更'
        in wang.page.text
    )


# change


def test_it_asks_only_what_the_changes_need(one_office):
    license_id = held(one_office)
    wang = begun(one_office, "change", license_id)
    assert "法定代表人 C-LREP" in wang.words
    wang.send("/cases/new", changes=["C-LREP", "C-CAP"])
    asked = wang.form("/cases/new/precheck").names
    assert {"registered_on", "decided_on", "new.legal_representative", "new.registered_capital",
            "new_person_dishonest"} <= asked  # fmt: skip
    assert not {"effective_on", "new.coverage", "new.kinds", "year", "kinds", "stop_on"} & asked


def test_it_opens_a_change_of_two_things_and_writes_both(office):
    license_id = held(office)
    wang = begun(office, "change", license_id, changes=["C-LREP", "C-CAP"])
    answers = {"registered_on": "2026/3/2", "new.legal_representative": "丙示例",
               "new.registered_capital": "２００万元", "new_person_dishonest": "no"}  # fmt: skip
    wang.send("/cases/new/precheck", **answers)
    assert "丙示例" in wang.words, "who typed it sees it in full"
    assert "100 万元 → 200 万元" in wang.words
    number = opened(begun(office, "change", license_id, changes=["C-LREP", "C-CAP"]), **answers)
    assert number.startswith("CH-")
    wang.open(f"/cases/{number}")
    assert "周* → 丙*" in wang.words
    assert "100 万元 → 200 万元" in wang.words
    assert "2026-03-02" in wang.words
    filed(office, number)
    wang.open(f"/cases/{number}/actions/approve")
    asked = wang.form("/actions/approve").names
    assert "number" in asked
    assert not {"kinds", "coverage", "items", "valid_to"} & asked, "it writes neither"
    wang.send("/actions/approve")
    assert wang.page.status_code == 303, wang.words
    kept = in_register(office, license_id)
    assert (kept["legal_representative"], kept["registered_capital"]) == ("丙示例", 2_000_000)


def test_it_grants_a_kind_that_was_added(one_office):
    license_id = held(one_office)
    number = opened(
        begun(one_office, "change", license_id, changes=["C-KIND"]),
        decided_on="2026-03-10", third_party_platform="yes", deals_online="yes",
        **{"new.kinds": ["EDI"], "new.items.EDI": ["EDI-TRADE"], "new.items.IDC": ["IDC-CLOUD"]},
    )  # fmt: skip
    assert facts_of(one_office, number)["new"] == {
        "kinds": ["EDI"],
        "items": {"EDI": ["EDI-TRADE"]},
    }
    filed(one_office, number)
    wang = one_office.visit()
    wang.open(f"/cases/{number}/actions/approve")
    wang.send("/actions/approve")
    assert wang.page.status_code == 303, wang.words
    kept = in_register(one_office, license_id)
    assert kept["kinds"] == ["ICP", "EDI"]
    assert kept["items"]["EDI"] == ["EDI-TRADE"]


def test_it_grants_the_coverage_that_was_asked_for(one_office):
    license_id = held(one_office, "B2-20220188", coverage=["44", "45"])
    with one_office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, one_office.cast.company, {"registered_capital": 10_000_000},
            actor=one_office.cast["wang"], moment=moment(),
        )  # fmt: skip
    wang = begun(one_office, "change", license_id, changes=["C-COV"])
    assert wang.form("/cases/new/precheck").filled({})["new.coverage"] == ["44", "45"]
    number = opened(wang, decided_on="2026-03-10", **{"new.coverage": ["44", "45", "46"]})
    wang.open(f"/cases/{number}")
    assert "广东省, 广西壮族自治区 →" in wang.words or "广东省、广西壮族自治区 →" in wang.words
    filed(one_office, number)
    wang.open(f"/cases/{number}/actions/approve")
    wang.send("/actions/approve")
    assert wang.page.status_code == 303, wang.words
    assert in_register(one_office, license_id)["coverage"] == ["44", "45", "46"]


@pytest.mark.parametrize(
    ("changes", "answers", "says"),
    [
        (["C-LREP"], {}, "请填写新的法定代表人"),
        (["C-LREP"], {"new.legal_representative": "丙示例"}, "请填写新任人员列入失信名单"),
        (["C-CAP"], {"new.registered_capital": "很多"}, "请填写金额"),
        (["C-SH"], {"new.foreign_share": "120"}, "0 至 100 的百分比"),
        (["C-COV"], {"effective_on": "2026-02-30"}, "没有 2026-02-30 这一天"),
        (["C-COV"], {"new.coverage": ["national", "44"]}, "全国不能与省份同时选择"),
        (["C-COV"], {"new.coverage": ["99"]}, "请从列表中选择"),
        (["C-KIND"], {}, "请填写增加的业务种类"),
        (["C-KIND"], {"new.kinds": ["ICP"]}, "请从列表中选择"),
        (["C-KIND"], {"new.kinds": ["EDI"]}, "增加 EDI 的交易处理业务时须填写"),
        (["C-ITEM"], {"new.items.ICP": []}, "请填写服务项目 · ICP"),
    ],
)
def test_it_refuses_a_change_at_the_field_with_everything_kept(one_office, changes, answers, says):
    license_id = held(one_office)
    wang = begun(one_office, "change", license_id, changes=[*changes, "C-NAME"])
    wang.send("/cases/new/precheck", **{"new.name": "示例新名有限公司", **answers})
    assert wang.page.status_code == 422
    assert says in wang.words
    kept = wang.form("/cases/new/precheck").filled({})
    assert kept["new.name"] == ["示例新名有限公司"]
    assert kept["changes"] == [*changes, "C-NAME"]


def test_it_tells_before_opening_that_the_effect_comes_too_soon(one_office):
    license_id = held(one_office, "B2-20220188", coverage=["44", "45"])
    wang = begun(one_office, "change", license_id, changes=["C-COV"])
    wang.send("/cases/new/precheck", effective_on="2026-04-01", decided_on="2026-03-10",
              **{"new.coverage": ["44"]})  # fmt: skip
    assert "现只提前 14 日" in wang.words
    assert "最早 2026-06-16 生效" in wang.words


def test_it_adds_and_drops_changes_on_the_way(one_office):
    license_id = held(one_office)
    wang = begun(one_office, "change", license_id, changes=["C-NAME"])
    form = wang.form("/cases/new/precheck")
    form.action = "/cases/new"
    form.names.add("choose")
    wang.page = wang.post(form, choose="changes", **{"new.name": "示例新名有限公司"})
    wang.send("/cases/new", changes=["C-NAME", "C-CAP"])
    kept = wang.form("/cases/new/precheck").filled({})
    assert kept["new.name"] == ["示例新名有限公司"]
    assert "new.registered_capital" in kept


# renewal


def test_it_tells_answered_from_not_answered(one_office):
    license_id = held(one_office, unreported_changes=[{"change": "C-LREP"}])
    wang = begun(one_office, "renewal", license_id)
    assert "台账已显示 1 项不合规" in wang.words
    assert "台账记载变更未申报：法定代表人：不论怎样回答都算不合规" in wang.words
    number = opened(wang, **{"RL-02": "green", "RL-08": "red", "RL-05": "green"})
    assert facts_of(one_office, number)["self_check"] == {
        "RL-02": "green", "RL-05": "green", "RL-08": "red"
    }  # fmt: skip
    assert "3 / 22 项已回答" in wang.words
    assert "19 项未回答，不等于合规" in wang.words
    assert "RL-05" in wang.words.split("回头看自查")[-1], "red on record stays red"
    assert "自查尚未回答，暂按合规" in wang.words
    assert "自查为红：网络日志" in wang.words, "warns and refuses nothing"
    assert f"/cases/{number}/self-check#RL-08" in wang.page.text
    met = wang.page.text.split('class="more-of"')[-1]
    assert "自查尚未回答" not in met, "silence is not shown as met"
    assert "自查通过：只经营许可的种类和项目" in wang.words


def test_it_answers_the_self_check_of_an_unfiled_case(office):
    license_id = held(office)
    number = opened(begun(office, "renewal", license_id))
    wang = office.visit()
    wang.open(f"/cases/{number}/self-check")
    assert wang.page.text.count("未回答") > 22
    wang.send("/self-check", **{"RL-01": "green", "RL-14": "red"})
    assert wang.page.status_code == 303
    wang.follow()
    assert "2 / 22 项已回答" in wang.words
    assert "自查为红：前置审批有效且属于本公司" in wang.words
    assert f"/cases/{number}/self-check#RL-14" in wang.page.text
    wang.open(f"/cases/{number}/self-check")
    kept = wang.form("/self-check").filled({})
    assert (kept["RL-01"], kept["RL-14"]) == (["green"], ["red"])
    wang.send("/self-check", **{"RL-14": ""})
    wang.follow()
    assert "1 / 22 项已回答" in wang.words, "an answer can be taken back"


def test_it_refuses_an_answer_it_did_not_offer_and_a_stale_form(one_office):
    number = opened(begun(one_office, "renewal", held(one_office)))
    wang = one_office.visit()
    wang.open(f"/cases/{number}/self-check")
    stale = wang.form("/self-check")
    wang.send("/self-check", **{"RL-01": "purple", "RL-02": "green"})
    assert wang.page.status_code == 422
    assert "请从列表中选择" in wang.words
    one_office.cast.do(number, "prepare", by="li")
    answer = wang.post(stale, **{"RL-02": "red"})
    assert answer.status_code == 409
    assert "李强刚刚改过这个案件" in answer.text


def test_it_shows_no_self_check_where_there_is_none_and_none_after_filing(one_office):
    cast = one_office.cast
    wang = one_office.visit()
    assert wang.open(f"/cases/{cast.open_case()}/self-check").status_code == 404
    number = opened(begun(one_office, "renewal", held(one_office)))
    filed(one_office, number)
    assert wang.open(f"/cases/{number}/self-check").status_code == 409
    wang.open(f"/cases/{number}")
    assert "0 / 22 项已回答" in wang.words
    assert "填写自查" not in wang.words


def test_it_sends_to_miit_before_a_nationwide_network_is_applied_for(one_office):
    wang = begun(one_office, "new")
    wang.send("/cases/new/precheck", kinds=["CPN"], coverage=["national"])
    assert wang.page.status_code == 422
    assert "请先向工业和信息化部确认" in wang.words
    wang.send("/cases/new/precheck", kinds=["CPN"], coverage=["44"])
    assert wang.page.status_code == 200, wang.words


def test_it_asks_nothing_about_a_kind_that_is_dropped(one_office):
    license_id = held(one_office, kinds=["ICP", "EDI"], opened=["ICP"])
    wang = begun(one_office, "renewal", license_id)
    wang.send("/cases/new/precheck", drop_kinds=["EDI"])
    assert wang.page.status_code == 200, wang.words
    wang = begun(one_office, "renewal", license_id)
    wang.send("/cases/new/precheck", drop_kinds=["ICP", "EDI"])
    assert wang.page.status_code == 422
    assert "请改办注销" in wang.words


@pytest.mark.parametrize(
    ("procedure", "changes", "answers", "says"),
    [
        ("branch_report", [], {"decided_on": "2028-01-01"}, "2028-01-01 还没有到"),
        ("change", ["C-NAME"], {"registered_on": "2026-03-19"}, "2026-03-19 还没有到"),
        ("change", ["C-SH"], {"decided_on": "1899-12-31"}, "早于公司成立日"),
        ("change", ["C-SITE"], {"effective_on": "2026-03-17"}, "2026-03-17 已经过去"),
        ("cancellation", [], {"stop_on": "2019-04-10"}, "2019-04-10 已经过去"),
        ("change", ["C-COV"], {"new.coverage": ["national"]}, "没有变更"),
        ("annual_report", [], {"year": "2026"}, "2026 年尚未结束"),
        ("annual_report", [], {"year": "2024"}, "2024 年年报已报送过"),
    ],
)
def test_it_refuses_what_cannot_be(one_office, procedure, changes, answers, says):
    license_id = held(one_office, "B2-20220188", coverage=["national"], annual_reports=[2024])
    wang = begun(one_office, procedure, license_id, changes=changes)
    wang.send("/cases/new/precheck", **answers)
    assert wang.page.status_code == 422
    assert says in wang.words


def test_it_renews_without_the_kind_that_was_dropped(office):
    license_id = held(office, kinds=["ICP", "EDI"], opened=["ICP"])
    wang = begun(office, "renewal", license_id)
    assert "（尚未开通）" in wang.words
    number = opened(wang, drop_kinds=["EDI"], third_party_platform="yes", deals_online="yes")
    wang.open(f"/cases/{number}")
    assert "续期的业务 B25 ICP" in wang.words
    assert "不再续期的业务 EDI" in wang.words
    filed(office, number)
    wang.open(f"/cases/{number}/actions/approve")
    assert wang.form("/actions/approve").filled({})["kinds"] == ["ICP"]
    wang.send("/actions/approve")
    assert wang.page.status_code == 303, wang.words
    kept = in_register(office, license_id)
    assert kept["kinds"] == ["ICP"]
    assert kept["valid_to"] == date(2032, 3, 1)


# cancellation


def test_it_ends_some_kinds_and_leaves_the_rest(office):
    license_id = held(office, kinds=["ICP", "EDI", "SP"])
    number = opened(
        begun(office, "cancellation", license_id),
        ends="some", end_kinds=["EDI"], stop_on="2026-07-01", settlement_plan="yes",
        users_settled="yes",
    )  # fmt: skip
    wang = office.visit()
    wang.open(f"/cases/{number}")
    header = wang.page.text.split('class="meta"')[1].split("</div>")[0]
    assert "EDI" in header
    assert "ICP" not in header, "only what ends stands in the header"
    assert "终止的业务 EDI" in wang.words
    filed(office, number)
    office.cast.do(number, "accept")
    wang.open(f"/cases/{number}/actions/approve")
    assert wang.form("/actions/approve").filled({})["kinds"] == ["EDI"]
    wang.send("/actions/approve")
    assert wang.page.status_code == 303, wang.words
    kept = in_register(office, license_id)
    assert (kept["kinds"], kept["status"]) == (["ICP", "SP"], "valid")


def test_it_ends_the_whole_license(one_office):
    license_id = held(one_office, kinds=["ICP", "EDI"])
    number = opened(begun(one_office, "cancellation", license_id), ends="whole",
                    settlement_plan="yes", users_settled="yes")  # fmt: skip
    assert "终止的业务 整张许可证" in one_office.visit().open(f"/cases/{number}").text.replace(
        "</dt><dd>", " "
    )
    filed(one_office, number)
    wang = one_office.visit()
    wang.open(f"/cases/{number}/actions/approve")
    wang.send("/actions/approve")
    assert in_register(one_office, license_id)["status"] == "cancelled"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "请填写终止的范围"),
        ({"ends": "some"}, "请选择终止哪些业务"),
        ({"ends": "some", "end_kinds": ["SP"]}, "请从列表中选择"),
        ({"ends": "whole", "end_kinds": ["EDI"]}, "请改其中一项"),
        ({"ends": "whole"}, "请填写用户善后方案"),
        ({"ends": "whole", "stop_on": "明天"}, "请填写日期"),
    ],
)
def test_it_refuses_a_cancellation_that_does_not_say_what_ends(one_office, answers, says):
    wang = begun(one_office, "cancellation", held(one_office, kinds=["ICP", "EDI"]))
    wang.send("/cases/new/precheck", users_settled="no", **answers)
    assert wang.page.status_code == 422
    assert says in wang.words
    assert wang.form("/cases/new/precheck").filled({})["users_settled"] == ["no"]


def test_it_says_that_users_are_not_settled(one_office):
    wang = begun(one_office, "cancellation", held(one_office))
    wang.send("/cases/new/precheck", settlement_plan="yes", users_settled="no")
    assert "善后方案尚未落实" in wang.words


# reports


def test_it_reports_a_year_the_license_owes_and_files_it_away(office):
    license_id = held(office, annual_reports=[2022, 2023])
    wang = begun(office, "annual_report", license_id)
    assert "2025 年（报送期内，3 月 31 日截止）" in wang.words
    assert "2024 年（补报期已过，须联系主管部门）" in wang.words
    assert "2023 年（" not in wang.words
    number = opened(wang, year="2024")
    office.cast.do(number, "prepare")
    office.cast.do(number, "sign_off", by="li")
    office.cast.do(number, "submit")
    wang.open(f"/cases/{number}")
    assert "已报送" in wang.words
    assert "报告年度 2024" in wang.words
    for wrong in ("待受理", "审查决定", "已提交 ："):
        assert wrong not in wang.words
    wang.open("/cases")
    assert "已报送" in wang.words
    wang.open(f"/cases/{number}/actions/approve")
    assert "number" not in wang.form("/actions/approve").names
    assert "台账记下这次报送" in wang.words
    wang.send("/actions/approve")
    wang.follow()
    assert "已归档" in wang.words
    assert "已批准" not in wang.page.text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("year", "says"), [("2019", "2019 年无年报义务"), ("x", "请填写整数"), ("", "请填写报告年度")]
)
def test_it_refuses_a_year_that_is_not_owed(one_office, year, says):
    wang = begun(one_office, "annual_report", held(one_office))
    wang.send("/cases/new/precheck", year=year)
    assert wang.page.status_code == 422
    assert says in wang.words


def test_it_reports_a_branch(one_office):
    license_id = held(one_office, "B2-20220188", coverage=["national"])
    wang = begun(one_office, "branch_report", license_id)
    wang.send("/cases/new/precheck", decided_on="2026-03-01")
    assert wang.page.status_code == 422
    assert "请填写分支机构所在省" in wang.words
    number = opened(wang, province="46", action="open")
    wang.open(f"/cases/{number}")
    assert number.startswith("BR-")
    assert "分支机构所在省 海南省" in wang.words
    assert "报送事项 设立" in wang.words
    assert "分支机构报送三十日" in wang.words or "2026-03-31" in wang.words


# codes


def test_it_applies_for_a_code_on_a_license(office):
    license_id = held(
        office, "B2-20220188", kinds=["SP"], coverage=["national"], valid_to=date(2028, 3, 1)
    )
    wang = begun(office, "number", license_id)
    assert "1066XXXX 跨省商业短信 · 持跨地区 SP 许可证的企业 · 工业和信息化部" in wang.words
    wang.send("/cases/new/precheck", range="1066XXXX", code="95123", use="commercial")
    assert wang.page.status_code == 422
    assert "95123 不在 1066XXXX 内" in wang.words
    number = opened(wang, code="１０６６ 1234")
    assert facts_of(office, number) | {"use": ""} == {
        "range": "1066XXXX",
        "code": "10661234",
        "use": "",
    }
    filed(office, number)
    wang.open(f"/cases/{number}/actions/approve")
    assert not {"kinds", "number"} & wang.form("/actions/approve").names
    wang.send("/actions/approve", code="10661234")
    assert wang.page.status_code == 303, wang.words


def test_it_applies_for_a_code_without_a_license(one_office):
    held(one_office)
    wang = begun(one_office, "number")
    assert "不凭许可证申请" in wang.words
    wang = begun(one_office, "number", "none")
    assert "1063YXXXXXXX 省内非商业自用" in wang.words
    assert "1066XXXX" not in wang.words
    number = opened(wang, range="1063YXXXXXXX")
    wang.open(f"/cases/{number}")
    assert "不凭许可证" in wang.words
    assert "广东省通信管理局" in wang.words
    wang.open(f"/cases/{number}/facts")
    wang.send("/facts", range="1069YXXXXXXX")
    wang.follow()
    assert "工业和信息化部" in wang.words, "another range, another authority"
    assert "号段 1069YXXXXXXX 全国非商业自用" in wang.words


# changing the facts of an unfiled case


def test_it_changes_the_facts_and_tells_them_one_by_one(one_office):
    license_id = held(one_office)
    number = opened(
        begun(one_office, "change", license_id, changes=["C-LREP"]), registered_on="2026-03-02",
        new_person_dishonest="no", **{"new.legal_representative": "丙示例"},
    )  # fmt: skip
    wang = one_office.visit()
    wang.open(f"/cases/{number}/facts")
    kept = wang.form("/facts").filled({})
    assert (kept["registered_on"], kept["new.legal_representative"]) == (["2026-03-02"], ["丙示例"])
    wang.send("/facts", registered_on="", **{"new.legal_representative": "丁示例"})
    assert wang.page.status_code == 303, wang.words
    assert facts_of(one_office, number)["registered_on"] is None
    zhou = one_office.visit("zhou")
    zhou.open(f"/audit?case={number}&open=all")
    assert "新的法定代表人 丙* 丁*" in zhou.words
    assert "变更登记日期 2026-03-02 （空）" in zhou.words
    wang.open(f"/cases/{number}")
    assert "变更登记日期" in wang.words.split("时间线")[-1]


def test_it_adds_a_change_to_an_unfiled_case(one_office):
    license_id = held(one_office)
    number = opened(
        begun(one_office, "change", license_id, changes=["C-NAME"]), registered_on="2026-03-02",
        **{"new.name": "示例新名有限公司"},
    )  # fmt: skip
    wang = one_office.visit()
    wang.open(f"/cases/{number}/facts?choose=changes")
    wang.send("/facts", changes=["C-NAME", "C-CAP"])
    wang.send("/facts", **{"new.registered_capital": "300万"})
    assert wang.page.status_code == 303, wang.words
    facts = facts_of(one_office, number)
    assert facts["changes"] == ["C-NAME", "C-CAP"]
    assert facts["new"] == {"name": "示例新名有限公司", "registered_capital": 3_000_000}
    assert wang.open(f"/cases/{number}/facts?changes=C-SUBJ&changes=C-CAP").status_code == 422
    assert "经营主体变更不能与其他变更合并办理" in wang.words
    wang.open(f"/cases/{number}")
    assert "广州示例信息服务有限公司 → 示例新名有限公司" in wang.words
    assert wang.page.text.index("<h1") < wang.page.text.index("广州示例信息服务有限公司</h1>")


def test_it_names_the_cities_of_a_data_center(one_office):
    number = opened(
        begun(one_office, "new"), kinds=["IDC"], coverage=["44"], cities="广州，深圳 广州"
    )
    assert facts_of(one_office, number)["cities"] == ["广州", "深圳"]
    wang = one_office.visit()
    wang.open(f"/cases/{number}/facts")
    assert wang.form("/facts").filled({})["cities"] == ["广州、深圳"]
    wang.send("/facts", cities="")
    assert facts_of(one_office, number)["cities"] == []


@pytest.mark.parametrize(
    ("procedure", "more", "says"),
    [
        ("change", {"changes": ["C-LREP", "C-COV"]}, "New legal representative"),
        ("renewal", {}, "Look-back self-check"),
        ("cancellation", {}, "Users are settled"),
        ("annual_report", {}, "2025 (in season, due on 31 March)"),
        ("number", {}, "1062XXXX Commercial SMS, one province · Holders of an SP license"),
        ("branch_report", {}, "Province of the branch"),
    ],
)
def test_it_asks_in_english_too(one_office, procedure, more, says):
    license_id = held(one_office)
    wang = begun(one_office, procedure, license_id, **more, lang="en")
    wang.follow() if wang.page.status_code == 303 else None
    assert says in wang.words
    assert "选填" not in wang.words


def test_it_asks_few_questions_of_the_database(one_office):
    """A page per step, none with a query per license or item."""
    for n in range(5):
        held(one_office, f"粤B2-2022000{n}")
    wang = begun(one_office, "renewal", 1)
    number = opened(wang)
    said = []
    engine = one_office.database.engine
    event.listen(engine, "checkout", lambda held_, *_: held_.set_trace_callback(said.append))
    for path in ("/cases/new?company=1&procedure=renewal&license=1", f"/cases/{number}",
                 f"/cases/{number}/self-check", f"/cases/{number}/facts"):  # fmt: skip
        said.clear()
        assert wang.open(path).status_code == 200
        asked = [text for text in said if text.strip() not in ("", "BEGIN", "COMMIT")]
        assert len(asked) <= 12, (path, [a[:150] for a in asked])


def test_it_warns_of_an_unusual_license_number_and_blocks_nothing(one_office):
    wang = one_office.visit()
    wang.open(f"/licenses/new?company={one_office.cast.company}")
    wang.send("/licenses/new", number="浙B1-20220188", kinds=["ICP"], coverage=["44"],
              valid_from="2022-03-01", valid_to="2027-03-01")  # fmt: skip
    wang.follow()
    assert "许可证已登记" in wang.words
    assert "与常见写法不同" in wang.words
    for said in ("“浙”是浙江省的许可证", "许可证号含 B1", "有 B2 类"):
        assert said in wang.words
    number = one_office.cast.submitted(kinds=("EDI",))
    wang.open(f"/cases/{number}/actions/approve")
    wang.send("/actions/approve", number="粤B2-19990001")
    wang.follow()
    assert "已批准" in wang.words
    assert "号码中的年份 1999" in wang.words
    wang.open(f"/licenses/{held(one_office, '粤B2-20220189')}")
    assert "与常见写法不同" not in wang.words


def test_it_groups_every_item_of_the_self_check_once():
    assert sorted(code for _, codes in GROUPS for code in codes) == sorted(CODES)


@pytest.mark.parametrize(
    ("procedure", "facts"),
    [
        ("cancellation", {"end_kinds": ["EDI"]}),
        ("renewal", {"drop_kinds": ["ICP"]}),
    ],
)
def test_it_never_grants_more_than_was_applied_for(one_office, procedure, facts):
    license_id = held(one_office, kinds=["ICP", "EDI"])
    with one_office.database.transaction() as tx:
        number = opening.open_for(
            tx, one_office.cast.company, procedure, license_id=license_id, facts=facts,
            actor=one_office.cast["wang"], moment=moment(),
        ).number  # fmt: skip
    filed(one_office, number)
    with pytest.raises(BadInput, match="more than was applied for"):
        one_office.cast.do(number, "approve", given={"kinds": ["ICP"]})
    one_office.cast.do(number, "approve", given={"kinds": ["EDI"]})


def test_it_takes_new_contact_data_as_a_report(one_office):
    license_id = held(one_office)
    wang = begun(one_office, "change", license_id, changes=["C-CONTACT"])
    number = opened(wang, effective_on="2026-03-16")
    filed(one_office, number)
    wang.open(f"/cases/{number}")
    assert "已报送" in wang.words
    assert "待受理" not in wang.words
    wang.open(f"/cases/{number}/actions/approve")
    assert "number" not in wang.form("/actions/approve").names
    wang.send("/actions/approve")
    wang.follow()
    assert "已归档" in wang.words


def test_it_asks_for_the_items_of_one_of_several_kinds(one_office):
    license_id = held(one_office, kinds=["ICP", "EDI"])
    wang = begun(one_office, "change", license_id, changes=["C-ITEM"])
    wang.send("/cases/new/precheck", **{"new.items.ICP": [], "new.items.EDI": []})
    assert wang.page.status_code == 422
    assert "请选择变更后的服务项目" in wang.words
    number = opened(wang, **{"new.items.ICP": ["ICP-SEARCH"]})
    assert facts_of(one_office, number)["new"] == {"items": {"ICP": ["ICP-SEARCH"]}}
