"""Are the triggers that hold the trail there, whole and switched on?"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import row, rows

_MAKERS = ("0007_tree", "0017_told_cases")
"""The migrations that made the triggers as they are now."""


def first_fault(session: Session) -> str:
    """The name of the first trigger (or its function) missing, changed or off; empty when none is.

    Compared with the texts of the migrations that made them.
    """
    if session.info["sql"] == "sqlite":
        there = dict(rows(session, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        wanted = _made("SQLITE")
        return next((name for name, text in wanted.items() if there.get(name) != text), "")
    return _postgres_fault(session)


@cache
def _made(what: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name in _MAKERS:
        migration = importlib.import_module(f"workflow.storage.migrations.versions.{name}")
        found |= getattr(migration, what)
    return found


def _postgres_fault(session: Session) -> str:
    """Beside what a trigger is and calls: on every column, under no condition of its own."""
    found = rows(
        session,
        "SELECT t.tgname, c.relname, p.proname, t.tgenabled, t.tgtype,"
        " t.tgqual IS NULL AND t.tgattr::text = '' FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace",
    )
    there = {name: tuple(rest) for name, *rest in found}
    for name, (table, moment, level, function) in _made("POSTGRESQL").items():
        if there.get(name) != (table, function, "O", _kind(moment, level), True):
            return name
    schema = (row(session, "SELECT quote_ident(current_schema())") or ("",))[0]
    bodies = dict(
        rows(
            session,
            "SELECT proname, prosrc FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace",
        )
    )
    for name, body in _made("FUNCTIONS").items():
        if bodies.get(name) != body.format(schema=schema):
            return name
    return ""


def _kind(moment: str, level: str) -> int:
    """PostgreSQL's bits of a trigger: per row, before, insert, delete, update, truncate."""
    bits = {"BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
    return (level == "ROW") + sum(bit for act, bit in bits.items() if act in moment)
