"""What the pages are handed when the program starts: settings, database, clock, accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from flask import current_app, g
from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.procedure import Role


class Settings(Protocol):
    """The settings the pages read; `workflow.settings.Settings` has them all."""

    @property
    def secret_key(self) -> str | None: ...
    @property
    def base_url(self) -> str | None: ...
    @property
    def trusted_proxies(self) -> int: ...
    @property
    def timezone(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def redis_url(self) -> str | None: ...


class Database(Protocol):
    """Opens sessions. A page that only looks uses `reading`."""

    def transaction(self) -> AbstractContextManager[Session]: ...
    def reading(self) -> AbstractContextManager[Session]: ...


class Account(Protocol):
    """One person who may sign in. `uniquifier` changes when every open session must end."""

    @property
    def login(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def active(self) -> bool: ...
    @property
    def uniquifier(self) -> str: ...


class Accounts(Protocol):
    """The functions of `workflow.services.accounts` that signing in needs."""

    def by_login(self, session: Session, login: str, /) -> Account | None: ...
    def by_uniquifier(self, session: Session, uniquifier: str, /) -> Account | None: ...
    def password_fits(self, account: Account, password: str, /) -> bool: ...
    def actor(self, session: Session, account: Account, /) -> Actor: ...


Badges = Callable[[Session, Actor, Moment], Mapping[str, int]]


@dataclass(frozen=True)
class Desk:
    """Everything a view may reach. `badges` counts what waits, by endpoint, for the side bar."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    accounts: Accounts
    badges: Badges | None = None


def desk() -> Desk:
    """The desk of the running application."""
    return cast("Desk", current_app.extensions["license_desk"])


def now() -> Moment:
    """The moment of this request; one request sees one moment."""
    if "moment" not in g:
        g.moment = Moment.of(desk().clock(), desk().settings.timezone)
    return cast("Moment", g.moment)
