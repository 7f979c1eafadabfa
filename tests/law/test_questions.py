"""The questions: every one is answered from the rules, or says that there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from workflow.domain.procedure import Confidence, Text
from workflow.law import capital, clocks, content, questions
from workflow.law.catalogue import LAW, counts
from workflow.law.question_basis import least_sure, rules_behind
from workflow.law.question_steps import NextStep, case
from workflow.law.question_words import names_in
from workflow.law.questions import (
    ENTRIES,
    GROUPS,
    GUIDES,
    QUESTIONS,
    answer_of,
    entry,
    of_group,
    points_of,
    related,
)

DAY = date(2026, 11, 23)
KNOWN = {
    "guards": frozenset(LAW.guards),
    "materials": frozenset(LAW.materials),
    "clocks": frozenset(LAW.clocks),
    "kinds": frozenset(LAW.kinds),
    "procedures": frozenset(LAW.procedures),
}
LAWFUL = frozenset().union(*KNOWN.values())
each = pytest.mark.parametrize("question", ENTRIES, ids=lambda question: str(question.number))

# Figures that stand in a text of their own, and why no table holds them.
ALLOWED = re.compile(
    r"Arts?\. \d+(?:(?:, | and )\d+)*"  # the number of an article
    r"|42 号令|Order 42"  # the name of a law
    r"|\b20\d\d\b"  # the year a rule began, which judges nothing
    r"|(?<!\d)(?:95|96|106)(?!\d)"  # what people call the codes
)


def texts(question):
    return (question.answer, *question.points)


def test_it_has_seventy_in_order_and_a_guide_to_renewals_besides():
    assert [question.number for question in QUESTIONS] == list(range(1, 71))
    assert [guide.headline.zh for guide in GUIDES] == ["续期审查比新申请松吗？"]
    assert counts()["questions"] == 70


@each
def test_it_answers_in_both_languages_with_every_placeholder_filled(question):
    for text in (answer_of(question, DAY), *points_of(question, DAY)):
        for language in ("zh", "en"):
            assert text.read(language).strip()
            assert not set("{}") & set(text.read(language))
        assert not re.search(r"[\u4e00-\u9fff]", text.en)


@each
def test_it_follows_an_answer_to_a_rule_material_clock_or_kind(question):
    assert question.no_rule or set(question.refs) & LAWFUL
    bases = rules_behind(question, LAW, DAY)
    assert question.no_rule or bases
    assert all(basis.name.zh and basis.name.en for basis in bases)


@each
def test_it_writes_no_figure_that_a_table_holds(question):
    for text in texts(question):
        for sentence in (text.zh, text.en):
            bare = ALLOWED.sub("", re.sub(r"\{[^}]*\}", "", sentence))
            assert not re.search(r"\d", bare), sentence


@each
def test_it_names_something_to_do_and_something_to_read(question):
    assert question.steps
    assert 1 <= len(related(question)) <= 5
    assert question not in related(question)


def test_it_files_every_question_under_a_group_and_leaves_none_empty():
    for group in GROUPS:
        assert of_group(group), group
    assert {group for question in ENTRIES for group in question.groups} == set(GROUPS)


def test_it_answers_with_the_figures_of_the_rules():
    said = answer_of(entry(2), DAY)
    assert "审查 60 个工作日" in said.zh
    assert "review 60 working days" in said.en
    assert "不低于 100 万元；跨省或全国经营，不低于 1000 万元" in answer_of(entry(34), DAY).zh


def test_it_changes_an_answer_with_the_clock_behind_it(monkeypatch):
    table = [replace(c, length=45) if c.code == "K-REV" else c for c in clocks.CLOCKS]
    monkeypatch.setattr(clocks, "CLOCKS", tuple(table))
    assert "审查 45 个工作日" in answer_of(entry(2), DAY).zh
    assert "review 45 working days" in answer_of(entry(26), DAY).en


def test_it_changes_an_answer_with_the_capital(monkeypatch):
    monkeypatch.setattr(capital, "MINIMUM_PROVINCE", 1_500_500)
    assert "1,500,500 元" in answer_of(entry(34), DAY).zh
    assert "RMB 1,500,500" in answer_of(entry(34), DAY).en


def test_it_names_the_prior_approval_of_the_day():
    since = content.DRUGS_FILING_SINCE
    before = "\n".join(p.zh for p in points_of(entry(60), since.replace(day=21)))
    after = "\n".join(p.zh for p in points_of(entry(60), since))
    assert "互联网药品信息服务资格证书" in before
    assert "药品医疗器械网络信息服务备案" in after


PLACES = {
    8: "甘肃省", 12: "广东省", 14: "河北省", 17: "工业和信息化部", 19: "甘肃省",
    24: "西藏自治区", 26: "广东省", 29: "四川省", 42: "江苏省", 49: "北京市", 63: "云南省",
    67: "湖南省",
}  # fmt: skip


@pytest.mark.parametrize(("number", "place"), PLACES.items())
def test_it_names_the_authority_of_the_place_asked_about(number, place):
    said = (answer_of(entry(number), DAY), *points_of(entry(number), DAY))
    assert any(place in text.zh for text in said)


def test_it_puts_the_rules_of_its_figures_behind_the_answer():
    codes = [basis.code for basis in rules_behind(entry(66), LAW, DAY)]
    assert codes[:2] == ["SP", "G-NUM-QUAL"]
    assert {"G-CAPITAL", "N-SP"} <= set(codes)


def test_it_shows_of_the_conditions_only_those_of_its_kinds():
    behind = {basis.code: basis for basis in rules_behind(entry(9), LAW, DAY)}
    assert set(behind["G-KINDSPEC"].cites) < set(LAW.guards["G-KINDSPEC"].cites) | {
        cite for basis in behind.values() for cite in basis.cites
    }
    assert not any("ICP" in cite.article.zh for cite in behind["G-KINDSPEC"].cites)


def test_it_is_as_sure_as_its_least_sure_rule():
    assert least_sure(rules_behind(entry(8), LAW, DAY)) is Confidence.KNOWLEDGE
    assert least_sure(rules_behind(entry(34), LAW, DAY)) is Confidence.SECONDARY
    assert least_sure(()) is None


def test_it_counts_the_rule_behind_every_placeholder():
    for question in ENTRIES:
        behind = {basis.code for basis in rules_behind(question, LAW, DAY)}
        clocks_named = {
            name.partition(".")[0]
            for text in texts(question)
            for name in names_in(text)
            if name.startswith("K-")
        }
        assert clocks_named <= behind, question.number


PROMISES = re.compile(r"成功率[高达]|保证(能|可以)|百分之百|推荐.{0,4}公司")


def test_it_ranks_nobody_and_promises_nothing():
    for question in ENTRIES:
        for text in texts(question):
            assert not PROMISES.search(text.zh), text.zh


PLANTED = [
    ({"refs": ("G-NONE",)}, "question 1: unknown rule G-NONE"),
    ({"refs": ()}, "question 1: no rule behind it"),
    ({"groups": ("gossip",)}, "question 1: unknown group gossip"),
    ({"answer": Text("有", "")}, "question 1: missing a language"),
    ({"points": (Text("", "Point"),)}, "question 1: missing a language"),
    ({"answer": Text("{K-NONE}", "{K-NONE}")}, "question 1: unknown placeholder {K-NONE}"),
    ({"answer": Text("{cap.ICP}", "{cap.ICP}")}, "question 1: unknown placeholder {cap.ICP}"),
    ({"points": (Text("{K-REV}", "60"),)}, "question 1: the languages name different values"),
    ({"number": 7}, "questions: not numbered one after the other"),
    ({"steps": ()}, "question 1: nothing to do next"),
    ({"steps": (case("barter"),)}, "question 1: a button for an unknown procedure barter"),
    ({"steps": (case("new", "XYZ"),)}, "question 1: a button for an unknown kind XYZ"),
    ({"steps": (case("new", "ICP", area="99"),)}, "question 1: a button for an unknown area 99"),
    (
        {"steps": (NextStep("finder", activities=("sleeps",)),)},
        "question 1: a button for an unknown activity sleeps",
    ),
    ({"steps": (NextStep("moon"),)}, "question 1: no such page moon"),
    ({"see": (1,)}, "question 1: no question 1 to read next"),
    ({"see": (99,)}, "question 1: no question 99 to read next"),
]


@pytest.mark.parametrize(("changes", "named"), PLANTED)
def test_it_names_a_planted_defect(monkeypatch, changes, named):
    first, *rest = QUESTIONS
    monkeypatch.setattr(questions, "QUESTIONS", (replace(first, **changes), *rest))
    assert named in list(questions.defects(KNOWN))
