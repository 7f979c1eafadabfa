"""The test harness itself: fresh databases, and no server left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
import sqlalchemy as sa

from tests.support import browser, postgres
from workflow.storage.database import Database, open_database

ROOT = Path(__file__).parents[1]
STARTS_ONE = """
import sys, time
from tests.support import postgres
with postgres.running() as server:
    print(server.url.split("host=")[1], flush=True)
    time.sleep(60)
"""


def test_it_gives_a_migrated_database_of_each_kind(database: Database, database_url: str) -> None:
    tables = sa.inspect(database.engine).get_table_names()
    assert "alembic_version" in tables
    assert database_url.startswith(database.dialect)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_it_gives_every_test_a_database_of_its_own(turn: str, database_url: str) -> None:
    opened = open_database(database_url)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE mark_{turn} (n int)")
        names = sa.inspect(connection).get_table_names()
    assert [name for name in names if name.startswith("mark")] == [f"mark_{turn}"]
    opened.close()


def test_it_keeps_what_was_committed_on_postgresql(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    with psycopg.connect(postgres.plain(postgres_url)) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert postgres_server.url != postgres_url


@pytest.mark.parametrize("turn", ["first", "second"])
def test_it_gives_every_test_an_empty_valkey(turn: str, valkey_url: str) -> None:
    client = redis.Redis.from_url(valkey_url)
    assert client.dbsize() == 0
    client.set("mark", turn)
    client.close()


def test_it_leaves_no_server_behind_when_the_tests_are_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(postgres.SETTING, raising=False)
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        folder = Path(process.stdout.readline().strip())
        server = int((folder / "cluster" / "postmaster.pid").read_text().split()[0])
        process.send_signal(signal.SIGKILL)
    assert _ends(server)
    assert _goes(folder)


def test_it_skips_aloud_without_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv(browser.SETTING, raising=False)
    with pytest.raises(pytest.skip.Exception, match=browser.ABSENT):
        browser.chromium_path()


def test_it_fails_without_a_browser_where_one_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv(browser.SETTING, "browser")
    with pytest.raises(pytest.fail.Exception, match=browser.ABSENT):
        browser.chromium_path()


def _ends(pid: int) -> bool:
    def alive() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True

    return _within(20, lambda: not alive())


def _goes(folder: Path) -> bool:
    return _within(5, lambda: not folder.exists())


def _within(seconds: float, true) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
