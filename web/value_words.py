"""Codes and internal ids of the trail in words: what stands before and after a change."""

from __future__ import annotations

import json
from collections.abc import Mapping

from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import trail_kinds

_SENT = {
    "incident": Text("没有送到", "Not delivered"),
    "pending": Text("待重发", "To be sent again"),
}
_CODED: Mapping[str, Mapping[str, Text]] = {
    "task": {"open": Text("待办", "To do"), "done": Text("已办", "Done")},
    "point": {"answered": Text("已答复", "Answered")},
    "outbox": _SENT,
    "message": _SENT,
    "password": {"set": Text("已重新设置", "Set anew")},
    "personal_values": {
        "full": Text("完整", "In full"),
        "masked": Text("脱敏", "Masked"),
    },
    "form": {"csv": Text("CSV", "CSV"), "jsonl": Text("JSON Lines", "JSON Lines")},
    "hold": {"client": Text("整家企业", "The whole client")},
    "field": {"all": Text("全部", "All")},
    "kinds": trail_kinds.KINDS,
    "risks": trail_kinds.RISKS,
}
"""First part of a field -> its codes."""
_LABELED = {"role": "role", "actor": "program", "act": "event", "message": "event"}
_ROWS = ("license_id", "company_id", "case_id")


def coded(field: str, value: str) -> Text | None:
    """The word for a code that this field may have; None for any other value."""
    first = field.partition(".")[0]
    if field == "license.status":
        return catalogue.labels("license_status").get(value)
    known = _CODED.get(first, {}).get(value)
    return known or (catalogue.labels(_LABELED[first]).get(value) if first in _LABELED else None)


def named(field: str, value: object, words: Mapping[str, str]) -> str | None:
    """The number or name of the row whose id this is, as `words` of the events keep it."""
    name = "company_id" if field == "scope" else field.rpartition(".")[2]
    return words.get(f"{name}:{value}") if name in _ROWS and isinstance(value, int) else None


def unpacked(field: str, value: object) -> Mapping[str, object] | None:
    """The filter of an export, which the trail keeps as one text."""
    if field != "scope" or not isinstance(value, str) or not value.startswith("{"):
        return None
    found: Mapping[str, object] = json.loads(value)
    return {"act" if n == "action" else n: part for n, part in found.items() if n != "zone"}
