"""The settings that keep what was acknowledged, on every connection of every process."""

from __future__ import annotations

import os
import sqlite3

import pytest
import sqlalchemy as sa

from tests.storage.trail_rows import ask, attack
from workflow.domain.errors import Unavailable
from workflow.storage.database import UnsafeDatabase, check_sqlite, open_database
from workflow.storage.statements import row, rows, run

PRAGMAS = {
    "journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000, "foreign_keys": 1,
    "recursive_triggers": 1, "trusted_schema": 0, "mmap_size": 0,
}  # fmt: skip
SETTINGS = {
    "lock_timeout": "5s", "statement_timeout": "30s", "TimeZone": "UTC",
    "idle_in_transaction_session_timeout": "15s", "transaction_isolation": "read committed",
}  # fmt: skip
COMPANY = (
    "INSERT INTO companies (name, initials, uscc, province, facts, version, head, updated_at)"
    " VALUES ('示例', 'sl', :u, '44', '{}', 0, '', '')"
)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 50, 6), (3, 51, 2), (3, 7, 17)])
def test_it_refuses_a_sqlite_that_can_lose_what_was_committed(version):
    with pytest.raises(UnsafeDatabase, match=r"3\.51\.3"):
        check_sqlite(version)


@pytest.mark.parametrize(
    "version", [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0), (3, 50, 12), (4, 0, 0)]
)
def test_it_takes_a_sqlite_that_was_mended(version):
    check_sqlite(version)


def test_it_prepares_every_sqlite_connection(sqlite_database):
    held = [sqlite_database.engine.connect() for _ in range(3)]
    for connection in held:
        for name, value in PRAGMAS.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value, name
        connection.rollback()
    for connection in held:
        connection.close()


def test_it_prepares_every_postgresql_connection(postgres_database):
    with postgres_database.engine.connect() as one, postgres_database.engine.connect() as other:
        for connection in (one, other):
            for name, value in SETTINGS.items():
                assert connection.exec_driver_sql(f"SHOW {name}").scalar() == value, name


def test_it_makes_every_sqlite_table_strict(sqlite_database):
    tables = ask(sqlite_database, "SELECT name, strict FROM pragma_table_list WHERE type = 'table'"
                 " AND schema = 'main' AND name NOT LIKE 'sqlite_%'")  # fmt: skip
    assert {name for name, strict in tables if not strict} <= {"alembic_version"}
    assert len(tables) >= 20
    with pytest.raises(sa.exc.DBAPIError):
        attack(sqlite_database, "INSERT INTO case_counters VALUES ('AP', 2026, 'many')")


def test_it_enforces_foreign_keys(database):
    with pytest.raises(sa.exc.IntegrityError):
        attack(
            database,
            "INSERT INTO licenses (company_id, number, kinds, items, coverage, authority,"
            " valid_from, valid_to, status, opened, facts, version, head, updated_at) VALUES"
            " (4711, 'x', '[]', '{}', '[]', '44', '2026-01-01', '2031-01-01', 'valid', '[]',"
            " '{}', 0, '', '')",
        )


def test_it_commits_at_the_end_and_rolls_back_on_any_error(database):
    with database.transaction() as tx:
        run(tx, COMPANY, u="1")

    def half():
        with database.transaction() as tx:
            run(tx, COMPANY, u="2")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        half()
    assert ask(database, "SELECT uscc FROM companies") == [("1",)]


def test_it_never_writes_while_reading(postgres_database):
    with pytest.raises(Exception, match="read-only"), postgres_database.reading() as session:
        run(session, COMPANY, u="3")


def test_it_reads_one_moment(database):
    with database.transaction() as tx:
        run(tx, COMPANY, u="4")
    with database.reading() as session:
        assert rows(session, "SELECT uscc FROM companies") == [("4",)]
        if database.dialect == "sqlite":
            with database.transaction() as tx:
                run(tx, COMPANY, u="5")
            assert rows(session, "SELECT uscc FROM companies") == [("4",)]


def test_it_keeps_writers_waiting_for_each_other(sqlite_url):
    first, second = open_database(sqlite_url), open_database(sqlite_url)
    with first.transaction() as tx:
        run(tx, COMPANY, u="6")
        with second.engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA busy_timeout=50")
            raw.rollback()
        with pytest.raises(Unavailable), second.transaction() as late:
            rows(late, "SELECT 1")
    first.close()
    second.close()


def test_it_says_a_database_that_cannot_be_written_is_unavailable(tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all" * 100)
    database = open_database(f"sqlite+pysqlite:///{broken}")
    with pytest.raises((Unavailable, sa.exc.DatabaseError)), database.transaction() as tx:
        run(tx, "SELECT 1 FROM cases")
    database.close()


def test_it_gives_a_forked_child_a_connection_of_its_own(database):
    who = "SELECT pg_backend_pid()" if database.dialect == "postgresql" else "SELECT 0"
    with database.reading() as session:
        mine = row(session, who)[0]
    receive, send = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            with database.transaction() as tx:
                run(tx, COMPANY, u="child")
                os.write(send, str(row(tx, who)[0]).encode())
        finally:
            os._exit(0)
    os.close(send)
    os.waitpid(pid, 0)
    theirs = int(os.read(receive, 100))
    os.close(receive)
    assert database.dialect == "sqlite" or theirs != mine
    with database.reading() as session:
        assert row(session, who)[0] == mine
        assert rows(session, "SELECT uscc FROM companies") == [("child",)]


def test_it_survives_being_read_by_the_common_tool(sqlite_url, sqlite_database):
    with sqlite_database.transaction() as tx:
        run(tx, COMPANY, u="7")
    plain = sqlite3.connect(sqlite_url.removeprefix("sqlite+pysqlite:///"))
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    plain.close()
