"""A short trail to attack, and the raw statements an attacker has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from tests.support.cast import Cast, gather
from workflow.storage.database import Database

COPY = (
    "SELECT {id}, chain, subject_id, {seq}, company_id, case_id, at, actor, role, action, source,"
    " target, {prev}, {hash}, body FROM events WHERE id = :i"
)
NAMES = (
    "(id, chain, subject_id, seq, company_id, case_id, at, actor, role, action, source, target,"
    " prev, hash, body)"
)
PLANTED = (
    "INSERT INTO cases (company_id, number, procedure, state, version, head, kinds, items,"
    " coverage, facts, acts, pack, authority, opened_on, handler_id, turn, blockers, updated_at)"
    " SELECT company_id, 'AP-2026-77777', procedure, 'draft', 0, '', kinds, items, coverage, facts,"
    " '[]', '{}', authority, opened_on, handler_id, turn, blockers, updated_at FROM cases"
    " ORDER BY id LIMIT 1"
)
"""A case without a single event."""


def short_trail(database: Database) -> tuple[Cast, str, list[tuple[Any, ...]]]:
    """A submitted case beside another one; the events of the first as (id, seq, prev, hash)."""
    cast = gather(database)
    number = cast.submitted()
    cast.submitted(company=cast.other, coverage=("62",))
    found = ask(
        database,
        "SELECT e.id, e.seq, e.prev, e.hash FROM events e JOIN cases c ON c.id = e.case_id"
        " WHERE c.number = :n ORDER BY e.seq",
        n=number,
    )
    return cast, number, found


def ask(database: Database, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Rows, past our own code."""
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql), values)]


def attack(database: Database, *statements: str, **values: Any) -> None:
    """Run and commit statements, past our own code; drivers raise what the database refuses."""
    with database.engine.begin() as connection:
        for sql in statements:
            names = {name: values[name] for name in values if f":{name}" in sql}
            connection.execute(sa.text(sql), names)


@contextmanager
def unguarded(database: Database, *tables: str) -> Iterator[None]:
    """As an owner who switched the triggers of tables off; on again afterwards.

    Without a name the tables of events and of cases, which answer for each other.
    """
    tables = tables or ("events", "cases")
    if database.dialect == "postgresql":
        attack(database, *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables))
        yield
        attack(database, *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables))
        return
    found = [
        trigger
        for trigger in ask(database, "SELECT name, sql, tbl_name FROM sqlite_master"
                                     " WHERE type = 'trigger'")
        if trigger[2] in tables
    ]  # fmt: skip
    attack(database, *(f"DROP TRIGGER {name}" for name, *_ in found))
    yield
    with database.engine.begin() as connection:
        for _, sql, _ in found:
            connection.exec_driver_sql(sql)


@contextmanager
def undone(database: Database) -> Iterator[None]:
    """Put cases and events back as they were, so that one trail bears many attacks."""
    if database.dialect == "sqlite":
        yield
        return
    attack(
        database,
        "CREATE TABLE kept_events AS SELECT * FROM events",
        "CREATE TABLE kept_cases AS SELECT id, version, head FROM cases",
    )
    yield
    attack(
        database,
        "DELETE FROM events",
        "INSERT INTO events SELECT * FROM kept_events ORDER BY id",
        "UPDATE cases c SET version = k.version, head = k.head FROM kept_cases k WHERE k.id = c.id",
        "DROP TABLE kept_events, kept_cases",
    )
