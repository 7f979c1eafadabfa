"""Driver statements for the hot path: named parameters, one text for both databases."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlmodel import Session

CHUNK = 400
"""Texts that one IN list names at most."""
STREAM = 2000
"""Rows that are in memory at a time while a query is streamed."""
_STREAMS = itertools.count()
_NAME = re.compile(r"(?<![:\w]):([a-z_]\w*)")


@lru_cache(maxsize=512)
def _for_psycopg(sql: str) -> str:
    return _NAME.sub(r"%(\1)s", sql.replace("%", "%%"))


def driver_of(session: Session) -> Any:  # noqa: ANN401 - a driver connection
    """The driver's connection under the session; looked up once per transaction."""
    transaction = session.get_transaction()
    held = session.info.get("driver")
    if transaction is None or held is None or held[0] is not transaction:
        connection = session.connection().connection.driver_connection
        held = session.info["driver"] = (session.get_transaction(), connection)
    return held[1]


@lru_cache(maxsize=512)
def names_in(sql: str) -> tuple[str, ...]:
    """The parameters a statement names, each once."""
    return tuple(dict.fromkeys(_NAME.findall(sql)))


def in_dialect(sql: str, dialect: str) -> str:
    """The statement as the driver of `dialect` wants its parameters."""
    return sql if dialect == "sqlite" else _for_psycopg(sql)


def run(session: Session, sql: str, **values: Any) -> Any:  # noqa: ANN401 - a driver cursor
    """Execute `sql` (with `:name` parameters) inside the session's transaction.

    Returns the driver's cursor: rows are plain tuples, days ISO text on SQLite and date on
    PostgreSQL (read them through `as_day`).
    """
    cursor = driver_of(session).cursor()
    if session.info["sql"] == "sqlite":
        for name, value in values.items():
            if isinstance(value, date):
                values[name] = value.isoformat()
        cursor.execute(sql, values)
    else:
        cursor.execute(_for_psycopg(sql), values)
    return cursor


def run_many(session: Session, sql: str, values: Sequence[dict[str, Any]]) -> None:
    """Execute `sql` once for each set of values; nothing is returned."""
    if values:
        cursor = driver_of(session).cursor()
        cursor.executemany(in_dialect(sql, session.info["sql"]), values)
        cursor.close()


def streamed(session: Session, sql: str, **values: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """The rows of a query as they come, in memory that does not grow with their number.

    PostgreSQL hands them out through a cursor of its own, a batch at a time: each batch is a
    statement and has the whole statement timeout.
    """
    driver = driver_of(session)
    if session.info["sql"] == "sqlite":
        cursor = driver.cursor()
        cursor.execute(sql, values)
    else:
        cursor = driver.cursor(name=f"streamed_{next(_STREAMS)}")
        cursor.execute(_for_psycopg(sql), values)
    try:
        while batch := cursor.fetchmany(STREAM):
            yield from batch
    finally:
        cursor.close()


def rows(session: Session, sql: str, **values: Any) -> Sequence[tuple[Any, ...]]:  # noqa: ANN401
    """All rows of a query."""
    cursor = run(session, sql, **values)
    found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    cursor.close()
    return found


def row(session: Session, sql: str, **values: Any) -> tuple[Any, ...] | None:  # noqa: ANN401
    """The first row, or None."""
    cursor = run(session, sql, **values)
    found: tuple[Any, ...] | None = cursor.fetchone()
    cursor.close()
    return found


def each(session: Session, sql: str, wanted: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement that ends in IN, for many texts: so many of them at a time."""
    left = iter(dict.fromkeys(wanted))
    while part := list(itertools.islice(left, CHUNK)):
        names = {f"v{n}": value for n, value in enumerate(part)}
        yield from rows(session, f"{sql} ({', '.join(f':{name}' for name in names)})", **names)


def numbers(ids: Collection[int]) -> str:
    """Our own whole numbers for an IN list; never empty, so that the statement stays valid."""
    return ", ".join(str(int(i)) for i in sorted(ids)) or "NULL"


def for_update(session: Session) -> str:
    """The row-lock clause; SQLite's immediate transaction already excludes other writers."""
    return "" if session.info["sql"] == "sqlite" else " FOR UPDATE"
