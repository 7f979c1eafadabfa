"""What each procedure judges, asks for and times, against the rulebook typed in by hand."""

from __future__ import annotations

import pytest

from tests.law.later_cases import about, license_of
from tests.law.samples import bare, company
from workflow.domain.facts import Parameter
from workflow.law.catalogue import LAW, guards_for, intended, procedure, required
from workflow.law.self_check import CODES

EVERYWHERE = "G-BADLIST G-SIGNOFF G-CONFLICT"
"""On every procedure: the contract, section 3, and rulebook 2.8."""

# Rulebook 2.1-2.7: the guards of each procedure beside those of every one.
GUARDS = {
    "new": "G-COMPANY G-CAPITAL G-STAFF G-PREMISES G-SERVICE G-INFOSEC G-DISHONEST G-LOCKOUT "
    "G-FOREIGN G-PREAPP G-KINDSPEC G-SCOPE G-MATERIALS",
    "renewal": "G-RENEW-TIME G-OPENED G-AR G-CHG-CLEAR G-DISHONEST G-CAPITAL G-FOREIGN G-PREAPP "
    "G-KINDSPEC G-MATERIALS RL-02 RL-03 RL-14 RL-16",
    "cancellation": "G-SETTLE G-ADV90 G-MATERIALS",
    "annual_report": "G-AR",
    "number": "G-NUM-QUAL G-NUM-VALID G-NUM-DEBT G-NUM-PEN G-MATERIALS",
    "branch_report": "G-BRANCH30 G-SCOPE",
}
ART_6 = (
    "G-COMPANY G-CAPITAL G-STAFF G-PREMISES G-SERVICE G-INFOSEC G-DISHONEST G-FOREIGN G-PREAPP "
    "G-KINDSPEC"
)
# Rulebook 2.2; the rows that are no first application are typed in `test_change.py`.
LIKE_NEW = {
    "C-SUBJ": f"{ART_6} G-CHG-TIME30 G-ADV90",
    "C-KIND": f"{ART_6} G-CHG-TIME30 G-SCOPE",
}
# Rulebook 2.1-2.7: the papers of a plain case.
PAPERS = {
    "new": "M-APP M-LIC M-PROFILE M-AOA M-EQUITY M-PLAN M-SERVICE M-INFOSEC M-CREDIT M-PROMISE "
    "M-IDLR M-IDSTAFF M-SI M-DOMAIN M-HOST M-PREM",  # the last three: EDI in one province
    "renewal": "M-APP M-PROMISE M-LIC M-OLDLIC M-OPENPROOF",
    "cancellation": "M-TERM M-RESOL M-SETPROM M-SETREP M-OLDLIC M-LIC",
    "annual_report": "",
    "number": "M-CODEAPP M-LIC M-OLDLIC M-CODEDESC M-PLAN",
    "branch_report": "",
}
# Rulebook 5.2, with what the contract says of reports.
CLOCKS = {
    "new": "K-CORR K-REV K-DELIV K-LOCK1 K-LOCK3 K-APPEAL",
    "change": "K-CHG-REG K-CHG-DEC K-ADV90 K-ADV30 K-CONTACT K-REG30 K-CORR K-REV K-GEN K-DELIV "
    "K-LOCK1 K-LOCK3 K-APPEAL",
    "renewal": "K-RENEW K-CORR K-REV K-RDEEM K-DELIV K-REG30 K-APPEAL",
    "cancellation": "K-ADV90 K-CORR K-NOTICE K-CANC K-REG30 K-APPEAL",
    "annual_report": "K-AR K-CODEAR",
    "number": "K-CORR K-NUM K-DELIV K-NUMUSE K-CODEAR K-FEE K-APPEAL",
    "branch_report": "K-BRANCH",
}
JUDGED = ("submit", "resubmit")


def facts_of(code, **told):
    return bare() if code == "new" else intended(about(code, year=2025, **told))


def judged_at(trigger, code, facts):
    rule = next(rule for rule in procedure(code).rules if rule.trigger == trigger)
    return guards_for(rule.guards, facts)


def the_same(found, *written):
    """Same codes, each once: a guard that is dropped, added or named twice shows."""
    assert sorted(found) == sorted(" ".join(written).split())


def test_it_has_these_procedures():
    assert set(LAW.procedures) == {*GUARDS, "change"}


@pytest.mark.parametrize("code", GUARDS)
def test_it_judges_what_the_rulebook_says(code):
    facts = facts_of(code)
    the_same(judged_at("submit", code, facts), GUARDS[code], EVERYWHERE)
    the_same(judged_at("resubmit", code, facts), GUARDS[code], EVERYWHERE, "G-POINTS")


@pytest.mark.parametrize("code", LIKE_NEW)
def test_it_judges_a_change_like_a_first_application(code):
    facts = facts_of("change", changes=(code,), new={"kinds": ["ICP"]})
    every = f"{EVERYWHERE} G-LOCKOUT G-MATERIALS"
    the_same(judged_at("submit", "change", facts), LIKE_NEW[code], every)
    the_same(judged_at("resubmit", "change", facts), LIKE_NEW[code], every, "G-POINTS")


def test_it_tells_every_red_item_of_a_renewal():
    red = facts_of("renewal", self_check=dict.fromkeys(CODES, "red"))
    # RL-01, RL-05 and RL-06 speak through G-OPENED and G-CHG-CLEAR
    others = [c for c in CODES if c not in ("RL-01", "RL-05", "RL-06", *GUARDS["renewal"].split())]
    the_same(judged_at("submit", "renewal", red), GUARDS["renewal"], EVERYWHERE, *others)


@pytest.mark.parametrize("code", LAW.procedures)
def test_it_judges_nothing_at_any_other_act(code):
    others = [rule for rule in procedure(code).rules if rule.trigger not in JUDGED]
    assert [rule.trigger for rule in others if rule.guards] == []


@pytest.mark.parametrize("code", PAPERS)
def test_it_asks_for_the_papers_of_the_rulebook(code):
    the_same([need.code for need in required(procedure(code), facts_of(code))], PAPERS[code])


@pytest.mark.parametrize("code", CLOCKS)
def test_it_has_the_clocks_of_the_rulebook(code):
    the_same(procedure(code).clocks, CLOCKS[code])


def asked(code, facts):
    return {need.code: need for need in required(procedure(code), facts)}


def by_bureau(facts, **figures):
    told = {("", name): Parameter(value, "示例省口径") for name, value in figures.items()}
    return bare(procedure=facts.procedure, license=facts.license, kinds=facts.kinds,
                coverage=facts.coverage, case=facts.case, parameters=told)  # fmt: skip


def test_it_asks_for_what_a_bureau_wants_with_a_renewal():
    wanted = ["M-RESOL", "M-HOST", "M-SI"]
    edi, cc = facts_of("renewal"), about("renewal", license_of(kinds=frozenset({"CC"})))
    assert set(wanted) <= set(asked("renewal", by_bureau(edi, renewal_papers=wanted)))
    assert "M-HOST" not in asked("renewal", by_bureau(cc, renewal_papers=wanted))  # not online
    assert "M-SI" in asked("renewal", by_bureau(cc, renewal_papers="M-SI"))


def test_it_asks_for_proof_of_premises_as_the_bureau_does():
    nation = bare(coverage=("national",))
    assert "M-PREM" not in asked("new", by_bureau(bare(), premises=False))
    assert "M-PREM" not in asked("new", nation)
    told = {("", "premises"): Parameter(True, "示例")}
    assert "M-PREM" in asked("new", bare(coverage=("national",), parameters=told))


@pytest.mark.parametrize(
    ("code", "facts", "paper", "enclosed"),
    [
        ("new", bare(), "M-EQUITY", ""),
        ("new", bare(company=company(foreign_share=30)), "M-EQUITY", "投资者"),
        ("new", bare(kinds=("CPN",)), "M-PLAN", "小区清单"),
        ("new", bare(kinds=("CC",)), "M-PROMISE", "反骚扰"),
        ("renewal", facts_of("renewal"), "M-OPENPROOF", "用户协议"),
        ("change", facts_of("change", changes=("C-SUBJ",)), "M-RESOL", "转让协议"),
        ("change", facts_of("change", changes=("C-AUTH",)), "M-RESOL", "授权协议"),
        ("change", facts_of("change", changes=("C-LOST",)), "M-APP", "遗失声明"),
        ("change", facts_of("change", changes=("C-SITE",)), "M-APP", "申报表"),
        ("number", bare(procedure="number", case={"range": "95XXX"}), "M-CODEDESC", "行业许可"),
        ("number", facts_of("number", range="1062XXXX"), "M-CODEDESC", ""),
    ],
)
def test_it_says_what_goes_in_with_a_paper(code, facts, paper, enclosed):
    says = "".join(text.zh for text in asked(code, facts)[paper].encloses)
    assert enclosed in says
    assert bool(says) is bool(enclosed)
