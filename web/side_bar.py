"""Beside every page: how much waits, a person's own views with their counts, the last cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Flask, Response, g, request
from flask_security import current_user
from sqlmodel import Session

from web.access import current_actor
from web.links import list_link
from web.ports import desk, now
from web.worklist_filters import KEPT, wanted_of
from workflow.domain.procedure import Role
from workflow.services import own_views, worklists
from workflow.services.own_views import Beside, Opened, View

READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
LONGEST = 100


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A saved view as a link, with how many cases it holds now."""

    view: View
    address: str
    count: int
    mine: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside the page; `waits` counts by endpoint of the destination."""

    views: tuple[ViewLine, ...]
    recent: tuple[Opened, ...]
    waits: Mapping[str, int]


def asked_of(query: str) -> dict[str, str]:
    """The filters of a saved address, only those the worklist knows."""
    return {k: v[:LONGEST] for k, v in parse_qsl(query) if k in KEPT and v}


def beside(session: Session) -> Beside:
    """What stands beside this page before its views are counted; read once."""
    if "beside" not in g:
        g.beside = own_views.beside(session, current_actor(), now())
    found: Beside = g.beside
    return found


def side() -> Side:
    """The side bar of this page, read once."""
    if "side" not in g:
        if not current_user.is_authenticated:
            return Side((), (), {})
        with desk().database.reading() as session:
            views = beside(session).views
            many = [wanted_of(asked_of(view.query), named=False) for view in views]
            counts = worklists.counts(session, current_actor(), now(), many) if many else []
        keep_side(counts)
    found: Side = g.side
    return found


def keep_side(counts: Iterable[int]) -> Side:
    """The side bar where a page has counted the views of `beside` itself."""
    found: Beside = g.beside
    lines = tuple(map(_line, found.views, counts))
    waits = {
        "worklist.show": found.due,
        "reviews.index": found.packs,
        "messages.index": found.unread,
    }
    g.side = Side(lines, tuple(found.recent), waits)
    side: Side = g.side
    return side


def _line(view: View, count: int) -> ViewLine:
    asked = asked_of(view.query)
    return ViewLine(
        view,
        list_link("worklist.show", asked),
        count,
        mine=str(view.account_id) == current_actor().id,
        here=request.endpoint in ("worklist.show", "worklist.root") and _filters() == asked,
    )


def _filters() -> Mapping[str, str]:
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def note_visit(response: Response) -> Response:
    """After a case page: it is the one opened last. Nothing is written while that is known."""
    number = (request.view_args or {}).get("number")
    seen = request.endpoint == "cases.show" and response.status_code == 200  # noqa: PLR2004
    if seen and number and current_user.is_authenticated and current_actor().role in READERS:
        last = side().recent[:1]
        if not last or last[0].number != number or not last[0].known:
            with desk().database.transaction() as tx:
                own_views.opened(tx, current_actor(), now(), number)
    return response


def add_side_bar(app: Flask) -> None:
    app.after_request(note_visit)
    app.jinja_env.globals.update(side=side)
