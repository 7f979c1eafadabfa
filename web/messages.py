"""The inbox: what happened and what falls due for this person, newest first; marking it read."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import EVERYBODY, current_actor, needs
from web.bookmarks import a_row, carries
from web.case_words import deadline_name
from web.keys import page_key
from web.ports import desk, now
from web.writes import instant
from workflow.law import catalogue
from workflow.law.breaks import in_words
from workflow.services import lists
from workflow.services.long_kinds import KINDS

pages = Blueprint("messages", __name__)


@pages.get("/messages")
@needs(*EVERYBODY)
@carries({"before": a_row})
def index() -> str:
    """One page of the inbox."""
    before = page_key(request.args.get("before"))
    with desk().database.reading() as session:
        found = lists.messages(session, current_actor(), before=before)
        return render_template(
            "messages/index.html",
            messages=found,
            sentence=lambda action: catalogue.label_of("event", action),
            deadline_name=deadline_name,
            in_words=in_words,
            kinds=KINDS,
            instant=instant,
            paged=before is not None,
            following=found[-1].id if len(found) == lists.PAGE else None,
        )


@pages.post("/messages/read")
@needs(*EVERYBODY)
def mark_read() -> ResponseReturnValue:
    """Mark one message read, or with no `message` all of them; back to the same page."""
    message = page_key(request.form.get("message"))
    with desk().database.transaction() as tx:
        lists.mark_read(tx, current_actor(), now(), message)
    return redirect(url_for(".index", before=page_key(request.form.get("before"))), 303)
