"""Which license does this business need? A questionnaire in the address, the answer below it."""

from __future__ import annotations

from decimal import Decimal

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from web.access import EVERYBODY, needs
from web.case_form import LABELS, as_typed, read_coverage
from web.case_guards import plain_line
from web.company_form import share
from web.forms import Answers
from web.links import guide_links
from web.ports import now
from workflow.law import catalogue
from workflow.services.license_finder import (
    DOINGS,
    GROUPS,
    Asked,
    Found,
    find,
    minimum_for,
)

pages = Blueprint("finder", __name__)
_PLATFORM = {"third_party_platform": True, "deals_online": True}
_TRADE = "EDI-TRADE"


@pages.get("/finder")
@needs(*EVERYBODY)
def ask() -> ResponseReturnValue:
    """The questions, and what follows from the answers that stand in the address."""
    form = Answers(request.args, LABELS)
    asked = _read(form)
    found = find(asked, now().today) if form.typed("asked") and not form.errors else None
    told = _applied(asked, found) if found else []
    share = [("foreign_share", form.typed("foreign_share"))] if form.typed("foreign_share") else []
    body = render_template(
        "finder/ask.html",
        form=form,
        asked=asked,
        found=found,
        groups=_groups(),
        content=list(catalogue.labels("content").items()),
        coverage=list(catalogue.COVERAGES.items()),
        asking=[*told, *share],
        opening=[("procedure", "new"), *told],
        guides=guide_links(
            found.kinds, asked.coverage, [*told, *share], foreign=bool(asked.foreign_share)
        )
        if found and asked.coverage
        else {},
        doubts={need.kind.code: list(map(plain_line, need.doubts)) for need in found.needed}
        if found
        else {},
        guards=catalogue.LAW.guards,
        minimum_for=minimum_for,
    )
    return make_response(body, 422 if form.errors else 200)


def _read(form: Answers) -> Asked:
    """The answers; what cannot be used is noted at its field."""
    return Asked(
        form.choices("does", (doing.code for doing in DOINGS), required=False),
        form.choices("content", catalogue.labels("content"), required=False),
        read_coverage(form, required=False),
        share(form, "foreign_share") or Decimal(0),
    )


def _groups() -> list[tuple[str, object, list[tuple[str, object]]]]:
    """The questions in their groups: code, heading, answers."""
    return [
        (code, heading, [(doing.code, doing.says) for doing in DOINGS if doing.group == code])
        for code, heading in GROUPS.items()
    ]


def _applied(asked: Asked, found: Found) -> list[tuple[str, str]]:
    """What was found, as the form of a new case has it: the next page is filled in already."""
    trades = any(_TRADE in items for items in found.items.values())
    told = {"content": found.content, "activities": found.activities}
    typed = as_typed(found.kinds, asked.coverage, found.items, told | (_PLATFORM if trades else {}))
    return list(typed.items(multi=True))
