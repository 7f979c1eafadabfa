"""Changes: what every C-row asks for, who decides, and which days it is filed by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.law.later_cases import NATIONWIDE, about, license_of
from workflow.law.catalogue import LAW, guards_for, intended, procedure, required
from workflow.law.changes import CHANGES, is_report, reviewed_by

CHANGE = procedure("change")
SUBMIT = next(rule for rule in CHANGE.rules if rule.trigger == "submit")
ALWAYS = {"G-BADLIST", "G-LOCKOUT", "G-MATERIALS", "G-CONFLICT", "G-SIGNOFF"}

# row: guards beside those of every change; papers; what the thirty days run from; ahead; clock
TABLE = {
    "C-NAME": ("G-REG-DONE G-CHG-TIME30", "M-APP M-LIC M-REGCHG M-OLDLIC M-PROMISE",
               "registry", None, "K-REV"),
    "C-LREP": ("G-REG-DONE G-CHG-TIME30 G-DISHONEST",
               "M-APP M-LIC M-REGCHG M-OLDLIC M-PROMISE M-IDLR M-RESOL", "registry", None, "K-REV"),
    "C-CAP": ("G-REG-DONE G-CHG-TIME30 G-CAPITAL",
              "M-APP M-LIC M-REGCHG M-OLDLIC M-PROMISE M-NEWAOA", "registry", None, "K-REV"),
    "C-SH": ("G-CHG-TIME30 G-FOREIGN G-DISHONEST G-CAPITAL",
             "M-APP M-LIC M-OLDLIC M-RESOL M-EQUITY M-NEWSH M-NEWAOA", "decision", None, "K-REV"),
    "C-COV": ("G-CHG-TIME30 G-ADV90 G-CAPITAL G-KINDSPEC G-SCOPE",
              "M-APP M-LIC M-OLDLIC M-PLAN", "decision", 90, "K-REV"),
    "C-ITEM": ("G-PREAPP G-FOREIGN", "M-APP M-OLDLIC M-PLAN", None, 30, "K-GEN"),
    "C-SITE": ("G-PREAPP", "M-APP M-LIC M-OLDLIC M-DOMAIN", None, 30, "K-GEN"),
    "C-CONTACT": ("", "", None, None, None),
    "C-AUTH": ("RL-19", "M-APP M-LIC M-OLDLIC M-RESOL", None, None, "K-REV"),
    "C-ADDR": ("G-SCOPE", "M-APP M-LIC", None, None, "K-GEN"),
    "C-LOST": ("", "M-APP M-LIC", None, None, "K-GEN"),
}  # fmt: skip


def facts_of(*changes, held=None, **told):
    return intended(about("change", held, changes=changes, **told))


def papers_of(*changes, held=None, **told):
    return {need.code for need in required(CHANGE, facts_of(*changes, held=held, **told))}


def test_the_table_leaves_out_only_what_is_like_a_first_application():
    assert {row.code for row in CHANGES} - set(TABLE) == {"C-SUBJ", "C-KIND"}


@pytest.mark.parametrize("code", TABLE)
def test_it_asks_for_what_the_row_says(code):
    guards, papers, after, ahead, clock = TABLE[code]
    row = next(row for row in CHANGES if row.code == code)
    assert set(guards_for(SUBMIT.guards, facts_of(code))) == {*guards.split(), *ALWAYS}
    assert papers_of(code) == set(papers.split())
    assert (row.after, row.ahead, reviewed_by({"changes": [code]})) == (after, ahead, clock)
    assert is_report({"changes": [code]}) is (clock is None)


def test_it_counts_thirty_days_ahead_for_internet_information_alone():
    icp = license_of(kinds=frozenset({"ICP"}))
    for code in ("C-ITEM", "C-SITE"):
        assert "G-ADV30" in guards_for(SUBMIT.guards, facts_of(code, held=icp))
        assert "G-ADV30" not in guards_for(SUBMIT.guards, facts_of(code))


@pytest.mark.parametrize("code", ["C-SUBJ", "C-KIND"])
def test_it_asks_for_a_first_application_again(code):
    told = {"new": {"kinds": ["ICP"]}} if code == "C-KIND" else {}
    first = {need.code for need in procedure("new").needs if need.when is None}
    online = {"M-DOMAIN", "M-HOST", "M-PREM", "M-OLDLIC"}
    assert papers_of(code, **told) == first | online | ({"M-RESOL"} if code == "C-SUBJ" else set())
    art_6 = {"G-COMPANY", "G-CAPITAL", "G-STAFF", "G-PREMISES", "G-SERVICE", "G-INFOSEC",
             "G-DISHONEST", "G-FOREIGN", "G-PREAPP", "G-KINDSPEC"}  # fmt: skip
    assert art_6 <= set(guards_for(SUBMIT.guards, facts_of(code, **told)))


def test_it_asks_a_further_kind_for_the_papers_of_that_kind():
    def of(kind):
        return papers_of("C-KIND", new={"kinds": [kind]})

    assert {"M-CCSYS", "M-PREM"} <= of("CC")
    assert not {"M-DOMAIN", "M-HOST", "M-CV"} & of("CC")
    assert "M-CV" in of("CDN")
    nationwide = papers_of("C-KIND", held=NATIONWIDE, new={"kinds": ["CC"]})
    assert "M-PREM" not in nationwide


def test_it_settles_users_where_the_area_shrinks():
    two = replace(NATIONWIDE, coverage=frozenset({"62", "63"}))
    shrinking = papers_of("C-COV", held=two, new={"coverage": ["62"]})
    assert {"M-SETPROM", "M-SETREP"} <= shrinking
    assert "M-PREM" not in shrinking
    growing = papers_of("C-COV", held=two, new={"coverage": ["62", "63", "44"]})
    assert "M-PREM" in growing
    assert not {"M-SETPROM", "M-SETREP"} & growing


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("new", "number valid_from valid_to kinds items coverage"),
        ("renewal", "number valid_from valid_to kinds items coverage"),
        ("change", "number kinds items coverage"),  # the term stays
        ("cancellation", "kinds"),
        ("number", "code"),
        ("annual_report", ""),  # taken note of: no number, no term
        ("branch_report", ""),
    ],
)
def test_it_grants_only_what_the_procedure_can_grant(code, asks):
    (approve,) = [rule for rule in LAW.procedures[code].rules if rule.trigger == "approve"]
    assert [ask.name for ask in approve.asks] == asks.split()
