"""What is to be operated: long-term service, security measures, the kind's own conditions."""

from __future__ import annotations

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.guards.outcomes import BROKEN, failed, in_hand, passed, unknown, warned
from workflow.law.prerequisites import PREREQUISITES, notes_of, of_kinds
from workflow.law.sources import ORDER_42, TELECOM, cite


def _service(facts: Facts) -> Outcome:
    return passed() if in_hand(facts, "M-SERVICE") else failed(material="M-SERVICE")


def _infosec(facts: Facts) -> Outcome:
    return passed() if in_hand(facts, "M-INFOSEC") else failed(material="M-INFOSEC")


def _declared(facts: Facts) -> tuple[list[str], list[str]]:
    """Conditions of these kinds that only the applicant can speak of, and those said to lack."""
    declared = [note.code for note in notes_of(facts.kinds) if note.hard]
    said = facts.case.get("lacking") or ()
    return declared, [code for code in declared if code in said]


def _kind_conditions(facts: Facts) -> Outcome:
    """Hard rows fail, or are unknown without their fact; soft rows only ever warn."""
    answers = {row: row.holds(facts) for row in of_kinds(facts.kinds)}
    declared, lacking = _declared(facts)
    broken = [row.code for row, holds in answers.items() if row.hard and holds is False]
    if broken or lacking:
        return failed(conditions=[*broken, *lacking])
    unclear = [row.code for row, holds in answers.items() if row.hard and holds is None]
    unclear += declared if facts.case.get("lacking", ()) is None else []
    if unclear:
        return unknown(conditions=unclear)
    soft = [row.code for row, holds in answers.items() if not row.hard and not holds]
    return warned(conditions=soft) if soft else passed(kinds=facts.kinds)


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
)
