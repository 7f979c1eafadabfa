"""Every page of the desk as somebody sees it, kept with its status: read once, looked at often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Route
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.support.crawl import Links, pages
from tests.support.visits import Form, forms_of

ORIGIN = "http://localhost"
_HIDDEN = {"csrf_token", "once", "rows", "kind", "next"}
_PLACES = re.compile(r"<(\w+)(?:[^>]*? class=\"([^\"]*)\")?")


@dataclass(frozen=True)
class Sight:
    """One answer: who asked for what, and what stood there."""

    who: str
    address: str
    status: int
    text: str
    headers: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.who} {self.status} {self.address}"

    @property
    def parts(self) -> set[object]:
        """Its address kind and what it is made of: a page with nothing new needs no second look."""
        kind = re.sub(r"[A-Z]+-[\w-]+|\d[\w-]*", "0", urlsplit(self.address).path)
        return {(kind, self.status), *_PLACES.findall(self.text)}


def sight(who: str, address: str, answer: TestResponse) -> Sight:
    return Sight(who, address, answer.status_code, answer.text, dict(answer.headers))


def reached(app: Flask, client: FlaskClient, who: str, start: str = "/") -> Iterator[Sight]:
    """Every kind of page that links lead to, two of a kind."""
    for address, found in pages(app, start):
        answer = client.get(address, buffered=True)
        if answer.status_code in (302, 303) and answer.location:
            found.append(answer.location)
        elif answer.mimetype == "text/html":
            found.extend(Links(answer.text).found)
            yield sight(who, address, answer)


def refused(app: Flask, client: FlaskClient, seen: list[Sight]) -> Iterator[Sight]:
    """Each form of these pages sent twice: with nothing filled in, and from a stale page."""
    tried: set[tuple[object, frozenset[str]]] = set()
    for place in seen:
        for form in forms_of(place.text):
            where = form.action or place.address
            kind = _posted_to(app, where)
            if (
                form.method.lower() != "post"
                or kind is None
                or (kind, frozenset(form.names)) in tried
            ):
                continue
            tried.add((kind, frozenset(form.names)))
            for sent in (_emptied(form), _stale(form)):
                answer = (
                    client.post(
                        where, data=sent, headers={"Referer": ORIGIN + place.address}, buffered=True
                    )
                    if sent
                    else None
                )
                if answer and answer.mimetype == "text/html" and answer.status_code >= 400:
                    yield sight(place.who, urlsplit(where).path, answer)


def _posted_to(app: Flask, address: str) -> str | None:
    try:
        view, _ = app.url_map.bind("localhost").match(urlsplit(address).path, "POST")
    except HTTPException:
        return None  # a form of an error page: nothing is posted there
    return None if view in ("security.logout", "security.login") else view


def _emptied(form: Form) -> dict[str, Any]:
    return {
        name: value if name in _HIDDEN or name == "version" else "" for name, value in form.fields
    }


def _stale(form: Form) -> dict[str, Any]:
    sent = dict(form.fields)
    return sent | {"version": "0"} if "version" in sent else {}


def serve(
    context: BrowserContext, client: FlaskClient, shown: dict[str, Sight], said: list[str]
) -> None:
    """Answer the browser: the page to be looked at as it was kept, all else by this client.

    What goes to another host is refused, and told in `said`. Files of the desk's own are kept.
    """
    kept_files: dict[str, TestResponse] = {}

    def answer(route: Route) -> None:
        address = route.request.url
        if not address.startswith(ORIGIN):
            said.append(f"asks another host: {address}")
            route.abort()
        elif route.request.is_navigation_request() and "now" in shown:
            kept = shown["now"]
            route.fulfill(status=kept.status, headers=kept.headers, body=kept.text)
        else:
            asked = {k: v for k, v in route.request.headers.items() if k.startswith("hx-")}
            given = kept_files.get(address) or client.get(
                address.removeprefix(ORIGIN), headers=asked, buffered=True
            )
            if "/static/" in address:
                kept_files[address] = given
            route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.data)

    context.route("**/*", answer)
