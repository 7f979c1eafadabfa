"""The engine and its transactions, safe on SQLite and PostgreSQL alike."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session

from workflow.domain.errors import Unavailable

try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:  # pragma: no cover - no wheel outside Linux
    import sqlite3 as sqlite

SAFE_SQLITE = (3, 51, 3)
BACKPORTS = {(3, 50): 7, (3, 44): 6}
READ_ONLY = {"desk_read_only": True}
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "journal_size_limit=67108864",
)
_POSTGRES_OPTIONS = (
    "-c lock_timeout=5000 -c statement_timeout=30000 "
    "-c idle_in_transaction_session_timeout=15000 -c timezone=UTC"
)


class UnsafeDatabase(Exception):
    """The database library or its settings could lose data."""


class Database:
    """One database. `transaction()` writes and commits at its end; `reading()` never writes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(**READ_ONLY)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A unit of work: commits at the end, rolls back on any error."""
        with self._told_plainly(), self.session() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent view for queries; nothing in it may write."""
        with self._told_plainly(), self.session(self._reader) as session, session.begin():
            yield session

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        """A database that is locked, full, read-only or away is one error, whoever noticed it."""
        driver: Any = self.engine.dialect.loaded_dbapi
        try:
            yield
        except (sa.exc.OperationalError, driver.OperationalError) as error:
            raise Unavailable from error

    def session(self, bind: Engine | None = None) -> Session:
        """A bare session; whoever asks for one commits or rolls back."""
        return Session(
            bind or self.engine,
            expire_on_commit=False,
            autoflush=False,
            info={"sql": self.dialect},
        )

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at `url` with the settings that keep what was acknowledged.

    Raises UnsafeDatabase for a SQLite library with the WAL-reset bug.
    """
    if url.startswith("sqlite"):
        engine = _open_sqlite(url)
    else:
        address = sa.make_url(url)
        own = address.query.get("options", "")
        engine = sa.create_engine(
            address.difference_update_query(["options"]),
            connect_args={"options": f"{_POSTGRES_OPTIONS} {own}", "prepare_threshold": 0},
            pool_size=5,
            max_overflow=10,
        )
        event.listen(engine, "begin", _begin_postgres)
    _forget_in_children(engine)
    return Database(engine)


def _open_sqlite(url: str) -> Engine:
    check_sqlite(sqlite.sqlite_version_info)
    engine = sa.create_engine(url, module=sqlite, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def check_sqlite(version: tuple[int, ...]) -> None:
    """Refuse libraries that can corrupt a WAL shared by several processes."""
    fixed = version >= SAFE_SQLITE or version[2] >= BACKPORTS.get((version[0], version[1]), 999)
    if not fixed:
        found = ".".join(map(str, version[:3]))
        message = (
            f"SQLite {found} can lose committed data in WAL mode; "
            "install the pysqlite3 wheel (SQLite 3.51.3 or newer)"
        )
        raise UnsafeDatabase(message)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a deferred transaction loses it half-way."""
    read_only = connection.get_execution_options().get("desk_read_only")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("desk_read_only"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _forget_in_children(engine: Engine) -> None:
    """A pool carried over a fork would share one back end between processes."""
    known = weakref.ref(engine)

    def forget() -> None:
        alive = known()
        if alive is not None:
            alive.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
