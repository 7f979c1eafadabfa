"""Runs one server and ends it, and its folder, when the process that asked for it is gone.

Usage: python keeper.py FOLDER SIGNAL ACCOUNT COMMAND...   (ACCOUNT `-` is the caller's own)

The caller holds the other end of this process's standard input. When that closes, because the
caller closed it or was killed, the server gets SIGNAL, and FOLDER is removed after it.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 20


@contextlib.contextmanager
def kept(
    command: list[str], *, folder: Path, stop: signal.Signals, account: str | None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server under a keeper of its own; at the end both are gone, and `folder` too."""
    with (folder / "server.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-I", __file__, str(folder), stop.name, account or "-", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield keeper
    finally:
        keeper.stdin.close()
        keeper.wait(2 * PATIENCE)


def identity(account: str | None) -> dict[str, object]:
    """What `subprocess` needs to run something as `account`; nothing for the own one."""
    if account is None:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _keep(folder: str, stop: signal.Signals, account: str | None, command: list[str]) -> int:
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=folder, **identity(account))
    threading.Thread(target=_end_with_caller, args=(server, stop), daemon=True).start()
    code = server.wait()
    shutil.rmtree(folder, ignore_errors=True)
    return code


def _end_with_caller(server: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    # not through sys.stdin: a buffered reader held by a daemon thread breaks the interpreter's end
    while os.read(0, 1024):
        pass
    server.send_signal(stop)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    where, how, who, *what = sys.argv[1:]
    sys.exit(_keep(where, signal.Signals[how], None if who == "-" else who, what))
