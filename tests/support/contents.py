"""Everything a database holds, to see that something refused or read changed nothing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from workflow.services.database import Database


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in a fixed order."""
    with database.engine.connect() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        return {
            name: sorted(map(tuple, connection.execute(sa.text(f'SELECT * FROM "{name}"'))), key=repr)  # noqa: S608, E501 - names of our own tables
            for name in names
        }
