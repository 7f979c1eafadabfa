"""A desk without a database: accounts in a dictionary, a clock the test turns."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Blueprint, abort, request

from web.access import needs, open_to_all
from web.app import create_app
from web.components import add_components
from workflow.domain.acting import Actor
from workflow.domain.errors import BadInput, KeyReused, NotFound, NotOffered, StaleCase
from workflow.domain.procedure import Role, Text

MORNING = datetime(2026, 3, 18, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Settings:
    secret_key: str = "a key that only tests know, long enough"
    base_url: str | None = None
    trusted_proxies: int = 0
    timezone: str = "Asia/Shanghai"
    language: str = "zh"
    redis_url: str | None = None


@dataclass(frozen=True)
class Person:
    login: str
    name: str
    role: Role
    password: str = "正确的密码"
    active: bool = True

    @property
    def uniquifier(self):
        return f"uniq-{self.login}"


@dataclass
class People:
    """The account functions a desk needs, over a dictionary."""

    by_name: dict[str, Person] = field(default_factory=dict)

    def by_login(self, _session, login):
        return self.by_name.get(login)

    def by_uniquifier(self, _session, uniquifier):
        return next((p for p in self.by_name.values() if p.uniquifier == uniquifier), None)

    def password_fits(self, account, password):
        return account.password == password

    def actor(self, _session, account):
        return Actor(account.login, account.name, account.role)


class NoDatabase:
    @contextmanager
    def reading(self):
        yield None

    transaction = reading


@dataclass
class Clock:
    at: datetime = MORNING

    def __call__(self):
        return self.at

    def pass_time(self, **amount):
        self.at += timedelta(**amount)


def people():
    cast = (
        Person("wang", "王芳", Role.HANDLER),
        Person("li", "李强", Role.REVIEWER),
        Person("zhao", "赵敏", Role.MANAGER),
        Person("zhou", "周静", Role.AUDITOR),
        Person("gone", "陈伟", Role.HANDLER, active=False),
    )
    return People({person.login: person for person in cast})


trials = Blueprint("trials", __name__, url_prefix="/trials")


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


ERRORS = {
    "stale": lambda: StaleCase(7, "李强"),
    "not-offered": NotOffered,
    "bad-input": lambda: BadInput("on", Text("提交日期不能晚于今天", "Not after today")),
    "not-found": NotFound,
    "key-reused": KeyReused,
    "crash": lambda: RuntimeError("the password is 1234"),
}


@trials.get("/error/<kind>")
@open_to_all
def fail(kind):
    if kind.isdigit():
        abort(int(kind))
    raise ERRORS[kind]()


def make_app(clock, settings=None):
    app = create_app(settings or Settings(), NoDatabase(), clock, accounts=people())
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    app.register_blueprint(trials)
    add_components(app)
    return app


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def app(clock):
    return make_app(clock)


@pytest.fixture
def client(app):
    return app.test_client()


def token_of(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def sign_in(client, login="wang", password="正确的密码", **more):
    page = client.get("/login")
    form = {"csrf_token": token_of(page), "login": login, "password": password}
    return client.post("/login", data=form | more)


@pytest.fixture
def handler(client):
    assert sign_in(client).status_code == 302
    return client


__all__ = ["Settings", "make_app", "replace", "sign_in", "token_of"]
