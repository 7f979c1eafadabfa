"""The `run` command: broker, worker, scheduler and web as one group, on one data folder."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from workflow.cli.folder import FolderLock
from workflow.cli.supervise import LOOK_EVERY, WORKER_GROUP, GaveUp, Program, Supervisor
from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text
from workflow.lifeline import StopRequest
from workflow.logs import to_json_lines
from workflow.secret_key import secret_key
from workflow.services.doorbell import broker_url
from workflow.settings import Settings, prepare_folder

LOG_NAME = "license-desk.log"
LARGEST_LOG = 20 * 1024 * 1024
PATIENCE_AFTER_A_KILL = 10.0
Accounts = Sequence[tuple[str, str, str]]
"""Login, role and password of each demo account."""


class CannotRun(DeskError):
    """The desk cannot run like this."""

    code = "CANNOT-RUN"


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--demo", is_flag=True, help="Demo accounts and cases; only on this machine.")
def command(host: str, port: int, demo: bool) -> None:
    """Start everything, print the address, and stop it in order on Ctrl-C or SIGTERM."""
    if demo and not is_loopback(host):
        raise CannotRun(
            Text(
                f"--demo 的口令会打印出来，只能在本机使用，不能监听 {host}",
                f"--demo prints its passwords and stays on this machine; not on {host}",
            )
        )
    settings = Settings.from_env(os.environ)
    lock = FolderLock(prepare_folder(settings))
    lock.take(address(host, port))
    try:
        secret_key(settings)  # asked for here, where a missing one is one clear line
        _await_port(host, port, PATIENCE_AFTER_A_KILL if lock.left_behind else 0)
        with _log_file(settings.data_dir) as log:
            to_json_lines(settings.log_level, "run", log)
            _supervise(settings, host=host, port=port, demo=demo, log=log)
    finally:
        lock.give_back()


def _supervise(settings: Settings, *, host: str, port: int, demo: bool, log: TextIO) -> None:
    """The programs load while the database is prepared, and begin when it is ready."""
    stopping = StopRequest()
    broker_url(settings.redis_url, settings.data_dir)  # settles where the socket is, for everybody
    supervisor = Supervisor(programs(settings, host, port), output=log)
    try:
        supervisor.load()
        accounts = _prepare(settings, demo=demo)
        supervisor.release()
        said = False
        while not stopping():
            supervisor.tend()
            if not said and _answers(host, port):
                said = True
                _announce(host, port, accounts)
            time.sleep(LOOK_EVERY)
        click.echo("stopping …" if settings.language == "en" else "正在停止……")
    except GaveUp as error:
        raise CannotRun(Text(f"{error}，详见 {log.name}", f"{error}; see {log.name}")) from error
    finally:
        supervisor.stop()


def programs(settings: Settings, host: str, port: int) -> list[Program]:
    """What runs, in the order of starting; the broker only where no address is configured."""
    web = ("web", "--host", host, "--port", str(port))
    group = [
        Program(name="broker", arguments=("broker",), grace=8, waits=False),
        *WORKER_GROUP,
        Program(name="scheduler", arguments=("scheduler",), grace=8, background=True),
        Program(name="web", arguments=web, grace=12),
    ]
    return group[1:] if settings.redis_url else group


def is_loopback(host: str) -> bool:
    """True when only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://{f'[{here}]' if ':' in here and here[0] != '[' else here}:{port}"


def _await_port(host: str, port: int, patience: float) -> None:
    """Refuse a port that is taken; right after a kill, wait for the dying group to let it go."""
    until = time.monotonic() + patience
    while True:
        try:
            _try_port(host, port)
        except OSError as error:
            if time.monotonic() < until:
                time.sleep(0.2)
                continue
            reason = error.strerror or str(error)
            raise CannotRun(
                Text(
                    f"不能在 {host}:{port} 上监听（{reason}），请用 --port 换一个端口",
                    f"cannot listen on {host}:{port} ({reason}); choose another with --port",
                )
            ) from error
        else:
            return


def _try_port(host: str, port: int) -> None:
    family, kind, protocol, _, where = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(where)
        tried.listen(1)


def _prepare(settings: Settings, *, demo: bool) -> Accounts:
    """Bring the schema up, see that it guards the trail, and with `demo` fill it.

    What this needs is loaded here, after the programs have begun to load.
    """
    from workflow.services.database import open_database, upgrade  # noqa: PLC0415
    from workflow.services.guarding import refuse_unguarded  # noqa: PLC0415

    upgrade(settings.owner_database_url)
    refuse_unguarded(settings.database_url)
    if not demo:
        return ()
    from workflow.cli.demo import prepare  # noqa: PLC0415

    database = open_database(settings.database_url)
    try:
        return prepare(database, settings)
    finally:
        database.close()


def _log_file(data_dir: Path) -> TextIO:
    path = data_dir / LOG_NAME
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    path.touch(mode=0o600)
    return path.open("a", encoding="utf-8")


def _answers(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"{address(host, port)}/healthz", timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _announce(host: str, port: int, accounts: Accounts) -> None:
    click.echo(f"许可办理台 License Desk: {address(host, port)}")
    for login, role, password in accounts:
        click.echo(f"  {login:<12} {role:<10} {password}")
    click.echo("Ctrl-C 停止 / to stop")
    sys.stdout.flush()
