"""The page of one client: facts and their sources, licenses, duties, cases, who looks after it."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web import company_form
from web.access import current_actor, needs
from web.company_form import faults_at_their_fields
from web.duty_words import duty_line, new_case_link
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.trail_words import Entry, entries
from web.writes import fresh_key, write_once
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.services import assignment, client_view, license_marks, trail
from workflow.services.sealing import Request

READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)
WRITERS = (Role.HANDLER, Role.REVIEWER)
KEEPERS = (*WRITERS, Role.MANAGER)


@needs(*READERS)
def show(company_id: int) -> str:
    """One client, personal values masked."""
    actor = current_actor()
    with desk().database.reading() as session:
        client = client_view.view(session, actor, company_id, now().today)
        story, exchanged = trail.of_client(session, actor, company_id)
        told = entries(story)
        return render_template(
            "companies/show.html",
            client=client,
            duties=sorted(
                (
                    (duty_line(run, client.calendar), held)
                    for held in client.licenses
                    for run in held.duties
                ),
                key=lambda pair: pair[0].run.due_on,
            ),
            codes=[(code, held.line) for held in client.licenses for code in held.line.held.codes],
            in_charge=story.names.get(client.handler_id, ("", ""))[0],
            sources=_sources(told),
            missing=company_form.missing(client.told),
            needed=company_form.NEEDED,
            entries=told,
            exchanged=entries(exchanged),
            label=catalogue.label_of,
            may_write=actor.role in WRITERS,
            fresh_key=fresh_key,
            link=new_case_link,
        )


def _sources(told: list[Entry]) -> list[tuple[str, Entry]]:
    """Every fact with the newest entry that set it."""
    found: dict[str, Entry] = {}
    for entry in told:
        for change in entry.changes:
            found.setdefault(change.label, entry)
    return list(found.items())


@needs(*KEEPERS)
def charge(company_id: int) -> ResponseReturnValue:
    """Say who looks after the client, or that nobody does; the reminders follow."""
    if request.method == "GET":
        return _charge_page(company_id, None)
    form = Answers(request.form)
    chosen = form.typed("handler_id")

    def act(tx: Session, asked: Request) -> dict[str, int]:
        license_marks.put_in_charge(
            tx, company_id, chosen, actor=current_actor(), moment=now(), request=asked
        )
        return {"id": company_id}

    try:
        with faults_at_their_fields(form):
            write_once(form.typed("once"), {"charge": company_id, "to": chosen}, act)
    except FormRefused:
        return _charge_page(company_id, form)
    return redirect(url_for("companies.show", company_id=company_id, did="charged"), 303)


def _charge_page(company_id: int, form: Answers | None) -> ResponseReturnValue:
    actor = current_actor()
    with desk().database.reading() as session:
        client = client_view.view(session, actor, company_id, now().today)
        body = render_template(
            "companies/charge.html",
            client=client,
            people=assignment.who_may_take(session, company_id),
            form=form,
            key=(form.typed("once") if form else "") or fresh_key(),
        )
    return make_response(body, 422 if form else 200)
