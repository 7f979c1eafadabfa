"""Every rule that rests on memory or on our own decision, for those who must confirm it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law import catalogue
from workflow.law.foreign import CAPS
from workflow.services.rule_sheets import SORTS, sheets_of

_NOT_SEEN = frozenset({Confidence.KNOWLEDGE, Confidence.DESIGN})


@dataclass(frozen=True, slots=True)
class Unverified:
    """One rule with the part of its basis that nobody checked. `alone`: it has no other basis.

    `code` is empty for a procedure and its acts, which have no sheet of their own.
    """

    code: str
    says: Text
    cites: tuple[Citation, ...]
    alone: bool


def unverified_rules() -> tuple[Unverified, ...]:
    """All of them, those without any other basis first."""
    found = {(row.code, row.says): row for row in (*_of_sheets(), *_of_procedures())}
    return tuple(sorted(found.values(), key=lambda row: not row.alone))


def unverified_kinds() -> tuple[str, ...]:
    """The kinds whose foreign cap is blank, so that a person has to decide."""
    return tuple(code for code, cap in CAPS.items() if cap.ordinary is None)


def _of_sheets() -> Iterator[Unverified]:
    for sort in SORTS:
        for sheet in sheets_of(sort):
            for version in sheet.versions:
                yield from _told(sheet.code, version.says, version.cites)


def _of_procedures() -> Iterator[Unverified]:
    for procedure in catalogue.LAW.procedures.values():
        yield from _told("", procedure.name, procedure.cites)
        for rule in procedure.rules:
            yield from _told("", rule.label, rule.cites)


def _told(code: str, says: Text, cites: tuple[Citation, ...]) -> Iterator[Unverified]:
    unseen = tuple(cite for cite in cites if cite.confidence in _NOT_SEEN)
    if unseen:
        yield Unverified(code, says, unseen, len(unseen) == len(cites))
