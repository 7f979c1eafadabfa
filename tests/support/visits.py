"""Visiting pages as a person does: sign in, read, fill in the forms that are there, send them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import cast as people
from tests.support.cast import PASSWORD, Cast, gather, moment
from web.app import create_app
from workflow.services.database import Database
from workflow.settings import Settings


@dataclass
class Form:
    """One form of a page as it stands: where it goes and what it would send untouched."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: list[str] = field(default_factory=list)

    def filled(self, changes: dict[str, Any]) -> dict[str, list[Any]]:
        """What it sends with some answers changed; a name it does not have is a mistake."""
        unknown = set(changes) - self.names
        assert not unknown, f"{self.action} has no field {unknown}; it has {sorted(self.names)}"
        sent: dict[str, list[Any]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        for name, value in changes.items():
            sent[name] = value if isinstance(value, list) else [value]
        return sent


class _Forms(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None
        self._area: str | None = None
        self._words = ""
        self._within = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(Form(given.get("action") or "", given.get("method") or "get"))
            self._within = True
        elif self._within:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str | None]) -> None:
        form, name = self.forms[-1], given.get("name")
        if name:
            form.names.add(name)
        if tag == "input" and name:
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked and given.get("type") != "file":
                form.fields.append((name, given.get("value") or ""))
        elif tag == "select" and name:
            self._select = name
            form.fields.append((name, ""))
        elif tag == "option" and self._select and "selected" in given:
            form.fields[-1] = (self._select, given.get("value") or "")
        elif tag == "textarea" and name:
            self._area, self._words = name, ""

    def handle_data(self, text: str) -> None:
        if self._area:
            self._words += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._within = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            self.forms[-1].fields.append((self._area, self._words.removeprefix("\n")))
            self._area = None


def forms_of(text: str) -> list[Form]:
    """The forms of a page, in their order."""
    return _Forms(text).forms


class Visit:
    """One person at the desk; `page` is what they look at now."""

    def __init__(self, app: Flask, login: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.page: TestResponse = self.client.get("/login")
        self.send("/login", login=login, password=PASSWORD)
        assert self.page.status_code == 302, self.page.text

    def open(self, path: str) -> TestResponse:
        """Go to an address."""
        self.page = self.client.get(path, buffered=True)
        return self.page

    def form(self, action: str) -> Form:
        """The form of this page whose address ends like that."""
        forms = forms_of(self.page.text)
        found = [form for form in forms if urlsplit(form.action).path.endswith(action)]
        assert found, f"no form to {action} on this page; there are {[f.action for f in forms]}"
        return found[-1]

    def send(self, action: str, /, **answers: Any) -> TestResponse:
        """Fill in a form of this page, send it, and look at the answer."""
        self.page = self.post(self.form(action), **answers)
        return self.page

    def post(self, form: Form, /, **answers: Any) -> TestResponse:
        """Send a form that was on a page, filled in; the page in sight stays."""
        sent = form.filled(answers)
        if form.method.lower() == "get":
            return self.client.get(form.action, query_string=sent)
        answer = self.client.post(form.action, data=sent)
        answer.request.input_stream.close()
        return answer

    def follow(self) -> TestResponse:
        """Go where the answer points."""
        assert self.page.status_code in (302, 303), self.page.text[:3000]
        return self.open(self.page.location)

    @property
    def words(self) -> str:
        """The page in sight without its tags, one space between words."""
        text = re.sub(r"<(script|style|svg).*?</\1>", " ", self.page.text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def pass_all(reviewer: Visit, number: str) -> None:
    """Look at a whole pack and pass every item of it."""
    reviewer.open(f"/reviews/{number}")
    if f"/reviews/{number}/rest" in reviewer.page.text:
        reviewer.send(f"/reviews/{number}/rest", seen="1")
    else:  # one item is left, and it is passed by itself
        points = re.findall(r'name="points" value="([^"]+)"', reviewer.page.text)
        [code] = re.findall(rf"/reviews/{number}/items/([A-Z-]+)", reviewer.page.text)[:1]
        reviewer.send(f"/reviews/{number}/items/{code}", points=points, verdict="pass")
    assert reviewer.page.status_code == 303, reviewer.words
    reviewer.follow()


@dataclass
class Office:
    """The cast with an application to visit."""

    app: Flask
    cast: Cast
    database: Database
    folder: Path
    rings: list[int]

    def visit(self, login: str = "wang") -> Visit:
        """Somebody signs in."""
        return Visit(self.app, login)

    def on(self, day: date) -> Office:
        """The same desk on another day."""
        return replace(self, app=_app(self.database, self.folder, self.rings, day))

    @property
    def kept(self) -> list[Path]:
        """Every file in the folder of accepted files, whatever it is called."""
        return sorted(path for path in (self.folder / "files").rglob("*") if path.is_file())


def open_office(database: Database, folder: Path, day: date = people.TODAY) -> Office:
    """An application over a fresh, migrated database, at nine in the morning of the cast's day."""
    rings: list[int] = []
    return Office(
        _app(database, folder, rings, day), gather(database, day), database, folder, rings
    )


def _app(database: Database, folder: Path, rings: list[int], day: date) -> Flask:
    settings = Settings(
        data_dir=folder,
        database_url="unused",
        owner_database_url="unused",
        files_url=(folder / "files").as_uri(),
        secret_key="a key that only tests know, long enough",  # noqa: S106
    )
    app = create_app(settings, database, lambda: moment(day).at, ring=lambda: rings.append(1))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True)
    return app
