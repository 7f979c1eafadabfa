"""Which conditions, materials and clocks a combination has, always or only in some cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard
from workflow.domain.procedure import Material, Procedure, State, Text
from workflow.law import catalogue
from workflow.law.anchors import Told, anchors
from workflow.services.clock_words import ClockWords, clock_words
from workflow.services.guide_lines import Line, lines_of

Variants = tuple[tuple[str, Facts], ...]
"""Cases of one combination, each with the C-code that makes it, or empty."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One guard judged at filing. `changes`: the C-codes that bring it, empty when always judged.

    `again`: judged only when a correction is filed.
    """

    guard: Guard
    lines: tuple[Line, ...]
    changes: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """One material. `always`: every case of the combination needs it; `why` it is on the list."""

    material: Material
    alternatives: tuple[Material, ...]
    always: bool
    why: tuple[Text, ...]
    changes: tuple[str, ...] = ()
    encloses: tuple[Text, ...] = ()


def conditions_of(procedure: Procedure, facts: Facts, others: Variants) -> Iterable[Condition]:
    """Every guard of the filing that applies, or may apply by what is changed."""
    first, again = (
        procedure.rule("submit", State.MATERIAL_PREP),
        procedure.rule("resubmit", State.CORRECTION_REQUESTED),
    )
    codes = dict.fromkeys((*(first.guards if first else ()), *(again.guards if again else ())))
    always = set(catalogue.guards_for(codes, facts))
    for guard in catalogue.guards_of(codes, facts.on):
        bringing = [c for c, told in others if guard.code in catalogue.guards_for(codes, told)]
        if guard.code not in always and not bringing:
            continue
        changes = () if guard.code in always else tuple(dict.fromkeys(filter(None, bringing)))
        late = first is not None and guard.code not in first.guards
        yield Condition(guard, lines_of(guard.code, facts), changes, late)


def papers_of(procedure: Procedure, facts: Facts, others: Variants) -> tuple[PaperAsked, ...]:
    """What every such case needs first, then what only some need, each in the law's order."""
    found: dict[str, PaperAsked] = {}
    told = [("", facts, True), *((code, variant, False) for code, variant in others)]
    for change, case, always in told:
        for need in catalogue.required(procedure, case):
            known = found.get(need.code)
            if known is None:
                known = found[need.code] = _paper(need, always=always)
            if not known.always:
                found[need.code] = _because(known, need.why, change)
            found[need.code] = _enclosing(found[need.code], need.encloses)
    return tuple(found.values())


def _paper(need: catalogue.Requirement, *, always: bool) -> PaperAsked:
    materials = catalogue.LAW.materials
    return PaperAsked(
        materials[need.code],
        tuple(materials[code] for code in need.alternatives),
        always,
        (need.why,) if need.why else (),
    )


def _enclosing(paper: PaperAsked, encloses: tuple[Text, ...]) -> PaperAsked:
    return replace(paper, encloses=tuple(dict.fromkeys((*paper.encloses, *encloses))))


def _because(paper: PaperAsked, why: Text | None, change: str) -> PaperAsked:
    reasons = dict.fromkeys((*paper.why, *((why,) if why else ())))
    changes = dict.fromkeys((*paper.changes, *((change,) if change else ())))
    return replace(paper, why=tuple(reasons), changes=tuple(changes))


def clocks_of(procedure: Procedure, cases: tuple[Facts, ...]) -> tuple[ClockWords, ...]:
    """Every clock one of these cases may have, in the order of the procedure."""
    acts = frozenset(rule.trigger for rule in procedure.rules)
    running = {code for facts in cases for code in _running(procedure, facts)}
    clocks = catalogue.LAW.clocks
    return tuple(clock_words(clocks[code], acts) for code in procedure.clocks if code in running)


def _running(procedure: Procedure, facts: Facts) -> Iterable[str]:
    """The clocks of one case; one that changes something has only those its facts can start."""
    codes = procedure.clocks_for(facts.case)
    if not facts.changes:
        return codes
    before = {**facts.case, "registered_on": None}  # the duty to tell the registry is still open
    known = {
        name
        for told in (facts.case, before)
        for name in anchors(procedure.code, Told(told, facts.license, (), (), facts.on))
    }
    clocks = [catalogue.LAW.clocks[code] for code in codes]
    return (c.code for c in clocks if c.starts or c.window or c.anchor in known)
