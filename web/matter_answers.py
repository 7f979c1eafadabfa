"""The facts of a case read from a form, and written back into one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from web.company_form import share
from web.forms import Answers
from web.matter_faults import refuse_impossible
from web.matter_field import OF_KINDS, About, Field
from workflow.domain.procedure import Text

MOST_PLACES, LONGEST_PLACE = 50, 40
_UNSET_BY_NOTHING = ("yes_no",)


def read_facts(form: Answers, about: About, fields: Iterable[Field]) -> dict[str, Any]:
    """What was answered, as the services take it; None where a field was left open.

    Faults are noted on the form.
    """
    asked = {field.name: field for field in fields if not _dropped(form, about, field.name)}
    form.labels = {**form.labels, **{name: field.label for name, field in asked.items()}}
    facts: dict[str, Any] = {"new": {}} if about.procedure == "change" else {}
    for name, field in asked.items():
        value = _READ[field.sort](form, field)
        if value is not None or field.sort not in _UNSET_BY_NOTHING:
            _put(facts, name.split("."), value)
    check = _CHECKS.get(about.procedure)
    if check:
        check(form, about, facts)
    refuse_impossible(form, about, facts)
    return facts


def _dropped(form: Answers, about: About, name: str) -> bool:
    """A fact about a kind that the renewal does not go on with is nobody's question."""
    kinds = OF_KINDS.get(name)
    left = set(about.kinds) - set(form.all_typed("drop_kinds"))
    return about.procedure == "renewal" and kinds is not None and not (kinds & left)


def _put(facts: dict[str, Any], path: list[str], value: Any) -> None:  # noqa: ANN401 - any fact
    """Set a fact by its dotted name; inside `new` what is left open is left out."""
    *outer, name = path
    if outer and value in (None, []):
        return
    for part in outer:
        facts = facts.setdefault(part, {})
    facts[name] = value


def _yes_no(form: Answers, field: Field) -> bool | None:
    chosen = form.choice(field.name, ("yes", "no"), required=field.required)
    return None if chosen is None else chosen == "yes"


def _one(form: Answers, field: Field) -> str | None:
    return form.choice(field.name, [code for code, _ in field.choices], required=field.required)


def _several(form: Answers, field: Field) -> list[str]:
    offered = [code for code, _ in field.choices]
    return list(form.choices(field.name, offered, required=field.required))


def _places(form: Answers, field: Field) -> list[str]:
    """`广州、深圳` as two cities."""
    line = form.line(field.name, required=field.required, limit=MOST_PLACES * LONGEST_PLACE) or ""
    places = [place for place in re.split(r"[、，,；;\s]+", line) if place]
    if len(places) > MOST_PLACES or any(len(place) > LONGEST_PLACE for place in places):
        form.refuse(
            field.name,
            Text("请填写城市名称，用顿号分开", "Enter the names of cities, separated by commas"),
        )
    return list(dict.fromkeys(places))


_READ: Mapping[str, Callable[[Answers, Field], Any]] = {
    "day": lambda form, field: form.day(field.name, required=field.required),
    "line": lambda form, field: form.line(field.name, required=field.required),
    "yuan": lambda form, field: form.yuan(field.name, required=field.required),
    "share": lambda form, field: share(form, field.name, required=field.required),
    "year": lambda form, field: form.number(field.name, required=field.required),
    "code": lambda form, field: form.register_number(field.name, required=field.required),
    "places": _places,
    "yes_no": _yes_no,
    "one": _one,
    "radio": _one,
    "several": _several,
}


def _ends(form: Answers, about: About, facts: dict[str, Any]) -> None:
    """Nothing named ends the whole license, so who ends a part must name it."""
    part = facts.pop("ends", None)
    named = facts.get("end_kinds")
    if part == "some" and not named:
        form.refuse("end_kinds", Text("请选择终止哪些业务", "Choose the kinds that end"))
    if part == "whole" and named and set(named) != set(about.kinds):
        form.refuse(
            "end_kinds",
            Text(
                "选了注销整张许可证，又只勾了一部分业务，请改其中一项",
                "The whole license is to end, yet only some kinds are ticked: change one",
            ),
        )
    facts["end_kinds"] = named if part == "some" else None


def _changed(form: Answers, about: About, facts: dict[str, Any]) -> None:
    """A change of items names some; items of a kind that is not added are not applied for."""
    new = facts["new"]
    added, items = new.get("kinds", []), new.pop("items", {})
    items = {kind: codes for kind, codes in items.items() if kind in about.kinds or kind in added}
    if items:
        new["items"] = items
    owned = [kind for kind in about.kinds if _has_items(form, kind)]
    where = f"new.items.{owned[0]}" if owned else "changes"
    named = set(items) & set(about.kinds) or form.error_of(where)
    if "C-ITEM" in about.changes and not named:
        form.refuse(where, Text("请选择变更后的服务项目", "Choose the items after the change"))
    trades = "EDI" in added and "EDI-TRADE" in items.get("EDI", ["EDI-TRADE"])
    for name in ("third_party_platform", "deals_online"):
        if trades and name not in facts and not form.error_of(name):
            form.refuse(name, Text("增加 EDI 的交易处理业务时须填写", "Needed to add EDI"))


def _has_items(form: Answers, kind: str) -> bool:
    return f"new.items.{kind}" in form.labels


_CHECKS: Mapping[str, Callable[[Answers, About, dict[str, Any]], None]] = {
    "cancellation": _ends,
    "change": _changed,
}


def as_typed(fields: Iterable[Field], facts: Mapping[str, Any]) -> MultiDict[str, str]:
    """The facts as the form would have them; a field of several values may have none."""
    typed: MultiDict[str, str] = MultiDict()
    for field in fields:
        value = fact_at(facts, field.name)
        if field.name == "ends":
            typed["ends"] = "some" if facts.get("end_kinds") else "whole"
        elif field.sort == "several":
            typed.setlist(field.name, list(value or ()))
        elif field.sort == "places":
            typed[field.name] = "、".join(value or ())
        elif value is not None:
            yes_no = {True: "yes", False: "no"}
            typed[field.name] = yes_no[value] if field.sort == "yes_no" else str(value)
    return typed


def as_licensed(about: About, fields: Iterable[Field]) -> MultiDict[str, str]:
    """What a change starts from: coverage and items as the license has them."""
    if about.held is None:
        return MultiDict()
    now_ = {
        "coverage": sorted(about.held.coverage),
        "items": {kind: list(items) for kind, items in about.held.items.items()},
    }
    return as_typed((one for one in fields if one.name.startswith("new.")), {"new": now_})


def fact_at(facts: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any fact
    """The fact of a dotted name, None when nobody told it."""
    found: Any = facts
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
