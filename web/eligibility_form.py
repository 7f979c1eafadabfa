"""The form of the eligibility check: what is applied for, on which day, by which company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from web import company_form
from web.case_form import LABELS as CASE_LABELS
from web.case_form import Applied, pairs, read_applied
from web.forms import Answers
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import companies

LABELS = {**company_form.LABELS, **CASE_LABELS, "on": Text("提交日期", "the filing day")}
YEARS = range(1949, 2200)
_PAPERS = {"approved_before": "M-PREAPP"}
_FACTS = ("pilot_approval", "evaluation_passed")
_OFFERED = {
    "kinds": catalogue.LAW.kinds,
    "coverage": catalogue.COVERAGES,
    "content": catalogue.labels("content"),
    "activities": catalogue.labels("activity"),
    "province": catalogue.PROVINCES,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, ready for the services. `company` are the facts of one that is no client."""

    applied: Applied
    papers: list[str]
    on: date
    company: dict[str, Any]


def fresh(typed: MultiDict[str, str], today: date) -> MultiDict[str, str]:
    """The address with what a form starts from: filing today, and nothing known of a stranger."""
    filled = typed.copy()
    asked = (*company_form.THREE, *company_form.TWO)
    first = {"on": today.isoformat(), **dict.fromkeys(asked, company_form.UNKNOWN)}
    for name, value in first.items():
        if name not in filled:
            filled[name] = value
    return filled


def check_offered(form: Answers) -> None:
    """Note what an address names and nobody offers, before the form was ever sent."""
    for name, offered in _OFFERED.items():
        form.choices(name, offered, required=False)


def read(form: Answers, *, client: bool) -> Question:
    """The form once it was sent; faults are noted on it."""
    applied = read_applied(form)
    applied.facts.update({name: True for name in _FACTS if form.ticked(name)})
    papers = [code for name, code in _PAPERS.items() if form.ticked(name)]
    return Question(applied, papers, _day(form), {} if client else _company(form))


def _day(form: Answers) -> date:
    on = form.day("on")
    if on and on.year not in YEARS:
        form.refuse("on", Text("请填写近年的日期", "Enter a day of our time"))
    return on or date.min


def _company(form: Answers) -> dict[str, Any]:
    told = {
        "uscc": companies.typed_code(form, required=False),
        "province": form.choice("province", catalogue.PROVINCES, required=False),
        **company_form.read_facts(form),
    }
    return company_form.new_values(told)


def carried(form: Answers) -> list[tuple[str, str]]:
    """What is applied for and when, for the same question about another company."""
    asked = ("on", *_PAPERS, *_FACTS)
    told = [(name, value) for name, value in applied(form) if name not in ("company", *_FACTS)]
    return told + [(name, form.typed(name)) for name in asked if form.typed(name)]


def applied(form: Answers) -> list[tuple[str, str]]:
    """What is applied for and by which client, as the form of a new case has it."""
    told = [(name, value) for name, value in pairs(form) if name != "procedure"]
    return told + [(name, "yes") for name in _FACTS if form.ticked(name)]
