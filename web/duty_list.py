"""What licenses owe beside their renewal: every duty by its next reminder, one keyed page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from web.access import current_actor, needs
from web.bookmarks import a_day_and_row, carries
from web.duty_words import DutyLine, duty_line, new_case_link
from web.escalated import escalated_to
from web.keys import day_key
from web.license_page import READERS, WRITERS
from web.links import list_link
from web.ports import desk, now
from web.writes import fresh_key
from workflow.law import catalogue
from workflow.services import duties_due
from workflow.services.portfolio import PAGE, Held


@dataclass(frozen=True, slots=True)
class Row:
    """One duty of one license."""

    held: Held
    duty: DutyLine


@needs(*READERS)
@carries({"duty": catalogue.labels("duty"), "after": a_day_and_row})
def show() -> str:
    """One page of licenses with something to do, their duties by day."""
    actor, after = current_actor(), day_key(request.args.get("after"))
    kind = request.args.get("duty", "")
    with desk().database.reading() as session:
        page = duties_due.page(session, actor, now().today, after=after)
        escalated = escalated_to(session, actor)
    rows = [
        Row(held, duty_line(run, page.calendar))
        for held in page.found
        for run in held.duties
        if not kind or run.code == kind
    ]
    return render_template(
        "licenses/duties.html",
        rows=sorted(rows, key=lambda row: (row.duty.run.due_on, row.held.line.id)),
        escalated=escalated,
        duty=kind,
        duties=list(catalogue.labels("duty").items()),
        paged=after is not None,
        first=list_link("licenses.duties", {"duty": kind}),
        following=list_link("licenses.duties", {"duty": kind, "after": page.next})
        if len(page.found) == PAGE
        else None,
        may_write=actor.role in WRITERS,
        link=new_case_link,
        fresh_key=fresh_key,
    )
