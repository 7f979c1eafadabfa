"""The status dashboard's figures: counted at the edge of a job, read back by the page.

A view is whose cases (scope, handler), which procedure and how many weeks. Its content is plain
JSON, so that a page is one keyed read however many cases there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment, Scope
from workflow.services import board_figures, courses
from workflow.services.desk import case_scope
from workflow.storage import roll_ups
from workflow.storage.board import Choice
from workflow.storage.database import Database
from workflow.storage.rows import compact

PERIODS = (4, 13, 26, 52)
"""Weeks a person may choose."""
USUAL = 26
EVERY = timedelta(minutes=15)
STALE = timedelta(hours=1)
ATTENDED = timedelta(hours=24)
"""A view nobody looked at for so long is no longer kept fresh."""
FORGOTTEN = timedelta(days=30)
MARK = '{"handler":'
"""How the key of every view of the dashboard begins."""
STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class View:
    """What the figures are of; empty handler or procedure is all."""

    scope: Scope
    handler: str = ""
    procedure: str = ""
    weeks: int = USUAL

    @property
    def key(self) -> str:
        """The view as it is stored."""
        companies = self.scope.companies
        return compact(
            {
                "scope": None if companies is None else sorted(companies),
                "handler": self.handler,
                "procedure": self.procedure,
                "weeks": self.weeks,
            }
        )

    @classmethod
    def of_key(cls, key: str) -> View:
        """The view that a key names."""
        told = json.loads(key)
        companies = told.pop("scope")
        return cls(Scope(None if companies is None else frozenset(companies)), **told)

    @property
    def choice(self) -> Choice:
        """As the storage is asked."""
        return Choice(self.scope, self.handler, self.procedure)


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of one view and when they were counted; `stale` after an hour."""

    content: Mapping[str, Any]
    at: datetime
    stale: bool


def view_of(actor: Actor, *, handler: str = "", procedure: str = "", weeks: int = USUAL) -> View:
    """A view inside the actor's own scope."""
    return View(case_scope(actor), handler, procedure, weeks if weeks in PERIODS else USUAL)


def read(session: Session, view: View, moment: Moment) -> tuple[Board | None, bool]:
    """The figures kept for a view, or None; True when the look has to be noted."""
    found = roll_ups.find(session, view.key)
    if found is None:
        return None, False
    content, computed, looked = found
    at = datetime.strptime(computed, STAMP).replace(tzinfo=UTC)
    noted = looked < replace(moment, at=moment.at - STALE).stamp
    return Board(json.loads(content), at, moment.at - at > STALE), noted


def open_board(database: Database, view: View, moment: Moment) -> Board:
    """The figures of a view; counted now when nobody has asked for it before."""
    with database.reading() as session:
        board, unnoted = read(session, view, moment)
    if board is None:
        return Board(count(database, view, moment), moment.at, stale=False)
    if unnoted:
        with database.transaction() as tx:
            roll_ups.look(tx, view.key, at=moment.stamp)
    return board


def count(database: Database, view: View, moment: Moment) -> Mapping[str, Any]:
    """Count a view anew and keep it."""
    with database.reading() as session:
        content = board_figures.figures(session, view.choice, view.weeks, moment)
    text = compact(content)
    with database.transaction() as tx:
        roll_ups.keep(tx, view.key, text, at=moment.stamp)
    told: Mapping[str, Any] = json.loads(text)
    return told


def refresh(database: Database, now: Callable[[], Moment]) -> int:
    """Every quarter of an hour: follow the cases, then count every view in use; how many."""
    courses.follow(database, now())
    moment = now()
    with database.transaction() as tx:
        roll_ups.drop_before(tx, replace(moment, at=moment.at - FORGOTTEN).stamp)
    with database.reading() as session:
        since = replace(moment, at=moment.at - ATTENDED).stamp
        keys = roll_ups.looked_at_since(session, since, MARK)
    for key in keys:
        _refresh_one(database, View.of_key(key), now())
    return len(keys)


def _refresh_one(database: Database, view: View, moment: Moment) -> None:
    with database.reading() as session:
        content = board_figures.figures(session, view.choice, view.weeks, moment)
    with database.transaction() as tx:
        roll_ups.renew(tx, view.key, compact(content), at=moment.stamp)
