"""The rule library: an overview, a list of every sort of rule, procedures, what is not verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from web.access import EVERYBODY, needs
from web.forms import Answers
from web.law_rules import ON, day_asked, rule
from web.law_words import law_page
from web.ports import desk
from web.state_diagram import drawn
from workflow.domain.procedure import Citation, Confidence
from workflow.law import catalogue
from workflow.law.open_points import OPEN_POINTS
from workflow.services import bureau_figures
from workflow.services.rule_sheets import SORTS, Sheet, sheets_of
from workflow.services.unverified import unverified_kinds, unverified_rules

pages = Blueprint("law", __name__)
pages.add_url_rule("/law/rules/<code>", view_func=rule)


@pages.get("/law")
@needs(*EVERYBODY)
def index() -> ResponseReturnValue:
    """What is loaded, how sure we are of it, and the way to every rule."""
    sheets = {sort: sheets_of(sort) for sort in SORTS}
    return law_page(
        "law/index.html",
        sheets=sheets,
        codes={sort: _new_codes(sheets, sort) for sort in SORTS},
        sure=_confidences(),
        open_points=OPEN_POINTS,
    )


@pages.get("/law/<sort>")
@needs(*EVERYBODY)
def listed(sort: str) -> ResponseReturnValue:
    """Every rule of one sort, in the text in force on a day."""
    if sort not in SORTS:
        abort(404)
    form = Answers(request.args, {"on": ON})
    day = day_asked(form)
    return law_page(
        "law/list.html",
        422 if form.errors else 200,
        form=form,
        day=day,
        sort=sort,
        sheets=sheets_of(sort),
    )


@pages.get("/law/procedures/<procedure>")
@needs(*EVERYBODY)
def procedure(procedure: str) -> ResponseReturnValue:
    """One procedure as a machine: the picture, and the table that says the same in words."""
    found = catalogue.LAW.procedures.get(procedure)
    if found is None:
        abort(404)
    judged = dict.fromkeys(code for act in found.rules for code in act.guards)
    return law_page(
        "law/procedure.html", procedure=found, picture=drawn(found), judged=list(judged)
    )


@pages.get("/law/open-points")
@needs(*EVERYBODY)
def open_points() -> ResponseReturnValue:
    """What must be confirmed, and every rule nobody has checked against its text."""
    return law_page(
        "law/open_points.html",
        points=OPEN_POINTS,
        rules=unverified_rules(),
        blank_kinds=unverified_kinds(),
    )


@pages.get("/law/parameters")
@needs(*EVERYBODY)
def parameters() -> ResponseReturnValue:
    """The figures bureaus ask for in practice, beside the national default."""
    with desk().database.reading() as session:
        figures = bureau_figures.every_figure(session)
    return law_page(
        "law/parameters.html",
        figures=figures,
        usual=bureau_figures.default_figures(),
        provinces=catalogue.PROVINCES,
    )


def _new_codes(sheets: dict[str, tuple[Sheet, ...]], sort: str) -> list[Sheet]:
    """The rules of a sort that no earlier sort has listed: a code is one place on a page."""
    earlier = SORTS[: SORTS.index(sort)]
    known = {sheet.code for other in earlier for sheet in sheets[other]}
    return [sheet for sheet in sheets[sort] if sheet.code not in known]


def _cites() -> Iterator[Citation]:
    for found in catalogue.LAW.procedures.values():
        yield from found.cites
        yield from (cite for act in found.rules for cite in act.cites)
    for sort in SORTS:
        for sheet in sheets_of(sort):
            yield from (cite for version in sheet.versions for cite in version.cites)


def _confidences() -> list[tuple[str, int]]:
    """How many citations stand on what, the surest first."""
    counted = Counter(cite.confidence for cite in _cites())
    return [(confidence.value, counted[confidence]) for confidence in Confidence]
