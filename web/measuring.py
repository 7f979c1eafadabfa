"""Measure pages: each beside the same template rendered from what its view had in memory.

`python -m web.measuring URL CASES …`, a process of its own that `license-desk bench` starts on
scratch databases. Real and remembered answers take turns behind the same session, checks and frame,
so that what differs is what the view reads. One JSON document on standard output.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.test import TestResponse

from web.access import permission_of
from web.app import create_app
from workflow.domain.acting import Moment
from workflow.services import accounts, board, crowding
from workflow.services.database import Database, open_database
from workflow.settings import Settings

ZONE = "Asia/Shanghai"
PASSWORD = "measured only, 测量专用"  # noqa: S105 - of accounts in a scratch database
CASES_EACH = 500
"""Of each handler, a tenth of them open: a list of fifty however many cases there are."""
ROUNDS, WARM = 15, 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: medians in milliseconds, size in bytes."""

    page_ms: float
    memory_ms: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one desk: who asks for it, and what its view put into its template."""

    app: Flask
    client: FlaskClient
    path: str
    endpoint: str
    template: Template
    context: dict[str, Any]
    size: int


def prepare(database: Database, folder: Path, cases: int, moment: Moment) -> dict[str, Page]:
    """Fill an empty database with a crowd; every page that is measured, asked for once."""
    with database.transaction() as tx:
        for n, role in enumerate(("handler", "manager", "auditor"), 1):
            accounts.add(tx, f"bench{n}", role, PASSWORD, name=f"示例{n}")
    others = max(0, cases // CASES_EACH - 2)  # in all no multiple of the states that take turns
    handlers = ("1", *(str(100 + n) for n in range(others)))
    number = crowding.fill(database, cases, moment.today, handlers)
    board.refresh(database, lambda: moment)
    return pages_of(_app(database, folder, moment), number)


def pages_of(app: Flask, number: str) -> dict[str, Page]:
    """Every page that is measured; `number` is the case that is looked at."""
    clients = {login: _sign_in(app, login) for login in ("bench1", "bench2", "bench3")}
    pages = {
        "worklist": ("bench1", "/work"),
        "case": ("bench1", f"/cases/{number}"),
        "dashboard": ("bench2", "/dashboard"),
        "register": ("bench1", "/licenses"),
        "trail": ("bench3", "/audit"),
        "search": ("bench1", "/search?q=slrq77"),
    }
    return {name: _page(app, clients[login], path) for name, (login, path) in pages.items()}


def measure(desks: Mapping[str, Mapping[str, Page]]) -> dict[str, dict[str, Measured]]:
    """By desk and page. All desks, and what is read and what is remembered, take turns."""
    found: dict[str, dict[str, Measured]] = {desk: {} for desk in desks}
    for name in next(iter(desks.values())):
        times: dict[tuple[str, bool], list[float]] = {}
        for _ in range(ROUNDS + WARM):
            for desk, pages in desks.items():
                for real in (True, False):
                    times.setdefault((desk, real), []).append(_timed(pages[name], real=real))
        for desk, pages in desks.items():
            page, memory = (
                round(statistics.median(times[desk, real][WARM:]) * 1000, 1)
                for real in (True, False)
            )
            found[desk][name] = Measured(page, memory, pages[name].size)
    return found


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


def _page(app: Flask, client: FlaskClient, path: str) -> Page:
    """The page with what its view handed to its template."""
    seen: list[tuple[Template, dict[str, Any]]] = []

    def note(_: Flask, template: Template, context: dict[str, Any], **__: Any) -> None:  # noqa: ANN401
        seen.append((template, dict(context)))

    with template_rendered.connected_to(note, app):
        answer = _answered(client, path)
    with app.test_request_context(path):
        endpoint = app.url_map.bind("").match(path.partition("?")[0])[0]
    return Page(app, client, path, endpoint, *seen[-1], len(answer.data))


def _timed(page: Page, *, real: bool) -> float:
    """Seconds for one answer: by its view, or by its template alone with what is remembered."""
    views = page.app.view_functions
    view = views[page.endpoint]

    def remembered(**_: Any) -> str:  # noqa: ANN401 - whatever the address holds
        return page.template.render(page.context)

    remembered.permission = permission_of(page.app, page.endpoint)  # type: ignore[attr-defined]
    views[page.endpoint] = view if real else remembered
    try:
        begun = time.perf_counter()
        _answered(page.client, page.path)
        return time.perf_counter() - begun
    finally:
        views[page.endpoint] = view


def _answered(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path)
    if answer.status_code != 200:  # noqa: PLR2004
        message = f"{path} answered {answer.status_code}"
        raise RuntimeError(message)
    return answer


def main(given: Sequence[str]) -> None:
    """Measure on these empty databases, each with its number of cases; print what was found."""
    moment = Moment.of(datetime.now(UTC), ZONE)
    with ExitStack() as held:
        desks = {}
        for url, cases in zip(given[::2], given[1::2], strict=True):
            database = open_database(url)
            held.callback(database.close)
            folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
            desks[cases] = prepare(database, folder, int(cases), moment)
        found = measure(desks)
    told = {
        desk: {name: asdict(one) for name, one in pages.items()} for desk, pages in found.items()
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
