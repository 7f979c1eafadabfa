"""What is to be operated: measures, prior approvals, the kind's own conditions, the area."""

from __future__ import annotations

from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.authorities import NATIONAL, PROVINCES
from workflow.law.guards.outcomes import (
    BROKEN,
    MISSING_CASE_FACT,
    failed,
    passed,
    unknown,
    warned,
)
from workflow.law.kinds import KINDS, PREREQUISITES
from workflow.law.vocabulary import INTERNET, ORDER_42, TELECOM, cite

_SCOPES = {kind.code: kind.scopes for kind in KINDS}


def _in_hand(facts: Facts, code: str) -> bool:
    paper = facts.papers.get(code)
    return paper is not None and (paper.valid_until is None or paper.valid_until >= facts.on)


def _service(facts: Facts) -> Outcome:
    return passed() if _in_hand(facts, "M-SERVICE") else failed(material="M-SERVICE")


def _infosec(facts: Facts) -> Outcome:
    return passed() if _in_hand(facts, "M-INFOSEC") else failed(material="M-INFOSEC")


def _prior_approval(facts: Facts) -> Outcome:
    content = facts.case.get("content", ())
    if content is None:
        return unknown("content")
    if not content:
        return passed("none")
    values: dict[str, Any] = {"content": sorted(content), "material": "M-PREAPP"}
    return passed(**values) if _in_hand(facts, "M-PREAPP") else failed(**values)


def _kind_conditions(facts: Facts) -> Outcome:
    rows = [row for row in PREREQUISITES if row.kind in facts.kinds]
    answers = {row: row.holds(facts) for row in rows}
    broken = [row.code for row, holds in answers.items() if row.hard and holds is False]
    if broken:
        return failed(conditions=broken)
    unclear = [row.code for row, holds in answers.items() if holds is None]
    if unclear:
        return unknown(conditions=unclear)
    soft = [row.code for row, holds in answers.items() if holds is False]
    return warned(conditions=soft) if soft else passed(kinds=facts.kinds)


def _scope(facts: Facts) -> Outcome:
    coverage = facts.coverage
    if not coverage or not facts.kinds:
        return unknown("coverage" if facts.kinds else "kinds")
    strange = [code for code in coverage if code not in PROVINCES and code != NATIONAL]
    if strange:
        return failed("strange", codes=strange)
    if NATIONAL in coverage and len(coverage) > 1:
        return failed("mixed", coverage=coverage)
    scope = "N" if facts.nationwide else "P"
    closed = [kind for kind in facts.kinds if scope not in _SCOPES[kind]]
    if closed:
        return failed("closed", kinds=closed, scope=scope)
    return passed(coverage=coverage, scope=scope)


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-SERVICE",
        title=Text("能为用户提供长期服务", "Users can be served in the long term"),
        severity=Severity.HARD,
        cites=(cite(TELECOM, "第十三条第三项", "Art. 13(3)", Confidence.TEXT),),
        says={
            "pass": Text("长期服务和质量保障措施已在手", "The service measures are in hand"),
            "fail": Text(
                "须有为用户提供长期服务的能力：缺少有效的{material}",
                "The ability to serve users in the long term is required: no valid {material}",
            ),
            "broken": BROKEN,
        },
        fix=Text("上传长期服务和质量保障措施", "Upload the service and quality measures"),
        fix_at="materials",
        check=_service,
    ),
    Guard(
        code="G-INFOSEC",
        title=Text("有网络与信息安全保障措施", "Network and information security measures exist"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第八条第七项", "Art. 8(7)", Confidence.SECONDARY),),
        says={
            "pass": Text("网络与信息安全保障措施已在手", "The security measures are in hand"),
            "fail": Text(
                "须有网络与信息安全保障措施：缺少有效的{material}",
                "Network and information security measures are required: no valid {material}",
            ),
            "broken": BROKEN,
        },
        fix=Text("上传网络与信息安全保障措施", "Upload the security measures"),
        fix_at="materials",
        check=_infosec,
    ),
    Guard(
        code="G-PREAPP",
        title=Text("前置审批或备案已取得", "Prior approval or filing is in hand"),
        severity=Severity.HARD,
        cites=(
            cite(TELECOM, "第十四条", "Art. 14", Confidence.TEXT),
            cite(INTERNET, "第五条", "Art. 5", Confidence.TEXT),
        ),
        says={
            "none": Text("不涉及前置审批内容", "No content needs prior approval"),
            "pass": Text(
                "涉及{content}，{material}已在手", "Content: {content}; {material} is in hand"
            ),
            "fail": Text(
                "涉及{content}，须先取得前置审批或备案：缺少有效的{material}",
                "Content: {content}; prior approval or filing is required: no valid {material}",
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
    ),
    Guard(
        code="G-KINDSPEC",
        title=Text("符合该业务种类的专门条件", "The kind's own conditions are met"),
        severity=Severity.HARD,
        cites=tuple(dict.fromkeys(cite for row in PREREQUISITES for cite in row.cites)),
        says={
            "pass": Text("{kinds} 的专门条件均符合", "The conditions of {kinds} are met"),
            "warn": Text("请核实：{conditions}", "Please verify: {conditions}"),
            "fail": Text("不符合：{conditions}", "Not met: {conditions}"),
            "unknown": Text(
                "无法判定：{conditions}。请在申报事实中补填",
                "Cannot be judged: {conditions}. Complete the case facts",
            ),
            "broken": BROKEN,
        },
        fix=Text(
            "核对实际业务，更正申报事实或改选业务种类",
            "Check what is really operated; correct the facts or choose another kind",
        ),
        fix_at="facts",
        check=_kind_conditions,
    ),
    Guard(
        code="G-SCOPE",
        title=Text("覆盖范围与发证机关相符", "The coverage matches the authority"),
        severity=Severity.HARD,
        cites=(cite(TELECOM, "第九条", "Art. 9", Confidence.TEXT),),
        says={
            "pass": Text("申请范围：{coverage}（{scope}）", "Coverage: {coverage} ({scope})"),
            "strange": Text(
                "覆盖范围中有不认识的代码：{codes}", "The coverage names unknown codes: {codes}"
            ),
            "mixed": Text(
                "覆盖范围须为若干省份或全国，不能并用：{coverage}",
                "Name provinces or the whole country, not both: {coverage}",
            ),
            "closed": Text(
                "{kinds} 不发放{scope}许可", "{kinds} is not licensed for this scope: {scope}"
            ),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text("更正覆盖范围", "Correct the coverage"),
        fix_at="scope",
        check=_scope,
    ),
)
