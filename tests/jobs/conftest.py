"""What every job test needs: an office in each database."""

from __future__ import annotations

import pytest

from tests.jobs.office import Office, open_office
from workflow.storage.database import Database


@pytest.fixture
def office(database: Database) -> Office:
    """A case with its people, in each database in turn."""
    return open_office(database)
