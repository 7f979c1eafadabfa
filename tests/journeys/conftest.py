"""One running desk and one browser for all journeys of a test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium_path, launched
from tests.support.desk_process import Desk, start


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    chromium_path()
    running = start(tmp_path_factory.mktemp("desk"))
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched("--disable-gpu", "--disable-background-networking") as opened:
        yield opened
