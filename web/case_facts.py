"""Changing what an unfiled case applies for: the same form as when it was opened."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_form import LABELS, as_typed, options, read_applied
from web.case_page import may_change_facts, say_done
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.writes import Change, changes_since, fresh_key, version_of, write_once
from workflow.domain.errors import BadInput, NotOffered, StaleCase
from workflow.domain.procedure import Role, Text
from workflow.services import case_view, opening

_WORKERS = (Role.HANDLER, Role.REVIEWER)
_FILED = Text(
    "案件已提交，申报事实不能再改", "The case was filed; what it applies for cannot be changed"
)


@needs(*_WORKERS)
def show(number: str) -> ResponseReturnValue:
    """The form, filled with what the case applies for now."""
    return _page(number, None)


@needs(*_WORKERS)
def change(number: str) -> ResponseReturnValue:
    """Write the new facts; a sign-off given before lapses."""
    form = Answers(request.form, LABELS)
    applied, version = read_applied(form), version_of(form)
    try:
        form.check()
        write_once(
            form.typed("once"),
            {"facts": number, "applied": repr(applied)},
            lambda tx, asked: {
                "version": opening.set_facts(
                    tx, number, kinds=applied.kinds, coverage=applied.coverage,
                    items=applied.items, facts=applied.facts, actor=current_actor(),
                    moment=now(), version=version, request=asked,
                ).version
            },
        )  # fmt: skip
    except FormRefused:
        return _page(number, form, 422)
    except BadInput as error:
        form.take(error)
        return _page(number, form, 422)
    except StaleCase:
        with desk().database.reading() as session:
            changes = changes_since(session, number, version, form)
        return _page(number, form, 409, changes)
    say_done("set_facts")
    return redirect(url_for("cases.show", number=number), 303)


def _page(
    number: str, form: Answers | None, status: int = 200, changes: tuple[Change, ...] = ()
) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        if not may_change_facts(view):
            raise NotOffered(_FILED)
        case = view.case
        typed = as_typed(case.kinds, case.coverage, case.items, case.facts)
        body = render_template(
            "cases/facts.html", view=view, case=case, form=form or Answers(typed, LABELS),
            options=options(), key=fresh_key(), changes=changes,
        )  # fmt: skip
    return make_response(body, status)
