"""Saving a list as it stands under a name; renaming and removing what was saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from markupsafe import Markup

from web.access import current_actor
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.side_bar import LONGEST, asked_of
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Role, Text
from workflow.services import own_views

_NAME = Text("视图名称", "the name of the view")
LONGEST_NAME = 40
TRAIL = ("first", "last", "actor", "about", "action", "kind", "risk")
_MOST = 30


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be kept: its place, the filters it knows, where it is shown."""

    place: str
    kept: Callable[[str], str]
    endpoint: str
    anchor: str | None = None

    def address(self, query: str) -> str:
        """The list with these filters."""
        mark = f"#{self.anchor}" if self.anchor else ""
        return url_for(self.endpoint) + (f"?{query}" if query else "") + mark


def typed(name: str) -> Markup:
    """What somebody typed, in a page of either language."""
    return Markup('<span lang="zh-CN">{}</span>').format(name)


def _trail_query(query: str) -> str:
    """The filters the trail knows; a kind of event or a risk may be named several times."""
    pairs = [(k, v[:LONGEST]) for k, v in parse_qsl(query) if k in TRAIL and v]
    return urlencode(pairs[:_MOST])


WORK_LIST = Listing("work", lambda query: urlencode(asked_of(query)), "worklist.show")
TRAIL_LIST = Listing("trail", _trail_query, "audit.index", "h-found")


def save(listing: Listing) -> Answers | str:
    """Keep the posted view; the address it is at, or the form with what is wrong with it."""
    form = Answers(request.form, {"name": _NAME})
    query = listing.kept(form.typed("query"))
    shared = form.ticked("shared") and current_actor().role is Role.MANAGER
    name = form.line("name", limit=LONGEST_NAME)
    try:
        form.check()
        with desk().database.transaction() as tx:
            own_views.save(
                tx, current_actor(), now(), name or "", query, shared=shared, place=listing.place
            )
    except BadInput as error:
        form.take(error)
        return form
    except FormRefused:
        return form
    return listing.address(query)


def change(listing: Listing, view_id: int) -> Answers | str:
    """Rename a view, or remove it with the button of that name; the same answers as saving."""
    form = Answers(request.form, {"name": _NAME})
    address = listing.address(listing.kept(form.typed("query")))
    try:
        with desk().database.transaction() as tx:
            if form.ticked("remove"):
                own_views.remove(tx, current_actor(), view_id)
            else:
                name = form.line("name", limit=LONGEST_NAME)
                form.check()
                own_views.rename(tx, current_actor(), view_id, name or "")
    except NotFound:
        return address  # gone already: removed in another window
    except BadInput as error:
        form.take(error)
        return form
    except FormRefused:
        return form
    return address
