"""Finding a question: words in both languages, codes, pinyin, and what nobody asks about."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.law.question_basis import codes_behind
from workflow.law.question_search import search
from workflow.law.questions import ENTRIES


def numbers(typed):
    found = search(typed)
    assert found is not None
    return [question.number for question in found.questions]


CALL_CENTER = {6, 12, 14, 21, 29, 52, 54}


@pytest.mark.parametrize(
    "typed", ["呼叫中心", "hjzx", "hujiaozhongxin", "HJZX", "ｈｊｚｘ", " hjzx "]
)
def test_it_finds_a_subject_by_words_pinyin_and_initials(typed):
    assert set(numbers(typed)) >= CALL_CENTER


@pytest.mark.parametrize("typed", ["年报", "年检", "年审", "nianbao", "niánbào", "annual report"])
def test_it_finds_the_annual_report_by_all_its_names(typed):
    assert {7, 20, 39, 40, 42, 46, 63, 64} <= set(numbers(typed))


def test_it_finds_agents_by_the_initials_of_what_they_charge():
    assert numbers("zxdlf") == [31, 67, 70]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("G-CAPITAL", {21, 23, 34, 49}),
        ("g-capital", {21, 23, 34, 49}),
        ("Ｇ-ＣＡＰＩＴＡＬ", {21, 23, 34, 49}),
        ("ICP", {1, 22, 40, 41, 60, 61, 68}),
        ("icp", {1, 22, 40, 41, 60, 61, 68}),
        ("B25", {16, 60, 66}),
        ("call center", CALL_CENTER),
        ("refund", {56}),
        ("gansu", {8, 19}),
        ("甘肃 EDI", {19}),
        ("ICP 外资", {61, 68}),
        ("续期", {71}),
        ("37", {37}),
    ],
)
def test_it_finds_by_code_and_by_english(typed, expected):
    assert expected <= set(numbers(typed))


def test_it_puts_what_the_headline_says_first():
    assert set(numbers("注销")[:5]) == {5, 8, 30, 45, 54}


def test_it_does_not_take_a_code_for_initials():
    """视频 has the initials sp, but who types SP means the license."""
    assert 1 not in numbers("SP")


def test_it_comes_near_when_nothing_has_all_that_was_typed():
    found = search("呼叫中心注销以后怎么办理呢")
    assert found.partly
    assert 54 in [question.number for question in found.questions]


@pytest.mark.parametrize("typed", ["", "   ", "！？。，", "%_\\'\"", "\x00\x1f", "🙂"])
def test_it_has_nothing_to_look_for_without_a_letter(typed):
    assert search(typed) is None


@pytest.mark.parametrize("typed", ["x" * 2000, "呼" * 2000, "qwv", "1" * 2000, "a-" * 1000])
def test_it_finds_nothing_rather_than_anything(typed):
    assert numbers(typed) == []


def test_it_finds_an_answer_by_every_code_printed_under_it():
    missed = [
        (question.number, code)
        for question in ENTRIES
        for code in (*codes_behind(question, date.max), f"Q{question.number}")
        if question.number not in numbers(code) or search(code).partly
    ]
    assert missed == []
