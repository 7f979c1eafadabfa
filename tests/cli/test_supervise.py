"""The supervisor: what dies is started again, what cannot live is given up loudly."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.support.processes import alive, descendants, wait_for
from workflow.cli import supervise
from workflow.cli.supervise import GaveUp, Program, Supervisor

WAITING = Program(name="broker", arguments=("broker",), grace=5, waits=False)
HOPELESS = Program(name="hopeless", arguments=("no-such-command",))


@pytest.fixture
def log(tmp_path):
    with (tmp_path / "log").open("a") as file:
        yield file


@pytest.fixture
def supervised(tmp_path, monkeypatch, log):
    monkeypatch.setenv("LICENSE_DESK_DATA_DIR", str(tmp_path / "data"))
    supervisor = Supervisor([WAITING], output=log)
    supervisor.load()
    yield supervisor
    supervisor.stop()


def whole_family():
    """A broker's own process and its server."""
    found = descendants(os.getpid())
    return found if len(found) == 2 else set()


def test_it_starts_a_killed_program_again_and_leaves_nothing_of_the_first(supervised):
    wait_for(whole_family, "the broker is up")
    first = whole_family()
    os.kill(min(first), signal.SIGKILL)

    def replaced():
        supervised.tend()
        return whole_family() and not whole_family() & first

    wait_for(replaced, "a new one")
    assert not alive(first)


def test_it_stops_what_it_started(supervised):
    wait_for(whole_family, "the broker is up")
    first = whole_family()
    supervised.stop()
    assert not alive(first)


def test_it_gives_up_a_program_that_keeps_dying(monkeypatch, log):
    monkeypatch.setattr(supervise, "LONGEST_PAUSE", 0.01)
    supervisor = Supervisor([HOPELESS], output=log)
    supervisor.load()
    supervisor.release()

    def tend():
        supervisor.tend()
        time.sleep(0.01)

    with pytest.raises(GaveUp, match="hopeless ended 10 times within a minute"):
        wait_for(tend, "giving up")
    supervisor.stop()
