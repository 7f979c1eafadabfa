"""What is applied for, as a form: kinds, service items, coverage and the facts that matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from web.case_words import kinds_line
from web.forms import Answers
from web.i18n import language
from workflow.domain.procedure import Text
from workflow.law import catalogue

NATIONAL = "national"
LABELS = {
    "procedure": Text("办理事项", "the procedure"),
    "kinds": Text("业务种类", "the kinds of service"),
    "coverage": Text("覆盖范围", "the coverage"),
    "third_party_platform": Text("是否第三方交易平台", "whether it is a third-party platform"),
    "deals_online": Text("是否线上成交", "whether deals are concluded online"),
}
YES_NO = (("yes", Text("是", "Yes")), ("no", Text("否", "No")))
_TRADE = ("third_party_platform", "deals_online")
_LISTS = ("content", "activities")
FIELDS = ("company", "procedure", "kinds", "items", "coverage", *_TRADE, *_LISTS)


@dataclass(frozen=True, slots=True)
class Applied:
    """What a form applies for, ready for the services."""

    kinds: list[str]
    coverage: list[str]
    items: dict[str, list[str]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def read_applied(form: Answers) -> Applied:
    """Read the form; faults are noted on it."""
    kinds = list(form.choices("kinds", catalogue.LAW.kinds))
    items = {
        kind: [i.code for i in catalogue.kind(kind).items if i.code in form.all_typed("items")]
        for kind in kinds
    }
    coverage = list(read_coverage(form))
    return Applied(kinds, coverage, items, _facts(form, kinds, items))


def read_coverage(form: Answers, *, required: bool = True) -> tuple[str, ...]:
    """Provinces, or the whole country alone."""
    coverage = form.choices("coverage", catalogue.COVERAGES, required=required)
    if NATIONAL in coverage and len(coverage) > 1:
        form.refuse(
            "coverage", Text("全国不能与省份同时选择", "National cannot be combined with provinces")
        )
    return coverage


def _facts(form: Answers, kinds: list[str], items: Mapping[str, list[str]]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: list(form.choices(name, catalogue.labels(group), required=False))
        for name, group in (("content", "content"), ("activities", "activity"))
    }
    trades = "EDI" in kinds and (not items["EDI"] or "EDI-TRADE" in items["EDI"])
    for name in _TRADE if "EDI" in kinds else ():
        answer = form.choice(name, ("yes", "no"), required=trades)
        if answer:
            facts[name] = answer == "yes"
    return facts


def options() -> dict[str, Any]:
    """Everything the form offers, with words."""
    return {
        "kinds": [
            (code, f"{kinds_line([code])} {kind.name.read(language())}")
            for code, kind in catalogue.LAW.kinds.items()
        ],
        "items": [
            (code, [(item.code, item.name) for item in kind.items])
            for code, kind in catalogue.LAW.kinds.items()
            if kind.items
        ],
        "coverage": list(catalogue.COVERAGES.items()),
        "content": list(catalogue.labels("content").items()),
        "activities": list(catalogue.labels("activity").items()),
        "yes_no": YES_NO,
    }


def as_typed(kinds: Iterable[str], coverage: Iterable[str], items: Mapping[str, Iterable[str]],
             facts: Mapping[str, Any]) -> MultiDict[str, str]:  # fmt: skip
    """A case as the form would have it, to be changed."""
    typed: MultiDict[str, str] = MultiDict()
    typed.setlist("kinds", list(kinds))
    typed.setlist("coverage", list(coverage))
    typed.setlist("items", [item for chosen in items.values() for item in chosen])
    for name in _LISTS:
        typed.setlist(name, list(facts.get(name) or ()))
    for name in _TRADE:
        if facts.get(name) is not None:
            typed[name] = "yes" if facts[name] else "no"
    return typed


def pairs(form: Answers) -> list[tuple[str, str]]:
    """Every answer of the form, to be carried on in hidden fields or an address."""
    return [(name, value) for name in FIELDS for value in form.all_typed(name)]
