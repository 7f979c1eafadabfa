"""Databases of one kind, and a way to undo an attack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workflow.storage.database import Database, open_database


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A fresh, migrated SQLite database."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    """A fresh, migrated PostgreSQL database."""
    opened = open_database(postgres_url)
    yield opened
    opened.close()
