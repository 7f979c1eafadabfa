"""Masked personal values shown once, for a reason: the trail knows before the person does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.forms import Answers, FormRefused
from web.headers import request_id
from web.i18n import language
from web.ports import desk, now
from web.trail_words import Entry, one_entry
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import account_acts, case_view, license_view, lists
from workflow.services.sealing import Request

pages = Blueprint("reveal", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)
_REASON = {"reason": Text("理由", "the reason")}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: values by label, or an event; `what` as the trail names it, and its client."""

    what: str
    about: str
    back: str
    company_id: int | None
    pairs: tuple[tuple[str, str | None], ...] = ()
    entry: Entry | None = None


@pages.route("/audit/<int:event_id>/reveal", methods=["GET", "POST"])
@needs(Role.AUDITOR, Role.MANAGER)
def event(event_id: int) -> ResponseReturnValue:
    """One event of the trail."""
    return _answer(lambda session: _event(session, event_id))


@pages.route("/companies/<int:company_id>/reveal", methods=["GET", "POST"])
@needs(*READERS)
def company(company_id: int) -> ResponseReturnValue:
    """The file of one client."""
    return _answer(lambda session: _company(session, company_id))


@pages.route("/cases/<number>/reveal", methods=["GET", "POST"])
@needs(*READERS)
def case(number: str) -> ResponseReturnValue:
    """One case: its client, and who is to be its representative."""
    return _answer(lambda session: _case(session, number))


@pages.route("/licenses/<int:license_id>/reveal", methods=["GET", "POST"])
@needs(*READERS)
def license_(license_id: int) -> ResponseReturnValue:
    """One license."""
    return _answer(lambda session: _license(session, license_id))


def _answer(read: Callable[[Session], Shown]) -> ResponseReturnValue:
    """The page with the values; the form, and nothing shown, without a reason."""
    form = Answers(request.form, _REASON)
    if request.method == "GET":
        with desk().database.reading() as session:
            return _page(read(session), form, asks=True)
    reason = form.line("reason", limit=_LONGEST)
    try:
        form.check()
    except FormRefused:
        with desk().database.reading() as session:
            return _page(read(session), form, asks=True), 422
    with desk().database.transaction() as tx:
        shown = read(tx)
        account_acts.revealed(
            tx, current_actor(), now(), Request(request_id()), what=shown.what,
            about=shown.about, reason=reason or "", company_id=shown.company_id,
        )  # fmt: skip
    return _page(shown, form)


def _page(shown: Shown, form: Answers, *, asks: bool = False) -> str:
    return render_template("reveal/show.html", shown=shown, form=form, here=request.path, asks=asks)


def _event(session: Session, event_id: int) -> Shown:
    entry = one_entry(session, event_id)
    back = url_for("audit.index", before=event_id + 1, open=event_id, _anchor=f"e{event_id}")
    company_id = entry.event.body.get("company_id")
    return Shown("event", f"#{event_id}", back, company_id, entry=replace(entry, full=True))


def _company(session: Session, company_id: int) -> Shown:
    facts = lists.client(session, current_actor(), company_id).facts
    back = url_for("companies.show", company_id=company_id, _anchor="h-facts")
    pairs = (_pair("uscc", facts.uscc), _pair("legal_representative", facts.legal_representative))
    return Shown("company", facts.name, back, company_id, pairs)


def _case(session: Session, number: str) -> Shown:
    view = case_view.view(session, number, current_actor(), now())
    facts = view.company
    pairs = [_pair("uscc", facts.uscc), _pair("legal_representative", facts.legal_representative)]
    if new := (view.case.facts.get("new") or {}).get("legal_representative"):
        label = catalogue.label_of("case_field", "legal_representative")
        pairs.append((label.read(language()), str(new)))
    back = url_for("cases.show", number=number, _anchor="facts")
    return Shown("case", number, back, view.case.company_id, tuple(pairs))


def _license(session: Session, license_id: int) -> Shown:
    view = license_view.view(session, current_actor(), license_id, now())
    back = url_for("licenses.show", license_id=license_id)
    pairs = (_pair("legal_representative", view.facts.get("legal_representative")),)
    return Shown("license", view.license.number, back, view.line.company_id, pairs)


def _pair(field: str, value: str | None) -> tuple[str, str | None]:
    return catalogue.label_of("field", field).read(language()), value
