"""Every guard passes, refuses or warns, and says it does not know."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from tests.law.later_cases import LATER_CASES
from tests.law.samples import bare, company, fileable, papers
from workflow.domain.audit import canonical
from workflow.domain.facts import Bar, HeldLicense, OtherCase, Parameter, SignOff
from workflow.domain.guard import Finding, Result, judge
from workflow.domain.procedure import Severity, State
from workflow.law.catalogue import LAW, guards_of, labels, procedure, sentence

NEW = procedure("new")
PASS, WARN, FAIL, UNKNOWN = Result.PASS, Result.WARN, Result.FAIL, Result.UNKNOWN
NATIONWIDE = ("national",)
SHOP = {"activities": ["own_goods_only"]}


def ask(code, facts):
    (finding,) = judge([LAW.guards[code]], facts, {})
    return finding


def of(**changes):
    return fileable(company=company(**changes))


def other(procedure="new", kinds=("EDI",), coverage=("62",)):
    return OtherCase("AP-2026-00001", procedure, frozenset(kinds), frozenset(coverage))


def held(status="valid", valid_to=date(2029, 1, 1), kinds=("EDI",), coverage=("62",)):
    return HeldLicense("甘B2-20240001", frozenset(kinds), frozenset(coverage), status, valid_to)


def asked(**figures):
    return {("", name): Parameter(value, "示例省口径") for name, value in figures.items()}


CONFLICTING = held(valid_to=date(2026, 3, 2))

CASES = [
    ("G-COMPANY", of(), PASS, "pass"),
    ("G-COMPANY", of(entity="partnership"), FAIL, "entity"),
    ("G-COMPANY", of(entity="individual", status=None), FAIL, "entity"),
    ("G-COMPANY", of(status="revoked"), FAIL, "status"),
    ("G-COMPANY", of(established_on=date(2099, 1, 1)), FAIL, "not_yet"),
    ("G-COMPANY", of(uscc="91620102MA0DEM0138"), FAIL, "malformed"),
    ("G-COMPANY", of(uscc="91620102ma0dem0139"), FAIL, "malformed"),
    ("G-COMPANY", of(uscc=""), FAIL, "malformed"),
    ("G-COMPANY", replace(of(uscc=""), fixed={"stranger": True}), WARN, "no_code"),
    ("G-COMPANY", of(uscc="92620102MA0DEM0136"), FAIL, "not_a_company"),
    ("G-COMPANY", of(uscc="91620102MA0DEM130P"), WARN, "inner"),
    ("G-COMPANY", of(uscc="91100102MA0DEM013F"), WARN, "region"),
    ("G-COMPANY", of(entity=None), UNKNOWN, "unknown"),
    ("G-COMPANY", of(status=None), UNKNOWN, "unknown"),
    ("G-CAPITAL", of(registered_capital=1_000_000), PASS, "pass"),
    ("G-CAPITAL", of(registered_capital=999_999), FAIL, "fail"),
    ("G-CAPITAL", of(registered_capital=None), UNKNOWN, "unknown"),
    (
        "G-CAPITAL",
        fileable(coverage=NATIONWIDE, company=company(registered_capital=10_000_000)),
        PASS,
        "pass",
    ),
    ("G-CAPITAL", fileable(coverage=NATIONWIDE), FAIL, "fail"),
    ("G-CAPITAL", fileable(coverage=("62", "63")), FAIL, "fail"),
    ("G-STAFF", of(insured_staff=3, insured_months=1), PASS, "pass"),
    ("G-STAFF", of(insured_staff=2), FAIL, "fail"),
    ("G-STAFF", fileable(parameters=asked(insured_months=3)), FAIL, "fail"),
    (
        "G-STAFF",
        fileable(parameters=asked(insured_months=3), company=company(insured_months=3)),
        PASS,
        "pass",
    ),
    (
        "G-STAFF",
        fileable(
            parameters={
                ("", "insured_staff"): Parameter(5, "示例省口径"),
                ("EDI", "insured_staff"): Parameter(2, "示例省口径"),
            },
            company=company(insured_staff=2),
        ),
        PASS,
        "pass",
    ),
    ("G-STAFF", of(insured_staff=None), UNKNOWN, "unknown"),
    ("G-STAFF", of(insured_months=None), UNKNOWN, "unknown"),
    ("G-PREMISES", of(), PASS, "pass"),
    ("G-PREMISES", of(premises=False), FAIL, "fail"),
    ("G-PREMISES", of(premises=None), UNKNOWN, "unknown"),
    ("G-SERVICE", fileable(), PASS, "pass"),
    ("G-SERVICE", bare(), FAIL, "fail"),
    (
        "G-SERVICE",
        bare(papers=papers("M-SERVICE", valid_until=date(2026, 3, 1))),
        FAIL,
        "fail",
    ),
    ("G-INFOSEC", fileable(), PASS, "pass"),
    ("G-INFOSEC", bare(), FAIL, "fail"),
    ("G-DISHONEST", of(), PASS, "pass"),
    ("G-DISHONEST", of(dishonest_list=True), FAIL, "fail"),
    ("G-DISHONEST", of(dishonest_list=None), UNKNOWN, "unknown"),
    ("G-BADLIST", of(), PASS, "pass"),
    ("G-BADLIST", of(adverse_list=True), WARN, "warn"),
    ("G-BADLIST", of(adverse_list=None), UNKNOWN, "unknown"),
    ("G-LOCKOUT", of(), PASS, "pass"),
    ("G-LOCKOUT", of(bars=(Bar("concealment", date(2025, 3, 2)),)), FAIL, "fail"),
    ("G-LOCKOUT", of(bars=(Bar("concealment", date(2025, 3, 1)),)), PASS, "pass"),
    ("G-LOCKOUT", of(bars=(Bar("fraud", date(2023, 3, 2)),)), FAIL, "fail"),
    ("G-LOCKOUT", of(bars=(Bar("fraud", date(2023, 3, 1)),)), PASS, "pass"),
    ("G-LOCKOUT", of(bars=(Bar("rumor", date(2010, 1, 1)),)), UNKNOWN, "unknown"),
    ("G-FOREIGN", of(), PASS, "pass"),
    ("G-FOREIGN", of(foreign_share=None), UNKNOWN, "unknown"),
    ("G-PREAPP", fileable(), PASS, "none"),
    ("G-PREAPP", fileable(case={"content": ["audiovisual"]}), PASS, "pass"),
    (
        "G-PREAPP",
        fileable(case={"content": ["audiovisual"]}, papers=papers("M-APP")),
        FAIL,
        "fail",
    ),
    ("G-PREAPP", fileable(case={"content": None}), UNKNOWN, "unknown"),
    ("G-KINDSPEC", fileable(), PASS, "pass"),
    ("G-KINDSPEC", fileable(case={}), PASS, "pass"),
    ("G-KINDSPEC", fileable(case={"third_party_platform": False}), FAIL, "fail"),
    ("G-KINDSPEC", fileable(case={"deals_online": False}), FAIL, "fail"),
    ("G-KINDSPEC", fileable(items={}, case={"deals_online": False}), FAIL, "fail"),
    (
        "G-KINDSPEC",
        fileable(items={"EDI": ("EDI-DEVICE",)}, case={"deals_online": False}),
        PASS,
        "pass",
    ),
    ("G-KINDSPEC", fileable(case={"deals_online": None}), UNKNOWN, "unknown"),
    ("G-KINDSPEC", fileable(kinds=("ICP",), case=SHOP), FAIL, "fail"),
    (
        "G-KINDSPEC",
        fileable(
            kinds=("ICP",),
            case={"activities": ["own_goods_only", "publishes_for_others"]},
        ),
        PASS,
        "pass",
    ),
    ("G-KINDSPEC", fileable(kinds=("CC",), case=SHOP), WARN, "warn"),
    ("G-KINDSPEC", fileable(kinds=("CC",), case={"activities": []}), PASS, "pass"),
    ("G-SCOPE", fileable(), PASS, "pass"),
    ("G-SCOPE", fileable(coverage=NATIONWIDE), PASS, "pass"),
    ("G-SCOPE", fileable(coverage=("99",)), FAIL, "strange"),
    ("G-SCOPE", fileable(coverage=("national", "62")), FAIL, "mixed"),
    ("G-SCOPE", fileable(coverage=()), UNKNOWN, "unknown"),
    ("G-SCOPE", fileable(kinds=()), UNKNOWN, "unknown"),
    ("G-MATERIALS", fileable(), PASS, "pass"),
    ("G-MATERIALS", fileable(papers=papers("M-APP")), FAIL, "missing"),
    ("G-MATERIALS", bare(), UNKNOWN, "unlisted"),
    ("G-SIGNOFF", fileable(), PASS, "pass"),
    ("G-SIGNOFF", fileable(sign_off=SignOff(frozenset({"wang"}))), FAIL, "unsigned"),
    ("G-SIGNOFF", fileable(sign_off=SignOff(frozenset({"li"}), "li")), FAIL, "own"),
    ("G-POINTS", fileable(), PASS, "pass"),
    ("G-POINTS", fileable(open_points=(1, 3)), FAIL, "fail"),
    ("G-CONFLICT", fileable(), PASS, "pass"),
    ("G-CONFLICT", fileable(others=(other(),)), FAIL, "case"),
    ("G-CONFLICT", fileable(others=(other(coverage=("national",)),)), FAIL, "case"),
    ("G-CONFLICT", fileable(others=(other(coverage=("44",)),)), PASS, "pass"),
    ("G-CONFLICT", fileable(others=(other(kinds=("ICP",)),)), PASS, "pass"),
    ("G-CONFLICT", fileable(others=(other(procedure="renewal"),)), PASS, "pass"),
    ("G-CONFLICT", fileable(licenses=(held(),)), FAIL, "license"),
    ("G-CONFLICT", fileable(licenses=(CONFLICTING,)), FAIL, "license"),
    ("G-CONFLICT", fileable(licenses=(held(valid_to=date(2026, 3, 1)),)), PASS, "pass"),
    ("G-CONFLICT", fileable(licenses=(held(status="cancelled"),)), PASS, "pass"),
    ("G-CONFLICT", fileable(licenses=(held(coverage=("national",)),)), FAIL, "license"),
    *LATER_CASES,
]
FINDINGS = [ask(code, facts) for code, facts, _, _ in CASES]


@pytest.mark.parametrize(("code", "facts", "result", "says"), CASES)
def test_it_judges(code, facts, result, says):
    finding = ask(code, facts)
    assert (finding.result, finding.says) == (result, says), dict(finding.values)


@pytest.mark.parametrize("code", LAW.guards)
def test_it_has_a_case_that_passes_and_one_that_does_not(code):
    results = {result for asked_code, _, result, _ in CASES if asked_code == code}
    assert PASS in results
    assert results & {FAIL, WARN, UNKNOWN}


@pytest.mark.parametrize("code", LAW.guards)
def test_it_answers_unknown_when_it_breaks(code):
    finding = ask(code, object())
    assert (finding.result, finding.says) == (UNKNOWN, "broken")
    assert finding.refuses
    assert "AttributeError" in sentence(finding, "en")


def test_it_uses_every_sentence_it_has():
    said = {(finding.code, finding.says) for finding in FINDINGS}
    written = {(code, key) for code, guard in LAW.guards.items() for key in guard.says}
    unsaid = written - said - {(code, "broken") for code in LAW.guards}
    # One expired paper and both sorts at once need their own facts; every kind exists in both
    # scopes or says that it is unconfirmed, so `closed` waits for one that does not.
    assert unsaid == {("G-MATERIALS", "expired"), ("G-MATERIALS", "both"), ("G-SCOPE", "closed")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_finds_a_value_for_every_placeholder(language):
    for finding in FINDINGS:
        template = LAW.guards[finding.code].says[finding.says].read(language)
        names = {name for _, name, _, _ in Formatter().parse(template) if name}
        assert names <= set(finding.values), (finding.code, finding.says)
        assert "{" not in sentence(finding, language)


def test_it_survives_the_trail():
    for finding in FINDINGS:
        stored = json.loads(canonical(finding.as_record()))
        assert sentence(Finding.from_record(stored), "zh") == sentence(finding, "zh")


def test_it_passes_the_clean_provincial_case_in_everything():
    rule = NEW.rule("submit", State.MATERIAL_PREP)
    findings = judge(guards_of(rule.guards, date(2026, 3, 2)), fileable(), {})
    assert [finding.code for finding in findings if finding.result is not PASS] == []
    assert len(findings) == 16


def test_it_names_what_is_missing_and_what_expired():
    facts = fileable()
    given = {code: paper for code, paper in facts.papers.items() if code != "M-LIC"}
    given["M-HOST"] = replace(given["M-HOST"], valid_until=date(2026, 3, 1))
    finding = ask("G-MATERIALS", replace(facts, papers=given))
    assert finding.says == "both"
    assert finding.values == {"missing": ["M-LIC"], "expired": ["M-HOST"]}
    assert sentence(finding, "zh") == (
        "缺少材料：营业执照副本（M-LIC）；已过期：接入或托管协议及接入商许可证（M-HOST）"
    )


def test_it_counts_a_paper_valid_on_its_last_day():
    facts = fileable()
    last_day = {code: replace(p, valid_until=facts.on) for code, p in facts.papers.items()}
    assert ask("G-MATERIALS", replace(facts, papers=last_day)).result is PASS
    day_before = replace(facts.papers["M-HOST"], valid_until=date(2026, 3, 1))
    expired = replace(facts, papers={**facts.papers, "M-HOST": day_before})
    assert ask("G-MATERIALS", expired).says == "expired"


def test_it_takes_the_undertaking_instead_of_the_insurance_proof():
    facts = fileable()
    given = {code: paper for code, paper in facts.papers.items() if code != "M-SI"}
    assert ask("G-MATERIALS", replace(facts, papers=given)).values["missing"] == ["M-SI"]
    instead = replace(facts, papers=given | papers("M-CNCN"))
    assert ask("G-MATERIALS", instead).result is PASS


def test_it_says_until_when_a_bar_runs_and_when_filing_is_possible():
    facts = replace(of(bars=(Bar("concealment", date(2026, 2, 10)),)), on=date(2026, 11, 23))
    finding = ask("G-LOCKOUT", facts)
    assert finding.values["until"] == "2027-02-10"
    assert finding.values["earliest"] == "2027-02-11"
    assert ask("G-LOCKOUT", replace(facts, on=date(2027, 2, 10))).result is FAIL
    assert ask("G-LOCKOUT", replace(facts, on=date(2027, 2, 11))).result is PASS


def test_it_names_the_longest_of_several_bars():
    bars = (Bar("fraud", date(2024, 1, 1)), Bar("concealment", date(2026, 1, 1)))
    assert ask("G-LOCKOUT", of(bars=bars)).values["earliest"] == "2027-01-02"


def test_it_gives_the_staff_figure_with_its_threshold():
    finding = ask("G-STAFF", of(insured_staff=2))
    assert sentence(finding, "zh") == "要求不少于 3 人、近 1 个月社保，现有 2 人、1 个月"


def test_it_writes_money_with_separators_and_names_the_scope():
    finding = ask("G-CAPITAL", of(registered_capital=500_000))
    assert sentence(finding, "zh") == "省内经营注册资本不低于 1,000,000 元，现为 500,000 元"
    assert "RMB 500,000" in sentence(finding, "en")


def test_it_names_the_missing_fact_and_where_to_enter_it():
    finding = ask("G-CAPITAL", of(registered_capital=None))
    assert sentence(finding, "zh") == "尚未填写：注册资本。请到企业档案补填"
    assert "Registered capital" in sentence(finding, "en")


def test_it_names_the_case_or_license_in_the_way():
    assert "AP-2026-00001" in sentence(ask("G-CONFLICT", fileable(others=(other(),))), "zh")
    clash = sentence(ask("G-CONFLICT", fileable(licenses=(held(),))), "en")
    assert "甘B2-20240001" in clash
    assert "change" in clash


def test_it_prefers_a_broken_condition_to_an_unclear_one():
    facts = fileable(case={"third_party_platform": None, "deals_online": False})
    assert ask("G-KINDSPEC", facts).values == {"conditions": ["EDI-DEALS"]}


def test_it_lets_severity_and_the_named_four_decide_about_waiving():
    waivable = {code for code, guard in LAW.guards.items() if guard.may_be_waived}
    assert waivable == {"G-STAFF", "G-BADLIST", "G-AR", "G-CHG-CLEAR", "G-NUM-VALID"}
    assert LAW.guards["G-STAFF"].severity is Severity.PRACTICE


def test_it_stops_refusing_once_waived_but_stays_failed():
    facts = of(insured_staff=2)
    (finding,) = judge([LAW.guards["G-STAFF"]], facts, {"G-STAFF": "李强"})
    assert (finding.result, finding.waived_by, finding.refuses) == (FAIL, "李强", False)
    (unclear,) = judge([LAW.guards["G-STAFF"]], of(insured_staff=None), {"G-STAFF": "李强"})
    assert unclear.refuses
    (hard,) = judge([LAW.guards["G-PREMISES"]], of(premises=False), {"G-PREMISES": "李强"})
    assert hard.refuses


def test_it_can_be_mended_somewhere_on_the_case_page():
    assert {guard.fix_at for guard in LAW.guards.values()} <= set(labels("section"))


def test_it_fixes_timing_and_conflict_at_filing():
    fixed = {code for code, guard in LAW.guards.items() if guard.fixed_at_filing}
    assert fixed == {
        "G-CONFLICT",
        "G-RENEW-TIME",
        "G-ADV90",
        "G-ADV30",
        "G-CHG-TIME30",
        "G-BRANCH30",
        "G-NUM-VALID",
    }


def test_it_never_refuses_for_a_late_report():
    for code in ("G-CHG-TIME30", "G-BRANCH30", "G-AR", "G-BADLIST"):
        assert not {r for asked, _, r, _ in CASES if asked == code} & {FAIL}


def test_it_asks_for_the_document_of_the_day():
    drugs = {"case": {"content": ["drugs"]}, "papers": papers("M-APP")}
    before, after = date(2025, 12, 21), date(2025, 12, 22)
    (old,), (new,) = guards_of(["G-PREAPP"], before), guards_of(["G-PREAPP"], after)
    assert old is not new
    assert "123" not in "".join(cite.law.zh for cite in old.cites)
    assert "123" in "".join(cite.law.zh for cite in new.cites)
    for guard, day, document in ((old, before, "资格证书"), (new, after, "备案")):
        (finding,) = judge([guard], fileable(on=day, **drugs), {})
        assert document in sentence(finding, "zh")


def test_it_bars_a_code_until_the_day_it_says():
    (finding,) = [f for f in FINDINGS if f.code == "G-NUM-PEN" and f.values.get("until")][-1:]
    assert (finding.values["until"], finding.values["earliest"]) == ("2028-02-20", "2028-02-21")
