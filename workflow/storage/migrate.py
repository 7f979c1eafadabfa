"""Bring a database to the current schema; never backwards, never half-way."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workflow.storage.database import Database, open_database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_OWN = re.compile(r'^revision = "(\w+)"', re.MULTILINE)
_DOWN = re.compile(r'^down_revision = (?:None|"(\w+)")', re.MULTILINE)


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
    """The same on an open database. A current one is left alone at once."""
    if is_current(database):
        return revisions()[-1]
    from alembic import command  # noqa: PLC0415 - a start that migrates nothing need not load it

    config = _config()
    with database.engine.begin() as connection:
        found = _revision(connection)
        if found is not None and found not in revisions():
            message = f"the database is at revision {found}, which this version does not know"
            raise UnknownSchema(message)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return revisions()[-1]


def is_current(database: Database) -> bool:
    """True when the schema is the one this version expects."""
    with database.engine.connect() as connection:
        return _revision(connection) == revisions()[-1]


@cache
def revisions() -> tuple[str, ...]:
    """Every revision this version knows, each after the one that it names before it."""
    texts = [path.read_text() for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")]
    after = {_DOWN.findall(text)[0]: _OWN.findall(text)[0] for text in texts}
    chain = [after[""]]
    while chain[-1] in after:
        chain.append(after[chain[-1]])
    return tuple(chain)


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
