"""What a handler notes of a license: it ends, it goes on, a duty is done, late filing, a branch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.company_form import faults_at_their_fields
from web.duty_words import new_case_link
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.renewal_lane import sentence
from web.writes import fresh_key, write_once
from workflow.domain.errors import NotOffered
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import license_marks, license_view
from workflow.services.sealing import Request

WRITERS = (Role.HANDLER, Role.REVIEWER)
LABELS = {
    "reason": Text("理由", "the reason"),
    "words": Text("主管部门怎么说", "what the authority said"),
    "on": Text("答复日期", "the day it agreed"),
    "province": Text("省份", "the province"),
    "action": Text("变化", "what was decided"),
    "decided_on": Text("决定日期", "the day of the decision"),
}
_IN_TIME = Text("这张许可证没有过最迟申请日", "The latest filing day of this license is not past")
_ENDED = Text("这张许可证已失效", "This license is no longer in force")
Act = Callable[..., None]


@needs(*WRITERS)
def late(license_id: int) -> ResponseReturnValue:
    """Too late to renew: wind down, apply anew, or note that the authority takes a late filing."""
    _check(license_id, ("late",), _IN_TIME)
    if request.method == "GET":
        return _page("licenses/late.html", license_id, None)
    form = Answers(request.form, LABELS)
    words, on = form.long("words"), form.day("on")
    return _written(
        "licenses/late.html", license_id, form, license_marks.note_late_filing, words, on
    )


@needs(*WRITERS)
def ends(license_id: int) -> ResponseReturnValue:
    """The client lets the license end: the reason, and what follows."""
    _check(license_id, ("valid", "before_window", "in_window", "late", "not_renewed"), _ENDED)
    if request.method == "GET":
        return _page("licenses/ends.html", license_id, None)
    form = Answers(request.form, LABELS)
    reason = form.long("reason")
    return _written("licenses/ends.html", license_id, form, license_marks.will_not_renew, reason)


@needs(*WRITERS)
def goes_on(license_id: int) -> ResponseReturnValue:
    """Take the mark back: the license is to be renewed after all."""
    form = Answers(request.form)
    return _written("licenses/refused.html", license_id, form, license_marks.will_renew)


@needs(*WRITERS)
def duty_done(license_id: int) -> ResponseReturnValue:
    """A duty was done outside the desk; one that is not open now is refused."""
    form = Answers(request.form, LABELS)
    given = (form.typed("deadline"), form.typed("cycle"))
    return _written("licenses/refused.html", license_id, form, license_marks.duty_done, *given)


@needs(*WRITERS)
def branch(license_id: int) -> ResponseReturnValue:
    """A branch was decided on; it must be reported within thirty days."""
    _check(license_id, None, _ENDED)
    if request.method == "GET":
        return _page("licenses/branch.html", license_id, None)
    form = Answers(request.form, LABELS)
    given = (
        form.choice("province", catalogue.PROVINCES),
        form.choice("action", catalogue.labels("branch_action")),
        form.day("decided_on"),
    )
    return _written("licenses/branch.html", license_id, form, license_marks.note_branch, *given)


def _written(
    template: str,
    license_id: int,
    form: Answers,
    mark: Act,
    *given: Any,  # noqa: ANN401 - what the form answered
) -> ResponseReturnValue:
    def act(tx: Session, asked: Request) -> dict[str, int]:
        mark(tx, license_id, *given, actor=current_actor(), moment=now(), request=asked)
        return {"id": license_id}

    content = {mark.__name__: license_id, "given": [str(part) for part in given]}
    try:
        form.check()
        with faults_at_their_fields(form):
            write_once(form.typed("once"), content, act)
    except FormRefused:
        return _page(template, license_id, form)
    return redirect(url_for("licenses.show", license_id=license_id, did=mark.__name__), 303)


def _check(license_id: int, standings: tuple[str, ...] | None, otherwise: Text) -> None:
    with desk().database.reading() as session:
        held = license_view.view(session, current_actor(), license_id, now()).held
    allowed = held.standing != "ended" if standings is None else held.standing in standings
    if not allowed:
        raise NotOffered(otherwise)


def _page(template: str, license_id: int, form: Answers | None) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = license_view.view(session, current_actor(), license_id, now())
        body = render_template(
            template,
            view=view,
            license=view.license,
            held=view.held,
            says=sentence(view.held, now().today),
            form=form,
            labels=LABELS,
            key=(form.typed("once") if form else "") or fresh_key(),
            link=new_case_link,
            provinces=[(code, found.name) for code, found in catalogue.PROVINCES.items()],
            actions=list(catalogue.labels("branch_action").items()),
        )
    return make_response(body, 422 if form else 200)
