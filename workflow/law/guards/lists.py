"""What bars or burdens the applicant: the two lists and the running bars on re-application."""

from __future__ import annotations

from datetime import timedelta

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.domain.workdays import add_years
from workflow.law.guards.outcomes import (
    BROKEN,
    MISSING_COMPANY_FACT,
    failed,
    passed,
    unknown,
    warned,
)
from workflow.law.sources import LICENSING, ORDER_42, cite

BAR_YEARS = {"concealment": 1, "fraud": 3}


def _dishonest(facts: Facts) -> Outcome:
    if facts.case.get("new_person_dishonest"):
        return failed("person")
    if facts.company.dishonest_list is None:
        return unknown("dishonest_list")
    return failed() if facts.company.dishonest_list else passed()


def _adverse(facts: Facts) -> Outcome:
    if facts.company.adverse_list is None:
        return unknown("adverse_list")
    return warned() if facts.company.adverse_list else passed()


def _lockout(facts: Facts) -> Outcome:
    strange = sorted({bar.kind for bar in facts.company.bars} - set(BAR_YEARS))
    if strange:
        return unknown("bars", bars=strange)
    ends = [(add_years(bar.decided_on, BAR_YEARS[bar.kind]), bar) for bar in facts.company.bars]
    running = [(until, bar) for until, bar in ends if facts.on <= until]
    if not running:
        return passed()
    until, bar = max(running, key=lambda pair: pair[0])
    return failed(
        bar=bar.kind,
        decided_on=bar.decided_on.isoformat(),
        until=until.isoformat(),
        earliest=(until + timedelta(1)).isoformat(),
    )


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-DISHONEST",
        title=Text("未列入电信业务经营失信名单", "Not on the dishonest list"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第六条第六项", "Art. 6(6)", Confidence.SECONDARY),),
        says={
            "pass": Text(
                "公司、主要投资者和主要经营管理人员须未列入失信名单：未列入",
                "Company, main investors and main managers must be off the dishonest list: clear",
            ),
            "fail": Text(
                "公司、主要投资者和主要经营管理人员须未列入失信名单：现已列入",
                "Company, main investors and main managers must be off the dishonest list: listed",
            ),
            "person": Text(
                "新任人员或新股东须未列入失信名单：现已列入",
                "The new person or shareholder must be off the dishonest list: listed",
            ),
            "unknown": MISSING_COMPANY_FACT,
            "broken": BROKEN,
        },
        fix=Text(
            "移出名单前不能申请；查明列入的是谁、何时可移出",
            "No application until removal. Find out who is listed and when it can be lifted",
        ),
        fix_at="company",
        check=_dishonest,
    ),
    Guard(
        code="G-BADLIST",
        only_warns=True,
        title=Text("未列入电信业务经营不良名单", "Not on the adverse list"),
        severity=Severity.PRACTICE,
        cites=(
            cite(ORDER_42, "第三十七条、第三十八条", "Arts. 37, 38", Confidence.TEXT),
            cite(ORDER_42, "第四十二条", "Art. 42", Confidence.TEXT),
        ),
        says={
            "pass": Text("公司未列入不良名单", "The company is not on the adverse list"),
            "warn": Text(
                "公司已列入不良名单：不妨碍申请，但会被重点监管",
                "The company is on the adverse list: no bar, but it will be watched closely",
            ),
            "unknown": MISSING_COMPANY_FACT,
            "broken": BROKEN,
        },
        fix=Text(
            "因年报列入的，补报年报，经确认后移出",
            "If listed for a missing annual report: file it late; removal follows confirmation",
        ),
        fix_at="company",
        check=_adverse,
    ),
    Guard(
        code="G-LOCKOUT",
        title=Text("不在禁止再次申请的期限内", "No bar on re-application is running"),
        severity=Severity.HARD,
        cites=(
            cite(ORDER_42, "第四十五条", "Art. 45", Confidence.KNOWLEDGE),
            cite(LICENSING, "第七十八条、第七十九条", "Arts. 78, 79", Confidence.TEXT),
        ),
        says={
            "pass": Text("没有正在执行的再次申请限制", "No bar on re-application is running"),
            "fail": Text(
                "因{bar}（{decided_on} 决定），{until} 前不得再次申请，最早可于 {earliest} 提交",
                "Barred until {until} for {bar} (decided {decided_on}); "
                "the first possible filing day is {earliest}",
            ),
            "unknown": Text(
                "企业档案的“{fields}”中有不认识的种类：{bars}。请到企业档案更正",
                "Under '{fields}' the company file has an unknown kind: {bars}. Correct it there",
            ),
            "broken": BROKEN,
        },
        fix=Text(
            "期满后再提交；主动注销不受此限", "File after it ends; voluntary cancellation is no bar"
        ),
        fix_at="company",
        check=_lockout,
    ),
)
