"""An empty database of each kind; the one of PostgreSQL is emptied, making one takes longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlmodel import SQLModel

from tests.storage.trail_rows import attack, unguarded
from workflow.storage.database import Database, open_database
from workflow.storage.grants import APPEND_ONLY


@pytest.fixture(scope="module")
def _postgres(request: pytest.FixtureRequest) -> Iterator[Database]:
    opened = open_database(request.getfixturevalue("_postgres_copies")())
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database of each kind in turn with nothing in it."""
    if request.param == "sqlite":
        opened = open_database(request.getfixturevalue("sqlite_url"))
        yield opened
        opened.close()
        return
    opened = request.getfixturevalue("_postgres")
    with ExitStack() as stack:
        for table in APPEND_ONLY:
            stack.enter_context(unguarded(opened, table))
        attack(opened, f"TRUNCATE {', '.join(SQLModel.metadata.tables)} RESTART IDENTITY CASCADE")
    yield opened
