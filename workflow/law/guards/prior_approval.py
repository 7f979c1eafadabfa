"""Content that another authority must approve or file first: one rule in two texts over time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.content import (
    DRUGS_FILING_SINCE,
    PRIOR_APPROVALS,
    documents_for,
    doubtful_for,
)
from workflow.law.guards.outcomes import (
    BROKEN,
    MISSING_CASE_FACT,
    failed,
    in_hand,
    passed,
    unknown,
    warned,
)
from workflow.law.sources import TELECOM, cite


def _prior_approval(facts: Facts) -> Outcome:
    content = facts.case.get("content", ())
    if content is None:
        return unknown("content")
    if not content:
        return passed("none")
    values: dict[str, Any] = {"content": sorted(content), "material": "M-PREAPP"}
    needed, doubtful = documents_for(content, facts.on), doubtful_for(content, facts.on)
    if needed and not in_hand(facts, "M-PREAPP"):
        return failed(documents=needed, **values)
    if doubtful:
        return warned(documents=doubtful, **values)
    return passed(documents=needed, **values)


def _text(since: date, until: date | None, earlier: tuple[Guard, ...] = ()) -> Guard:
    """The rule as it stood from `since` to `until`: same check, the basis of its time."""
    rows = [row for row in PRIOR_APPROVALS if row.holds_on(since)]
    return Guard(
        code="G-PREAPP",
        title=Text("前置审批或备案已取得", "Prior approval or filing is in hand"),
        severity=Severity.HARD,
        cites=(
            cite(TELECOM, "第十四条", "Art. 14", Confidence.TEXT),
            *dict.fromkeys(basis for row in rows for basis in row.cites),
        ),
        says={
            "none": Text("不涉及前置审批内容", "No content needs prior approval"),
            "pass": Text(
                "涉及{content}，须有{documents}：{material}已在手",
                "Content: {content}; required: {documents}. {material} is in hand",
            ),
            "warn": Text(
                "涉及{content}：旧规定要求{documents}，现在是否仍要求未核实，请向主管部门确认",
                "Content: {content}. An older text asked for {documents}; whether it is still "
                "asked for is not verified: confirm with the bureau",
            ),
            "fail": Text(
                "涉及{content}，须先取得{documents}：缺少有效的{material}",
                "Content: {content}; required first: {documents}. No valid {material}",
            ),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text(
            "先向相应主管部门办理，再上传文件；不涉及的取消勾选",
            "Obtain it from the authority in charge and upload it, or correct the content flags",
        ),
        fix_at="facts",
        check=_prior_approval,
        since=since,
        until=until,
        earlier=earlier,
    )


_UNTIL_2025 = _text(date(1900, 1, 1), DRUGS_FILING_SINCE - timedelta(1))

GUARDS: tuple[Guard, ...] = (_text(DRUGS_FILING_SINCE, None, (_UNTIL_2025,)),)
