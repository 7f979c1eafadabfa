"""One database of each kind per module, and a client company of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.services.builders import new_company
from tests.support.cast import Cast, gather
from workflow.storage.database import open_database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """The cast in a database that the tests of one module share."""
    if request.param == "sqlite":
        copy = request.getfixturevalue("_sqlite_copies")
        url = copy(tmp_path_factory.mktemp("desk") / "desk.db")
    else:
        url = request.getfixturevalue("_postgres_copies")()
    database = open_database(url)
    yield gather(database)
    database.close()


@pytest.fixture
def cast(desk: Cast) -> Cast:
    """The cast with a client company that no other test uses."""
    return replace(desk, company=new_company(desk))
