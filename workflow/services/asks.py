"""What an act asks of the person, checked against its rule before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workflow.domain.errors import BadInput
from workflow.domain.license_number import plain
from workflow.domain.procedure import Ask, Rule, Text
from workflow.law import catalogue
from workflow.law.intended import ended_kinds, new_coverage, new_of, renewed_kinds
from workflow.storage.rows import CaseRow

LONGEST = 4000
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YEARS = range(1949, 2200)


def checked(rule: Rule, given: Mapping[str, Any], case: CaseRow) -> dict[str, Any]:
    """The answers as JSON values (days as ISO text); raises BadInput at the field."""
    asks = {ask.name: ask for ask in rule.asks}
    for name in given:
        if name not in asks:
            raise BadInput(name, Text(f"这一步不要 {name}", f"This act does not ask for {name}"))
    answers = {}
    for ask in rule.asks:
        value = given.get(ask.name)
        if value in (None, "", [], {}):
            if ask.required:
                raise BadInput(ask.name, _missing(ask))
            continue
        answers[ask.name] = answer(ask, value, case)
    return answers


def answer(ask: Ask, value: object, case: CaseRow) -> Any:  # noqa: ANN401 - any JSON value
    """One answer as a JSON value; raises BadInput at the field."""
    return _CHECKS.get(ask.kind, _words)(ask, value, case)


def _missing(ask: Ask) -> Text:
    return Text(f"请填写{ask.label.zh}", f"Enter: {ask.label.en}")


def _words(ask: Ask, value: object, _case: CaseRow) -> object:
    if isinstance(value, bool) or not isinstance(value, (str, int, date)):
        raise BadInput(ask.name, Text(f"{ask.label.zh}应为文字", f"{ask.label.en} must be text"))
    words = str(value).strip()
    if not words and ask.required:
        raise BadInput(ask.name, _missing(ask))
    return _not_too_long(ask, words)


def _not_too_long(ask: Ask, words: str) -> str:
    if len(words) > LONGEST:
        raise BadInput(
            ask.name,
            Text(
                f"{ask.label.zh}最多 {LONGEST} 字，现有 {len(words)} 字",
                f"{ask.label.en}: {LONGEST} characters at most, got {len(words)}",
            ),
        )
    return words


def _number(ask: Ask, value: object, case: CaseRow) -> object:
    words = _words(ask, value, case)
    return plain(words) if isinstance(words, str) else words


def _day(ask: Ask, value: object, _case: CaseRow) -> str:
    written = str(value.date() if isinstance(value, datetime) else value)
    try:
        day = date.fromisoformat(written if ISO_DAY.fullmatch(written) else "")
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise BadInput(
            ask.name,
            Text(
                f"{ask.label.zh}：{value} 不是日期，请写成 2026-03-02",
                f"{ask.label.en}: {value} is not a date; write it as 2026-03-02",
            ),
        )
    return day.isoformat()


def _choice(ask: Ask, value: object, _case: CaseRow) -> str:
    if not isinstance(value, str) or value not in {name for name, _ in ask.choices}:
        raise BadInput(
            ask.name,
            Text(f"{ask.label.zh}没有选项 {value}", f"{ask.label.en}: no choice {value}"),
        )
    return str(value)


def _points(ask: Ask, value: object, _case: CaseRow) -> list[dict[str, str]]:
    wrong = Text("补正意见应逐条写明", "List the correction points one by one")
    if not isinstance(value, list) or not all(isinstance(point, Mapping) for point in value):
        raise BadInput(ask.name, wrong)
    points = []
    for point in value:
        if set(point) - {"material", "field", "text"} or not str(point.get("text", "")).strip():
            raise BadInput(ask.name, wrong)
        material = str(point.get("material") or "")
        if material and material not in catalogue.LAW.materials:
            raise BadInput(
                ask.name, Text(f"没有材料 {material}", f"There is no material {material}")
            )
        kept = {"text": _not_too_long(ask, str(point["text"]).strip())}
        if material:
            kept["material"] = material
        elif point.get("field"):
            kept["field"] = str(point["field"])
        points.append(kept)
    return points


def _guard(ask: Ask, value: object, _case: CaseRow) -> str:
    guard = catalogue.LAW.guards.get(str(value))
    if guard is None:
        raise BadInput(ask.name, Text(f"没有条件 {value}", f"There is no guard {value}"))
    if not guard.may_be_waived:
        raise BadInput(
            ask.name,
            Text(
                f"{guard.title.zh}（{guard.code}）是法定条件，不能豁免",
                f"{guard.title.en} ({guard.code}) cannot be waived",
            ),
        )
    return guard.code


def _part_of(ask: Ask, value: object, case: CaseRow) -> list[str]:
    """A decision may grant less than was applied for, never more."""
    asked_for = _kinds_asked_for(case) if ask.kind == "kinds" else _coverage_asked_for(case)
    granted = list(dict.fromkeys(map(str, value))) if isinstance(value, list) else []
    if not granted or set(granted) - set(asked_for):
        raise BadInput(
            ask.name,
            Text(f"{ask.label.zh}超出申请范围", f"{ask.label.en}: more than was applied for"),
        )
    return granted


def _kinds_asked_for(case: CaseRow) -> set[str]:
    """What the case is aimed at: kinds dropped or kept out of it cannot be granted."""
    kinds = tuple(case.kinds)
    if case.procedure == "renewal":
        return set(renewed_kinds(case.facts, kinds))
    if case.procedure == "cancellation":
        return set(ended_kinds(case.facts, kinds))
    return {*kinds, *(new_of(case.facts).get("kinds") or ())}


def _coverage_asked_for(case: CaseRow) -> set[str]:
    return {*case.coverage, *new_coverage(case.facts, tuple(case.coverage))}


def _items_asked_for(case: CaseRow, kind: str) -> set[str]:
    """Those of the case and those a change makes new; a kind added without any: its first."""
    named = (new_of(case.facts).get("items") or {}).get(kind)
    return {*case.items.get(kind, ()), *(named or ())} or set(catalogue.default_items(kind))


def _items(ask: Ask, value: object, case: CaseRow) -> dict[str, list[str]]:
    listed = isinstance(value, Mapping) and all(isinstance(v, list) for v in value.values())
    if not isinstance(value, Mapping) or not listed or set(value) - _kinds_asked_for(case):
        raise BadInput(
            ask.name,
            Text(f"{ask.label.zh}超出申请范围", f"{ask.label.en}: more than was applied for"),
        )
    granted = {
        kind: [catalogue.item_code(kind, str(item)) for item in items]
        for kind, items in value.items()
    }
    if any(set(items) - _items_asked_for(case, kind) for kind, items in granted.items()):
        raise BadInput(
            ask.name,
            Text(f"{ask.label.zh}超出申请范围", f"{ask.label.en}: more than was applied for"),
        )
    return granted


_CHECKS = {
    "license_number": _number,
    "date": _day,
    "choice": _choice,
    "points": _points,
    "guard": _guard,
    "kinds": _part_of,
    "coverage": _part_of,
    "items": _items,
}


def check_day(case: CaseRow, on: date, today: date) -> None:
    """The day of an act: not to come, not before the last filing or authority fact."""
    if on > today:
        raise BadInput("on", Text(f"{on} 还没有到", f"{on} is in the future"))
    facts = {r.trigger for r in catalogue.procedure(case.procedure).rules if r.authority_fact}
    last = max((act.on for act in case.folded if act.do in facts), default=None)
    if last and on < last:
        raise BadInput(
            "on",
            Text(
                f"日期不能早于上一项申报或主管部门记录 {last}",
                f"The day cannot be before the last filing or authority record, {last}",
            ),
        )


def kept_names(rule: Rule) -> set[str]:
    """What the trail keeps of the answers beside the commitments."""
    return {ask.name for ask in rule.asks if not ask.personal and ask.kind != "points"}
