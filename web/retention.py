"""How long what is kept: the rules, what is due, holds, erasures that two persons agree on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from web.access import current_actor, needs
from web.case_words import cited
from web.forms import Answers, FormRefused
from web.headers import request_id
from web.ports import desk, now
from web.writes import instant
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import accounts, keeping_view, long_work, retention
from workflow.services.sealing import Request

pages = Blueprint("retention", __name__)
READERS = (Role.MANAGER, Role.AUDITOR, Role.ADMIN)
WRITERS = (Role.MANAGER, Role.ADMIN)
FIELDS = {
    "": Text("全部个人信息", "Every personal value"),
    "legal_representative": catalogue.label_of("field", "legal_representative"),
}
_LABELS = {
    "about": Text("企业或案件", "the client or case"),
    "reason": Text("理由", "the reason"),
    "client": Text("企业", "the client"),
    "ground": Text("法律依据或请求", "the legal ground or request"),
}
_LONGEST = 400


@pages.get("/retention")
@needs(*READERS)
def show() -> str:
    """The page; auditors read it."""
    return _page(Answers(MultiDict()))


@pages.post("/retention/holds")
@needs(*WRITERS)
def hold() -> ResponseReturnValue:
    """Put a client, or one case, on hold."""

    def act(tx: Session, form: Answers) -> None:
        company_id, number = keeping_view.subject(tx, form.line("about") or "")
        reason = form.long("reason", limit=_LONGEST) or ""
        retention.hold(tx, company_id, number, reason, **_by())

    return _act("held", ("about", "reason"), act)


@pages.post("/retention/holds/<int:hold_id>/release")
@needs(*WRITERS)
def release(hold_id: int) -> ResponseReturnValue:
    """End a hold, for a reason."""

    def act(tx: Session, form: Answers) -> None:
        reason = form.line("why", limit=_LONGEST) or ""
        retention.release(tx, hold_id, reason, **_by())

    return _act("released", ("why",), act, row=f"why-{hold_id}")


@pages.post("/retention/erasures")
@needs(*WRITERS)
def ask() -> ResponseReturnValue:
    """Ask for an erasure; another person decides."""

    def act(tx: Session, form: Answers) -> None:
        company_id, _ = keeping_view.subject(tx, form.line("client") or "", field="client")
        field = form.choice("field", FIELDS, required=False) or ""
        ground = form.long("ground", limit=_LONGEST) or ""
        form.check()
        retention.ask(tx, company_id, field, ground, **_by())

    return _act("asked", ("client", "ground"), act)


@pages.post("/retention/erasures/<int:erasure_id>")
@needs(*WRITERS)
def decide(erasure_id: int) -> ResponseReturnValue:
    """Approve or refuse, as another person than who asked."""
    approve = request.form.get("approve") == "yes"

    def act(tx: Session, _: Answers) -> None:
        retention.decide(tx, erasure_id, approve=approve, **_by())

    return _act("erased" if approve else "refused", (), act, row=f"erasure-{erasure_id}")


def _by() -> dict[str, Any]:
    """Who does it, when, and by which request."""
    return {"actor": current_actor(), "moment": now(), "request": Request(request_id())}


def _act(
    did: str, required: tuple[str, ...], act: Callable[[Session, Answers], None], *, row: str = ""
) -> ResponseReturnValue:
    """One act in one transaction; what is wrong is told at its field, what was typed stays."""
    form = Answers(request.form, {**_LABELS, "why": _LABELS["reason"]})
    for name in required:
        form.long(name, limit=_LONGEST)
    try:
        form.check()
        with desk().database.transaction() as tx:
            act(tx, form)
    except FormRefused:
        return _page(form, row), 422
    except BadInput as error:
        form.refuse(row or error.field, error.says)
        return _page(form, row), 422
    except retention.Kept as error:
        form.refuse(row or "client", error.says)
        return _page(form, row), 409
    except NotFound:  # somebody else was quicker, or the client is nobody's this person sees
        form.refuse(row or "about", Text("已经处理，或不存在", "Done already, or not there"))
        return _page(form, row), 409
    return redirect(url_for(".show", did=did), 303)


def _page(form: Answers, row: str = "") -> str:
    """`row` names the hold or the request that a fault belongs to."""
    actor = current_actor()
    with desk().database.reading() as session:
        return render_template(
            "admin/retention.html",
            kept=keeping_view.of(session, actor, now()),
            names=accounts.names(session),
            form=form,
            row=row,
            fields=FIELDS,
            label=catalogue.label_of,
            cited=cited,
            may_write=actor.role in WRITERS,
            me=actor.id,
            instant=instant,
            work_days=long_work.KEPT.days,
        )
