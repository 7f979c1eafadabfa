"""`license-desk web`: refuses in one line, serves with several processes, stops in order."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest

from tests.support.desk_process import free_port
from tests.support.processes import (
    alive,
    descendants,
    environment,
    running,
    short_folder,
    wait_for,
)
from tests.support.visits import open_office
from web.command import WORKERS, create_production_app
from workflow.services import sequencing
from workflow.services.database import open_database, upgrade


@pytest.fixture
def folder():
    with short_folder() as path:
        yield path


def web(folder, port, language="zh"):
    """The command as a person would type it, when it is expected to end at once."""
    settings = {"DATA_DIR": str(folder), "LANGUAGE": language}
    return subprocess.run(
        [sys.executable, "-m", "workflow.cli.main", "web", "--port", str(port)],
        capture_output=True, text=True, check=False, timeout=60, env=environment(settings),
    )  # fmt: skip


def migrated(folder):
    upgrade(f"sqlite+pysqlite:///{folder / 'desk.db'}")


def status(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


@pytest.mark.parametrize(
    ("language", "says"),
    [("zh", "请先运行 license-desk migrate"), ("en", "run license-desk migrate")],
)
def test_it_refuses_a_database_that_was_not_migrated(folder, language, says):
    done = web(folder, free_port(), language)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_it_refuses_a_port_that_is_taken(folder):
    migrated(folder)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = web(folder, taken.getsockname()[1])
    assert done.returncode == 2
    assert "请用 --port 换一个端口" in done.stderr
    assert done.stderr.count("\n") == 1


def test_it_serves_and_stops_in_order(folder):
    migrated(folder)
    port, log = free_port(), folder / "log"
    settings = {"DATA_DIR": str(folder)}
    with running("web", "--port", str(port), settings=settings, log=log) as process:
        wait_for(lambda: status(port, "/healthz") == 200, "the pages answer")
        assert status(port, "/readyz") == 200
        assert status(port, "/login") == 200
        assert status(port, "/companies") == 200  # after being sent to sign in
        assert status(port, "/login?q=" + "%E9%95%BF" * 800) == 200  # a long Chinese address
        wait_for(lambda: len(descendants(process.pid)) == WORKERS, "every worker is there")
        workers = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert not alive(workers)
    assert "Traceback" not in log.read_text("utf-8")


def test_it_makes_the_application_with_everything_it_needs(folder, monkeypatch):
    migrated(folder)
    for name, value in environment({"DATA_DIR": str(folder)}).items():
        monkeypatch.setenv(name, value)
    app = create_production_app()
    ports = app.extensions["license_desk"]
    assert ports.ring() is None  # nobody listens; a ring is never an error
    assert ports.clock().tzinfo is not None
    assert not app.testing
    ports.database.close()


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def test_it_is_ready_only_with_a_current_schema(office):
    client = office.app.test_client()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.text) == (200, "")
    with office.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_it_tells_operators_how_far_sealing_is_behind(office):
    office.cast.open_case()
    told = dict(
        line.rsplit(" ", 1)
        for line in office.app.test_client().get("/metrics").text.splitlines()
        if not line.startswith("#")
    )
    waiting = float(told["license_desk_trail_waiting_events"])
    assert waiting == float(told["license_desk_trail_unsealed_events"]) > 0
    sequencing.catch_up(office.database)
    told = office.app.test_client().get("/metrics").text
    assert "\nlicense_desk_trail_waiting_events 0\n" in told
    assert f"\nlicense_desk_trail_unsealed_events {waiting:.0f}\n" in told


def test_it_is_alive_without_a_database_and_not_ready(office, tmp_path):
    lost = open_database(f"sqlite+pysqlite:///{tmp_path}/no/such/folder/desk.db")
    office.app.extensions["license_desk"] = type(office.app.extensions["license_desk"])(
        office.app.extensions["license_desk"].settings, lost, lambda: datetime.now(UTC)
    )
    client = office.app.test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "")
    assert client.get("/metrics").status_code == 503
    lost.close()
