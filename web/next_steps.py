"""The buttons under an answer: each typed row of the law as a label and an address that opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import url_for

from web.access import may_open
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.law.question_steps import NextStep
from workflow.services.rule_sheets import SORTS, sheets_of

_VIEWS = {
    "finder": "finder.ask",
    "eligibility": "eligibility.ask",
    "guide": "guide.show",
    "case": "cases.new",
    "cases": "cases.index",
    "licenses": "licenses.index",
    "companies": "companies.index",
}


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it says and where it leads."""

    label: Text
    address: str


def buttons(steps: Iterable[NextStep]) -> list[Button]:
    """The steps this person can take here: pages that exist and that their role may open."""
    found = [(step.label, _address(step)) for step in steps]
    return [Button(label, address) for label, address in found if address]


def rule_address(code: str) -> str | None:
    """Where a rule is explained; None for what has no sheet of its own."""
    if code in catalogue.LAW.procedures:
        return url_for("law.procedure", procedure=code)
    return url_for("law.rule", code=code) if code in _with_sheet() else None


@cache
def _with_sheet() -> frozenset[str]:
    return frozenset(sheet.code for sort in SORTS for sheet in sheets_of(sort))


def _address(step: NextStep) -> str | None:
    if step.place == "rule":
        return rule_address(step.rule)
    view = _VIEWS[step.place]
    return url_for(view, **_told(step)) if may_open(view) else None


def _told(step: NextStep) -> dict[str, Any]:
    """What the page is told, in the words of its own address."""
    kinds, area = list(step.kinds), step.area or None
    first = kinds[0] if kinds else None
    told: dict[str, dict[str, Any]] = {
        "finder": {"asked": "1", "does": list(step.activities)} if step.activities else {},
        "eligibility": {"kinds": kinds, "coverage": area},
        "guide": {"procedure": step.procedure, "kind": first if area else None, "area": area},
        "case": {"procedure": step.procedure, "kinds": kinds, "coverage": area},
        "cases": {"procedure": step.procedure, "kind": first, "province": area},
    }
    return told.get(step.place, {})
