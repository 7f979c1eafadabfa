"""Counting what a page asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from workflow.services.database import Database

_READING_OR_WRITING = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that reads or writes while this is open. SQLite only: it tells them all."""
    asked: list[str] = []

    def heard(statement: str) -> None:
        if statement.lstrip().upper().startswith(_READING_OR_WRITING):
            asked.append(statement)

    def taken(connection: Any, *_: object) -> None:
        connection.set_trace_callback(heard)

    def given_back(connection: Any, *_: object) -> None:
        if connection is not None:
            connection.set_trace_callback(None)

    sa.event.listen(database.engine, "checkout", taken)
    sa.event.listen(database.engine, "checkin", given_back)
    try:
        yield asked
    finally:
        sa.event.remove(database.engine, "checkout", taken)
        sa.event.remove(database.engine, "checkin", given_back)
