"""What can be wrong with a guard, a material, a clock or a kind, taken by itself and in its use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from workflow.domain.defects import (
    of_basis,
    of_name,
    of_texts,
    of_versions,
    placeholders,
    twice,
    unknown,
)
from workflow.domain.guard import Guard
from workflow.domain.procedure import Grain, LicenseKind, ServiceClass
from workflow.domain.time_limit import Clock, Unit

if TYPE_CHECKING:
    from workflow.domain.definition import Law

_SCOPES = frozenset({"P", "N"})


def of_entries(law: Law) -> Iterator[str]:
    """Every defect of the tables that procedures draw on."""
    yield from _guards(law)
    yield from _materials(law)
    yield from _clocks(law)
    yield from _kinds(law)


def _guards(law: Law) -> Iterator[str]:
    judged = {code for p in law.procedures.values() for rule in p.rules for code in rule.guards}
    for code, guard in law.guards.items():
        place = f"guard {code}"
        for text in guard.texts:
            yield from _guard(law, place, code, text)
        yield from of_versions(place, [(text.since, text.until) for text in guard.texts])
        if code not in judged:
            yield f"{place}: no step judges it"


def _guard(law: Law, place: str, code: str, guard: Guard) -> Iterator[str]:
    yield from of_texts(place, [guard.title, guard.fix, *guard.says.values()])
    yield from of_basis(place, guard.cites)
    yield from of_name(place, code, guard.code)
    yield from unknown(place, "section", [guard.fix_at], law.sections)
    if "broken" not in guard.says:
        yield f"{place}: no sentence for `broken`"
    for key, text in guard.says.items():
        if placeholders(text.zh) != placeholders(text.en):
            yield f"{place}: the languages of `{key}` name different values"


def _materials(law: Law) -> Iterator[str]:
    needs = [need for procedure in law.procedures.values() for need in procedure.needs]
    asked = {code for need in needs for code in (need.code, *need.alternatives)}
    for code, material in law.materials.items():
        place = f"material {code}"
        yield from of_texts(place, [material.name, material.note])
        yield from of_basis(place, material.cites)
        yield from of_name(place, code, material.code)
        if material.unlisted == (code in asked):
            listed = "is said to be on no list, but one has it"
            yield f"{place}: {listed if material.unlisted else 'no procedure asks for it'}"


def _clocks(law: Law) -> Iterator[str]:
    triggers = {rule.trigger for p in law.procedures.values() for rule in p.rules}
    running = {code for procedure in law.procedures.values() for code in procedure.clocks}
    for code, clock in law.clocks.items():
        place = f"clock {code}"
        yield from of_texts(place, [clock.name, *filter(None, [clock.silence])])
        yield from of_basis(place, clock.cites)
        yield from of_name(place, code, clock.code)
        acts = (*clock.starts, *clock.ends, *clock.voids, *clock.unless, *clock.extends)
        yield from unknown(place, "trigger", dict.fromkeys(acts), triggers)
        yield from unknown(place, "anchor", filter(None, [clock.anchor]), law.anchors)
        yield from _clock(place, clock)
        if code not in running:
            yield f"{place}: no procedure has it"


def _clock(place: str, clock: Clock) -> Iterator[str]:
    if clock.length <= 0 and clock.unit is not Unit.DATE:
        yield f"{place}: length must be positive"
    if not clock.starts and not clock.anchor:
        yield f"{place}: nothing starts it"
    if clock.unit is Unit.DATE and not clock.anchor:
        yield f"{place}: a fixed date without the fact it is"
    if clock.backward and (clock.rolls or not clock.anchor):
        yield f"{place}: counted backward, it needs a fact and never rolls"
    if bool(clock.extends) != bool(clock.extension):
        yield f"{place}: an extension needs both an act and its length"


def _kinds(law: Law) -> Iterator[str]:
    taken = {code for procedure in law.procedures.values() for code in procedure.kinds}
    for code, kind in law.kinds.items():
        place = f"kind {code}"
        yield from of_texts(place, [kind.name, kind.short, *(item.name for item in kind.items)])
        yield from of_basis(place, kind.cites)
        yield from of_name(place, code, kind.code)
        yield from _kind(place, kind)
        yield from unknown(place, "task", kind.follow_ups, law.tasks)
        yield from unknown(place, "material", kind.materials, law.materials)
        if code not in taken:
            yield f"{place}: no procedure takes it"
    items = [item.code for kind in law.kinds.values() for item in kind.items]
    yield from twice("kinds", "service item", items)


def _kind(place: str, kind: LicenseKind) -> Iterator[str]:
    yield from unknown(place, "scope", sorted(kind.scopes | kind.unconfirmed), _SCOPES)
    yield from unknown(place, "grain", [kind.grain], get_args(Grain))
    yield from unknown(place, "class", [kind.service_class], get_args(ServiceClass))
    if not kind.scopes | kind.unconfirmed:
        yield f"{place}: no scope"
    for scope in sorted(kind.scopes & kind.unconfirmed):
        yield f"{place}: scope {scope} is both confirmed and not"
