"""Fixtures every test may ask for: both databases, a Valkey, a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import flask
import pytest
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser
from sqlalchemy import make_url
from werkzeug.routing import Rule

from tests.support import browser as browsers
from tests.support import postgres, valkey
from tests.support.databases import Copies, postgres_copies, sqlite_copies
from workflow.storage.database import Database, open_database


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every test makes an application of its own; compiling its templates anew took most time.

    The workers of one run lie side by side and share what is compiled.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            flask.Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(folder))}
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _addresses_compiled_once() -> Iterator[None]:
    """A sixth of the time of a page test went into compiling the same routes for its own app."""
    compiled: dict[object, object] = {}
    compile_builder = Rule._compile_builder  # noqa: SLF001 - there is no public way to keep them

    def builder(rule: Rule, append_unknown: bool = True) -> object:
        key = (rule.rule, rule.host, rule.subdomain, repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", builder)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server; there being none is a failure, never a skip."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def _postgres_copies(postgres_server: postgres.Server) -> Iterator[Copies]:
    with postgres_copies(postgres_server) as copy:
        yield copy


@pytest.fixture(scope="session")
def _sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    return sqlite_copies(tmp_path_factory.mktemp("template") / "desk.db")


@pytest.fixture
def postgres_url(_postgres_copies: Copies, postgres_server: postgres.Server) -> Iterator[str]:
    """The address of a fresh, migrated PostgreSQL database, dropped after the test."""
    url = _postgres_copies()
    yield url
    postgres_server.drop(make_url(url).database or "")


@pytest.fixture
def sqlite_url(_sqlite_copies: Callable[[Path], str], tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite database."""
    return _sqlite_copies(tmp_path / "desk.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of each kind in turn: the same test runs on both."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database of each kind in turn, fresh and migrated."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _valkey_server() -> Iterator[str]:
    with valkey.running() as url:
        yield url


@pytest.fixture
def valkey_url(_valkey_server: str) -> str:
    """The address of a Valkey that holds nothing yet."""
    valkey.empty(_valkey_server)
    return _valkey_server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once for the tests of a file; each opens a context of its own."""
    with browsers.launched() as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what a green line would hide."""
    if browsers.was_skipped(terminalreporter.stats.get("skipped", [])):
        terminalreporter.section(browsers.ABSENT, yellow=True)
