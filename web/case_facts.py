"""Changing what an unfiled case applies for: the same fields as when it was opened."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.access import current_actor, needs
from web.case_form import LABELS, as_typed, options, read_applied
from web.case_page import may_change_facts, say_done
from web.forms import Answers
from web.matter_answers import as_licensed, read_facts
from web.matter_answers import as_typed as facts_typed
from web.matter_change import change_choices
from web.matter_faults import refuse_unconfirmed
from web.matter_field import About
from web.matter_fields import fields_of
from web.matter_words import about_case
from web.ports import desk, now
from web.writes import Change, fresh_key, version_of, write_form
from workflow.domain.errors import BadInput, NotOffered
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import case_view, opening, subject
from workflow.services.case_view import CaseView

_WORKERS = (Role.HANDLER, Role.REVIEWER)
_FILED = Text(
    "案件已提交，申报事实不能再改", "The case was filed; what it applies for cannot be changed"
)


@needs(*_WORKERS)
def show(number: str) -> ResponseReturnValue:
    """The form, filled with what the case applies for now; a change may choose other C-codes."""
    return _page(number, None)


@needs(*_WORKERS)
def change(number: str) -> ResponseReturnValue:
    """Write the new facts; a sign-off given before lapses."""
    form = Answers(request.form, LABELS)
    version = version_of(form)
    with desk().database.reading() as session:
        about = _about(case_view.view(session, number, current_actor(), now()), form)
    told = _read(form, about)
    refusal = write_form(
        form,
        number,
        {"facts": number, "told": repr(told)},
        lambda tx, **tail: opening.set_facts(tx, number, **told, **tail),
        version=version,
    )
    if refusal:
        return _page(number, form, *refusal)
    say_done("set_facts")
    return redirect(url_for("cases.show", number=number), 303)


def _about(view: CaseView, form: Answers) -> About:
    """What the case is about; the C-codes of the form or address are those wanted now.

    Codes that do not go together are noted on the form.
    """
    about = about_case(view.case, view.company, view.standing.facts.license)
    wanted = tuple(form.all_typed("changes"))
    if about.procedure != "change" or not wanted:
        return about
    try:
        subject.checked_changes(catalogue.procedure("change"), list(wanted))
    except BadInput as error:
        form.take(error)
        return about
    return replace(about, changes=wanted)


def _read(form: Answers, about: About) -> dict[str, Any]:
    """What the form tells, by the names of `opening.set_facts`."""
    facts = read_facts(form, about, fields_of(about))
    cities = facts.pop("cities", None)
    if about.procedure == "new":
        applied = read_applied(form)
        refuse_unconfirmed(form, applied.kinds, applied.coverage)
        return {
            "kinds": applied.kinds, "coverage": applied.coverage, "items": applied.items,
            "facts": {**applied.facts, **facts}, "cities": cities,
        }  # fmt: skip
    changes = {"changes": list(about.changes)} if about.procedure == "change" else {}
    return {"facts": facts, **changes}


def _page(
    number: str, form: Answers | None, status: int = 200, changes: tuple[Change, ...] = ()
) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        if not may_change_facts(view):
            raise NotOffered(_FILED)
        asked = form or Answers(request.args)
        about = _about(view, asked)
        choosing = form is None and (bool(asked.errors) or _chooses(about))
        if not asked.errors and form is None:
            asked = Answers(_typed(view, about), LABELS)
        body = render_template(
            "cases/choose_changes.html" if choosing else "cases/facts.html",
            view=view, case=view.case, form=asked, about=about, fields=fields_of(about),
            options=options(), rows=change_choices(), key=fresh_key(),
            changes=changes,
        )  # fmt: skip
    return make_response(body, 422 if asked.errors and status == HTTPStatus.OK else status)


def _chooses(about: About) -> bool:
    return about.procedure == "change" and request.args.get("choose") == "changes"


def _typed(view: CaseView, about: About) -> MultiDict[str, str]:
    case = view.case
    typed = facts_typed(fields_of(about), case.facts)
    for name, values in as_licensed(about, fields_of(about)).lists():
        if not typed.getlist(name):
            typed.setlist(name, values)
    if case.procedure == "new":
        typed.update(as_typed(case.kinds, case.coverage, case.items, case.facts))
    typed.setlist("changes", list(about.changes))
    return typed
