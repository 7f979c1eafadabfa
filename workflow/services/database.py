"""The edges' door to the database: open it, open a transaction, bring the schema up."""

from workflow.storage.database import Database, UnsafeDatabase, open_database
from workflow.storage.grants import NoSuchRole, grant
from workflow.storage.migrate import UnknownSchema, is_current, upgrade, upgrade_database

__all__ = [
    "Database",
    "NoSuchRole",
    "UnknownSchema",
    "UnsafeDatabase",
    "grant",
    "is_current",
    "open_database",
    "upgrade",
    "upgrade_database",
]
