"""How a database answers: the steps of SQLite's plan, the rows PostgreSQL read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import rows


def steps_of(session: Session, ask: Callable[[Session], Any]) -> list[str]:
    """SQLite: the steps of every statement that the question asks, with its values filled in."""
    connection: Any = session.connection().connection.driver_connection
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    ask(session)
    connection.set_trace_callback(None)
    return [
        step[3]
        for sql in asked
        if sql.lstrip().upper().startswith(("SELECT", "WITH"))
        for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]


def rows_read(session: Session, *tables: str) -> int:
    """PostgreSQL: rows of these tables read so far in this transaction, scanned or by an index."""
    found = rows(
        session,
        "SELECT relname, COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0)"
        " FROM pg_stat_xact_user_tables",
    )
    return sum(int(read) for table, read in found if table in tables)
