"""The pulse of an open page: unread messages, when the session ends, what changed elsewhere."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import EVERYBODY, current_actor, may_open, needs
from web.kept_forms import own_page
from web.keys import page_key
from web.ports import desk
from web.sessions import minutes_left
from workflow.services import activity

pages = Blueprint("pulse", __name__)
WARNED = 5
"""Minutes before the end of a session from which it is told (WCAG 2.2.1)."""


@pages.get("/pulse")
@needs(*EVERYBODY)
def show() -> ResponseReturnValue:
    """What a page asks for every minute. Asking does not prolong the session."""
    return _beat()


@pages.get("/stay")
@needs(*EVERYBODY)
def stay() -> ResponseReturnValue:
    """Prolong the session by being asked for; without script, back to the page it was on."""
    if "HX-Request" in request.headers:
        return _beat()
    return redirect(own_page() or url_for("shell.home"), 303)


def newest_event() -> int:
    """The last event a page can know of."""
    with desk().database.reading() as session:
        return activity.newest(session)


def _beat() -> str:
    actor, since = current_actor(), page_key(request.args.get("since"))
    with desk().database.reading() as session:
        return render_template(
            "pulse/show.html",
            minutes=minutes_left(),
            warned=WARNED,
            unread=activity.unread(session, actor) if may_open("messages.index") else 0,
            moved=activity.moved(session, actor, since) if since is not None else 0,
            page=request.headers.get("HX-Current-URL", ""),
        )


pages.add_app_template_global(newest_event)
