"""The trail: who did what under which rule, whether the chain holds, and a check on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from werkzeug.exceptions import NotFound

from web import audit_export, downloads, saved_views, side_bar
from web.access import current_actor, needs
from web.bookmarks import pass_over
from web.case_as_was import as_was
from web.downloads import Leaving
from web.forms import Answers
from web.keys import page_key
from web.ports import desk, now, ring
from web.trail_filters import Filters, as_typed, people, read_filters
from web.trail_places import broken_place, head_words, tail_words
from web.trail_words import entries, one_entry
from web.writes import instant
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.services import (
    accounts,
    break_evidence,
    long_work,
    trail_finder,
    trail_kinds,
    trail_state,
)
from workflow.services.long_kinds import KINDS
from workflow.services.trail_finder import MOST_COUNTED, Found, Wanted
from workflow.services.trail_state import TrailState
from workflow.services.trail_work import VERIFY

pages = Blueprint("audit", __name__)
pages.add_url_rule("/audit/<int:event_id>/case", view_func=as_was)
pages.add_url_rule("/audit/export", "ask_export", audit_export.ask)
pages.add_url_rule("/audit/export", "export", audit_export.export, methods=["POST"])
pages.add_url_rule("/audit/evidence", "evidence", audit_export.evidence, methods=["POST"])
READERS = (Role.AUDITOR, Role.MANAGER)
ALL = "all"


@pages.get("/audit")
@needs(*READERS)
def index() -> ResponseReturnValue:
    """The card of the chain and one page of entries, filtered by the address.

    An entry is folded until it is asked for: by `open` in the address, or as a piece by htmx.
    """
    return _page()


@pages.get("/audit/<int:event_id>")
@needs(*READERS)
def one(event_id: int) -> ResponseReturnValue:
    """The address of one event: the trail with it unfolded, where the reader may see it."""
    with desk().database.reading() as session:
        wanted = Wanted(desk().settings.timezone, event_id=event_id)
        if not trail_finder.find(session, current_actor(), wanted, limit=1).page.events:
            raise NotFound
    place = {"before": event_id + 1, "open": event_id}
    return redirect(url_for(".index", **place, _anchor=f"e{event_id}"), 303)  # type: ignore[arg-type]


@pages.post("/audit/print")
@needs(*READERS)
def to_print() -> ResponseReturnValue:
    """This page with everything unfolded, to print: an extract that the trail knows of."""
    with desk().database.reading() as session:
        filters = read_filters(form := Answers(request.args), session)
        if form.errors:
            return redirect(as_typed(), 303)
        found = trail_finder.find(
            session, current_actor(), filters.wanted, turn=filters.turn, of=filters.of
        )
    downloads.tell(Leaving("trail_print", len(found.page.events), downloads.asked()))
    if request.headers.get("HX-Request"):  # the browser's own menu prints what is there
        return "", 204
    return redirect(f"{filters.here}open={ALL}#h-found", 303)


@pages.post("/audit/views")
@needs(*READERS)
def save_view() -> ResponseReturnValue:
    """Keep the filters as they stand under a name."""
    return _after_view(saved_views.save(saved_views.TRAIL_LIST))


@pages.post("/audit/views/<int:view_id>")
@needs(*READERS)
def change_view(view_id: int) -> ResponseReturnValue:
    """Rename or remove a view of one's own."""
    return _after_view(saved_views.change(saved_views.TRAIL_LIST, view_id))


def _after_view(found: Answers | str) -> ResponseReturnValue:
    return redirect(found, 303) if isinstance(found, str) else _page(found)


def _page(view_form: Answers | None = None) -> ResponseReturnValue:
    """The page; with the form of a view that could not be kept."""
    wanted_open = request.args.get("open", "")
    if request.headers.get("HX-Request") and (event_id := page_key(wanted_open)) is not None:
        return _unfolded(event_id)
    form = Answers(request.args)
    with desk().database.reading() as session:
        filters = read_filters(form, session)
        if filters.subject.looked_up:
            return redirect(filters.address(open=wanted_open or None), 303)
        reader, wanted = current_actor(), filters.wanted
        everybody = accounts.everybody(session)
        found = total = None
        sorted_out: Mapping[str, int] = {}
        if not (filters.subject.unknown or form.errors):
            found, total, sorted_out = trail_finder.find_counted(
                session, reader, wanted, turn=filters.turn, of=filters.of,
                names={str(one.id): (one.name, one.role) for one in everybody},
            )  # fmt: skip
        if found and found.gone and wanted_open != str((filters.of or 0) - 1):
            pass_over(filters.turn, str(filters.of))  # else: a link to the newest event
        shown = {str(event.id) for event in found.page.events} if found else set()
        if wanted_open not in ("", ALL) and wanted_open not in shown:
            pass_over("open", wanted_open)
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
            people=(known := people(everybody)),
            kinds=trail_kinds.KINDS,
            risks=trail_kinds.RISKS,
            sorted_out=sorted_out,
            chips=filters.chips(known),
            opened=wanted_open,
            all_open=ALL,
            export=url_for(".ask_export", **filters.query()),
            **_views(session, filters),
            view_form=view_form,
            me=reader,
            **_of_chain(session),
        )
    return page, 422 if form.errors or view_form else 200


def _views(session: Session, filters: Filters) -> dict[str, Any]:
    """The saved views of the trail as links, and the filters in force as a view would keep them."""
    asked = saved_views.TRAIL_LIST
    here = asked.kept(urlencode(filters.query(), doseq=True))
    views = side_bar.beside(session).trail
    links = [
        (saved_views.typed(v.name), asked.address(v.query), None, v.query == here) for v in views
    ]
    mine = [view for view in views if str(view.account_id) == current_actor().id]
    return {"views": views, "view_links": links, "view_query": here, "view_mine": mine}


def _unfolded(event_id: int) -> str:
    """What one entry holds, for htmx."""
    with desk().database.reading() as session:
        filters = read_filters(Answers(request.args), session)
        entry = one_entry(session, event_id)
    return render_template("audit/opened.html", entry=entry, event=entry.event, filters=filters)


@pages.get("/audit/chain")
@needs(*READERS)
def chain() -> ResponseReturnValue:
    """The card of the chain alone: it asks for itself again while a verification is under way."""
    if not request.headers.get("HX-Request"):
        return redirect(url_for(".index", _anchor="chain"), 303)
    with desk().database.reading() as session:
        return render_template("audit/chain_card.html", **_of_chain(session))


@pages.post("/audit/verify")
@needs(*READERS)
def verify() -> ResponseReturnValue:
    """Ask for a verification of the whole trail; one that is under way is enough."""
    published = [str(desk().settings.checkpoint_path)]
    with desk().database.transaction() as tx:
        newest = long_work.newest(tx, VERIFY, now())
        if newest is None or not newest.live:
            given = {"published": published}
            long_work.ask(tx, VERIFY, given, actor=current_actor(), moment=now())
    ring()
    return redirect(url_for(".index", _anchor="chain"), 303)


def _state(session: Session) -> TrailState:
    settings = desk().settings
    return trail_state.of(
        session, now(), zone=settings.timezone, published=settings.checkpoint_path
    )


def _of_chain(session: Session) -> dict[str, Any]:
    """What the card of the chain is told."""
    state = _state(session)
    broken = state.check.verdict.place if state.check else ""
    whole = current_actor().scope.companies is None
    return {
        "neighbors": break_evidence.neighbors(session, broken) if broken and whole else [],
        "may_take_evidence": whole,
        "state": state,
        "kind": KINDS[VERIFY],
        "off_system_set": (set_up := desk().settings.checkpoint_file is not None),
        "chain_head": head_words(state.head),
        "chain_tail": tail_words(state, set_up=set_up),
        "label": catalogue.label_of,
        "instant": instant,
        "place": broken_place(state.check),
    }


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
