"""Dates nobody's law sets: a case's own target and what its client was promised, and their place.

The nearest deadline of a case is known by the code of what dates it; that tells its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

Kind = Literal["statutory", "authority", "internal", "promise"]
REPLY_BY, TARGET, PROMISE = "REPLY-BY", "TARGET", "PROMISE"
KINDS: tuple[Kind, ...] = ("statutory", "authority", "internal", "promise")
"""In the order in which they stand where they fall on one day or are all overdue."""
FIELDS: Mapping[str, str] = MappingProxyType({"internal_by": TARGET, "promised_by": PROMISE})
"""What a handler types, and the code the date goes by."""
_KIND_OF: Mapping[str | None, Kind] = MappingProxyType(
    {REPLY_BY: "authority", TARGET: "internal", PROMISE: "promise"}
)


def kind_of(code: str | None) -> Kind:
    """The kind of a deadline: whatever is no date of the authority or our own, the law sets."""
    return _KIND_OF.get(code, "statutory")


def own_dates(pack: Mapping[str, Any]) -> dict[str, date]:
    """The dates we set on a case, by field; they end when it is filed."""
    return {
        name: date.fromisoformat(day) for name in FIELDS if (day := pack.get("dates", {}).get(name))
    }
