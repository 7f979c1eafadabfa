"""The seventy questions handlers ask and the guides beside them, answered from the rules."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import chain

from workflow.domain.procedure import Text
from workflow.law import answers, question_steps, question_words
from workflow.law.question_rows import GROUPS, Figures, Question
from workflow.law.question_steps import NextStep, rule

__all__ = [
    "ENTRIES",
    "GROUPS",
    "GUIDES",
    "QUESTIONS",
    "Figures",
    "NextStep",
    "Question",
    "answer_of",
    "defects",
    "entry",
    "of_group",
    "points_of",
    "related",
    "rule",
]

ASKED = 70
RELATED = 5


def _rows() -> Iterator[Question]:
    """What the modules of the answers declare: a new module needs no registration."""
    for found in pkgutil.iter_modules(answers.__path__):
        yield from import_module(f"{answers.__name__}.{found.name}").ROWS


ENTRIES: tuple[Question, ...] = tuple(sorted(_rows(), key=lambda row: row.number))
QUESTIONS: tuple[Question, ...] = tuple(row for row in ENTRIES if row.number <= ASKED)
GUIDES: tuple[Question, ...] = tuple(row for row in ENTRIES if row.number > ASKED)
"""What is explained besides the questions asked."""


def entry(number: int) -> Question | None:
    """The question or guide of that number."""
    return next((row for row in ENTRIES if row.number == number), None)


def of_group(group: str) -> tuple[Question, ...]:
    """The questions of one group, in their order."""
    return tuple(row for row in ENTRIES if group in row.groups)


def answer_of(question: Question, on: date) -> Text:
    """The answer in a sentence or two, its figures as in force on the day."""
    return question_words.fill(question.answer, on)


def points_of(question: Question, on: date) -> tuple[Text, ...]:
    """The points under the answer, their figures as in force on the day."""
    return tuple(question_words.fill(point, on) for point in question.points)


def related(question: Question) -> tuple[Question, ...]:
    """What to read next: the questions named, then those that stand on the same rules."""
    named = [row for number in question.see if (row := entry(number))]
    shared = sorted(
        (row for row in ENTRIES if set(row.refs) & set(question.refs)),
        key=lambda row: -len(set(row.refs) & set(question.refs)),
    )
    others = (row for row in shared if row.number != question.number)
    return tuple(dict.fromkeys((*named, *others)))[:RELATED]


def defects(known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Questions that name nothing, or nothing known. `known`: codes by sort, for the message."""
    codes = frozenset(chain.from_iterable(known.values()))
    if [row.number for row in (*QUESTIONS, *GUIDES)] != list(range(1, len(ENTRIES) + 1)):
        yield "questions: not numbered one after the other"
    for row in (*QUESTIONS, *GUIDES):
        place = f"question {row.number}"
        yield from _references(place, row, codes)
        for text in (row.headline, row.answer, *row.points):
            yield from question_words.problems(place, text)
        if not row.steps:
            yield f"{place}: nothing to do next"
        for step in row.steps:
            yield from question_steps.defects(place, step, codes)


def _references(place: str, row: Question, codes: frozenset[str]) -> Iterator[str]:
    if not row.refs and not row.no_rule:
        yield f"{place}: no rule behind it"
    for ref in row.refs:
        if ref not in codes:
            yield f"{place}: unknown rule {ref}"
    for group in row.groups:
        if group not in GROUPS:
            yield f"{place}: unknown group {group}"
    for number in row.see:
        if entry(number) is None or number == row.number:
            yield f"{place}: no question {number} to read next"
