"""Every way a definition of the law can be wrong, each named with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from string import Formatter

from workflow.domain.guard import Guard
from workflow.domain.procedure import (
    OPEN_STATES,
    Citation,
    LicenseKind,
    Material,
    Procedure,
    Rule,
    State,
    Text,
)
from workflow.domain.time_limit import Clock, Unit


@dataclass(frozen=True, slots=True)
class Law:
    """The whole law as loaded: every name that a definition may refer to."""

    kinds: Mapping[str, LicenseKind]
    procedures: Mapping[str, Procedure]
    guards: Mapping[str, Guard]
    materials: Mapping[str, Material]
    clocks: Mapping[str, Clock]
    effects: frozenset[str] = frozenset()


class DefectiveLaw(Exception):
    """The law as written cannot be loaded; `defects` names every reason with its place."""

    def __init__(self, defects: list[str]) -> None:
        self.defects = defects
        super().__init__("; ".join(defects))


def problems(law: Law) -> list[str]:
    """All defects, each as `place: what is wrong`; an empty list means the law may be loaded."""
    found = list(_tables(law))
    for procedure in law.procedures.values():
        found.extend(_procedure(law, procedure))
    return found


def _tables(law: Law) -> Iterator[str]:
    triggers = frozenset(r.trigger for p in law.procedures.values() for r in p.rules)
    for code, guard in law.guards.items():
        for text in guard.texts:
            yield from _guard(f"guard {code}", code, text)
        if any(a.since <= (b.until or date.max) for a, b in pairwise(guard.texts)):
            yield f"guard {code}: two texts in force on one day"
    for code, material in law.materials.items():
        yield from _texts(f"material {code}", [material.name, material.note])
        yield from _basis(f"material {code}", material.cites)
        yield from _named(f"material {code}", code, material.code)
    for code, clock in law.clocks.items():
        yield from _texts(f"clock {code}", [clock.name, *filter(None, [clock.silence])])
        yield from _basis(f"clock {code}", clock.cites)
        yield from _named(f"clock {code}", code, clock.code)
        yield from _clock(f"clock {code}", clock)
        acts = (*clock.starts, *clock.ends, *clock.voids, *clock.unless)
        yield from _unknown(f"clock {code}", "trigger", dict.fromkeys(acts), triggers)
    for code, kind in law.kinds.items():
        yield from _texts(f"kind {code}", [kind.name, kind.short, *(i.name for i in kind.items)])
        yield from _basis(f"kind {code}", kind.cites)
        yield from _named(f"kind {code}", code, kind.code)


def _guard(place: str, code: str, guard: Guard) -> Iterator[str]:
    yield from _texts(place, [guard.title, guard.fix, *guard.says.values()])
    yield from _basis(place, guard.cites)
    yield from _named(place, code, guard.code)
    if "broken" not in guard.says:
        yield f"{place}: no sentence for `broken`"
    for key, text in guard.says.items():
        if _placeholders(text.zh) != _placeholders(text.en):
            yield f"{place}: the languages of `{key}` name different values"


def _clock(place: str, clock: Clock) -> Iterator[str]:
    if clock.length <= 0 and clock.unit is not Unit.DATE:
        yield f"{place}: length must be positive"
    if not clock.starts and not clock.anchor:
        yield f"{place}: nothing starts it"
    if clock.unit is Unit.DATE and not clock.anchor:
        yield f"{place}: a fixed date without the fact it is"
    if clock.backward and (clock.rolls or not clock.anchor):
        yield f"{place}: counted backward, it needs a fact and never rolls"


def _procedure(law: Law, procedure: Procedure) -> Iterator[str]:
    place = f"procedure {procedure.code}"
    yield from _texts(place, [procedure.name, *procedure.labels.values()])
    yield from _basis(place, procedure.cites)
    yield from _unknown(place, "kind", procedure.kinds, law.kinds)
    yield from _unknown(place, "clock", procedure.clocks, law.clocks)
    yield from _unknown(place, "guard", procedure.guards_when, law.guards)
    timed = (*procedure.clocks_when, *procedure.filing_clocks)
    yield from _unknown(place, "clock of its own", timed, frozenset(procedure.clocks))
    for need in procedure.needs:
        yield from _unknown(place, "material", (need.code, *need.alternatives), law.materials)
        if need.when and not need.why:
            yield f"{place}: material {need.code} is conditional without saying why"
        yield from _texts(f"{place}, {need.code}", filter(None, [need.why]))
    seen: Counter[tuple[str, State]] = Counter()
    for rule in procedure.rules:
        yield from _rule(law, f"{place}, {rule.trigger}", rule)
        seen.update((rule.trigger, state) for state in rule.source)
    for (trigger, state), count in seen.items():
        if count > 1:
            yield f"{place}: {count} rules for {trigger} from {state}"
    yield from _paths(place, procedure.rules)


def _rule(law: Law, place: str, rule: Rule) -> Iterator[str]:
    yield from _texts(place, [rule.label])
    for ask in rule.asks:
        choices = [text for _, text in ask.choices]
        yield from _texts(f"{place}, {ask.name}", [ask.label, *filter(None, [ask.hint]), *choices])
        if ask.kind == "choice" and not choices:
            yield f"{place}, {ask.name}: a choice without choices"
    yield from _basis(place, rule.cites)
    yield from _unknown(place, "guard", rule.guards, law.guards)
    yield from _unknown(place, "effect", rule.effects, law.effects)
    if not rule.by:
        yield f"{place}: nobody may do it (no role)"
    if not rule.source:
        yield f"{place}: no source state"
    for state in (*rule.source, rule.target):
        if state is not None and not isinstance(state, State):
            yield f"{place}: unknown state {state!r}"


def _paths(place: str, rules: Iterable[Rule]) -> Iterator[str]:
    """Every state must be reachable from draft; every open state must lead to a final one."""
    moves = [(s, r.target) for r in rules if r.target for s in r.source]
    reached = _closure({State.DRAFT}, moves)
    for state in State:
        if state not in reached:
            yield f"{place}: state {state} is unreachable"
    backwards = [(target, source) for source, target in moves]
    ends = _closure({state for state in State if state.final}, backwards)
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


def _texts(place: str, texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        for language, words in (("zh", text.zh), ("en", text.en)):
            if not words.strip():
                yield f"{place}: missing {language} text (other language: {text.zh or text.en})"


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _basis(place: str, cites: tuple[Citation, ...]) -> Iterator[str]:
    if not cites:
        yield f"{place}: no basis"


def _named(place: str, key: str, code: str) -> Iterator[str]:
    if key != code:
        yield f"{place}: listed under {key} but calls itself {code}"


def _unknown(
    place: str, what: str, names: Iterable[str], known: Mapping[str, object] | frozenset[str]
) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"{place}: unknown {what} {name}"
