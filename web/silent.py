"""Authorities that did not answer in time: the list, and the draft of a letter for each case."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.access import current_actor, needs
from web.bookmarks import a_day_and_row, carries
from web.keys import day_key
from web.ports import desk, now
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.services import silences
from workflow.services.reminder_letter import draft

pages = Blueprint("silent", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)


@pages.get("/silent")
@needs(*READERS)
@carries({"after": a_day_and_row})
def index() -> str:
    """Cases whose authority let a limit pass, the longest wait first."""
    after = day_key(request.args.get("after"))
    with desk().database.reading() as session:
        found = silences.page(session, current_actor(), now(), after)
    return render_template(
        "silent/index.html",
        found=found.silences,
        paged=after is not None,
        following=f"{found.after[0]}.{found.after[1]}" if found.after else None,
    )


@pages.get("/silent/<number>")
@needs(*READERS)
def letter(number: str) -> str:
    """A letter to print or copy; nothing is sent from here."""
    with desk().database.reading() as session:
        found = silences.of_case(session, current_actor(), number, now())
    return render_template(
        "silent/letter.html",
        silence=found,
        case=found.case,
        letter=draft(found, now().today),
        label=catalogue.label_of,
    )
