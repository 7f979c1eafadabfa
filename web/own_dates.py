"""The dates a handler sets on a case: our own target, and what the client was promised."""

from __future__ import annotations

from datetime import date

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_page import say_done
from web.forms import Answers
from web.ports import desk, now
from web.writes import Change, fresh_key, version_of, write_form
from workflow.domain.errors import NotOffered
from workflow.domain.own_dates import FIELDS, own_dates
from workflow.domain.procedure import Text
from workflow.services import agreed_dates, case_view
from workflow.services.case_view import CaseView

_LABELS = {"internal_by": Text("内部期限", "the internal date"),
           "promised_by": Text("客户约定", "the client promise"),
           "note": Text("说明", "the reason")}  # fmt: skip
_FILED = Text("案件已提交或已结束，没有自定期限", "Filed or closed: no dates of our own")


def may_set_dates(view: CaseView) -> bool:
    """True while the person may set dates on this case."""
    return agreed_dates.may_set(view.actor, view.case.state)


def dates_of(view: CaseView) -> list[tuple[str, date]]:
    """The dates set on the case, by the code each goes by, the nearest first."""
    held = own_dates(view.case.pack)
    return sorted(((FIELDS[name], day) for name, day in held.items()), key=lambda one: one[1])


@needs(*agreed_dates.MAY)
def show(number: str) -> ResponseReturnValue:
    """Both dates as they stand."""
    return _page(number, None)


@needs(*agreed_dates.MAY)
def change(number: str) -> ResponseReturnValue:
    """Record the dates; an empty field takes its date away."""
    form = Answers(request.form, _LABELS)
    version = version_of(form)
    days = {name: form.day(name, required=False) for name in FIELDS}
    note = form.long("note", required=False) or ""
    refusal = write_form(
        form,
        number,
        {"dates": number, **days, "note": note},
        lambda tx, **tail: agreed_dates.set_dates(tx, number, days, note=note, **tail),
        version=version,
    )
    if refusal:
        return _page(number, form, *refusal)
    say_done("set_dates")
    return redirect(url_for("cases.show", number=number), 303)


def _page(
    number: str, form: Answers | None, status: int = 200, changes: tuple[Change, ...] = ()
) -> ResponseReturnValue:
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        if not may_set_dates(view):
            raise NotOffered(_FILED)
        body = render_template(
            "cases/dates.html", view=view, case=view.case, form=form,
            dates=own_dates(view.case.pack), key=fresh_key(), changes=changes,
        )  # fmt: skip
    return make_response(body, status)
