"""Measure pages: each beside the same template rendered from what its view had in memory.

`python -m web.measuring URL --cases N`, a process of its own that `license-desk bench` starts on a
scratch database. Real and remembered answers take turns behind the same session, checks and frame,
so that what differs is what the view reads. One JSON document on standard output.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template

from web.access import permission_of
from web.app import create_app
from workflow.domain.acting import Moment
from workflow.services import accounts, board, crowding
from workflow.services.database import Database, open_database
from workflow.settings import Settings

ZONE = "Asia/Shanghai"
PASSWORD = "measured only, 测量专用"  # noqa: S105 - of accounts in a scratch database
HANDLERS = 199
"""Handlers that share the open cases, some fifty each of a hundred thousand; a prime number, so
that each has cases of every state."""
ROUNDS, WARM = 15, 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: medians in milliseconds, size in bytes."""

    page_ms: float
    memory_ms: float
    size: int


def measure(database: Database, folder: Path, cases: int, moment: Moment) -> dict[str, Measured]:
    """Fill an empty database with a crowd, then measure every page in turn."""
    with database.transaction() as tx:
        for n, role in enumerate(("handler", "manager", "auditor"), 1):
            accounts.add(tx, f"bench{n}", role, PASSWORD, name=f"示例{n}")
    handlers = ("1", *(str(100 + n) for n in range(1, HANDLERS)))
    number = crowding.fill(database, cases, moment.today, handlers)
    board.refresh(database, lambda: moment)
    app = _app(database, folder, moment)
    clients = {login: _sign_in(app, login) for login in ("bench1", "bench2", "bench3")}
    pages = {
        "worklist": ("bench1", "/work"),
        "case": ("bench1", f"/cases/{number}"),
        "dashboard": ("bench2", "/dashboard"),
        "register": ("bench1", "/licenses"),
        "trail": ("bench3", "/audit"),
        "search": ("bench1", "/search?q=slrq77"),
    }
    return {name: _one(app, clients[login], path) for name, (login, path) in pages.items()}


def _app(database: Database, folder: Path, moment: Moment) -> Flask:
    settings = Settings(
        data_dir=folder,
        database_url="unused",
        owner_database_url="unused",
        files_url=(folder / "files").as_uri(),
        secret_key="only for the time of one measurement",  # noqa: S106
        timezone=ZONE,
    )
    return create_app(settings, database, lambda: moment.at)


def _sign_in(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
    form = {"csrf_token": token[1] if token else "", "login": login, "password": PASSWORD}
    answer = client.post("/login", data=form)
    if answer.status_code != 302:  # noqa: PLR2004
        message = f"{login} could not sign in: {answer.status_code}"
        raise RuntimeError(message)
    return client


def _one(app: Flask, client: FlaskClient, path: str) -> Measured:
    """Real and remembered answers in turn; the first few warm caches and do not count."""
    template, context, size = _remember(app, client, path)
    with app.test_request_context(path):
        endpoint = app.url_map.bind("").match(path.partition("?")[0])[0]
    real = app.view_functions[endpoint]

    def remembered(**_: Any) -> str:  # noqa: ANN401 - whatever the address holds
        return template.render(context)

    remembered.permission = permission_of(app, endpoint)  # type: ignore[attr-defined]
    times: dict[Callable[..., Any], list[float]] = {real: [], remembered: []}
    try:
        for _ in range(ROUNDS + WARM):
            for view, found in times.items():
                app.view_functions[endpoint] = view
                found.append(_timed(client, path))
    finally:
        app.view_functions[endpoint] = real
    page, memory = (statistics.median(found[WARM:]) * 1000 for found in times.values())
    return Measured(round(page, 1), round(memory, 1), size)


def _remember(app: Flask, client: FlaskClient, path: str) -> tuple[Template, dict[str, Any], int]:
    """What the view handed to its template."""
    seen: list[tuple[Template, dict[str, Any]]] = []

    def note(_: Flask, template: Template, context: dict[str, Any], **__: Any) -> None:  # noqa: ANN401
        seen.append((template, dict(context)))

    with template_rendered.connected_to(note, app):
        answer = client.get(path)
    if answer.status_code != 200 or not seen:  # noqa: PLR2004
        message = f"{path} answered {answer.status_code}"
        raise RuntimeError(message)
    return (*seen[-1], len(answer.data))


def _timed(client: FlaskClient, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    taken = time.perf_counter() - begun
    if answer.status_code != 200:  # noqa: PLR2004
        message = f"{path} answered {answer.status_code}"
        raise RuntimeError(message)
    return taken


def told(found: Mapping[str, Measured]) -> dict[str, dict[str, float]]:
    """As JSON: medians and size by page."""
    return {
        name: {
            "page_ms": one.page_ms,
            "memory_ms": one.memory_ms,
            "bytes": one.size,
        }
        for name, one in found.items()
    }


def main(url: str, cases: int) -> None:
    """Measure on this empty database and print what was found."""
    database = open_database(url)
    moment = Moment.of(datetime.now(UTC), ZONE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(json.dumps(told(measure(database, Path(folder), cases, moment))))
    finally:
        database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
