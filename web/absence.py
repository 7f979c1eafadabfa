"""Handing over for an absence: enter it, see what is in force, be back early."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.forms import Answers, FormRefused
from web.ports import desk, now
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Role, Text
from workflow.services import notes, standing_in

_LABELS = {"stand_in": Text("代办人", "the stand-in"), "first": Text("第一天", "the first day"),
           "last": Text("最后一天", "the last day")}  # fmt: skip


@needs(*notes.MAY)
def show() -> ResponseReturnValue:
    """One's absences that are not over; a manager sees everybody's."""
    return _page(None)


@needs(*notes.MAY)
def enter() -> ResponseReturnValue:
    """Hand over; a fault shows the form again with what was typed."""
    form = Answers(request.form, _LABELS)
    first, last, stand_in = form.day("first"), form.day("last"), form.line("stand_in")
    who = form.line("who", required=False) or ""
    try:
        form.check()
        if first and last:
            with desk().database.transaction() as tx:
                standing_in.enter(
                    tx, current_actor(), now(), stand_in or "", (first, last), who=who
                )
    except FormRefused:
        return _page(form)
    except BadInput as error:
        form.take(error)
        return _page(form)
    return redirect(url_for("together.absence"), 303)


@needs(*notes.MAY)
def end(absence_id: int) -> ResponseReturnValue:
    """Be back from today on."""
    with desk().database.transaction() as tx:
        standing_in.end_early(tx, current_actor(), now(), absence_id)
    return redirect(url_for("together.absence"), 303)


def _page(form: Answers | None) -> ResponseReturnValue:
    actor = current_actor()
    with desk().database.reading() as session:
        body = render_template(
            "worklist/absence.html",
            form=form,
            absences=standing_in.of(session, actor, now()),
            takers=standing_in.takers(session),
            manages=actor.role is Role.MANAGER,
        )
    return make_response(body, 422 if form else 200)
