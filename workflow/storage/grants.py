"""What the application's role may do on PostgreSQL when another role owns the tables."""

from __future__ import annotations

import sqlalchemy as sa

from workflow.storage.database import Database

APPEND_ONLY = ("events", "leaves", "tree_nodes", "checkpoints", "removals")


class NoSuchRole(Exception):
    """The role that the application signs in with does not exist."""


def grant(database: Database, role: str) -> None:
    """Let `role` work with the tables of this database, and only append to the trail.

    Run as the owner, after every migration; running it again changes nothing. Raises NoSuchRole.
    """
    with database.engine.begin() as connection:
        known = connection.execute(
            sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}
        ).scalar()
        if not known:
            message = f"there is no role {role!r}: create it first"
            raise NoSuchRole(message)
        schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
        name = connection.execute(sa.text("SELECT quote_ident(:role)"), {"role": role}).scalar()
        tables = ", ".join(f"{schema}.{table}" for table in APPEND_ONLY)
        for statement in (
            f"GRANT USAGE ON SCHEMA {schema} TO {name}",
            f"REVOKE CREATE ON SCHEMA {schema} FROM {name}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
            f"REVOKE ALL ON {tables}, {schema}.alembic_version FROM {name}",
            f"GRANT SELECT, INSERT ON {tables} TO {name}",
            f"GRANT SELECT ON {schema}.alembic_version TO {name}",
        ):
            connection.exec_driver_sql(statement)
