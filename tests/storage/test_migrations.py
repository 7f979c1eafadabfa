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
from workflow.storage import migrate, tables, tables_board, tables_desk, tables_time, tables_trail
from workflow.storage.database import open_database

assert tables
assert tables_board
assert tables_desk
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


def test_it_keeps_every_event_when_the_table_of_events_is_made_anew(tmp_path):
    """SQLite cannot let a column be null without copying the table."""
    database = open_database(f"sqlite+pysqlite:///{tmp_path / 'old.db'}")
    with database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
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


def test_it_migrates_all_or_nothing(tmp_path):
    url = f"sqlite+pysqlite:///{tmp_path / 'half.db'}"
    database = open_database(url)
    attack(database, "CREATE TABLE outbox (id INTEGER)")
    with pytest.raises(sa.exc.DBAPIError):
        migrate.upgrade(url)
    assert ask(database, "SELECT name FROM sqlite_master") == [("outbox",)]
    database.close()
