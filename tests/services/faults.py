"""Faults on purpose: something happens after the n-th statement the driver executed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.support.cast import Cast
from workflow.storage import statements
from workflow.storage.database import open_database


class PlantedError(Exception):
    """Something nobody foresaw."""


class _Cursor:
    def __init__(self, cursor: Any, count: list[int], fault: Callable[[], None], nth: int) -> None:
        self._cursor, self._count, self._fault, self._nth = cursor, count, fault, nth

    def execute(self, *given: Any) -> Any:
        done = self._cursor.execute(*given)
        self._count[0] += 1
        if self._count[0] == self._nth:
            self._fault()
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class _Connection:
    def __init__(self, connection: Any, *fault: Any) -> None:
        self._connection, self._fault = connection, fault

    def cursor(self) -> _Cursor:
        return _Cursor(self._connection.cursor(), *self._fault)


@contextmanager
def after_statement(nth: int, fault: Callable[[], None]) -> Iterator[list[int]]:
    """Let `fault` happen after the n-th statement; yields how many there were so far."""
    count, driver = [0], statements.driver_of  # the one place every statement passes
    statements.driver_of = lambda session: _Connection(driver(session), count, fault, nth)
    try:
        yield count
    finally:
        statements.driver_of = driver


def raise_planted() -> None:
    """A defect in our own code."""
    raise PlantedError


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(cast: Cast, act: Callable[[Cast], Any], nth: int) -> bool:
    """Run `act` in a process that is killed after the n-th statement; False if it outlived that."""
    url = cast.database.engine.url.render_as_string(hide_password=False)
    pid = os.fork()
    if pid == 0:
        try:
            with after_statement(nth, _die):
                act(replace(cast, database=open_database(url)))
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False
