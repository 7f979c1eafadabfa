"""Pre-checks kept without a case: what was typed, to be judged anew on the day it is opened."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_form import LABELS
from web.case_words import kinds_line, word
from web.forms import Answers, FormRefused
from web.i18n import language
from web.matter import matter_of
from web.matter_form import Opening, pairs, read_opening
from web.new_case_steps import next_step
from web.ports import desk, now
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Role
from workflow.services import own_views
from workflow.services.own_views import View
from workflow.services.sealing import PERSONAL

PLACE = own_views.PRECHECK
WORKERS = (Role.HANDLER, Role.REVIEWER)


def kept_prechecks() -> list[tuple[View, str]]:
    """This person's, each with the address that judges it as of today."""
    with desk().database.reading() as session:
        found = own_views.views(session, current_actor())
    check = url_for("cases.precheck")
    return [(view, f"{check}?{view.query}") for view in found if view.place == PLACE]


@needs(*WORKERS)
def save() -> ResponseReturnValue:
    """Keep the application as it was typed, names of people left out; no case is opened."""
    form = Answers(request.form, LABELS)
    typed = [pair for pair in pairs(form) if pair[0].rpartition(".")[2] not in PERSONAL]
    try:
        with desk().database.transaction() as tx:
            matter = matter_of(tx, form)
            told = read_opening(form, matter)
            form.check()
            name = _name(matter.client.facts.name, told)
            own_views.save(tx, current_actor(), now(), name, urlencode(typed), place=PLACE)
    except FormRefused:
        return next_step(form)
    except BadInput as error:
        form.take(error)
        return next_step(form)
    return redirect(url_for("cases.new", kept="saved"), 303)


@needs(*WORKERS)
def remove(view_id: int) -> ResponseReturnValue:
    """Remove one; gone already is as good."""
    try:
        with desk().database.transaction() as tx:
            own_views.remove(tx, current_actor(), view_id)
    except NotFound:
        pass
    return redirect(url_for("cases.new", kept="removed"), 303)


def _name(company: str, told: Opening) -> str:
    """Whose, what and since when: the same asked again on one day is one."""
    parts = (company, word("procedure", told.procedure).read(language()),
             kinds_line(told.kinds or ()), now().today.isoformat())  # fmt: skip
    return " · ".join(part for part in parts if part)
