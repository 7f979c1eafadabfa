"""A browser to test with and a desk it can reach; what is said when there is no browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import WSGIApplication

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

SETTING = "LICENSE_DESK_TEST_REQUIRE"
ABSENT = "BROWSER NOT TESTED"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str:
    """The program's path. Without one the test is skipped, or fails where it is required."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    reason = f"{ABSENT}: no Chromium on the path (Debian: apt install chromium fonts-noto-cjk)"
    if os.environ.get(SETTING) == "browser":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@contextmanager
def launched(*more: str) -> Iterator[Browser]:
    """Chromium without a window, with further arguments where a test wants them."""
    path = chromium_path()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *more])
        yield opened
        opened.close()


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """An application behind a real address, as long as it is looked at."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def was_skipped(skipped: list[object]) -> bool:
    """True when one of these reports was skipped for want of a browser."""
    return any(ABSENT in str(getattr(report, "longrepr", "")) for report in skipped)
