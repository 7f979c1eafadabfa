"""The supervisor: what dies is started again, what cannot live is given up loudly."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.support.processes import alive, descendants, short_folder, wait_for
from workflow.cli import supervise
from workflow.cli.supervise import GaveUp, Program, Supervisor

WAITING = Program(name="broker", arguments=("broker",), grace=5, waits=False)
HOPELESS = Program(name="hopeless", arguments=("no-such-command",))


@pytest.fixture
def log(tmp_path):
    with (tmp_path / "log").open("a") as file:
        yield file


@pytest.fixture
def others():
    """What descends from this process already, on behalf of other tests."""
    return descendants(os.getpid())


@pytest.fixture
def family(others):
    """The broker's own process and its server, once both are there; asked for by calling it."""

    def both():
        found = descendants(os.getpid()) - others
        return found if len(found) == 2 else set()

    return both


@pytest.fixture
def supervised(family, monkeypatch, log):
    """A supervisor with a broker that is up."""
    with short_folder() as folder:
        monkeypatch.setenv("LICENSE_DESK_DATA_DIR", str(folder))
        supervisor = Supervisor([WAITING], output=log)
        supervisor.load()
        wait_for(family, "the broker is up")
        yield supervisor
        supervisor.stop()


def test_it_starts_a_killed_program_again_and_leaves_nothing_of_the_first(supervised, family):
    first = family()
    os.kill(min(first), signal.SIGKILL)

    def replaced():
        supervised.tend()
        return family() and not family() & first

    wait_for(replaced, "a new one")
    wait_for(lambda: not alive(first), "the end of the first and all it started")


def test_it_stops_what_it_started(supervised, family):
    first = family()
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
