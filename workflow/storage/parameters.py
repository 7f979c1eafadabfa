"""Practice figures of bureaus and holiday notices, as loaded by people."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.storage.rows import compact
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


def load_year(
    session: Session,
    year: int,
    *,
    off: list[date],
    workdays: list[date],
    notice: str,
    provisional: bool,
) -> None:
    """Load a holiday notice over the shipped one."""
    session.info.pop("calendar", None)
    flag = (int(provisional)) if session.info["sql"] == "sqlite" else provisional
    run(
        session,
        "INSERT INTO calendar_years (year, off, workdays, notice, provisional) VALUES (:y, :o,"
        " :w, :n, :p) ON CONFLICT (year) DO UPDATE SET off = :o, workdays = :w, notice = :n,"
        " provisional = :p",
        y=year,
        o=compact([day.isoformat() for day in off]),
        w=compact([day.isoformat() for day in workdays]),
        n=notice,
        p=flag,
    )
