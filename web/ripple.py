"""The ripple of a changed company fact: what it touches, and its change cases in one step."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.client_page import READERS, WRITERS
from web.company_form import faults_at_their_fields
from web.duty_words import new_case_link
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.writes import fresh_key, write_once
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import ripple, ripple_filing
from workflow.services.ripple import CHANGE_OF
from workflow.services.sealing import Request

DAYS = ("registered_on", "decided_on")
LABELS = {
    "registered_on": Text("工商变更日期", "the day of the registry change"),
    "decided_on": Text("公司决定日期", "the day of the company's decision"),
}


@needs(*READERS)
def show(company_id: int) -> ResponseReturnValue:
    """What the facts in the address touch, by when; without any, what licenses print otherwise."""
    form = Answers(request.args, LABELS)
    days = {name: form.day(name, required=False) for name in DAYS}
    return _page(company_id, _fields(form.all_typed("field")), form, days)


@needs(*WRITERS)
def write(company_id: int) -> ResponseReturnValue:
    """Note the day on every license, or note it and open the change cases: all or nothing."""
    form = Answers(request.form, LABELS)
    fields = _fields(form.all_typed("field"))
    days = {name: form.day(name, required=False) for name in DAYS}
    opens = form.typed("act") == "open"

    def act(tx: Session, asked: Request) -> dict[str, Any]:
        do = ripple_filing.open_changes if opens else ripple_filing.note
        done = do(
            tx, company_id, fields, days, actor=current_actor(), moment=now(), request=asked
        )  # fmt: skip
        return {"done": done}

    content = {"ripple": company_id, "fields": fields, "days": days, "opens": opens}
    try:
        form.check()
        with faults_at_their_fields(form):
            done = write_once(form.typed("once"), content, act)["done"]
    except FormRefused:
        return _page(company_id, fields, form, days)
    count = len(done) if opens else done
    address = url_for(
        ".ripple", company_id=company_id, field=fields, did="open" if opens else "note", n=count
    )
    return redirect(address, 303)


def _fields(named: list[str]) -> list[str]:
    """Only facts that licenses follow; others are passed over."""
    return [name for name in CHANGE_OF if name in named]


def _page(
    company_id: int, fields: list[str], form: Answers, days: dict[str, date | None]
) -> ResponseReturnValue:
    actor = current_actor()
    with desk().database.reading() as session:
        found = ripple.of(session, actor, company_id, fields, now().today, days=days)
        body = render_template(
            "companies/ripple.html",
            found=found,
            client=found.client,
            facts=CHANGE_OF,
            days=[name for name in DAYS if found.asks(name)],
            form=form,
            key=form.typed("once") or fresh_key(),
            label=catalogue.label_of,
            link=new_case_link,
            may_write=actor.role in WRITERS,
        )
    return make_response(body, 422 if form.errors else 200)
