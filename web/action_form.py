"""The questions of one act, made from what its rule asks, and the answers read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from web.forms import Answers
from workflow.domain.procedure import Ask, Rule, Text
from workflow.law import catalogue
from workflow.services.case_view import CaseView
from workflow.services.normalize import FormError, paragraphs

ROWS, MOST_ROWS, MORE_ROWS = 5, 50, 5

Choices = list[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the person is asked: its field, what may be chosen, what stands there at first."""

    ask: Ask
    choices: tuple[tuple[str, Text], ...] = ()
    value: str = ""
    values: tuple[str, ...] = ()


_EVERYTHING = frozenset({"number", "valid_from", "valid_to", "kinds", "items", "coverage"})
_DECIDED: Mapping[str, frozenset[str]] = {
    "new": _EVERYTHING,
    "renewal": _EVERYTHING,
    "cancellation": frozenset({"kinds"}),
    "number": frozenset({"code"}),
}


def questions_of(view: CaseView, rule: Rule, preset: Mapping[str, str]) -> list[Question]:
    """A question per thing the rule asks; `preset` fills some in, such as which guard to waive."""
    asks = [ask for ask in rule.asks if rule.trigger != "approve" or ask.name in _decided(view)]
    return [_question(view, ask, preset.get(ask.name, "")) for ask in asks]


def _decided(view: CaseView) -> frozenset[str]:
    """What an approval of this case writes; a report writes nothing that could be asked."""
    if view.case.procedure != "change":
        return _DECIDED.get(view.case.procedure, frozenset())
    if view.report:
        return frozenset()
    rows = catalogue.changes_of(view.case.facts.get("changes") or ())
    return frozenset({"number"}).union(*(row.writes for row in rows))


def _question(view: CaseView, ask: Ask, preset: str) -> Question:
    aimed = view.standing.facts
    if ask.kind == "kinds":
        return Question(ask, _named("kind", aimed.kinds), values=tuple(aimed.kinds))
    if ask.kind == "coverage":
        return Question(ask, _named("coverage", aimed.coverage), values=tuple(aimed.coverage))
    if ask.kind == "items":
        items = tuple(item for kind in aimed.kinds for item in aimed.items.get(kind, ()))
        return Question(ask, _named("item", items), values=items)
    if ask.kind == "guard":
        return Question(ask, tuple(_waivable(view)), value=preset)
    if ask.kind == "choice":
        return Question(ask, ask.choices, value=preset)
    return Question(ask, value=preset)


def _named(group: str, codes: Any) -> tuple[tuple[str, Text], ...]:  # noqa: ANN401 - codes
    return tuple((code, catalogue.label_of(group, code)) for code in codes)


def _waivable(view: CaseView) -> Choices:
    """Unmet conditions a reviewer may let go, with their codes."""
    return [
        (
            b.guard.code,
            Text(f"{b.guard.title.zh}（{b.guard.code}）", f"{b.guard.title.en} ({b.guard.code})"),
        )
        for b in view.blockers
        if b.outcome == "unmet" and b.guard.may_be_waived
    ]


def rows_of(form: Answers | None) -> int:
    """How many rows of points to show: five, or as many as the form had."""
    typed = form.typed("rows") if form else ""
    shown = int(typed) if typed.isascii() and typed.isdigit() else ROWS
    return max(ROWS, min(shown, MOST_ROWS))


def read_answers(form: Answers, questions: list[Question], kinds: list[str]) -> dict[str, Any]:
    """What was answered, in the shape the act takes; faults are noted on the form."""
    given = {}
    for question in questions:
        read = _READ.get(question.ask.kind, _line)
        value = read(form, question)
        if question.ask.kind == "items":
            value = _by_kind(value, kinds)
        if value not in (None, "", (), [], {}):
            given[question.ask.name] = value
    return given


def _line(form: Answers, question: Question) -> object:
    return form.line(question.ask.name, required=question.ask.required)


def _long(form: Answers, question: Question) -> object:
    return form.long(question.ask.name, required=question.ask.required)


def _day(form: Answers, question: Question) -> object:
    return form.day(question.ask.name, required=question.ask.required)


def _choice(form: Answers, question: Question) -> object:
    offered = [value for value, _ in question.choices]
    return form.choice(question.ask.name, offered, required=question.ask.required)


def _parts(form: Answers, question: Question) -> object:
    """Which parts of what was applied for were granted; none ticked is no decision."""
    offered = [value for value, _ in question.choices]
    return list(form.choices(question.ask.name, offered, required=bool(offered)))


def _points(form: Answers, _question: Question) -> object:
    """Every row with words in it; a row with a material alone is not finished."""
    points = []
    for row in range(1, rows_of(form) + 1):
        text = _row_text(form, f"points-{row}")
        material = form.choice(f"material-{row}", catalogue.LAW.materials, required=False)
        if text:
            points.append({"text": text, **({"material": material} if material else {})})
        elif material:
            form.refuse(f"points-{row}", Text("请填写意见内容", "Enter the text of this point"))
    if not points and not form.errors:
        form.refuse("points-1", Text("至少填写一条补正意见", "Enter at least one point"))
    return points


def _row_text(form: Answers, field: str) -> str:
    try:
        return paragraphs(form.typed(field), field)
    except FormError as error:
        form.errors.append(error)
        return ""


_READ: Mapping[str, Callable[[Answers, Question], object]] = {
    "long_text": _long,
    "date": _day,
    "choice": _choice,
    "guard": _choice,
    "kinds": _parts,
    "coverage": _parts,
    "items": _parts,
    "points": _points,
}


def _by_kind(value: object, kinds: list[str]) -> dict[str, list[str]]:
    """Items under the kinds they belong to."""
    items = value if isinstance(value, list) else []
    held = {kind: {item.code for item in catalogue.kind(kind).items} for kind in kinds}
    found = {kind: [item for item in items if item in own] for kind, own in held.items()}
    return {kind: chosen for kind, chosen in found.items() if chosen}
