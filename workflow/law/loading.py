"""Putting the law together: what the modules declare, checked before anybody may read it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Protocol, TypeVar

import workflow.law as law_box
from workflow.domain.definition import DefectiveLaw, Law, problems
from workflow.domain.guard import Guard
from workflow.domain.procedure import Procedure
from workflow.law import guards, questions, tables, told, vocabulary
from workflow.law.changes import CHANGE_LABELS
from workflow.law.clocks import CLOCKS
from workflow.law.consequences import CONSEQUENCES
from workflow.law.filer_clocks import ANCHORS
from workflow.law.kinds import KINDS
from workflow.law.materials import MATERIALS
from workflow.law.prerequisite_notes import DECLARED
from workflow.law.self_check import CODES

_READERS = ("workflow.law.catalogue",)
"""Modules that read the whole law and declare none of it."""


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


Coded = TypeVar("Coded", bound=_Coded)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    """The modules of a folder: a new one needs no registration."""
    for found in pkgutil.iter_modules(package.__path__):
        path_to = f"{package.__name__}.{found.name}"
        if path_to not in _READERS:
            yield import_module(path_to)


def _declared(name: str, package: ModuleType) -> Iterator[object]:
    """What the modules of a folder declare under `name`."""
    for module in _modules(package):
        if name in vars(module):
            yield vars(module)[name]


def _procedures() -> Iterator[Procedure]:
    for declared in _declared("PROCEDURE", law_box):
        if isinstance(declared, Procedure):
            yield declared


def _guards() -> Iterator[Guard]:
    for declared in _declared("GUARDS", guards):
        if isinstance(declared, tuple):
            yield from declared


def _by_code(things: Iterable[Coded]) -> dict[str, Coded]:
    """Raises DefectiveLaw when a code is declared twice: the second must not win in silence."""
    table: dict[str, Coded] = {}
    for thing in things:
        if thing.code in table:
            raise DefectiveLaw([f"{type(thing).__name__.lower()} {thing.code}: declared twice"])
        table[thing.code] = thing
    return table


def load() -> Law:
    """Assemble the law. Raises DefectiveLaw naming every defect."""
    law = Law(
        kinds=_by_code(KINDS),
        procedures=_by_code(_procedures()),
        guards=_by_code(_guards()),
        materials=_by_code(MATERIALS),
        clocks=_by_code(CLOCKS),
        effects=frozenset(vocabulary.EFFECTS),
        tasks=frozenset(vocabulary.TASKS),
        anchors=frozenset(ANCHORS),
        sections=frozenset(vocabulary.SECTIONS),
    )
    # Notes and answers tell of the law, so they are read once everything they name is there.
    defects = [*problems(law), *tables.defects(law)] or [*_told(law)]
    if defects := defects or [*questions.defects(_referable(law))]:
        raise DefectiveLaw(defects)
    return law


def _told(law: Law) -> Iterator[str]:
    """What is wrong beside the rules: the notes, and words of any module but the questions'."""
    yield from told.defects(law, {*chain.from_iterable(_referable(law).values()), *DECLARED})
    modules = (*_modules(law_box), *_modules(guards))
    yield from told.unspoken(m for m in modules if ".question" not in m.__name__)


def _referable(law: Law) -> dict[str, frozenset[str]]:
    """Every code a question may stand on, by sort."""
    return {
        "guards": frozenset(law.guards),
        "materials": frozenset(law.materials),
        "clocks": frozenset(law.clocks),
        "kinds": frozenset(law.kinds),
        "procedures": frozenset(law.procedures),
        "consequences": frozenset(row.code for row in CONSEQUENCES),
        "changes": frozenset(CHANGE_LABELS),
        "self_checks": frozenset(CODES),
        "tasks": frozenset(vocabulary.TASKS),
    }
