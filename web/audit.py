"""The trail: who did what under which rule, whether the chain holds, and a check on demand."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_as_was import as_was
from web.forms import Answers
from web.ports import desk, now
from web.trail_filters import Filters, people, read_filters
from web.trail_words import entries
from web.writes import instant
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.services import trail, trail_finder, trail_kinds
from workflow.services.trail_finder import MOST_COUNTED, Found

pages = Blueprint("audit", __name__)
pages.add_url_rule("/audit/<int:event_id>/case", view_func=as_was)
READERS = (Role.AUDITOR, Role.MANAGER)


@pages.get("/audit")
@needs(*READERS)
def index() -> ResponseReturnValue:
    """The card of the chain and one page of entries, filtered by the address."""
    form = Answers(request.args)
    with desk().database.reading() as session:
        filters = read_filters(form, session)
        reader, wanted = current_actor(), filters.wanted
        found = total = None
        if not filters.subject.unknown:
            found = trail_finder.find(session, reader, wanted, turn=filters.turn, of=filters.of)
            total = trail_finder.count(session, reader, wanted)
        page = render_template(
            "audit/index.html",
            form=form,
            filters=filters,
            found=found,
            entries=entries(found.page, found.marks, found.around) if found else [],
            total=total,
            most=MOST_COUNTED,
            older=_older(filters, found),
            newer=_newer(filters, found),
            check=trail.last_check(session),
            people=people(session),
            kinds=trail_kinds.KINDS,
            risks=trail_kinds.RISKS,
            chips=filters.chips(session),
            label=catalogue.label_of,
            instant=instant,
        )
    return page, 422 if form.errors else 200


@pages.post("/audit/verify")
@needs(*READERS)
def verify() -> ResponseReturnValue:
    """Verify the whole trail now and keep what came out, good or bad."""
    with desk().database.reading() as session:
        verdict = trail.verify(session)
    with desk().database.transaction() as tx:
        trail.keep(tx, verdict, now())
    return redirect(url_for(".index", did="verified"), 303)


def _older(filters: Filters, found: Found | None) -> str | None:
    """The address of the next page: older entries, or on from where a long search stopped."""
    if found is None:
        return None
    if found.reached and filters.turn not in ("after", "last"):
        return filters.address(before=found.reached[1])
    events = found.page.events
    return filters.address(before=events[-1].id) if found.older and events else None


def _newer(filters: Filters, found: Found | None) -> str | None:
    """The address of the page before: newer entries."""
    if found is None:
        return None
    if found.reached and filters.turn in ("after", "last"):
        return filters.address(after=found.reached[1])
    events = found.page.events
    return filters.address(after=events[0].id) if found.newer and events else None
