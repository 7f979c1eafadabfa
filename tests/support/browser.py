"""Whether a browser is there to test with, and what is said when there is none."""

from __future__ import annotations

import os
import shutil

import pytest

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


def was_skipped(skipped: list[object]) -> bool:
    """True when one of these reports was skipped for want of a browser."""
    return any(ABSENT in str(getattr(report, "longrepr", "")) for report in skipped)
