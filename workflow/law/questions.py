"""The seventy questions handlers ask: a short answer each, and the rules it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from workflow.law.question_rows import GROUPS, Question
from workflow.law.questions_first import FIRST
from workflow.law.questions_fourth import FOURTH
from workflow.law.questions_second import SECOND
from workflow.law.questions_third import THIRD

__all__ = ["GROUPS", "QUESTIONS", "Question", "defects", "of_group"]

QUESTIONS: tuple[Question, ...] = (*FIRST, *SECOND, *THIRD, *FOURTH)


def of_group(group: str) -> tuple[Question, ...]:
    """The questions of one group, in their order."""
    return tuple(question for question in QUESTIONS if group in question.groups)


def defects(known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Questions that name nothing, or nothing known. `known`: codes by sort, for the message."""
    codes = frozenset(chain.from_iterable(known.values()))
    numbers = [question.number for question in QUESTIONS]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "questions: not numbered one after the other"
    for question in QUESTIONS:
        place = f"question {question.number}"
        if not question.refs and not question.no_rule:
            yield f"{place}: no rule behind it"
        for ref in question.refs:
            if ref not in codes:
                yield f"{place}: unknown rule {ref}"
        for group in question.groups:
            if group not in GROUPS:
                yield f"{place}: unknown group {group}"
        for text in (question.headline, question.answer):
            if not text.zh.strip() or not text.en.strip():
                yield f"{place}: missing a language"
