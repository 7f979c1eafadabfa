"""The page of a renewal's look-back self-check, as long as the case is not filed."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.access import current_actor, needs
from web.case_page import may_change_facts, say_done
from web.forms import Answers
from web.look_back import ANSWERS, grouped, progress_of, read
from web.ports import desk, now
from web.writes import Change, fresh_key, version_of, write_form
from workflow.domain.errors import NotFound, NotOffered
from workflow.domain.procedure import Role, Text
from workflow.services import case_view, opening
from workflow.services.case_view import CaseView

_WORKERS = (Role.HANDLER, Role.REVIEWER)
_FILED = Text("案件已提交，自查不能再改", "The case was filed; its self-check cannot be changed")


@needs(*_WORKERS)
def show(number: str) -> ResponseReturnValue:
    """The form of an unfiled renewal, filled with what was answered."""
    return _page(number, None)


@needs(*_WORKERS)
def answer(number: str) -> ResponseReturnValue:
    """Write the answers; a sign-off given before lapses."""
    form = Answers(request.form)
    given, version = read(form), version_of(form)
    refusal = write_form(
        form,
        number,
        {"self_check": number, "answers": given},
        lambda tx, **tail: opening.set_facts(tx, number, facts={"self_check": given}, **tail),
        version=version,
    )
    if refusal:
        return _page(number, form, *refusal)
    say_done("set_facts")
    return redirect(url_for("cases.show", number=number, _anchor="self-check"), 303)


def _page(
    number: str, form: Answers | None, status: int = 200, changes: tuple[Change, ...] = ()
) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        _refuse_what_has_none(view)
        lines = view.self_check
        typed = MultiDict({line.code: line.answer for line in lines if line.answer})
        body = render_template(
            "cases/self_check.html", view=view, case=view.case, form=form or Answers(typed),
            groups=grouped(lines), progress=progress_of(lines), answers=ANSWERS, key=fresh_key(),
            changes=changes,
        )  # fmt: skip
    return make_response(body, status)


def _refuse_what_has_none(view: CaseView) -> None:
    if not view.self_check:
        raise NotFound
    if not may_change_facts(view):
        raise NotOffered(_FILED)
