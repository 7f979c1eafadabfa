"""The seventy questions: every one stands on a rule, or says that there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workflow.domain.procedure import Text
from workflow.law import questions
from workflow.law.catalogue import LAW
from workflow.law.questions import GROUPS, QUESTIONS, of_group

KNOWN = {
    "guards": frozenset(LAW.guards),
    "materials": frozenset(LAW.materials),
    "clocks": frozenset(LAW.clocks),
    "kinds": frozenset(LAW.kinds),
}
LAWFUL = frozenset().union(*KNOWN.values())


def test_it_has_seventy_in_order():
    assert [question.number for question in QUESTIONS] == list(range(1, 71))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.number))
def test_it_follows_an_answer_to_a_rule_material_clock_or_kind(question):
    assert question.no_rule or set(question.refs) & LAWFUL


def test_it_files_every_question_under_a_group_and_leaves_none_empty():
    for group in GROUPS:
        assert of_group(group), group
    assert {group for question in QUESTIONS for group in question.groups} == set(GROUPS)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"refs": ("G-NONE",)}, "question 1: unknown rule G-NONE"),
        ({"refs": ()}, "question 1: no rule behind it"),
        ({"groups": ("gossip",)}, "question 1: unknown group gossip"),
        ({"answer": Text("有", "")}, "question 1: missing a language"),
        ({"number": 7}, "questions: not numbered one after the other"),
    ],
)
def test_it_names_a_planted_defect(monkeypatch, changes, named):
    first, *rest = QUESTIONS
    monkeypatch.setattr(questions, "QUESTIONS", (replace(first, **changes), *rest))
    assert any(named in defect for defect in questions.defects(KNOWN))
