"""Giving a case to another handler or reviewer."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.case_page import say_done
from web.forms import Answers
from web.ports import desk, now
from web.writes import Change, fresh_key, version_of, write_form
from workflow.domain.errors import NotOffered
from workflow.domain.procedure import Role, State, Text
from workflow.services import assignment, case_view
from workflow.services.case_view import CaseView

_MAY = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
_CLOSED = Text("案件已结束，不能改派", "The case is closed and cannot be reassigned")


def may_assign(view: CaseView) -> bool:
    """True while somebody can still be made to work on the case, for those who may decide it."""
    return view.actor.role in _MAY and not State(view.case.state).final


@needs(*_MAY)
def show(number: str) -> ResponseReturnValue:
    """Who handles and who reviews, and who could."""
    return _page(number, None)


@needs(*_MAY)
def change(number: str) -> ResponseReturnValue:
    """Record the new handler and reviewer; both are told."""
    form = Answers(request.form)
    version = version_of(form)
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        handler, reviewer = _chosen(session, view, form)
    refusal = write_form(
        form,
        number,
        {"assign": number, "handler": handler, "reviewer": reviewer},
        lambda tx, **tail: assignment.assign(
            tx, number, handler_id=handler, reviewer_id=reviewer, **tail
        ),
        version=version,
    )
    if refusal:
        return _page(number, form, *refusal)
    say_done("assign")
    return redirect(url_for("cases.show", number=number), 303)


def _chosen(session: Session, view: CaseView, form: Answers) -> tuple[str | None, str | None]:
    if not may_assign(view):
        raise NotOffered(_CLOSED)
    handlers, reviewers = _people(session, view)
    handler = form.choice("handler", [key for key, _ in handlers], required=True)
    reviewer = form.choice("reviewer", [key for key, _ in reviewers], required=False)
    return handler, reviewer


def _people(session: Session, view: CaseView) -> tuple[list[tuple[str, str]], ...]:
    """Active handlers and reviewers whose scope holds this client."""
    return tuple(
        assignment.who_may_take(session, view.case.company_id, roles)
        for roles in ((Role.HANDLER, Role.REVIEWER), (Role.REVIEWER,))
    )


def _page(
    number: str, form: Answers | None, status: int = 200, changes: tuple[Change, ...] = ()
) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        if not may_assign(view):
            raise NotOffered(_CLOSED)
        handlers, reviewers = _people(session, view)
        body = render_template(
            "cases/assign.html", view=view, case=view.case, form=form, handlers=handlers,
            reviewers=reviewers, key=fresh_key(), changes=changes,
        )  # fmt: skip
    return make_response(body, status)
