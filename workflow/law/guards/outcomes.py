"""How a predicate answers in one line, and the sentences every guard shares."""

from __future__ import annotations

from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Outcome, Result
from workflow.domain.procedure import Text

BROKEN = Text(
    "判定出错（{error}），按未核实处理，请联系管理员",
    "The check itself failed ({error}), so it counts as not verified. Tell an administrator",
)

MISSING_COMPANY_FACT = Text(
    "尚未填写：{fields}。请到企业档案补填",
    "Not known yet: {fields}. Enter it in the company file",
)

MISSING_CASE_FACT = Text(
    "尚未填写：{fields}。请在申报事实中补填",
    "Not known yet: {fields}. Enter it in the case facts",
)


def passed(says: str = "pass", **values: Any) -> Outcome:  # noqa: ANN401 - JSON values
    """The condition is met."""
    return Outcome(Result.PASS, says, values)


def warned(says: str = "warn", **values: Any) -> Outcome:  # noqa: ANN401
    """The condition deserves a look but refuses nothing."""
    return Outcome(Result.WARN, says, values)


def failed(says: str = "fail", **values: Any) -> Outcome:  # noqa: ANN401
    """The condition is not met."""
    return Outcome(Result.FAIL, says, values)


def unknown(*fields: str, says: str = "unknown", **values: Any) -> Outcome:  # noqa: ANN401
    """A fact is missing; `fields` names it."""
    return Outcome(Result.UNKNOWN, says, {"fields": fields, **values} if fields else values)


def in_hand(facts: Facts, code: str) -> bool:
    """True when this paper was handed in and is still valid on the day asked about."""
    paper = facts.papers.get(code)
    return paper is not None and (paper.valid_until is None or paper.valid_until >= facts.on)
