"""The rules an answer stands on: each with its name, its basis and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from workflow.domain.definition import Law
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.changes import BY_CODE as CHANGES
from workflow.law.consequences import CONSEQUENCES, Consequence
from workflow.law.content import PRIOR_APPROVALS
from workflow.law.prerequisite_notes import NOTES, Note
from workflow.law.prerequisites import PREREQUISITES, notes_of, of_kinds
from workflow.law.question_rows import Question
from workflow.law.question_words import datum, names_in
from workflow.law.self_check import items_on
from workflow.law.vocabulary import TASKS

_ORDER = tuple(Confidence)
_SAYING: dict[str, Note | Consequence] = {
    **{note.code: note for note in NOTES},
    **{row.code: row for row in CONSEQUENCES},
}
_CONDITIONS = {row.code: row for row in PREREQUISITES}
_DOCUMENTS = {row.code: row for row in PRIOR_APPROVALS}


@dataclass(frozen=True, slots=True)
class Basis:
    """One rule behind an answer; without a `code` it is a law the answer cites besides the rules.

    `sort` says what it is: guard, material, clock, kind, procedure, change …
    """

    code: str
    sort: str
    name: Text
    cites: tuple[Citation, ...]


def rules_behind(question: Question, law: Law, on: date) -> tuple[Basis, ...]:
    """The rules referred to, then those whose figures and names the texts carry."""
    found = [_basis(code, question, law, on) for code in codes_behind(question, on)]
    cited = [Basis("", "cited", cite.law, (cite,)) for cite in question.cites]
    return (*(basis for basis in found if basis), *cited)


def least_sure(bases: Iterable[Basis]) -> Confidence | None:
    """The lowest confidence of any citation among them; None when nothing is cited."""
    found = [cite.confidence for basis in bases for cite in basis.cites]
    return max(found, key=_ORDER.index, default=None)


def codes_behind(question: Question, on: date) -> tuple[str, ...]:
    """The codes of every rule behind an answer: those referred to, then those of its figures."""
    named = [
        found.rule
        for text in (question.answer, *question.points)
        for name in names_in(text)
        if (found := datum(name, on)) and found.rule
    ]
    return tuple(dict.fromkeys((*question.refs, *named)))


def _basis(code: str, question: Question, law: Law, on: date) -> Basis | None:
    if code == "G-KINDSPEC":
        return _of_the_kinds(question, law)
    return next(_tables(code, law, on), None)


def _of_the_kinds(question: Question, law: Law) -> Basis:
    """The conditions of the kinds it is about, not those of every kind."""
    kinds = [ref for ref in question.refs if ref in law.kinds]
    cites = [cite for row in of_kinds(kinds) for cite in row.cites]
    cites += [cite for note in notes_of(kinds) for cite in note.cites]
    guard = law.guards["G-KINDSPEC"]
    return Basis(guard.code, "guard", guard.title, tuple(dict.fromkeys(cites)) or guard.cites)


def _tables(code: str, law: Law, on: date) -> Iterator[Basis]:
    """The rule in whichever table it stands; a guard and an item in the text of the day."""
    if code in law.guards and (guard := law.guards[code].text_on(on)):
        yield Basis(code, "guard", guard.title, guard.cites)
    for sort, table in (
        ("material", law.materials),
        ("clock", law.clocks),
        ("kind", law.kinds),
        ("procedure", law.procedures),
        ("change", CHANGES),
        ("condition", _CONDITIONS),
        ("self_check", {item.code: item for item in items_on(on)}),
    ):
        if code in table:
            yield Basis(code, sort, table[code].name, table[code].cites)
    if code in TASKS:
        yield Basis(code, "task", TASKS[code], ())
    if code in _SAYING:
        yield Basis(code, "note", _SAYING[code].says, _SAYING[code].cites)
    if code in _DOCUMENTS:
        yield Basis(code, "document", _DOCUMENTS[code].document, _DOCUMENTS[code].cites)
