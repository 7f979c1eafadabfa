"""Below the destinations: a person's own views with their counts, the cases opened last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Flask, Response, g, request
from flask_security import current_user
from sqlmodel import Session

from web.access import current_actor
from web.links import list_link
from web.ports import desk, now
from web.worklist_filters import KEPT, wanted
from workflow.domain.procedure import Role
from workflow.services import own_views
from workflow.services.desk import Worklist, worklist
from workflow.services.own_views import Opened, View

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
    """What stands below the destinations."""

    views: tuple[ViewLine, ...]
    recent: tuple[Opened, ...]


def asked_of(query: str) -> dict[str, str]:
    """The filters of a saved address, only those the worklist knows."""
    return {k: v[:LONGEST] for k, v in parse_qsl(query) if k in KEPT and v}


def side() -> Side:
    """The side bar of this page, read once."""
    if "side" not in g:
        reads = current_user.is_authenticated and current_actor().role in READERS
        if reads:
            with desk().database.reading() as session:
                g.side = read_side(session)
        else:
            g.side = Side((), ())
    found: Side = g.side
    return found


def read_side(session: Session, work: Worklist | None = None) -> Side:
    """The same where a page has read its worklist already."""
    actor = current_actor()
    saved = own_views.views(session, actor)
    if saved and work is None:
        work = worklist(session, actor, now())
    lines = tuple(_line(view, work) for view in saved if work)
    g.side = Side(lines, tuple(own_views.recent(session, actor)))
    found: Side = g.side
    return found


def _line(view: View, work: Worklist) -> ViewLine:
    asked = asked_of(view.query)
    return ViewLine(
        view,
        list_link("worklist.show", asked),
        sum(wanted(entry, asked) for entry in work.entries),
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
