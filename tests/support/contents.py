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
            name: sorted(map(tuple, connection.execute(_everything(name))), key=repr)
            for name in names
        }


def _everything(table: str) -> sa.Select[Any]:
    return sa.select(sa.literal_column("*")).select_from(sa.table(table))
