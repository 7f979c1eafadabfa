"""What a case is aimed at: the facts as they would be once it is approved, so guards judge that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from workflow.domain.facts import Company, Facts, HeldLicense
from workflow.law.kinds import BY_CODE

_OF_COMPANY = ("name", "legal_representative", "registered_capital", "foreign_share")
_WHOLE_NEW_OPERATION = frozenset({"C-SUBJ", "C-COV"})


def intended(facts: Facts) -> Facts:
    """The same facts with kinds, items, coverage and company as the case would leave them."""
    return _BY_PROCEDURE.get(facts.procedure, _as_told)(facts)


def new_of(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a change case says will be new."""
    return told.get("new") or {}


def added_kinds(told: Mapping[str, Any], kinds: tuple[str, ...], held: HeldLicense) -> list[str]:
    """The kinds a C-KIND adds: named under `new`, or as the kinds of the case itself."""
    if "C-KIND" not in (told.get("changes") or ()):
        return []
    named = new_of(told).get("kinds") or kinds
    return [kind for kind in named if kind not in held.kinds]


def new_coverage(told: Mapping[str, Any], coverage: tuple[str, ...]) -> tuple[str, ...]:
    """The coverage after a C-COV: named under `new`, or as the coverage of the case itself."""
    named = new_of(told).get("coverage") if "C-COV" in (told.get("changes") or ()) else None
    return tuple(named or coverage)


def new_items(
    told: Mapping[str, Any], items: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Items after the change: those named under `new` replace a kind's own."""
    named = new_of(told).get("items") or {}
    return {**items, **{kind: tuple(codes) for kind, codes in named.items()}}


def first_items(kind: str) -> tuple[str, ...]:
    """What omitted items of a kind mean: the first."""
    return tuple(item.code for item in BY_CODE[kind].items[:1])


def renewed_kinds(told: Mapping[str, Any], kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds a renewal goes on with."""
    dropped = set(told.get("drop_kinds") or ())
    return tuple(kind for kind in kinds if kind not in dropped)


def ended_kinds(told: Mapping[str, Any], kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds a cancellation ends; nothing named means all."""
    return tuple(told.get("end_kinds") or kinds)


def ends_whole(told: Mapping[str, Any], held: HeldLicense) -> bool:
    """True when a cancellation leaves nothing of the license."""
    return set(held.kinds) <= set(ended_kinds(told, tuple(held.kinds)))


def _as_told(facts: Facts) -> Facts:
    return facts


def _change(facts: Facts) -> Facts:
    held = facts.license
    if held is None:
        return facts
    added = added_kinds(facts.case, facts.kinds, held)
    own = tuple(kind for kind in facts.kinds if kind in held.kinds) or tuple(sorted(held.kinds))
    kinds = (*own, *added)
    if added and not set(facts.changes) & _WHOLE_NEW_OPERATION:
        kinds = tuple(added)  # the others are licensed already
    items = {kind: first_items(kind) for kind in added} | new_items(facts.case, facts.items)
    return replace(
        facts,
        company=_company(facts.company, new_of(facts.case)),
        kinds=kinds,
        items=items,
        coverage=new_coverage(facts.case, facts.coverage),
    )


def _company(company: Company, new: Mapping[str, Any]) -> Company:
    values = {name: new[name] for name in _OF_COMPANY if new.get(name) is not None}
    if "foreign_share" in values:
        values["foreign_share"] = Decimal(str(values["foreign_share"]))
    return replace(company, **values)


def _renewal(facts: Facts) -> Facts:
    return replace(facts, kinds=renewed_kinds(facts.case, facts.kinds))


def _cancellation(facts: Facts) -> Facts:
    return replace(facts, kinds=ended_kinds(facts.case, facts.kinds))


_BY_PROCEDURE: Mapping[str, Callable[[Facts], Facts]] = MappingProxyType(
    {"change": _change, "renewal": _renewal, "cancellation": _cancellation}
)
