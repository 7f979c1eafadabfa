"""Are the triggers that hold the trail there, whole and switched on?"""

from __future__ import annotations

import importlib
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import row, rows


def first_fault(session: Session) -> str:
    """The name of the first trigger (or its function) missing, changed or off; empty when none is.

    Compared with the texts of the migration that made them.
    """
    made: Any = importlib.import_module("workflow.storage.migrations.versions.0007_tree")
    if session.info["sql"] == "sqlite":
        there = dict(rows(session, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return next((name for name, text in made.SQLITE.items() if there.get(name) != text), "")
    return _postgres_fault(session, made)


def _postgres_fault(session: Session, made: Any) -> str:  # noqa: ANN401 - a migration
    found = rows(
        session,
        "SELECT t.tgname, c.relname, p.proname, t.tgenabled, t.tgtype FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace",
    )
    there = {name: tuple(rest) for name, *rest in found}
    for name, (table, moment, level, function) in made.POSTGRESQL.items():
        if there.get(name) != (table, function, "O", _kind(moment, level)):
            return str(name)
    schema = (row(session, "SELECT quote_ident(current_schema())") or ("",))[0]
    bodies = dict(
        rows(
            session,
            "SELECT proname, prosrc FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace",
        )
    )
    for name, body in made.FUNCTIONS.items():
        if bodies.get(name) != body.format(schema=schema):
            return str(name)
    return ""


def _kind(moment: str, level: str) -> int:
    """PostgreSQL's bits of a trigger: per row, before, insert, delete, update, truncate."""
    bits = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
    return 2 + (level == "ROW") + sum(bit for act, bit in bits.items() if act in moment)
