"""Every guard passes, refuses or warns, and says it does not know."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from tests.law.guard_cases import CASES, held, of, other
from tests.law.samples import fileable, papers
from workflow.domain.audit import canonical
from workflow.domain.facts import Bar
from workflow.domain.guard import Finding, Result, judge
from workflow.domain.procedure import Severity, State
from workflow.law.catalogue import LAW, guards_of, labels, procedure, sentence

NEW = procedure("new")
PASS, WARN, FAIL, UNKNOWN = Result.PASS, Result.WARN, Result.FAIL, Result.UNKNOWN


def ask(code, facts):
    (finding,) = judge([LAW.guards[code]], facts, {})
    return finding


FINDINGS = [ask(code, facts) for code, facts, _, _ in CASES]


@pytest.mark.parametrize(("code", "facts", "result", "says"), CASES)
def test_it_judges(code, facts, result, says):
    finding = ask(code, facts)
    assert (finding.result, finding.says) == (result, says), dict(finding.values)


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


def test_it_marks_the_four_that_only_warn_and_no_other():
    """Contract 3: late changes and branches, reports and the adverse list never block."""
    warning = {code for code, guard in LAW.guards.items() if guard.only_warns}
    assert warning == {"G-AR", "G-BADLIST", "G-CHG-TIME30", "G-BRANCH30"}
    failing = {finding.code for finding in FINDINGS if finding.result is FAIL}
    assert not warning & failing
