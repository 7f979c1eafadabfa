"""Client companies: the list, one client with its cases and licenses, and the form of its facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web import client_page, company_form, ripple
from web.access import current_actor, needs
from web.bookmarks import a_row, carries
from web.company_form import faults_at_their_fields
from web.forms import Answers, FormRefused
from web.keys import page_key
from web.ports import desk, now
from web.search import search_words
from web.trail_words import entries
from web.writes import fresh_key, write_once
from workflow.domain.errors import RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import client_companies, lists, trail
from workflow.services.desk import CompanyLine
from workflow.services.ripple import differences
from workflow.services.sealing import Request

pages = Blueprint("companies", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)
WRITERS = (Role.HANDLER, Role.REVIEWER)


@pages.get("/companies")
@needs(*READERS)
@carries({"after": a_row})
def index() -> str:
    """One page of the clients, in order of entry; `q` looks for name, initials or code."""
    words = search_words(request.args.get("q", ""))
    after = page_key(request.args.get("after"))
    with desk().database.reading() as session:
        found = lists.client_companies(session, current_actor(), words=words, after=after or 0)
        return render_template(
            "companies/index.html",
            companies=found,
            words=request.args.get("q", "").strip(),
            label=catalogue.label_of,
            may_add=_may_add(),
            paged=after is not None,
            following=found[-1].id if len(found) == lists.PAGE else None,
        )


@pages.route("/companies/new", methods=["GET", "POST"])
@needs(*WRITERS)
def new() -> ResponseReturnValue:
    """The form of a new client. Nothing is assumed: what is not filled in stays unknown."""
    if not _may_add():
        raise RoleMissing(
            Text(
                "你的客户范围是指定的，新客户请由主管安排录入",
                "You work for named clients only. Ask your manager to have a new one entered",
            )
        )
    if request.method == "GET":
        return _form(Answers(company_form.filled({}), company_form.LABELS))
    form = Answers(request.form, company_form.LABELS)
    try:
        company_id = _add(form)
    except FormRefused:
        return _form(form, twin=_twin(form)), 422
    return redirect(url_for(".show", company_id=company_id, did="added"), 303)


@pages.route("/companies/<int:company_id>/edit", methods=["GET", "POST"])
@needs(*WRITERS)
def edit(company_id: int) -> ResponseReturnValue:
    """The same form with what is on record."""
    with desk().database.reading() as session:
        client = lists.client(session, current_actor(), company_id)
    if request.method == "GET":
        typed = company_form.filled(client.told)
        return _form(Answers(typed, company_form.LABELS), client)
    form = Answers(request.form, company_form.LABELS)
    try:
        changed = _change(form, company_id)
    except FormRefused:
        return _form(form, client, twin=_twin(form)), 422
    if changed is None:
        return _conflict(form, company_id), 409
    if changed and client.licenses:
        address = url_for(".ripple", company_id=company_id, field=changed, did="changed")
        return redirect(address, 303)
    return redirect(url_for(".show", company_id=company_id, did="changed"), 303)


def _add(form: Answers) -> int:
    values = company_form.new_values(company_form.read(form))
    form.check()

    def act(tx: Session, asked: Request) -> dict[str, int]:
        return {
            "id": client_companies.add_company(
                tx, values, actor=current_actor(), moment=now(), request=asked
            )
        }

    with faults_at_their_fields(form):
        return int(write_once(form.typed("once"), values, act)["id"])


def _change(form: Answers, company_id: int) -> list[str] | None:
    """The changed facts that licenses follow; None when somebody was quicker, and nothing is done.

    A form that is sent twice answers the same.
    """
    values = company_form.read(form)
    form.check()

    def act(tx: Session, asked: Request) -> dict[str, list[str]]:
        before = _unchanged(tx, company_id, form.typed("seen"))
        client_companies.set_company_facts(
            tx, company_id, values, actor=current_actor(), moment=now(), request=asked
        )
        after = lists.client(tx, current_actor(), company_id).told
        return {"fields": differences(before, after)}

    try:
        with faults_at_their_fields(form):
            done = write_once(form.typed("once"), {"company": company_id, **values}, act)
    except _Changed:
        return None
    return list(done["fields"])


def _unchanged(tx: Session, company_id: int, seen: str) -> Mapping[str, Any]:
    """What is on record, if it is what the form was made from."""
    told = lists.client(tx, current_actor(), company_id).told
    if seen != fingerprint(told):
        raise _Changed
    return told


class _Changed(Exception):
    """The facts are no longer those the form was made from."""


def fingerprint(told: Mapping[str, Any]) -> str:
    """What the form was made from, in short."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _may_add() -> bool:
    """A person with named clients cannot add one: it would lie outside their scope."""
    actor = current_actor()
    return actor.role in WRITERS and actor.scope.companies is None


def _twin(form: Answers) -> CompanyLine | None:
    """The client in scope that has this credit code already."""
    if not form.error_of("uscc"):
        return None
    code = "".join(form.typed("uscc").split()).upper()
    with desk().database.reading() as session:
        found = lists.client_companies(session, current_actor(), words=code, limit=2)
    return next((line for line in found if line.uscc == code), None)


def _form(
    form: Answers,
    client: lists.ClientPage | None = None,
    *,
    twin: CompanyLine | None = None,
    changed: Mapping[str, Any] | None = None,
) -> str:
    return render_template(
        "companies/form.html",
        form=form,
        client=client,
        twin=twin,
        changed=changed,
        key=form.typed("once") or fresh_key(),
        seen=_seen(form, client, fresh=changed is not None),
        label=catalogue.label_of,
        labels=catalogue.labels,
        needed=company_form.NEEDED,
        bars=company_form.row_numbers(form.posted, "bars"),
        penalties=company_form.row_numbers(form.posted, "penalties"),
    )


def _seen(form: Answers, client: lists.ClientPage | None, *, fresh: bool) -> str:
    """The fingerprint stays what the person saw, until a conflict has been shown to them."""
    if client is None:
        return ""
    return fingerprint(client.told) if fresh else form.typed("seen") or fingerprint(client.told)


def _conflict(form: Answers, company_id: int) -> str:
    """Who changed it, what is on record now beside what was typed; the text is kept."""
    with desk().database.reading() as session:
        client = lists.client(session, current_actor(), company_id)
        story = trail.of_subject(
            session, current_actor(), company_id=company_id, chain="company", subject="", limit=1
        )
    on_record = company_form.filled(client.told)
    different = [
        (name, on_record[name], form.typed(name))
        for name in on_record
        if name in company_form.LABELS and on_record[name] != form.typed(name)
    ]
    changed = {"who": entries(story)[0].who, "fields": different}
    return _form(form, client, changed=changed)


for rule, endpoint, view_, methods in (
    ("/companies/<int:company_id>", "show", client_page.show, ["GET"]),
    ("/companies/<int:company_id>/charge", "charge", client_page.charge, ["GET", "POST"]),
    ("/companies/<int:company_id>/ripple", "ripple", ripple.show, ["GET"]),
    ("/companies/<int:company_id>/ripple", "ripple_write", ripple.write, ["POST"]),
):
    pages.add_url_rule(rule, endpoint, view_, methods=methods)
