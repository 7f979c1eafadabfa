"""A desk with five people, and a clock the test turns."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Blueprint, abort, request

from tests.support import databases
from tests.support.visits import open_office
from web.access import needs, open_to_all
from web.app import create_app
from web.components import add_components
from workflow.domain.errors import BadInput, KeyReused, NotBuilt, NotFound, NotOffered, StaleCase
from workflow.domain.procedure import Role, Text
from workflow.services import accounts
from workflow.services.database import open_database
from workflow.settings import Settings

MORNING = datetime(2026, 3, 18, 1, 2, tzinfo=UTC)
PASSWORD = "correct horse 电池"  # noqa: S105 - of people who do not exist
CAST = (
    ("wang", "王芳", "handler"),
    ("li", "李强", "reviewer"),
    ("zhao", "赵敏", "manager"),
    ("zhou", "周静", "auditor"),
    ("admin", "管理员", "admin"),
)


class Clock:
    """The present, as long as the test does not turn it."""

    def __init__(self):
        self.at = MORNING

    def __call__(self):
        return self.at

    def turn(self, **amount):
        self.at += timedelta(**amount)


trials = Blueprint("trials", __name__, url_prefix="/trials")
ERRORS = {
    "stale": lambda: StaleCase(7, "李强"),
    "not-offered": NotOffered,
    "bad-input": lambda: BadInput("on", Text("提交日期不能晚于今天", "Not after today")),
    "not-found": NotFound,
    "key-reused": KeyReused,
    "not-built": NotBuilt,
    "crash": lambda: RuntimeError("the secret is 1234"),
}


@trials.get("/handlers")
@needs(Role.HANDLER)
def handlers():
    return "for handlers"


@trials.get("/undeclared")
def undeclared():
    return "nobody said who may see this"


@trials.post("/post")
@needs(Role.HANDLER)
def post():
    return "posted " + request.form.get("name", "")


@trials.get("/error/<kind>")
@open_to_all
def fail(kind):
    if kind.isdigit():
        abort(int(kind))
    error = ERRORS[kind]()
    raise error


@pytest.fixture(scope="session")
def _peopled(_sqlite_copies, tmp_path_factory):
    """A migrated database with the cast, copied for every test: hashing passwords takes time."""
    path = tmp_path_factory.mktemp("peopled") / "desk.db"
    database = open_database(_sqlite_copies(path))
    with database.transaction() as tx:
        for login, name, role in CAST:
            accounts.add(tx, login, role, PASSWORD, name=name)
    database.close()
    return path


@pytest.fixture
def database(_peopled, tmp_path):
    opened = open_database(
        databases.sqlite_url(Path(shutil.copyfile(_peopled, tmp_path / "web.db")))
    )
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make_app(database, clock, tmp_path):
    """Build the application with settings of the test's choice, and some pages to try it on."""

    def make(**chosen):
        settings = Settings(
            data_dir=tmp_path,
            database_url="unused",
            owner_database_url="unused",
            files_url="unused",
            secret_key="a key that only tests know, long enough",  # noqa: S106
            **chosen,
        )
        app = create_app(settings, database, clock)
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
        app.register_blueprint(trials)
        add_components(app)
        return app

    return make


@pytest.fixture
def app(make_app):
    return make_app()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def sign_in():
    """Fill in and send the sign-in form of a client."""

    def send(client, login="wang", password=PASSWORD, path="/login", **more):
        page = client.get(path)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        form = {"csrf_token": token, "login": login, "password": password}
        return client.post("/login", data=form | more)

    return send


@pytest.fixture
def handler(client, sign_in):
    """A client signed in as 王芳."""
    assert sign_in(client).status_code == 302
    return client


@pytest.fixture
def token():
    """A fresh CSRF token from a page of the client's own session."""

    def of(client):
        return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/more").text)[1]

    return of


@pytest.fixture
def office(database_url, tmp_path):
    """The whole cast at work, on each kind of database in turn."""
    opened = open_database(database_url)
    yield open_office(opened, tmp_path)
    opened.close()


@pytest.fixture
def one_office(sqlite_url, tmp_path):
    """The same over SQLite alone, for what a page shows or refuses before any statement."""
    opened = open_database(sqlite_url)
    yield open_office(opened, tmp_path)
    opened.close()
