"""The form of a new case, whatever its procedure: read it, fill it, carry it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from web.case_form import FIELDS, read_applied
from web.forms import Answers
from web.look_back import read as read_self_check
from web.matter import Matter
from web.matter_answers import as_licensed, read_facts
from web.matter_faults import refuse_unconfirmed
from workflow.law import catalogue

HEAD = ("company", "procedure", "license", "changes", "filled")
_NOT_CARRIED = frozenset({"csrf_token", "once", "version", "choose", "kept", "lang", "theme"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with, ready for the services."""

    procedure: str
    facts: dict[str, Any]
    license_id: int | None = None
    changes: list[str] = field(default_factory=list)
    kinds: list[str] | None = None
    coverage: list[str] | None = None
    items: dict[str, list[str]] | None = None
    cities: list[str] | None = None

    def kept(self) -> dict[str, Any]:
        """Everything but the procedure, by the names of the services."""
        names = ("facts", "license_id", "changes", "kinds", "coverage", "items", "cities")
        return {name: getattr(self, name) for name in names}


def read_opening(form: Answers, matter: Matter) -> Opening:
    """What a form applies for; faults are noted on it."""
    about = matter.about
    told = read_facts(form, about, matter.fields)
    cities = told.pop("cities", None)
    facts = {name: value for name, value in told.items() if value is not None}
    if about.procedure == "new":
        applied = read_applied(form)
        refuse_unconfirmed(form, applied.kinds, applied.coverage)
        return Opening(
            "new", {**applied.facts, **facts}, kinds=applied.kinds, coverage=applied.coverage,
            items=applied.items, cities=cities,
        )  # fmt: skip
    if about.procedure == "renewal":
        given = read_self_check(form)
        facts |= {"self_check": given} if given else {}
    held = matter.held.id if matter.held else None
    return Opening(about.procedure, facts, held, list(matter.changes))


def prefilled(typed: MultiDict[str, str], matter: Matter) -> MultiDict[str, str]:
    """A first look: what is known already stands in the form."""
    filled, about = MultiDict(typed), matter.about
    province = matter.client.facts.province
    if about.procedure == "new" and province in catalogue.PROVINCES:
        filled.setdefault("coverage", province)
    for name, values in as_licensed(about, matter.fields).lists():
        filled.setlistdefault(name, values)
    for one in matter.fields:
        if one.sort == "year":
            filled.setdefault(one.name, one.choices[0][0])
    return filled


def pairs(form: Answers) -> list[tuple[str, str]]:
    """Every answer of the form, to be carried on in hidden fields or an address."""
    names = dict.fromkeys((*HEAD, *FIELDS, *form.posted.keys()))
    return [
        (name, value)
        for name in names
        if name not in _NOT_CARRIED
        for value in form.all_typed(name)
        if value
    ]
