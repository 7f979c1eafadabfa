"""Answering the points of an open correction round, one at a time."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_page import Refused, render_case, say_done
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.writes import changes_since, version_of, write_once
from workflow.domain.errors import BadInput, StaleCase
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
    try:
        form.check()
        write_once(
            form.typed("once"),
            {"answer": number, "no": no, "text": text},
            lambda tx, asked: {
                "version": paperwork.answer(
                    tx, number, [no], actor=current_actor(), moment=now(), text=text or "",
                    version=version, request=asked,
                ).version
            },
        )  # fmt: skip
    except FormRefused:
        return _again(number, no, form)
    except BadInput as error:
        form.refuse(field, error.says)
        return _again(number, no, form)
    except StaleCase:
        return _again(number, no, form, seen=version, stale=True)
    _forget_draft(number, no)
    say_done("answer")
    return redirect(url_for("cases.show", number=number, _anchor="correction"), 303)


def _forget_draft(number: str, no: int) -> None:
    with desk().database.transaction() as tx:
        view = case_view.view(tx, number, current_actor(), now())
        drafts.drop(tx, int(view.actor.id), Place(number, view.rounds[0].no, no))


def _again(
    number: str, no: int, form: Answers, *, seen: int | None = None, stale: bool = False
) -> ResponseReturnValue:
    changes = changes_since(number, seen, form) if stale else ()
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        refused = Refused(f"point:{no}", form, 409 if stale else 422, changes)
        return render_case(view, refused)
