"""A license that a client already holds, as people type it: one form, or one row of a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.typed import Typed

EARLIEST_YEAR = 2000
STATUSES = {k: words for k, words in catalogue.labels("license_status").items() if k != "void"}
"""What a license may be when it is entered; `void` is what undoing an import leaves."""


def read(form: Typed, today: date) -> dict[str, Any]:
    """What was typed, as `add_license` takes it."""
    kinds = form.choices("kinds", catalogue.LAW.kinds)
    values: dict[str, Any] = {
        "number": form.register_number("number"),
        "kinds": list(kinds),
        "items": {kind: _items(form, kind) for kind in kinds},
        "coverage": list(form.choices("coverage", catalogue.labels("coverage"))),
        "valid_from": form.day("valid_from"),
        "valid_to": form.day("valid_to"),
        "status": form.choice("status", STATUSES),
        "opened": [kind for kind in kinds if kind not in form.all_typed("not_opened")],
    }
    special = form.long("special", required=False)
    if special:
        values["special"] = special
    reports = form.line("annual_reports", required=False)
    if reports:
        values["annual_reports"] = _years(form, reports, today)
    if "national" in values["coverage"] and len(values["coverage"]) > 1:
        form.refuse(
            "coverage",
            Text("全国不能与省份同时选择", "Nationwide cannot be combined with provinces"),
        )
    return values


def _items(form: Typed, kind: str) -> list[str]:
    offered = [item.code for item in catalogue.kind(kind).items]
    chosen = form.choices("items", catalogue.labels("item"), required=False)
    return [code for code in offered if code in chosen] or list(catalogue.default_items(kind))


def _years(form: Typed, typed: str, today: date) -> list[int]:
    """`2024、2025` as numbers; anything that is no year up to this one is refused."""
    parts = typed.replace("，", " ").replace("、", " ").replace(",", " ").split()
    years = sorted({int(part) for part in parts if part.isascii() and part.isdigit()})
    known = all(EARLIEST_YEAR <= year <= today.year for year in years)
    if len(years) != len(set(parts)) or not known:
        form.refuse(
            "annual_reports",
            Text("请填写年份，例如 2024、2025", "Enter years, such as 2024, 2025"),
        )
    return years
