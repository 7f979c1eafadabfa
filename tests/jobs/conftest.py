"""What every job test needs: an office in each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.office import Office, open_office
from tests.support.processes import short_folder
from workflow.storage.database import Database


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder with a short name."""
    with short_folder() as made:
        yield made


@pytest.fixture
def office(database: Database) -> Office:
    """A case with its people, in each database in turn."""
    return open_office(database)
