"""The procedure `new`: who may do what from where, when an act makes sense, which papers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.samples import bare, company
from workflow.domain.facts import Act, HeldLicense
from workflow.domain.procedure import OPEN_STATES, Role, State
from workflow.law.catalogue import labels, procedure, required

NEW = procedure("new")
RULES = {rule.trigger: rule for rule in NEW.rules}
PREP, SUBMITTED, CORRECTION = State.MATERIAL_PREP, State.SUBMITTED, State.CORRECTION_REQUESTED


def after(*triggers):
    return tuple(Act(seq, do, date(2026, 3, 2)) for seq, do in enumerate(triggers, start=1))


def offered(trigger, *earlier):
    return RULES[trigger].while_(after(*earlier))


@pytest.mark.parametrize(
    ("trigger", "source", "target"),
    [
        ("prepare", (State.DRAFT,), PREP),
        ("submit", (PREP,), SUBMITTED),
        ("request_correction", (SUBMITTED,), CORRECTION),
        ("resubmit", (CORRECTION,), SUBMITTED),
        ("approve", (SUBMITTED,), State.APPROVED),
        ("reject", (SUBMITTED,), State.REJECTED),
        ("decline", (SUBMITTED,), State.REJECTED),
        ("withdraw", OPEN_STATES, State.WITHDRAWN),
        ("request_sign_off", (PREP, CORRECTION), None),
        ("recall_sign_off", (PREP, CORRECTION), None),
        ("sign_off", (PREP, CORRECTION), None),
        ("return_pack", (PREP, CORRECTION), None),
        ("revoke_sign_off", (PREP, CORRECTION), None),
        ("accept", (SUBMITTED,), None),
        ("deem_accepted", (SUBMITTED,), None),
        ("pause_review", (SUBMITTED,), None),
        ("resume_review", (SUBMITTED,), None),
        ("deliver", (State.APPROVED,), None),
        ("waive", OPEN_STATES, None),
        ("rectify", tuple(State), None),
    ],
)
def test_it_moves_as_the_contract_says(trigger, source, target):
    assert (RULES[trigger].source, RULES[trigger].target) == (source, target)


def test_it_has_no_other_triggers():
    assert len(RULES) == len(NEW.rules) == 20


def test_it_gives_each_role_its_acts():
    may = {role: {t for t, rule in RULES.items() if role in rule.by} for role in Role}
    reviewer_only = {"sign_off", "return_pack", "revoke_sign_off", "waive", "rectify"}
    assert may[Role.CLOCK] == {"deem_accepted"}
    assert may[Role.REVIEWER] == set(RULES) - {"deem_accepted"}
    assert may[Role.HANDLER] == may[Role.REVIEWER] - reviewer_only
    assert may[Role.MANAGER] == {"withdraw"}
    assert may[Role.AUDITOR] == may[Role.ADMIN] == set()


def test_it_asks_what_the_contract_lists():
    asks = {t: [(ask.name, ask.required) for ask in rule.asks] for t, rule in RULES.items()}
    assert asks["submit"] == asks["resubmit"] == [("receipt", False)]
    assert asks["request_correction"] == [("points", True), ("reply_by", False)]
    assert asks["reject"] == [("reasons", True), ("remedies", False)]
    assert asks["decline"] == [("reason", True), ("right_authority", False)]
    assert asks["waive"] == [("guard", True), ("reason", True), ("until", False)]
    assert [name for name, required_ in asks["rectify"] if required_] == [
        "event",
        "field",
        "value",
        "reason",
    ]
    assert asks["approve"] == [
        ("number", True),
        ("valid_from", False),
        ("valid_to", False),
        ("kinds", False),
        ("items", False),
        ("coverage", False),
    ]
    for trigger in ("withdraw", "return_pack", "revoke_sign_off"):
        assert asks[trigger] == [("reason", True)]


def test_it_keeps_written_reasons_personal():
    for rule in NEW.rules:
        for ask in rule.asks:
            assert ask.personal == (ask.kind == "long_text"), (rule.trigger, ask.name)


def test_it_judges_guards_at_filing_alone():
    guarded = {trigger: rule.guards for trigger, rule in RULES.items() if rule.guards}
    assert set(guarded) == {"submit", "resubmit"}
    assert set(guarded["resubmit"]) - set(guarded["submit"]) == {"G-POINTS"}


def test_it_dates_acts_by_filing_and_authority_facts():
    facts = {trigger for trigger, rule in RULES.items() if rule.authority_fact}
    assert facts == {
        "submit",
        "resubmit",
        "request_correction",
        "accept",
        "pause_review",
        "resume_review",
        "approve",
        "reject",
        "decline",
    }


def test_it_grants_the_license_on_approval_alone():
    granting = {trigger for trigger, rule in RULES.items() if "grant_license" in rule.effects}
    assert granting == {"approve"}
    assert RULES["approve"].effects == ("grant_license", "open_follow_ups")


def test_it_names_every_trigger_on_the_trail():
    assert set(RULES) <= set(labels("event"))


@pytest.mark.parametrize(
    "answer", ["sign_off", "return_pack", "recall_sign_off", "revoke_sign_off"]
)
def test_it_sends_a_pack_for_review_once(answer):
    assert offered("request_sign_off", "prepare")
    assert not offered("request_sign_off", "prepare", "request_sign_off")
    assert offered("request_sign_off", "request_sign_off", answer)


def test_it_recalls_only_what_waits():
    assert not offered("recall_sign_off")
    assert offered("recall_sign_off", "request_sign_off")
    assert not offered("recall_sign_off", "request_sign_off", "sign_off")


def test_it_revokes_only_a_standing_sign_off():
    assert not offered("revoke_sign_off", "request_sign_off")
    assert offered("revoke_sign_off", "request_sign_off", "sign_off", "submit")
    assert not offered("revoke_sign_off", "sign_off", "revoke_sign_off")
    assert not offered("revoke_sign_off", "sign_off", "return_pack")


@pytest.mark.parametrize("trigger", ["accept", "deem_accepted"])
@pytest.mark.parametrize("earlier", ["accept", "deem_accepted"])
def test_it_accepts_once_per_receipt(trigger, earlier):
    assert offered(trigger, "submit")
    assert not offered(trigger, "submit", earlier)
    assert offered(trigger, "submit", earlier, "request_correction", "resubmit")


def test_it_pauses_and_resumes_in_turn():
    assert offered("pause_review", "submit")
    assert not offered("resume_review", "submit")
    assert not offered("pause_review", "submit", "pause_review")
    assert offered("resume_review", "submit", "pause_review")
    assert offered("pause_review", "submit", "pause_review", "resume_review")
    assert offered("pause_review", "submit", "pause_review", "request_correction", "resubmit")


def test_it_delivers_once():
    assert offered("deliver", "approve")
    assert not offered("deliver", "approve", "deliver")


def asked(**changes):
    return {need.code for need in required(NEW, bare(**changes))}


ALWAYS = {
    "M-APP",
    "M-LIC",
    "M-PROFILE",
    "M-AOA",
    "M-EQUITY",
    "M-PLAN",
    "M-SERVICE",
    "M-INFOSEC",
    "M-CREDIT",
    "M-PROMISE",
    "M-IDLR",
    "M-IDSTAFF",
    "M-SI",
}


@pytest.mark.parametrize(
    ("changes", "extra"),
    [
        ({"kinds": ("EDI",)}, {"M-DOMAIN", "M-HOST", "M-PREM"}),
        ({"kinds": ("ICP",), "coverage": ("national",)}, {"M-DOMAIN", "M-HOST"}),
        ({"kinds": ("CC",), "coverage": ("62", "63")}, {"M-CCSYS"}),
        ({"kinds": ("CC",), "case": {"content": ["news"]}}, {"M-CCSYS", "M-PREM", "M-PREAPP"}),
        ({"kinds": ("ICP", "CC"), "coverage": ()}, {"M-DOMAIN", "M-HOST", "M-CCSYS"}),
    ],
)
def test_it_asks_for_the_papers_of_the_case(changes, extra):
    assert asked(**changes) == ALWAYS | extra


def test_it_asks_for_the_license_a_company_already_holds():
    def held(status, valid_to):
        kinds, coverage = frozenset({"CC"}), frozenset({"44"})
        return (HeldLicense("粤B2-20240001", kinds, coverage, status, valid_to),)

    assert "M-OLDLIC" in asked(licenses=held("valid", date(2026, 3, 2)))
    assert "M-OLDLIC" not in asked(licenses=held("valid", date(2026, 3, 1)))
    assert "M-OLDLIC" not in asked(licenses=held("cancelled", date(2029, 1, 1)))


def test_it_asks_no_young_company_for_an_audit_report():
    young = company(established_on=date(2026, 1, 20))
    assert "M-AUDIT" not in asked(company=young)


def test_it_accepts_the_undertaking_in_place_of_insurance_and_says_why_it_asks():
    needs = {need.code: need for need in required(NEW, bare())}
    assert needs["M-SI"].codes == ("M-SI", "M-CNCN")
    assert needs["M-APP"].why is None
    assert needs["M-PREM"].why.zh.startswith("申请一个省的范围")
