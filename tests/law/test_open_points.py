"""What must be confirmed: nine points with their rules, and every rule nobody has checked."""

from __future__ import annotations

from workflow.domain.procedure import Confidence
from workflow.law import catalogue
from workflow.law.consequences import CONSEQUENCES
from workflow.law.filing_notes import FILING_NOTES
from workflow.law.open_points import OPEN_POINTS
from workflow.law.procedure_notes import PROCEDURE_NOTES
from workflow.services.rule_sheets import sheets_for
from workflow.services.unverified import unverified_kinds, unverified_rules

NOT_SEEN = (Confidence.KNOWLEDGE, Confidence.DESIGN)


def test_it_keeps_the_nine_points_of_the_rulebook_in_order():
    assert [point.number for point in OPEN_POINTS] == list(range(1, 10))
    for point in OPEN_POINTS:
        assert all(text.zh.strip() and text.en.strip() for text in (point.says, point.who))


def test_it_names_only_rules_that_exist():
    named = {code for point in OPEN_POINTS for code in point.codes}
    assert {code for code in named if not sheets_for(code)} == set()
    assert all(point.codes for point in OPEN_POINTS)


def test_it_lists_every_rule_that_rests_on_memory_or_our_own_decision():
    found = {row.code for row in unverified_rules()}
    law = catalogue.LAW
    expected = {
        thing.code
        for table in (law.guards, law.materials, law.clocks, law.kinds)
        for thing in table.values()
        if any(cite.confidence in NOT_SEEN for cite in thing.cites)
    }
    assert expected <= found
    assert {"G-SIGNOFF", "K-NOTICE", "CPN", "C-AUTH", "S-LATE-CHANGE", "RL-09"} <= found
    assert not {"G-CAPITAL", "K-CORR", "M-SI"} & found


def test_it_lists_the_acts_of_a_procedure_too_each_once():
    acts = [row.says.en for row in unverified_rules() if not row.code]
    assert {"Withdraw application", "Branch report"} <= set(acts)
    assert len(acts) == len(set(acts))


def test_it_tells_a_rule_with_another_basis_from_one_with_none():
    alone = {row.code: row.alone for row in unverified_rules()}
    assert (alone["G-SIGNOFF"], alone["K-LOCK3"]) == (True, False)
    order = [row.alone for row in unverified_rules()]
    assert order == sorted(order, reverse=True)


def test_it_names_the_kinds_whose_foreign_cap_nobody_verified():
    assert set(unverified_kinds()) == {"DNS", "FDT", "CPN", "CCO", "HOST"}


def test_it_tells_filing_and_consequences_only_of_procedures_there_are():
    known = set(catalogue.LAW.procedures)
    assert set(PROCEDURE_NOTES) == known
    assert {p for row in CONSEQUENCES for p in row.procedures} <= known
    assert {p for note in FILING_NOTES for p in note.procedures} <= known
    assert {kind for row in CONSEQUENCES for kind in row.kinds} <= set(catalogue.LAW.kinds)
    codes = [row.code for row in (*CONSEQUENCES, *FILING_NOTES)]
    assert len(codes) == len(set(codes))
