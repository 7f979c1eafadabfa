"""The scope a case applies for, checked: kinds, their service items, and the area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.domain.errors import BadInput
from workflow.domain.facts import Company, HeldLicense
from workflow.domain.procedure import Procedure, Text
from workflow.law import catalogue
from workflow.law.number_ranges import range_of
from workflow.services import subject


def check_kinds(
    kinds: list[str], definition: Procedure, held: HeldLicense | None, facts: Mapping[str, Any]
) -> None:
    """Known kinds, each once; on a license only its own, unless the case adds one.

    Raises BadInput.
    """
    if not kinds and definition.license != "optional":
        raise BadInput("kinds", Text("请选择业务种类", "Choose at least one kind of service"))
    adds = "C-KIND" in (facts.get("changes") or ())
    named = (facts.get("new") or {}).get("kinds") or []
    if held and adds and named and set(named) <= held.kinds:
        raise BadInput(
            "kinds",
            Text(
                f"许可证已有 {'、'.join(named)}，没有增加的业务",
                f"The license has {', '.join(named)} already: nothing is added",
            ),
        )
    for kind in kinds:
        catalogue.kind(kind)
        if kind not in definition.kinds or kinds.count(kind) > 1:
            raise BadInput("kinds", Text(f"不能办理 {kind}", f"{kind} cannot be applied for here"))
        if held and kind not in held.kinds and not adds:
            raise BadInput(
                "kinds", Text(f"许可证不含 {kind}", f"The license does not cover {kind}")
            )


def items_of(
    kinds: list[str], items: Mapping[str, list[str]], held: HeldLicense | None = None
) -> dict[str, list[str]]:
    """Service items by code, per kind: those named, else the license's, else the first.

    Raises BadInput for an unknown item or one of a kind that is not applied for.
    """
    for kind in items:
        if kind not in kinds:
            raise BadInput(
                "items", Text(f"{kind} 不在申请的业务中", f"{kind} is not a kind applied for")
            )
    known = held.items if held else {}
    return {
        kind: list(dict.fromkeys(catalogue.item_code(kind, i) for i in items.get(kind) or []))
        or list(known.get(kind) or catalogue.default_items(kind))
        for kind in kinds
    }


def area_of(
    definition: Procedure,
    coverage: list[str] | None,
    held: HeldLicense | None,
    company: Company,
    facts: Mapping[str, Any],
) -> list[str]:
    """The coverage told, else the license's; a code belongs to its range's area."""
    if coverage:
        return subject.checked_coverage(coverage)
    if definition.code == "number":
        found = range_of(str(facts["range"]))
        if found and found.nationwide:
            return [subject.NATIONAL]
        return sorted(held.coverage) if held and not held.nationwide else [company.province]
    return subject.checked_coverage(sorted(held.coverage) if held else [])
