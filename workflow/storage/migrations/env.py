"""Alembic environment: one migration run at a time, with timeouts, on the connection given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel

from workflow.storage import (  # noqa: F401 - they fill the metadata
    tables,
    tables_board,
    tables_desk,
    tables_import,
    tables_own,
    tables_time,
    tables_trail,
)

_LOCK = 4_200_417


def run() -> None:
    """Migrate on the connection that `migrate.upgrade` hands over."""
    connection: sa.Connection = context.config.attributes["connection"]
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
