"""The guide: choose procedure, kind and area, read what the law asks. All of it in the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.access import EVERYBODY, needs
from web.case_form import YES_NO, pairs
from web.forms import Answers
from web.law_words import law_page, procedures
from web.ports import desk, now
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.guide import guide_for, pilot_areas
from workflow.services.guide_facts import Combination

pages = Blueprint("guide", __name__)
LABELS = {
    "procedure": Text("办理事项", "the procedure"),
    "kind": Text("业务种类", "the kind of service"),
    "area": Text("覆盖范围", "the area"),
}
_NARROWS = {"change": "change", "number": "range"}
"""The further choice of a procedure, by the name of its field, which is also its label group."""
_TOLD_BESIDE = ("foreign_share", "pilot_approval", "evaluation_passed")
"""Answers to the finder and the eligibility check beside what is applied for."""


@pages.get("/guide")
@needs(*EVERYBODY)
def start() -> ResponseReturnValue:
    """Choose; a choice that was made becomes an address of its own."""
    form = Answers(request.args, LABELS)
    if "procedure" not in request.args:
        return _page(form, "")
    if not form.typed("procedure"):
        form.choice("procedure", catalogue.LAW.procedures)
        return _page(form, "", 422)
    rest: dict[str, Any] = request.args.to_dict(flat=True)
    procedure = rest.pop("procedure")
    chosen = {name: value for name, value in rest.items() if name in _names(procedure) and value}
    return redirect(url_for("guide.show", procedure=procedure, **chosen), 303)


@pages.get("/guide/<procedure>")
@needs(*EVERYBODY)
def show(procedure: str) -> ResponseReturnValue:
    """The guide to one combination, or the form with what is wrong in it."""
    form = Answers(request.args, LABELS)
    if procedure not in catalogue.LAW.procedures:
        form.refuse(
            "procedure",
            Text(f"没有这种办理事项：{procedure}", f"No such procedure: {procedure}"),
        )
        return _page(form, "", 404)
    if not form.typed("kind") and not form.typed("area"):
        return _page(form, procedure)
    asked = _asked(form, procedure)
    if form.errors:
        return _page(form, procedure, 422)
    with desk().database.reading() as session:
        guide = guide_for(session, asked, now().today)
    return _page(form, procedure, guide=guide, pilot_areas=pilot_areas(), told=_onward(form, asked))


def _asked(form: Answers, procedure: str) -> Combination:
    """What the address asks for; faults are noted on the form."""
    narrowed = {
        field: form.choice(field, catalogue.labels(field), required=False) or ""
        for code, field in _NARROWS.items()
        if code == procedure
    }
    return Combination(
        procedure,
        form.choice("kind", catalogue.LAW.kinds) or "",
        form.choice("area", catalogue.COVERAGES) or "",
        foreign=form.choice("foreign", [code for code, _ in YES_NO], required=False) == "yes",
        **narrowed,
    )


def _onward(form: Answers, asked: Combination) -> list[tuple[str, str]]:
    """What a new case and the eligibility check start from.

    An application that the address carries goes on as it was told, else the combination alone.
    """
    if asked.procedure != "new" or asked.kind not in form.all_typed("kinds"):
        return [("kinds", asked.kind), ("coverage", asked.area)]
    told = [(name, value) for name, value in pairs(form) if name != "procedure"]
    return told + [(name, form.typed(name)) for name in _TOLD_BESIDE if form.typed(name)]


def _names(procedure: str) -> tuple[str, ...]:
    narrow = _NARROWS.get(procedure)
    return ("kind", "area", "foreign", *((narrow,) if narrow else ()))


def _page(form: Answers, procedure: str, status: int = 200, **shown: Any) -> ResponseReturnValue:  # noqa: ANN401
    narrow = _NARROWS.get(procedure)
    return law_page(
        "guide/show.html",
        status,
        form=form,
        procedure=procedure,
        narrow=narrow,
        narrowed=list(catalogue.labels(narrow).items()) if narrow else [],
        options=_options(),
        **{"guide": None, **shown},
    )


def _options() -> dict[str, Any]:
    law = catalogue.LAW
    return {
        "procedure": [(code, found.name) for code, found in procedures().items()],
        "kind": [(code, _named(code)) for code in law.kinds],
        "area": list(catalogue.COVERAGES.items()),
        "yes_no": list(reversed(YES_NO)),
    }


def _named(code: str) -> Text:
    kind = catalogue.kind(code)
    return Text(
        f"{kind.catalogue_code} {kind.short.zh} · {kind.name.zh}",
        f"{kind.catalogue_code} {kind.short.en} · {kind.name.en}",
    )
