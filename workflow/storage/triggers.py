"""Are the triggers that hold the trail there, whole, switched on and alone? Put them back."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import row, rows, run

_MAKERS = ("0007_tree", "0017_told_cases")
"""The migrations that made the triggers as they are now."""
_GUARDED = ("cases", "checkpoints", "events", "leaves", "removals", "tree_nodes")
_TABLES = ", ".join(f"'{table}'" for table in _GUARDED)
_SQLITE = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({_TABLES})"
_POSTGRES = (
    "SELECT t.tgname, c.relname, p.proname, t.tgenabled, t.tgtype, t.tgqual IS NULL AND"
    " t.tgattr::text = '', replace(p.prosrc, quote_ident(current_schema()) || '.', '{schema}.')"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    f" AND c.relname IN ({_TABLES}) UNION ALL SELECT rulename, tablename, '', '', 0, false, ''"
    f" FROM pg_rules WHERE schemaname = current_schema() AND tablename IN ({_TABLES})"
)
WHOLE = frozenset(
    {
        "f3ff4ed107c75de553020e61bae8dc3f62e61f89b88b512ef12d61c0be3390f8",
        "42f7af745834e4b88f00a71966a018090381f43c3c8f77f5b2dfcd19aedabc74",
    }
)
"""Digests of what both queries find where all is well: most starts need not load the migrations."""


def first_fault(session: Session) -> str:
    """The first trigger (or its function) missing, changed, off or strange; empty when none is.

    Compared with the texts of the migrations that made them. A strange one, or a rule, on these
    tables could swallow what should be written.
    """
    return next(faults(session), "")


def faults(session: Session) -> Iterator[str]:
    """The names of all of them."""
    postgres = session.info["sql"] == "postgresql"
    found = sorted(rows(session, _POSTGRES if postgres else _SQLITE))
    if hashlib.sha256(repr(found).encode()).hexdigest() in WHOLE:
        return
    if postgres:
        yield from _postgres_faults(found)
        return
    there, wanted = dict(found), _made("SQLITE")
    yield from (name for name, text in wanted.items() if there.get(name) != text)
    yield from (name for name in there if name not in wanted)


def restore(session: Session) -> list[str]:
    """Put back what is missing, changed or off, as its owner; the names of what was not right.

    Nothing is taken away: a strange trigger stays a fault.
    """
    wrong = list(faults(session))
    if not wrong:
        return wrong
    postgres = session.info["sql"] == "postgresql"
    for statement in _postgres_statements(session) if postgres else _sqlite_statements():
        run(session, statement)
    return wrong


@cache
def _made(what: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name in _MAKERS:
        migration = importlib.import_module(f"workflow.storage.migrations.versions.{name}")
        found |= getattr(migration, what)
    return found


def _postgres_faults(found: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """Beside what a trigger is and calls: on every column, under no condition of its own."""
    there, wanted = {name: tuple(rest) for name, *rest in found}, _made("POSTGRESQL")
    bodies = _made("FUNCTIONS")
    for name, (table, moment, level, function) in wanted.items():
        *said, body = there.get(name) or ("", "")
        if said != [table, function, "O", _kind(moment, level), True]:
            yield name
        elif body != bodies[function]:
            yield function
    yield from (name for name in there if name not in wanted)


def _kind(moment: str, level: str) -> int:
    """PostgreSQL's bits of a trigger: per row, before, insert, delete, update, truncate."""
    bits = {"BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
    return (level == "ROW") + sum(bit for act, bit in bits.items() if act in moment)


def _sqlite_statements() -> Iterator[str]:
    for name, text in _made("SQLITE").items():
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield text


def _postgres_statements(session: Session) -> Iterator[str]:
    schema = (row(session, "SELECT quote_ident(current_schema())") or ("",))[0]
    for name, body in _made("FUNCTIONS").items():
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $${body.format(schema=schema)}$$"
        )
    for name, (table, moment, level, function) in _made("POSTGRESQL").items():
        yield (
            f"CREATE OR REPLACE TRIGGER {name} {moment} ON {table}"
            f" FOR EACH {level} EXECUTE FUNCTION {function}()"
        )
        yield f"ALTER TABLE {table} ENABLE TRIGGER {name}"
