"""Bring a database to the current schema; never backwards, never half-way."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from workflow.storage.database import Database, open_database


class UnknownSchema(Exception):
    """The database was made by a newer version of the product."""


def upgrade(url: str) -> str:
    """Apply every missing migration in one transaction; returns the revision reached.

    Raises UnknownSchema for a revision this version does not know.
    """
    database = open_database(url)
    try:
        return upgrade_database(database)
    finally:
        database.close()


def upgrade_database(database: Database) -> str:
    """The same on an open database."""
    config = _config()
    script = ScriptDirectory.from_config(config)
    with database.engine.begin() as connection:
        _refuse_unknown(connection, script)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    head = script.get_current_head()
    return head or ""


def is_current(database: Database) -> bool:
    """True when the schema is the one this version expects."""
    script = ScriptDirectory.from_config(_config())
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == (
            script.get_current_head()
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _refuse_unknown(connection: Connection, script: ScriptDirectory) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        message = f"the database is at revision {found}, which this version does not know"
        raise UnknownSchema(message)
