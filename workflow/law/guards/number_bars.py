"""Codes: what bars or burdens the applicant: fees owed, and locks after penalties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.domain.workdays import add_years
from workflow.law.authorities import MIIT, authority_named
from workflow.law.guards.outcomes import BROKEN, failed, passed, warned
from workflow.law.sources import NUMBERING, NUMBERING_GUIDE, cite

_SHORT_CODES = frozenset({"95XXX", "96XXX"})


def _debt(facts: Facts) -> Outcome:
    return failed() if facts.company.code_fees_owed else passed()


def _penalties(facts: Facts) -> Outcome:
    authority = facts.fixed.get("authority", MIIT)
    found = facts.company.penalties
    days = sorted(p.on for p in found if authority_named(p.authority) == authority)
    bars = _central(days) if authority == MIIT else _provincial(days)
    until = max((end for end in bars if facts.on <= end), default=None)
    if until is None:
        return _recent(facts)
    return failed(
        authority=authority,
        until=until.isoformat(),
        earliest=(until + timedelta(1)).isoformat(),
    )


def _recent(facts: Facts) -> Outcome:
    """For 95 and 96 codes the guides ask for no recent penalty; they do not say how recent."""
    days = [p.on for p in facts.company.penalties if facts.on <= add_years(p.on, 1)]
    if days and str(facts.case.get("range")) in _SHORT_CODES:
        return warned(count=len(days), last=max(days).isoformat())
    return passed()


def _central(days: list[date]) -> Iterator[date]:
    """One penalty by MIIT bars a year, a second within a year two from the second."""
    yield from (add_years(day, 1) for day in days)
    yield from (add_years(b, 2) for a, b in pairwise(days) if b <= add_years(a, 1))


def _provincial(days: list[date]) -> Iterator[date]:
    """Three penalties by a bureau within a year bar a year from the third, more two years."""
    for count, years in ((3, 1), (4, 2)):
        for first, last in zip(days, days[count - 1 :], strict=False):
            if last <= add_years(first, 1):
                yield add_years(last, years)


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-NUM-DEBT",
        title=Text("没有欠缴码号占用费", "No unpaid code fees"),
        severity=Severity.HARD,
        cites=(cite(NUMBERING, "第十三条第四项、第五项", "Art. 13(4)-(5)", Confidence.TEXT),),
        says={
            "pass": Text(
                "没有欠缴码号占用费；请一并核实没有未执行的处罚",
                "No code fees are owed; verify as well that no penalty is left unexecuted",
            ),
            "fail": Text("欠缴码号占用费，不予受理", "Code fees are owed: it is not accepted"),
            "broken": BROKEN,
        },
        fix=Text("先缴清占用费", "Pay the fees first"),
        fix_at="company",
        check=_debt,
    ),
    Guard(
        code="G-NUM-PEN",
        title=Text("没有因处罚而停止受理码号", "No lock after penalties"),
        severity=Severity.HARD,
        cites=(
            cite(NUMBERING, "第十四条（2003 年文本）", "Art. 14 (2003)", Confidence.TEXT),
            cite(NUMBERING_GUIDE, "近期未受处罚", "no recent penalty", Confidence.SECONDARY),
        ),
        says={
            "pass": Text("没有正在执行的停止受理", "No lock is running"),
            "warn": Text(
                "一年内受过 {count} 次处罚（最近 {last}）：95、96 号码要求近期未受处罚，请先确认",
                "{count} penalties within a year (the last on {last}): 95 and 96 codes ask for no "
                "recent penalty, so confirm first",
            ),
            "fail": Text(
                "因处罚，{authority}在 {until} 前不受理码号申请，最早 {earliest}",
                "After penalties {authority} accepts no code application until {until}; the "
                "earliest day is {earliest}",
            ),
            "broken": BROKEN,
        },
        fix=Text("期满后再申请", "Apply after it ends"),
        fix_at="company",
        check=_penalties,
    ),
)
