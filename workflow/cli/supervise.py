"""A small supervisor: starts programs in order, restarts what dies, stops them in reverse.

Each program has a process session of its own and holds a lifeline, so that it ends when the
supervisor is gone, however it went. Must be used from the main thread.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import structlog

import workflow
from workflow import lifeline

MOST_DEATHS = 10
WITHIN = 60.0
QUICK = 6.0
LONGEST_PAUSE = 1.0
LOOK_EVERY = 0.1
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A `license-desk` command to keep alive.

    `grace` is how many seconds it gets to stop; one in the `background` leaves the processor to
    the others when both want it; one that `waits` loads and begins at `release`.
    """

    name: str
    arguments: tuple[str, ...]
    grace: float = 10.0
    background: bool = False
    waits: bool = True


WORKER_GROUP = (
    Program(name="relay", arguments=("relay",), grace=4, background=True),
    Program(name="rq-worker", arguments=("rq-worker",), grace=12, background=True),
)


class GaveUp(Exception):
    """A program died so often that starting it again makes no sense."""


@dataclass(slots=True)
class _Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_DEATHS))


class Supervisor:
    """Keeps the programs alive until `stop`. `output` takes what they print; None is our own."""

    def __init__(self, programs: Sequence[Program], *, output: TextIO | None = None) -> None:
        self._children = [_Child(program) for program in programs]
        self._output = output
        self._read, self._write = os.pipe()
        self._go, self._hold_back = os.pipe()

    def load(self) -> None:
        """Start every program, in order; those that wait load and then wait for `release`."""
        for child in self._children:
            self._spawn(child)

    def release(self) -> None:
        """Let the programs begin."""
        os.close(self._hold_back)
        self._hold_back = -1

    def tend(self) -> None:
        """Bury the dead and start them again within a second; call it a few times a second.

        Raises GaveUp when one died quickly ten times in a minute. A SIGKILL from outside says
        nothing about the program and is not counted.
        """
        now = time.monotonic()
        for child in self._children:
            if child.process is None:
                if now >= child.start_at:
                    self._spawn(child)
            elif child.process.poll() is not None:
                self._bury(child, child.process, now)

    def stop(self) -> None:
        """Stop every program, the last started first, each within its grace."""
        for child in reversed(self._children):
            if child.process is not None:
                _end(child.process, child.program)
                child.process = None
        for end in (self._write, self._read, self._go, self._hold_back):
            with contextlib.suppress(OSError):
                os.close(end)

    def _spawn(self, child: _Child) -> None:
        child.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-P", "-m", "workflow.cli.main", *child.program.arguments],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,
            pass_fds=(self._read, self._go),
            preexec_fn=_step_back if child.program.background else None,  # noqa: PLW1509 - no threads
            env=self._environment(child.program),
        )
        child.started = time.monotonic()
        _log.info("started", program=child.program.name, pid=child.process.pid)

    def _environment(self, program: Program) -> dict[str, str]:
        pipes = {lifeline.PIPE: str(self._read)}
        if program.waits:
            pipes[lifeline.START] = str(self._go)
        return os.environ | pipes | {"PYTHONPATH": _import_path()}

    def _bury(self, child: _Child, process: subprocess.Popen[bytes], now: float) -> None:
        _log.warning("ended", program=child.program.name, pid=process.pid, code=process.returncode)
        _kill_group(process.pid)
        child.process = None
        if now - child.started < QUICK and process.returncode != -signal.SIGKILL:
            child.deaths.append(now)
        recent = [death for death in child.deaths if now - death < WITHIN]
        if len(recent) >= MOST_DEATHS:
            message = f"{child.program.name} ended {MOST_DEATHS} times within a minute"
            raise GaveUp(message)
        child.start_at = now + (min(0.1 * 2 ** len(recent), LONGEST_PAUSE) if recent else 0)


def _step_back() -> None:
    os.nice(10)


def _end(process: subprocess.Popen[bytes], program: Program) -> None:
    process.terminate()
    try:
        process.wait(program.grace)
    except subprocess.TimeoutExpired:
        _log.warning("killed", program=program.name, pid=process.pid)
    _kill_group(process.pid)
    process.wait()
    _log.info("stopped", program=program.name, pid=process.pid, code=process.returncode)


def _kill_group(leader: int) -> None:
    """What a program left behind in its process group goes with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _import_path() -> str:
    """Children import this very installation, not what lies in the current folder."""
    home = str(Path(workflow.__file__).parent.parent)
    given = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    return os.pathsep.join([home, *(path for path in given if path != home)])
