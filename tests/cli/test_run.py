"""`license-desk run` as a whole: one group of processes that starts, lives and ends together."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.support.processes import (
    alive,
    command_line,
    descendants,
    environment,
    running,
    short_folder,
    wait_for,
)
from workflow.cli.main import outcome
from workflow.cli.run import address, is_loopback

PROGRAMS = ("broker", "relay", "rq-worker", "scheduler", "web")
START_WITHIN = 60
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is refused or read, never bound


@pytest.fixture
def port():
    """A port that was free a moment ago, below those given out at random."""
    for candidate in range(8100 + os.getpid() % 1000, 32000):
        with socket.socket() as tried, contextlib.suppress(OSError):
            tried.bind(("127.0.0.1", candidate))
            return candidate
    raise AssertionError


@pytest.fixture
def folder():
    """A data folder that is not there yet."""
    with short_folder() as made:
        yield made / "data"


def start(stack, folder, port, *options):
    """Start a run and wait until it says where it is; its process and what it printed."""
    log = folder.parent / "run.out"
    log.unlink(missing_ok=True)
    process = stack.enter_context(
        running("run", "--port", str(port), *options, settings={"DATA_DIR": str(folder)}, log=log)
    )

    def announced():
        assert process.poll() is None, log.read_text()
        return "Ctrl-C" in log.read_text()

    wait_for(announced, "the address", within=START_WITHIN)
    return process, log


def again(folder, port):
    """Another `run` on the same folder; it is expected to end at once."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "workflow.cli.main", "run", "--port", str(port)],
        check=False,
        capture_output=True,
        text=True,
        env=environment({"DATA_DIR": str(folder), "LANGUAGE": "en"}),
        timeout=30,
    )


def child(run, name):
    """The pid of a running program of the group."""
    found = [
        pid for pid in descendants(run.pid) if f"workflow.cli.main {name}" in command_line(pid)
    ]
    return min(found, default=None)


def events(folder, name):
    """The programs of the supervisor's log lines with this event, in order."""
    lines = (folder / "license-desk.log").read_text().splitlines()
    parsed = [json.loads(line) for line in lines if line.startswith("{")]
    return [line["program"] for line in parsed if line["event"] == name and "program" in line]


def test_it_runs_as_one_group_and_stops_in_order(folder, port):
    with contextlib.ExitStack() as stack:
        run, log = start(stack, folder, port)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert answer.status == 200
        assert f"http://127.0.0.1:{port}" in log.read_text()
        wait_for(lambda: all(child(run, name) for name in PROGRAMS), "every program")

        refused = again(folder, port + 1)
        assert refused.returncode == 2
        assert refused.stderr.count("\n") == 1
        assert f"process {run.pid}" in refused.stderr
        assert f":{port}," in refused.stderr

        worker = child(run, "rq-worker")
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: child(run, "rq-worker") not in {None, worker}, "a new worker", within=5)

        family = descendants(run.pid)
        run.terminate()
        assert run.wait(30) == 0
        assert not alive(family)
    assert events(folder, "stopped") == ["web", "scheduler", "rq-worker", "relay", "broker"]


def test_a_killed_run_leaves_nobody_behind_and_the_next_one_starts(folder, port):
    with contextlib.ExitStack() as stack:
        run, _ = start(stack, folder, port)
        wait_for(lambda: all(child(run, name) for name in PROGRAMS), "every program")
        family = descendants(run.pid)
        assert len(family) > len(PROGRAMS)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        wait_for(lambda: not alive(family), "no orphan", within=10)
        run, _ = start(stack, folder, port)
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 0


def test_a_taken_port_is_one_line_and_exit_2(folder, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        refused = again(folder, port)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "--port" in refused.stderr


def test_the_demo_stays_on_this_machine(capsys):
    assert outcome(["run", "--demo", "--host", EVERYWHERE]) == 2
    assert "--demo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        (EVERYWHERE, False),
        ("::", False),
        ("192.168.1.5", False),
        ("desk.example.cn", False),
        ("localhost.example.cn", False),
    ],
)
def test_it_knows_what_only_this_machine_can_reach(host, loopback):
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        (EVERYWHERE, "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("::", "http://[::1]:8080"),
    ],
)
def test_it_shows_an_address_a_browser_can_open(host, shown):
    assert address(host, 8080) == shown
