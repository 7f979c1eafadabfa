"""Answering the points of an open correction round, one at a time."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_page import refuse_row, say_done
from web.forms import Answers
from web.ports import desk, now
from web.writes import version_of, write_form
from workflow.domain.procedure import Role, Text
from workflow.services import case_view, drafts, paperwork
from workflow.services.drafts import Place

_LABEL = Text("答复内容", "the answer")


@needs(Role.HANDLER, Role.REVIEWER)
def answer(number: str, no: int) -> ResponseReturnValue:
    """Record the answer to point `no` of the open round."""
    field = f"answer-{no}"
    form = Answers(request.form, {field: _LABEL})
    text, version = form.long(field), version_of(form)
    refusal = write_form(
        form,
        number,
        {"answer": number, "no": no, "text": text},
        lambda tx, **tail: paperwork.answer(tx, number, [no], text=text or "", **tail),
        version=version,
        field=field,
    )
    if refusal:
        return refuse_row(number, f"point:{no}", form, refusal)
    _forget_draft(number, no)
    say_done("answer")
    return redirect(url_for("cases.show", number=number, _anchor="correction"), 303)


def _forget_draft(number: str, no: int) -> None:
    with desk().database.transaction() as tx:
        view = case_view.view(tx, number, current_actor(), now())
        drafts.drop(tx, int(view.actor.id), Place(number, view.rounds[0].no, no))
