"""Migrations: what they make is what the tables say, and nothing unknown is touched."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from tests.storage.trail_rows import ask, attack
from workflow.storage import (
    migrate,
    register,
    tables,
    tables_board,
    tables_desk,
    tables_import,
    tables_own,
    tables_time,
    tables_trail,
)
from workflow.storage.database import open_database

assert tables
assert tables_board
assert tables_desk
assert tables_own
assert tables_import
assert tables_time
assert tables_trail
HEAD = ScriptDirectory("workflow/storage/migrations").get_current_head()


def test_it_makes_exactly_the_tables_that_are_declared(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []
        found = sa.inspect(connection)
        for name, table in SQLModel.metadata.tables.items():
            columns = {c["name"]: c for c in found.get_columns(name)}
            assert list(columns) == [c.name for c in table.columns]
            for column in table.columns:
                stored = columns[column.name]
                assert stored["nullable"] == column.nullable, (name, column.name)
                kind = column.type.compile(connection.dialect)
                assert affinity(stored["type"]) == affinity(kind), (name, column.name)


def affinity(kind):
    text = str(kind).upper()
    for names, short in ((("CHAR", "TEXT"), "text"), (("BOOL",), "flag"), (("DATE",), "day")):
        if any(name in text for name in names):
            return short
    return "whole" if "INT" in text else text


def test_it_migrates_an_empty_database_and_then_has_nothing_to_do(tmp_path):
    url = f"sqlite+pysqlite:///{tmp_path / 'fresh.db'}"
    assert migrate.upgrade(url) == HEAD
    database = open_database(url)
    before = ask(database, "SELECT name, sql FROM sqlite_master ORDER BY name")
    assert migrate.upgrade(url) == HEAD
    assert ask(database, "SELECT name, sql FROM sqlite_master ORDER BY name") == before
    assert migrate.is_current(database)
    database.close()


def test_it_migrates_again_without_touching_what_is_there(database_url, database):
    assert migrate.upgrade(database_url) == HEAD
    assert migrate.is_current(database)


def test_it_refuses_a_database_of_a_newer_version(database_url, database):
    attack(database, "UPDATE alembic_version SET version_num = '9999'")
    before = sorted(sa.inspect(database.engine).get_table_names())
    with pytest.raises(migrate.UnknownSchema, match="9999"):
        migrate.upgrade(database_url)
    assert sorted(sa.inspect(database.engine).get_table_names()) == before
    assert not migrate.is_current(database)


def bring(database, revision):
    """Migrate a fresh database as far as an earlier version did."""
    with database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_it_keeps_every_event_when_the_table_of_events_is_made_anew(tmp_path):
    """SQLite cannot let a column be null without copying the table."""
    database = open_database(f"sqlite+pysqlite:///{tmp_path / 'old.db'}")
    bring(database, "0006")
    attack(
        database,
        "INSERT INTO companies (id, name, initials, uscc, province, facts, version, head,"
        " updated_at) VALUES (7, '示例', '', 'u', '11', '', 2, 'h2', '')",
        *(
            "INSERT INTO events (id, chain, subject_id, seq, company_id, at, actor, role, action,"  # noqa: S608
            f" prev, hash, body) VALUES ({n}, 'company', 7, {n - 4}, 7, 't', '1', 'handler',"
            f" 'set', 'h{n - 5}', 'h{n - 4}', 'b{n}')"
            for n in (5, 6)
        ),
    )
    names = "SELECT * FROM events ORDER BY id"
    before = ask(database, names)
    migrate.upgrade_database(database)
    assert ask(database, names) == before
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        attack(database, "DELETE FROM events WHERE id = 6")
    database.close()


def test_it_finds_numbers_that_were_entered_before_however_they_were_typed(database):
    """Two that differ in their signs alone stay; the second is kept under its id."""
    attack(
        database,
        "DROP INDEX licenses_compared",
        "ALTER TABLE licenses DROP COLUMN number_key",
        "UPDATE alembic_version SET version_num = '0008b'",
        "INSERT INTO companies (id, name, initials, uscc, province, facts, version, head,"
        " updated_at) VALUES (7, '示例', '', 'u', '11', '', 2, 'h2', '')",
        *(
            "INSERT INTO licenses (id, company_id, number, kinds, items, coverage, authority,"  # noqa: S608
            " valid_from, valid_to, status, opened, facts, version, head, updated_at) VALUES"
            f" ({n}, 7, '{number}', '[]', '{{}}', '[]', '44', '2026-01-01', '2031-01-01', 'valid',"
            " '[]', '{{}}', 0, '', '')"
            for n, number in ((1, "粤ｂ２—20260001"), (2, "粤B2-20260001"))
        ),
    )
    bring(database, "0015")
    assert ask(database, "SELECT number, number_key FROM licenses ORDER BY id") == [
        ("粤ｂ２—20260001", "粤B2-20260001"),
        ("粤B2-20260001", "粤B2-20260001#2"),
    ]
    with database.reading() as session:
        assert register.holder_of(session, "粤B2 – 20260001") == 7


def test_it_migrates_all_or_nothing(tmp_path):
    url = f"sqlite+pysqlite:///{tmp_path / 'half.db'}"
    database = open_database(url)
    attack(database, "CREATE TABLE outbox (id INTEGER)")
    with pytest.raises(sa.exc.DBAPIError):
        migrate.upgrade(url)
    assert ask(database, "SELECT name FROM sqlite_master") == [("outbox",)]
    database.close()


def test_it_marks_what_happened_before_there_were_marks(tmp_path):
    """A Saturday, an evening and a make-up Saturday; one person prepared and signed off."""
    database = open_database(f"sqlite+pysqlite:///{tmp_path / 'old.db'}")
    with database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
    told = [
        ("open", "1", "2026-03-18", "01"),
        ("provide", "1", "2026-03-21", "01"),  # a Saturday
        ("answer", "1", "2026-03-18", "12"),  # eight in the evening
        ("sign_off", "1", "2026-02-28", "02"),  # a Saturday to work on
        ("sign_off", "2", "2026-03-18", "02"),
        ("expire", "clock", "2026-03-21", "16"),
    ]
    attack(
        database,
        "INSERT INTO companies (id, name, initials, uscc, province, facts, version, head,"
        " updated_at) VALUES (7, '示例', '', 'u', '11', '', 2, 'h2', '')",
        "INSERT INTO cases (id, company_id, number, procedure, state, version, head, kinds, items,"
        " coverage, facts, acts, pack, authority, opened_on, handler_id, turn, blockers,"
        " updated_at) VALUES (3, 7, 'AP', 'new', 'draft', 6, 'h6', '', '', '', '', '', '', '',"
        " '2026-03-18', '1', 'us', 0, '')",
        *(
            "INSERT INTO events (id, chain, subject_id, seq, company_id, case_id, at, actor, role,"  # noqa: S608
            f" action, prev, hash, body) VALUES ({n}, 'case', 3, {n}, 7, 3, '{day}T{hour}:00:00"
            f".000000Z', '{actor}', 'handler', '{action}', 'h{n - 1}', 'h{n}',"
            f' \'{{"today":"{day}"}}\')'
            for n, (action, actor, day, hour) in enumerate(told, 1)
        ),
    )
    migrate.upgrade_database(database)
    assert ask(database, "SELECT mark, id FROM event_marks ORDER BY mark, id") == [
        ("off_hours", 2),
        ("off_hours", 3),
        ("same_person", 4),
    ]
    database.close()
