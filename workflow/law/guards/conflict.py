"""Cases and licenses of the same company that stand in the way of this filing."""

from __future__ import annotations

from workflow.domain.facts import Facts, OtherCase
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.guards.outcomes import BROKEN, failed, passed, warned
from workflow.law.meetings import Meeting, meet, overlaps
from workflow.law.sources import DESK, cite

_RANK: tuple[Meeting, ...] = ("excludes", "first", "warn")


def _conflict(facts: Facts) -> Outcome:
    met = [(how, case) for case in facts.others if (how := meet(facts, case))]
    met.sort(key=lambda pair: _RANK.index(pair[0]))
    if met and met[0][0] != "warn":
        return _stands_in_the_way(facts, *met[0])
    if facts.procedure == "new":
        held = _licensed_already(facts)
        if held:
            return held
    if met:
        return warned(case=met[0][1].number, procedure=met[0][1].procedure)
    return passed()


def _stands_in_the_way(facts: Facts, how: Meeting, case: OtherCase) -> Outcome:
    if facts.procedure == "new":
        common = sorted(set(facts.kinds) & case.kinds)
        return failed("case", case=case.number, kinds=common)
    return failed(how, case=case.number, procedure=case.procedure)


def _licensed_already(facts: Facts) -> Outcome | None:
    for held in facts.licenses:
        stands = held.status == "valid" and held.valid_to >= facts.on
        common = sorted(set(facts.kinds) & held.kinds)
        if stands and common and overlaps(facts.coverage, held.coverage):
            return failed("license", license=held.number, kinds=common)
    return None


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-CONFLICT",
        title=Text("与其他案件和许可证不冲突", "No conflict with another case or license"),
        severity=Severity.PRACTICE,
        cites=(cite(DESK, "案件冲突", "cases that meet", Confidence.DESIGN),),
        says={
            "pass": Text(
                "没有已提交而相冲突的案件，也没有重复的有效许可证",
                "No filed case and no valid license stands in the way",
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
            "excludes": Text(
                "{case}（{procedure}）已提交，与本案不能并行，须先办结或撤回",
                "{case} ({procedure}) is filed and excludes this case; "
                "it must be decided or withdrawn first",
            ),
            "first": Text(
                "{case}（{procedure}）已提交，须先办结，本案才能提交",
                "{case} ({procedure}) is filed and comes first: wait until it is decided",
            ),
            "warn": Text(
                "{case}（{procedure}）已提交，请确认两案互不影响",
                "{case} ({procedure}) is filed: make sure the two do not interfere",
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
