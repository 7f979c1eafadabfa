"""The way into the law: look-ups, labels, authorities, what is not built yet."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from stdnum.cn import uscc

from workflow.domain.errors import BadInput
from workflow.domain.facts import Company
from workflow.domain.guard import Finding, Result
from workflow.domain.procedure import Role, Severity, State
from workflow.law import catalogue
from workflow.law.authorities import authority_named
from workflow.law.catalogue import AUTHORITIES, LAW, PROVINCES, authority_for, flaw
from workflow.law.labels import TABLES


def test_it_refuses_nonsense():
    with pytest.raises(BadInput) as refusal:
        catalogue.procedure("merge")
    assert (refusal.value.field, "merge" in refusal.value.says.zh) == ("procedure", True)
    with pytest.raises(BadInput) as refusal:
        catalogue.kind("XYZ")
    assert refusal.value.field == "kind"


def test_it_finds_what_is_built():
    assert catalogue.procedure("new").prefix == "AP"
    assert catalogue.kind("CC").catalogue_code == "B24-1"
    assert catalogue.counts()["procedures"] == len(LAW.procedures)


# Every code of the rulebook; the law may know more, never less.
RULEBOOK = {
    "kinds": "IDC CDN IPVPN ISP EDI MPC SAF CC CCO ICP SP DNS FDT CPN HOST",
    "procedures": "new change renewal cancellation annual_report number branch_report",
    "guards": "G-COMPANY G-CAPITAL G-STAFF G-PREMISES G-SERVICE G-INFOSEC G-DISHONEST G-BADLIST "
    "G-LOCKOUT G-FOREIGN G-PREAPP G-KINDSPEC G-SCOPE G-MATERIALS G-RENEW-TIME G-OPENED G-AR "
    "G-CHG-CLEAR G-REG-DONE G-CHG-TIME30 G-ADV90 G-ADV30 G-SETTLE G-NUM-QUAL G-NUM-VALID "
    "G-NUM-DEBT G-NUM-PEN G-BRANCH30 G-SIGNOFF G-POINTS G-CONFLICT RL-02 RL-03 RL-14 RL-16",
    "materials": "M-APP M-LIC M-PROFILE M-AOA M-EQUITY M-PLAN M-SERVICE M-INFOSEC M-CREDIT "
    "M-PROMISE M-PREAPP M-IDLR M-IDSTAFF M-SI M-CNCN M-PREM M-DOMAIN M-HOST M-CV M-CCSYS M-EVAL "
    "M-OLDLIC M-RESOL M-OPENPROOF M-REGCHG M-NEWAOA M-NEWSH M-TERM M-SETPROM M-SETREP M-CODEAPP "
    "M-CODEDESC M-AUDIT",
    "clocks": "K-CORR K-REV K-DELIV K-GEN K-NUM K-RENEW K-RDEEM K-CHG-REG K-CHG-DEC K-ADV90 "
    "K-ADV30 K-NOTICE K-CANC K-AR K-CODEAR K-FEE K-NUMUSE K-CONTACT K-BRANCH K-LOCK1 K-LOCK3 "
    "K-REG30 K-APPEAL",
}


@pytest.mark.parametrize("table", RULEBOOK)
def test_it_holds_every_code_of_the_rulebook(table):
    assert set(RULEBOOK[table].split()) <= set(getattr(LAW, table))


def test_it_holds_every_change_self_check_item_and_task_of_the_rulebook():
    changes = "NAME LREP CAP SH SUBJ COV KIND ITEM SITE CONTACT AUTH ADDR LOST"
    assert {f"C-{code}" for code in changes.split()} <= set(catalogue.labels("change"))
    assert [f"RL-{n:02}" for n in range(1, 23)] == list(catalogue.labels("self_check"))
    assert len(catalogue.labels("task")) >= 9


def test_it_takes_a_service_item_by_code_or_chinese_name():
    assert catalogue.item_code("EDI", "EDI-DEVICE") == "EDI-DEVICE"
    assert catalogue.item_code("EDI", "交易处理业务") == "EDI-TRADE"
    assert catalogue.item_code("ICP", "信息即时交互服务") == "ICP-MESSAGE"
    with pytest.raises(BadInput):
        catalogue.item_code("ICP", "交易处理业务")


def test_it_takes_omitted_items_for_the_first():
    assert catalogue.default_items("EDI") == ("EDI-TRADE",)
    assert catalogue.default_items("ICP") == ("ICP-PUBLISH",)
    assert catalogue.default_items("CC") == ()


def test_it_leaves_tasks_behind_a_license_each_once():
    tasks = catalogue.follow_ups_of("new", ("EDI", "ICP"), {}, None)
    assert tasks == ("T-SHOW-NUMBER", "T-REG-SCOPE", "T-ANNUAL")
    evaluated = catalogue.follow_ups_of("new", ("IDC", "ISP", "CDN"), {}, None)
    assert evaluated == ("T-SHOW-NUMBER", "T-EVAL", "T-ANNUAL")
    assert set(tasks) | set(evaluated) <= set(catalogue.labels("task"))


def test_it_names_a_material_even_one_it_does_not_know():
    assert catalogue.material_name("M-SI").zh == "社保证明"
    assert catalogue.material_name("M-NONE").zh == "M-NONE"


def test_it_applies_a_guard_while_it_is_in_force():
    codes = ["G-CAPITAL", "G-COMPANY"]
    assert [guard.code for guard in catalogue.guards_of(codes, date(2026, 3, 2))] == codes


def test_it_leaves_out_guards_before_and_after_their_time(monkeypatch):
    timed = replace(LAW.guards["G-CAPITAL"], since=date(2026, 1, 1), until=date(2026, 12, 31))
    monkeypatch.setitem(LAW.guards, "G-CAPITAL", timed)
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [len(catalogue.guards_of(["G-CAPITAL"], day)) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("group", sorted(TABLES))
def test_it_speaks_both_languages(group):
    assert catalogue.labels(group)
    for code, text in catalogue.labels(group).items():
        assert text.zh.strip(), code
        assert text.en.strip(), code


def test_it_has_a_word_for_every_code_it_defines():
    assert set(catalogue.labels("state")) == {state.value for state in State}
    assert set(catalogue.labels("role")) == {role.value for role in Role}
    assert {result.value for result in Result} < set(catalogue.labels("result"))
    assert {severity.value for severity in Severity} < set(catalogue.labels("severity"))
    assert {field.name for field in fields(Company)} <= set(catalogue.labels("field"))


def test_it_lets_an_unknown_code_stand_for_itself():
    assert catalogue.label_of("industry", "煤炭").zh == "煤炭"
    assert catalogue.label_of("state", "submitted").read("en") == "Submitted"
    with pytest.raises(KeyError):
        catalogue.label_of("nonsense", "x")


def test_it_names_a_house_rule_for_what_it_is():
    house = {code for code, guard in LAW.guards.items() if catalogue.severity_of(guard) == "house"}
    assert house == {"G-SIGNOFF", "G-POINTS", "G-CONFLICT"}
    assert catalogue.severity_of(LAW.guards["G-CAPITAL"]) == "H"


def test_it_renders_a_finding_of_a_retired_guard_and_a_retired_sentence():
    gone = Finding("G-OLD", Result.FAIL, Severity.HARD, "fail", {})
    assert catalogue.sentence(gone, "zh") == "G-OLD"
    reworded = Finding("G-CAPITAL", Result.FAIL, Severity.HARD, "retired", {})
    assert catalogue.sentence(reworded, "en") == "Registered capital reaches the minimum"


def test_it_renders_a_missing_value_as_a_dash():
    finding = Finding("G-CAPITAL", Result.FAIL, Severity.HARD, "fail", {"scope": "P"})
    assert catalogue.sentence(finding, "zh") == "省内经营注册资本不低于 — 元，现为 — 元"


@pytest.mark.parametrize(
    ("coverage", "share", "authority"),
    [
        (("62",), 0, "62"),
        (("62",), None, "62"),
        (("62", "63"), 0, "MIIT"),
        (("62", "62"), 0, "62"),
        (("national",), 0, "MIIT"),
        (("62",), 1, "MIIT"),
    ],
)
def test_it_finds_the_authority(coverage, share, authority):
    assert authority_for(coverage, share) == authority
    assert AUTHORITIES[authority].zh


def test_it_knows_all_bureaus():
    assert len(PROVINCES) == 31
    assert AUTHORITIES["62"].zh == "甘肃省通信管理局"
    abbreviations = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新"
    assert "".join(province.abbr for province in PROVINCES.values()) == abbreviations
    assert (PROVINCES["52"].short, PROVINCES["53"].short) == ("贵", "云")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("91110000600037341L", None),
        ("91110000600037341K", "malformed"),
        ("9111000060003734lL", "malformed"),
        ("91110000600037341", "malformed"),
        ("", "malformed"),
        ("12110000600037341" + uscc.calc_check_digit("12110000600037341"), "not_a_company"),
        ("91110000600037342" + uscc.calc_check_digit("91110000600037342"), "inner"),
        ("91100000600037341" + uscc.calc_check_digit("91100000600037341"), "region"),
    ],
)
def test_it_finds_the_flaw_of_a_credit_code(code, expected):
    assert flaw(code) == expected


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("MIIT", "MIIT"),
        ("工业和信息化部", "MIIT"),
        (" 工信部 ", "MIIT"),
        ("62", "62"),
        ("甘肃省通信管理局", "62"),
        ("甘肃通管局", "62"),
        ("内蒙古自治区通信管理局", "15"),
        ("Gansu Communications Administration", "62"),
        ("甘肃省工业和信息化厅", "甘肃省工业和信息化厅"),
        ("兰州市市场监督管理局", "兰州市市场监督管理局"),
    ],
)
def test_it_knows_an_authority_by_its_name(told, code):
    assert authority_named(told) == code


@pytest.mark.parametrize("province", PROVINCES.values(), ids=lambda province: province.code)
def test_it_knows_every_bureau_by_its_own_name_in_both_languages(province):
    named = {authority_named(province.bureau.zh), authority_named(province.bureau.en)}
    assert named == {province.code}
