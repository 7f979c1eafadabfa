"""Practice figures of bureaus, as loaded by people."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import rows, run


def every_parameter(session: Session) -> list[tuple[str, str, str, Any, str]]:
    """Province, kind (empty: all kinds), name, value and source of every figure, in this order."""
    found = rows(
        session,
        "SELECT province, kind, name, value, source FROM bureau_parameters"
        " ORDER BY province, kind, name",
    )
    return [(*place, json.loads(value), source) for *place, value, source in found]


def set_parameter(
    session: Session, *, province: str, kind: str, name: str, value: str, source: str
) -> None:
    """Set one figure; `value` is JSON, an empty `kind` means all kinds."""
    run(
        session,
        "INSERT INTO bureau_parameters (province, kind, name, value, source) VALUES (:p, :k, :n,"
        " :v, :s) ON CONFLICT (province, kind, name) DO UPDATE SET value = :v, source = :s",
        p=province,
        k=kind,
        n=name,
        v=value,
        s=source,
    )


def remove_parameter(session: Session, *, province: str, kind: str, name: str) -> None:
    """Go back to the national default."""
    run(
        session,
        "DELETE FROM bureau_parameters WHERE province = :p AND kind = :k AND name = :n",
        p=province,
        k=kind,
        n=name,
    )


def changes(session: Session, action: str) -> list[dict[str, Any]]:
    """The bodies of the last hundred events of this act on the office's chain, newest first."""
    found = rows(
        session,
        "SELECT body FROM events WHERE chain = 'office' AND subject_id = 1 AND action = :action"
        " ORDER BY seq DESC LIMIT 100",
        action=action,
    )
    return [json.loads(body) for (body,) in found]
