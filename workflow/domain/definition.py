"""Every way a definition of the law can be wrong, each named with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflow.domain.defects import of_basis, of_texts, twice, unknown
from workflow.domain.entries import of_entries
from workflow.domain.guard import Guard
from workflow.domain.procedure import (
    FINAL_STATES,
    OPEN_STATES,
    LicenseKind,
    Material,
    Procedure,
    Role,
    Rule,
    State,
)
from workflow.domain.time_limit import Clock


@dataclass(frozen=True, slots=True)
class Law:
    """The whole law as loaded: every name that a definition may refer to.

    `anchors` are the dated facts a clock may count from, `sections` the places of a case page
    where something is mended.
    """

    kinds: Mapping[str, LicenseKind]
    procedures: Mapping[str, Procedure]
    guards: Mapping[str, Guard]
    materials: Mapping[str, Material]
    clocks: Mapping[str, Clock]
    effects: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()


class DefectiveLaw(Exception):
    """The law as written cannot be loaded; `defects` names every reason with its place."""

    def __init__(self, defects: list[str]) -> None:
        self.defects = defects
        super().__init__("; ".join(defects))


def problems(law: Law) -> list[str]:
    """All defects, each as `place: what is wrong`; an empty list means the law may be loaded."""
    return list(_all(law))


def _all(law: Law) -> Iterator[str]:
    yield from of_entries(law)
    for procedure in law.procedures.values():
        yield from _procedure(law, procedure)
    prefixes = [procedure.prefix for procedure in law.procedures.values()]
    yield from twice("procedures", "case-number prefix", prefixes)


def _procedure(law: Law, procedure: Procedure) -> Iterator[str]:
    place = f"procedure {procedure.code}"
    yield from of_texts(place, [procedure.name, *procedure.labels.values()])
    yield from of_basis(place, procedure.cites)
    yield from unknown(place, "kind", sorted(procedure.kinds), law.kinds)
    for state in State:
        if state not in procedure.labels:
            yield f"{place}: no word for state {state}"
    yield from _clocks(law, place, procedure)
    yield from _needs(law, place, procedure)
    for rule in procedure.rules:
        yield from _rule(law, f"{place}, {rule.trigger}", rule)
    judged = {code for rule in procedure.rules for code in rule.guards}
    yield from unknown(place, "guard of its own", procedure.guards_when, judged)
    steps = [f"{rule.trigger} from {state}" for rule in procedure.rules for state in rule.source]
    yield from twice(place, "a rule for", steps)
    yield from _paths(place, procedure.rules)


def _clocks(law: Law, place: str, procedure: Procedure) -> Iterator[str]:
    yield from unknown(place, "clock", procedure.clocks, law.clocks)
    timed = (*procedure.clocks_when, *procedure.filing_clocks)
    yield from unknown(place, "clock of its own", timed, procedure.clocks)
    triggers = {rule.trigger for rule in procedure.rules}
    for clock in (law.clocks[code] for code in procedure.clocks if code in law.clocks):
        if clock.starts and not triggers & set(clock.starts):
            yield f"{place}: no act of its own starts clock {clock.code}"


def _needs(law: Law, place: str, procedure: Procedure) -> Iterator[str]:
    for need in procedure.needs:
        yield from unknown(place, "material", (need.code, *need.alternatives), law.materials)
        if need.when and not need.why:
            yield f"{place}: material {need.code} is conditional without saying why"
        words = [*filter(None, [need.why]), *(enclosure.says for enclosure in need.encloses)]
        yield from of_texts(f"{place}, {need.code}", words)
    yield from twice(place, "material", [need.code for need in procedure.needs])


def _rule(law: Law, place: str, rule: Rule) -> Iterator[str]:
    yield from of_texts(place, [rule.label])
    for ask in rule.asks:
        choices = [text for _, text in ask.choices]
        words = [ask.label, *filter(None, [ask.hint]), *choices]
        yield from of_texts(f"{place}, {ask.name}", words)
        if ask.kind == "choice" and not choices:
            yield f"{place}, {ask.name}: a choice without choices"
    yield from twice(place, "asks for", [ask.name for ask in rule.asks])
    yield from of_basis(place, rule.cites)
    yield from unknown(place, "guard", rule.guards, law.guards)
    yield from twice(place, "guard", rule.guards)
    yield from unknown(place, "effect", rule.effects, law.effects)
    yield from unknown(place, "role", sorted({*rule.by, *rule.sends}), frozenset(Role))
    if not rule.by:
        yield f"{place}: nobody may do it (no role)"
    if not rule.source:
        yield f"{place}: no source state"
    for state in (*rule.source, rule.target):
        if state is not None and not isinstance(state, State):
            yield f"{place}: unknown state {state!r}"
    if rule.target and FINAL_STATES & set(rule.source):
        yield f"{place}: a final state is left"


def _paths(place: str, rules: Iterable[Rule]) -> Iterator[str]:
    """Every state must be reachable from draft; every open state must lead to a final one."""
    moves = [(s, r.target) for r in rules if r.target for s in r.source]
    reached = _closure({State.DRAFT}, moves)
    for state in State:
        if state not in reached:
            yield f"{place}: state {state} is unreachable"
    backwards = [(target, source) for source, target in moves]
    ends = _closure(set(FINAL_STATES), backwards)
    for state in OPEN_STATES:
        if state in reached and state not in ends:
            yield f"{place}: state {state} is a dead end"


def _closure(start: set[State], moves: list[tuple[State, State]]) -> set[State]:
    reached, grown = set(start), True
    while grown:
        fresh = {b for a, b in moves if a in reached} - reached
        grown = bool(fresh)
        reached |= fresh
    return reached
