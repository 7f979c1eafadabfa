"""A desk for commands to work on."""

from __future__ import annotations

import pytest

from tests.cli.commands import Desk


@pytest.fixture
def desk(monkeypatch, capsys, tmp_path):
    """Commands run on an empty data folder."""
    return Desk(monkeypatch, capsys, tmp_path / "var")


@pytest.fixture
def migrated_desk(desk, sqlite_url):
    """Commands run on a migrated SQLite database."""
    desk.set("DATABASE_URL", sqlite_url)
    desk.set("SECRET_KEY", "示例密钥" * 10)
    return desk
