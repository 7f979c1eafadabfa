"""Opening a case: client, procedure, license, facts, whether it would stand, confirm.

Every step carries everything in the address, so going back loses nothing.
"""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.case_form import LABELS
from web.case_page import say_done
from web.choose_client import clients_page
from web.forms import Answers, FormRefused
from web.keys import company_key
from web.matter import matter_of
from web.matter_form import Opening, pairs, read_opening
from web.new_case_steps import next_step
from web.ports import desk, now
from web.precheck_page import shown
from web.writes import write_once
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Role, Text
from workflow.services import opening
from workflow.services.precheck import precheck

_OF_ONE_CLIENT = ("company", "license", "filled")
_WORKERS = (Role.HANDLER, Role.REVIEWER)
_MISSING = {
    "procedure": Text("请填写办理事项", "Enter the procedure"),
    "license": Text("请选择许可证", "Choose the license this is about"),
    "changes": Text("请选择变更事项", "Choose what is to be changed"),
}


@needs(*_WORKERS)
def start() -> ResponseReturnValue:
    """The next thing that is not settled yet: client, procedure, license, changes, facts."""
    if not request.args.get("company"):
        kept = [pair for pair in pairs(Answers(request.args)) if pair[0] not in _OF_ONE_CLIENT]
        return clients_page("cases/new_client.html", "cases.new", "cases.new", kept)
    return next_step(Answers(request.args, LABELS))


@needs(*_WORKERS)
def check() -> ResponseReturnValue:
    """Would it stand? Nothing is written."""
    return _checked("cases/precheck.html")


@needs(*_WORKERS)
def confirm() -> ResponseReturnValue:
    """Everything once more, and the button that opens the case."""
    return _checked("cases/new_confirm.html")


@needs(*_WORKERS)
def open_case() -> ResponseReturnValue:
    """Open the case and go to its page."""
    form = Answers(request.form, LABELS)
    try:
        with desk().database.reading() as session:
            company, told = _read(session, form)
        made = write_once(
            form.typed("once"),
            {"open": company, "pairs": pairs(form)},
            lambda tx, asked: {
                "number": opening.open_for(
                    tx, company, told.procedure, **told.kept(), actor=current_actor(),
                    moment=now(), request=asked,
                ).number
            },
        )  # fmt: skip
    except FormRefused:
        return next_step(form)
    except BadInput as error:
        form.take(error)
        return next_step(form)
    say_done("open")
    return redirect(url_for("cases.show", number=made["number"]), 303)


def _checked(template: str) -> ResponseReturnValue:
    form = Answers(request.args, LABELS)
    try:
        with desk().database.reading() as session:
            company, told = _read(session, form)
            result = precheck(
                session, company, told.procedure, **told.kept(), actor=current_actor(),
                moment=now(),
            )  # fmt: skip
            body = render_template(template, **shown(form, result))
    except FormRefused:
        return next_step(form)
    except BadInput as error:
        form.take(error)
        return next_step(form)
    return make_response(body)


def _read(session: Session, form: Answers) -> tuple[int, Opening]:
    """The client's id and what is applied for.

    Raises NotFound without a client, FormRefused when a step is not settled.
    """
    matter = matter_of(session, form)
    if matter.step != "facts":
        if not form.errors:
            form.refuse(matter.step, _MISSING[matter.step])
        form.check()
    told = read_opening(form, matter)
    form.check()
    return company_key(form.typed("company")), told
