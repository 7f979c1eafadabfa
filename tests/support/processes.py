"""Real processes for tests: our commands, and everything that descends from them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from workflow import lifeline

ROOT = Path(__file__).parents[2]


def wait_for(reached: Callable[[], object], what: str, *, within: float = 20) -> None:
    """Return when `reached()` is true; fail with `what` when it does not come true in time."""
    until = time.monotonic() + within
    while not reached():
        assert time.monotonic() < until, f"not within {within} s: {what}"
        time.sleep(0.03)


def descendants(pid: int) -> set[int]:
    """Every living process that descends from `pid`, by parentage."""
    parents = dict(_processes())
    found: set[int] = set()
    grown = {pid}
    while grown:
        grown = {child for child, parent in parents.items() if parent in grown} - found
        found |= grown
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that still run."""
    return pids & {pid for pid, _ in _processes()}


def command_line(pid: int) -> str:
    """What the process was started as; empty when it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """A folder whose name leaves room for a socket, removed with all that is in it."""
    folder = Path(tempfile.mkdtemp(prefix="ld-", dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The machine's environment with our settings and no others of ours."""
    kept = {name: value for name, value in os.environ.items() if "LICENSE_DESK" not in name}
    named = {f"LICENSE_DESK_{name}": value for name, value in settings.items()}
    return kept | named | {"PYTHONPATH": str(ROOT)}


@contextlib.contextmanager
def running(
    *arguments: str, settings: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[str]]:
    """`license-desk` with these arguments; at the end it and all it started are gone."""
    read, write = os.pipe()
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "workflow.cli.main", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            start_new_session=True,
            pass_fds=(read,),
            env=environment(settings) | {lifeline.PIPE: str(read)},
        )
    os.close(read)
    try:
        yield process
    finally:
        for pid in {*descendants(process.pid), process.pid}:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        os.close(write)


def _processes() -> Iterator[tuple[int, int]]:
    """Pid and parent of every process that is not a zombie."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
                if after_name[0] != "Z":
                    yield int(entry.name), int(after_name[1])
