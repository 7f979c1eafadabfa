"""Entering a license that a client already holds."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.case_words import kind_words
from web.company_form import faults_at_their_fields
from web.forms import Answers, FormRefused
from web.keys import page_key
from web.ports import desk, now
from web.writes import fresh_key, write_once
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import client_companies, license_typed, lists
from workflow.services.sealing import Request

WRITERS = (Role.HANDLER, Role.REVIEWER)
LABELS = {
    "number": Text("许可证号", "License number"),
    "kinds": Text("业务种类", "License kinds"),
    "coverage": Text("覆盖范围", "Coverage"),
    "valid_from": Text("有效期起", "First day"),
    "valid_to": Text("有效期至", "Last day"),
    "status": Text("状态", "Status"),
}


@needs(*WRITERS)
def new() -> ResponseReturnValue:
    """The form to enter a license that a client already holds."""
    company_id = page_key(request.args.get("company"))
    if company_id is None:
        raise NotFound
    with desk().database.reading() as session:
        company = lists.client(session, current_actor(), company_id)
    if request.method == "GET":
        return _form(company, None)
    form = Answers(request.form, LABELS)
    try:
        license_id = _enter(form, company_id)
    except FormRefused:
        return _form(company, form), 422
    return redirect(url_for("licenses.show", license_id=license_id, did="entered"), 303)


def _enter(form: Answers, company_id: int) -> int:
    values = license_typed.read(form, now().today)
    form.check()

    def act(tx: Session, asked: Request) -> dict[str, int]:
        return {
            "id": client_companies.add_license(
                tx, company_id, values, actor=current_actor(), moment=now(), request=asked
            )
        }

    with faults_at_their_fields(form):
        content = {"company": company_id, **values}
        return int(write_once(form.typed("once"), content, act)["id"])


def _form(company: lists.ClientPage, form: Answers | None) -> str:
    return render_template(
        "licenses/new.html",
        company=company,
        form=form,
        key=form.typed("once") if form else fresh_key(),
        labels=LABELS,
        kinds=[(code, kind_words(kind)) for code, kind in catalogue.LAW.kinds.items()],
        items=_item_choices(),
        coverages=list(catalogue.labels("coverage").items()),
        statuses=list(license_typed.STATUSES.items()),
    )


def _item_choices() -> list[tuple[str, Text]]:
    return [
        (
            item.code,
            Text(f"{kind.short.zh} · {item.name.zh}", f"{kind.short.en} · {item.name.en}"),
        )
        for kind in catalogue.LAW.kinds.values()
        for item in kind.items
    ]
