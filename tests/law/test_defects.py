"""Planted defects: every way to write the law wrongly is named with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workflow.domain.definition import DefectiveLaw, problems
from workflow.domain.procedure import Ask, Need, State, Text
from workflow.law import clocks, loading, new
from workflow.law.catalogue import LAW

NEW = LAW.procedures["new"]


def with_table(table, key, **changes):
    things = getattr(LAW, table)
    return replace(LAW, **{table: {**things, key: replace(things[key], **changes)}})


def with_new(**changes):
    return with_table("procedures", "new", **changes)


def with_rule(trigger, **changes):
    rules = tuple(replace(r, **changes) if r.trigger == trigger else r for r in NEW.rules)
    return with_new(rules=rules)


def without(*triggers):
    return with_new(rules=tuple(rule for rule in NEW.rules if rule.trigger not in triggers))


def says(**sentences):
    return {**LAW.guards["G-STAFF"].says, **sentences}


def unbroken():
    return {key: text for key, text in LAW.guards["G-STAFF"].says.items() if key != "broken"}


CHOICE = (Ask("reason", Text("事由", "Reason"), "choice"),)
TWICE = (*NEW.rules, NEW.rules[0])

PLANTED = {
    "unknown guard": (with_rule("submit", guards=("G-NONE",)), "unknown guard G-NONE"),
    "unknown effect": (with_rule("approve", effects=("magic",)), "unknown effect magic"),
    "unknown clock": (with_new(clocks=("K-NONE",)), "unknown clock K-NONE"),
    "unknown kind": (with_new(kinds=frozenset({"XYZ"})), "unknown kind XYZ"),
    "unknown material": (with_new(needs=(Need("M-NONE"),)), "unknown material M-NONE"),
    "unknown alternative": (
        with_new(needs=(Need("M-SI", alternatives=("M-NONE",)),)),
        "unknown material M-NONE",
    ),
    "unknown state": (with_rule("prepare", target="limbo"), "unknown state 'limbo'"),
    "unknown trigger": (
        with_table("clocks", "K-DELIV", ends=("celebrate",)),
        "clock K-DELIV: unknown trigger celebrate",
    ),
    "no role": (with_rule("submit", by=frozenset()), "submit: nobody may do it"),
    "no source": (with_rule("deliver", source=()), "deliver: no source state"),
    "no basis of a rule": (with_rule("submit", cites=()), "submit: no basis"),
    "no basis of a guard": (with_table("guards", "G-STAFF", cites=()), "guard G-STAFF: no basis"),
    "no basis of a material": (
        with_table("materials", "M-APP", cites=()),
        "material M-APP: no basis",
    ),
    "no basis of a clock": (with_table("clocks", "K-REV", cites=()), "clock K-REV: no basis"),
    "no basis of a kind": (with_table("kinds", "ICP", cites=()), "kind ICP: no basis"),
    "one language of a label": (
        with_rule("submit", label=Text("登记提交", "")),
        "submit: missing en text",
    ),
    "one language of a sentence": (
        with_table("guards", "G-STAFF", says=says(fail=Text("", "Too few"))),
        "guard G-STAFF: missing zh text",
    ),
    "one language of a clock": (
        with_table("clocks", "K-CORR", silence=Text("视为受理", " ")),
        "clock K-CORR: missing en text",
    ),
    "different values": (
        with_table("guards", "G-STAFF", says=says(fail=Text("现有 {staff} 人", "Too few"))),
        "the languages of `fail` name different values",
    ),
    "no broken sentence": (
        with_table("guards", "G-STAFF", says=unbroken()),
        "guard G-STAFF: no sentence for `broken`",
    ),
    "two rules": (with_new(rules=TWICE), "2 rules for prepare from draft"),
    "unreachable": (without("request_correction"), "state correction_requested is unreachable"),
    "dead end": (
        with_new(
            rules=tuple(
                replace(rule, source=tuple(set(rule.source) - {State.CORRECTION_REQUESTED}))
                if rule.target
                else rule
                for rule in NEW.rules
                if rule.trigger != "resubmit"
            )
        ),
        "state correction_requested is a dead end",
    ),
    "no why": (
        with_new(needs=(Need("M-PREM", lambda _: True),)),
        "material M-PREM is conditional without saying why",
    ),
    "empty choice": (with_rule("pause_review", asks=CHOICE), "a choice without choices"),
    "no length": (
        with_table("clocks", "K-REV", length=0),
        "clock K-REV: length must be positive",
    ),
    "wrong name": (
        with_table("guards", "G-STAFF", code="G-STUFF"),
        "listed under G-STAFF but calls itself G-STUFF",
    ),
}


def test_it_finds_no_defect_in_the_law_as_shipped():
    assert problems(LAW) == []


@pytest.mark.parametrize("sort", PLANTED)
def test_it_names_a_planted_defect(sort):
    law, named = PLANTED[sort]
    found = problems(law)
    assert any(named in defect for defect in found), found


def test_it_names_every_defect_at_once():
    law = with_rule("submit", by=frozenset(), cites=(), guards=("G-NONE",))
    assert len(problems(law)) == 3


def test_it_refuses_to_load_a_defective_law(monkeypatch):
    broken = replace(NEW, clocks=("K-NONE",))
    monkeypatch.setattr(new, "PROCEDURE", broken)
    with pytest.raises(DefectiveLaw) as refusal:
        loading.load()
    assert refusal.value.defects == ["procedure new: unknown clock K-NONE"]


def test_it_refuses_a_code_declared_twice(monkeypatch):
    monkeypatch.setattr(loading, "CLOCKS", (*clocks.CLOCKS, clocks.CLOCKS[0]))
    with pytest.raises(DefectiveLaw, match="clock K-CORR: declared twice"):
        loading.load()
