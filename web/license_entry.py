"""Entering a license that a client already holds."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.company_form import faults_at_their_fields
from web.forms import Answers, FormRefused
from web.keys import page_key
from web.ports import desk, now
from web.writes import fresh_key, write_once
from workflow.domain.errors import NotFound
from workflow.domain.procedure import LicenseKind, Role, Text
from workflow.law import catalogue
from workflow.services import client_companies, lists
from workflow.services.sealing import Request

WRITERS = (Role.HANDLER, Role.REVIEWER)
EARLIEST_YEAR = 2000
STATUSES = {k: words for k, words in catalogue.labels("license_status").items() if k != "void"}
"""What a license may be when it is entered; `void` is what undoing an import leaves."""
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
    values = read(form)
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


def read(form: Answers) -> dict[str, Any]:
    """What was typed, as `add_license` takes it."""
    kinds = form.choices("kinds", catalogue.LAW.kinds)
    values: dict[str, Any] = {
        "number": form.register_number("number"),
        "kinds": list(kinds),
        "items": {kind: _items(form, kind) for kind in kinds},
        "coverage": list(form.choices("coverage", catalogue.labels("coverage"))),
        "valid_from": form.day("valid_from"),
        "valid_to": form.day("valid_to"),
        "status": form.choice("status", STATUSES),
        "opened": [kind for kind in kinds if kind not in form.all_typed("not_opened")],
    }
    special = form.long("special", required=False)
    if special:
        values["special"] = special
    reports = form.line("annual_reports", required=False)
    if reports:
        values["annual_reports"] = _years(form, reports)
    if "national" in values["coverage"] and len(values["coverage"]) > 1:
        form.refuse(
            "coverage",
            Text("全国不能与省份同时选择", "Nationwide cannot be combined with provinces"),
        )
    return values


def _items(form: Answers, kind: str) -> list[str]:
    offered = [item.code for item in catalogue.kind(kind).items]
    chosen = form.choices("items", _all_items(), required=False)
    return [code for code in offered if code in chosen] or list(catalogue.default_items(kind))


def _all_items() -> list[str]:
    return [item.code for kind in catalogue.LAW.kinds.values() for item in kind.items]


def _years(form: Answers, typed: str) -> list[int]:
    """`2024、2025` as numbers; anything that is no year up to this one is refused."""
    parts = typed.replace("，", " ").replace("、", " ").replace(",", " ").split()
    years = sorted({int(part) for part in parts if part.isascii() and part.isdigit()})
    known = all(EARLIEST_YEAR <= year <= now().today.year for year in years)
    if len(years) != len(set(parts)) or not known:
        form.refuse(
            "annual_reports",
            Text("请填写年份，例如 2024、2025", "Enter years, such as 2024, 2025"),
        )
    return years


def _form(company: lists.ClientPage, form: Answers | None) -> str:
    return render_template(
        "licenses/new.html",
        company=company,
        form=form,
        key=form.typed("once") if form else fresh_key(),
        labels=LABELS,
        kinds=[(code, _named(kind)) for code, kind in catalogue.LAW.kinds.items()],
        items=_item_choices(),
        coverages=list(catalogue.labels("coverage").items()),
        statuses=list(STATUSES.items()),
    )


def _named(kind: LicenseKind) -> Text:
    return Text(f"{kind.short.zh} {kind.name.zh}", f"{kind.short.en} {kind.name.en}")


def _item_choices() -> list[tuple[str, Text]]:
    return [
        (
            item.code,
            Text(f"{kind.short.zh} · {item.name.zh}", f"{kind.short.en} · {item.name.en}"),
        )
        for kind in catalogue.LAW.kinds.values()
        for item in kind.items
    ]
