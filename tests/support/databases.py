"""Migrated databases for tests: one template per kind, a fresh copy for every test."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import Server
from workflow.storage.migrate import upgrade

Copies = Callable[[], str]


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite+pysqlite:///{path}"


def sqlite_copies(template: Path) -> Callable[[Path], str]:
    """Migrate `template` once; every call copies it to a new path."""
    upgrade(sqlite_url(template))

    def copy(path: Path) -> str:
        return sqlite_url(Path(shutil.copyfile(template, path)))

    return copy


@contextmanager
def postgres_copies(server: Server) -> Iterator[Copies]:
    """Migrate a template database once; every call copies it. All are dropped at the end."""
    template = _fresh_name()
    upgrade(server.create(template))
    made = [template]

    def copy() -> str:
        made.append(_fresh_name())
        return server.create(made[-1], template)

    try:
        yield copy
    finally:
        if server.lent:
            for name in made:
                server.drop(name)


def _fresh_name() -> str:
    return f"ld_test_{uuid.uuid4().hex[:16]}"
