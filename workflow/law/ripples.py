"""What follows for licenses when a fact of their holder changes: which filing, and by when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from workflow.domain.workdays import (
    Calendar,
    add_calendar,
    add_working,
    roll_forward,
    safe_backward,
)
from workflow.law.changes import AFTER_DECISION, AFTER_REGISTRY
from workflow.law.clocks import CLOCKS
from workflow.law.intended import new_of

CHANGE_OF: Mapping[str, str] = MappingProxyType(
    {
        "name": "C-NAME",
        "legal_representative": "C-LREP",
        "registered_capital": "C-CAP",
        "foreign_share": "C-SH",
        "province": "C-ADDR",
        "city": "C-ADDR",
    }
)
"""The change (C-row) that a changed fact of the company asks for."""
PRINTED = ("name", "legal_representative", "registered_capital")
"""Facts that a license prints: where the print agrees, nothing follows."""
_LENGTHS = {clock.code: clock.length for clock in CLOCKS}


def settled(told: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of the company that an approved change settles; another operator is not this client."""
    new, changes = new_of(told), set(told.get("changes") or ())
    return {
        name: new[name]
        for name, change in CHANGE_OF.items()
        if change in changes and new.get(name) is not None
    }


@dataclass(frozen=True, slots=True)
class Due:
    """By when, by which clock; `safe` is the last working day on or before the arithmetical day."""

    clock: str
    on: date
    safe: date


def filings(fields: Collection[str], *, codes: bool) -> dict[str, str]:
    """Change -> the fact that asks for it; a holder of codes reports a new address as well."""
    found = {CHANGE_OF[name]: name for name in CHANGE_OF if name in fields}
    if codes and "C-ADDR" in found:
        found["C-CONTACT"] = found["C-ADDR"]
    return found


def clock_of(change: str) -> str | None:
    """The clock that dates the filing; None where no text sets a day."""
    if change in AFTER_REGISTRY:
        return "K-CHG-REG"
    if change in AFTER_DECISION:
        return "K-CHG-DEC"
    return "K-CONTACT" if change == "C-CONTACT" else None


def due_of(change: str, day: date, calendar: Calendar) -> Due | None:
    """By when the change is filed that happened on `day`."""
    clock = clock_of(change)
    if clock is None:
        return None
    if clock == "K-CONTACT":
        on = add_working(calendar, day, _LENGTHS[clock])
        return Due(clock, on, on)
    raw = add_calendar(day, _LENGTHS[clock])
    return Due(clock, roll_forward(calendar, raw), safe_backward(calendar, raw))
