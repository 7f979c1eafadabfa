"""Cases and licenses of the same company that stand in the way of this filing."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.authorities import NATIONAL
from workflow.law.guards.outcomes import BROKEN, failed, passed
from workflow.law.vocabulary import DESK, cite


def _overlaps(one: Iterable[str], other: Iterable[str]) -> bool:
    """True when two coverages share a province; the whole country shares all."""
    mine, theirs = set(one), set(other)
    return bool(mine & theirs) or bool(mine and theirs and NATIONAL in mine | theirs)


def _conflict(facts: Facts) -> Outcome:
    wanted = set(facts.kinds)
    for case in facts.others:
        common = sorted(wanted & case.kinds)
        if case.procedure == "new" and common and _overlaps(facts.coverage, case.coverage):
            return failed("case", case=case.number, kinds=common)
    for held in facts.licenses:
        stands = held.status == "valid" and held.valid_to >= facts.on
        common = sorted(wanted & held.kinds)
        if stands and common and _overlaps(facts.coverage, held.coverage):
            return failed("license", license=held.number, kinds=common)
    return passed()


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-CONFLICT",
        title=Text("与其他案件和许可证不冲突", "No conflict with another case or license"),
        severity=Severity.PRACTICE,
        cites=(cite(DESK, "案件冲突", "cases that meet", Confidence.DESIGN),),
        says={
            "pass": Text(
                "没有已提交的同类新办案件，也没有覆盖相同范围的有效许可证",
                "No filed application and no valid license covers the same kind and area",
            ),
            "case": Text(
                "{case} 已提交，业务（{kinds}）和地区与本案重复，须先办结或撤回",
                "{case} is already filed for the same area and {kinds}; "
                "it must be decided or withdrawn first",
            ),
            "license": Text(
                "有效许可证 {license} 已覆盖相同地区的 {kinds}，应申请变更而非新办",
                "Valid license {license} already covers {kinds} in this area; "
                "apply for a change instead",
            ),
            "broken": BROKEN,
        },
        fix=Text(
            "等另一案件办结或撤回它；已有许可证的改办变更",
            "Wait for the other case or withdraw it; with a license, apply for a change",
        ),
        fix_at="conflict",
        check=_conflict,
        waivable=False,
        fixed_at_filing=True,
    ),
)
