"""The items of the look-back self-check as guards: four refuse, the others warn when red."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.guards.outcomes import BROKEN, failed, passed, warned
from workflow.law.self_check import (
    BLOCKING,
    ITEMS,
    WARNING,
    CheckItem,
    answered,
    verdicts,
)
from workflow.law.sources import ORDER_42, cite


def _blocks(code: str) -> Callable[[Facts], Outcome]:
    def check(facts: Facts) -> Outcome:
        if verdicts(facts)[code] == "red":
            return failed()
        return passed() if answered(facts, code) else passed("silent")

    return check


def _lists(facts: Facts) -> Outcome:
    """The dishonest list has a guard of its own; the adverse list only warns."""
    if (facts.case.get("self_check") or {}).get("RL-16") == "red":
        return failed()
    if verdicts(facts)["RL-16"] == "red":
        return warned()
    return passed() if answered(facts, "RL-16") else passed("silent")


def _guard(item: CheckItem) -> Guard:
    red = Text(f"自查为红：{item.name.zh}", f"Red in the self-check: {item.name.en}")
    says = {
        "pass": Text(f"自查通过：{item.name.zh}", f"Green in the self-check: {item.name.en}"),
        "silent": Text(
            f"自查尚未回答，暂按合规：{item.name.zh}",
            f"Not answered in the self-check, taken as green: {item.name.en}",
        ),
        "fail": red,
        "broken": BROKEN,
    }
    if item.code == "RL-16":
        says["warn"] = Text(
            "企业档案显示已列入名单，见名单条件", "The company file shows a listing: see the lists"
        )
    return Guard(
        code=item.code,
        title=item.name,
        severity=Severity.HARD,
        cites=item.cites,
        says=says,
        fix=item.fix,
        fix_at="facts",
        check=_lists if item.code == "RL-16" else _blocks(item.code),
    )


def _warns(code: str) -> Callable[[Facts], Outcome]:
    def check(facts: Facts) -> Outcome:
        return warned() if verdicts(facts)[code] == "red" else passed()

    return check


def _warning(code: str) -> Guard:
    """One item that warns, in every text it has had, the newest in force."""
    newest, *former = (
        Guard(
            code=code,
            title=item.name,
            severity=Severity.PRACTICE,
            cites=item.cites,
            says={
                "pass": Text(f"自查未见问题：{item.name.zh}", f"Not red: {item.name.en}"),
                "warn": Text(
                    f"自查为红：{item.name.zh}。不妨碍提交，主管部门核查时可能问到",
                    f"Red in the self-check: {item.name.en}. It does not stop the filing; the "
                    "authority may ask about it",
                ),
                "broken": BROKEN,
            },
            fix=item.fix,
            fix_at="facts",
            check=_warns(code),
            waivable=False,
            since=item.since,
            until=item.until,
        )
        for item in reversed(ITEMS)
        if item.code == code
    )
    return replace(newest, earlier=tuple(former))


def _authorized(facts: Facts) -> Outcome:
    """No fact of a case tells the share, so the handler answers for it under RL-19.

    A renewal is only warned: there the item looks back, here it is what is applied for.
    """
    answered = (facts.case.get("self_check") or {}).get("RL-19")
    if answered == "red":
        return warned("red") if facts.procedure == "renewal" else failed()
    return passed() if answered == "green" else warned()


_AUTHORIZED = Guard(
    code="RL-19",
    title=Text(
        "未出租、转让许可证；持有被授权公司 51% 以上股权",
        "No lending of the license; at least 51% of the authorized company is held",
    ),
    severity=Severity.HARD,
    cites=(cite(ORDER_42, "第十八条", "Art. 18", Confidence.KNOWLEDGE),),
    says={
        "pass": Text("已核实持股不低于 51%", "The share was verified: it is at least 51%"),
        "warn": Text(
            "持证公司须持有被授权公司 51% 以上股权，案件中没有这一比例："
            "请核对被授权公司的章程和股权结构图",
            "The holder must own at least 51% of the authorized company. The case does not tell "
            "the share: verify it from that company's articles and equity chart",
        ),
        "red": Text(
            "自查为红：出租、转让了许可证，或对授权公司持股不足 51%。不妨碍提交，"
            "请先停止并咨询律师",
            "Red in the self-check: the license was lent or transferred, or less than 51% of an "
            "authorized company is held. It does not stop the filing; stop it, take legal advice",
        ),
        "fail": Text(
            "持证公司须持有被授权公司 51% 以上股权：自查认为不足",
            "The holder must own at least 51% of the authorized company: the self-check says less",
        ),
        "broken": BROKEN,
    },
    fix=Text("先调整股权，或由被授权公司自行申请", "Raise the share, or let that company apply"),
    fix_at="facts",
    check=_authorized,
)

GUARDS: tuple[Guard, ...] = (
    *(_guard(item) for item in ITEMS if item.code in BLOCKING),
    *(_warning(code) for code in WARNING if code != _AUTHORIZED.code),
    _AUTHORIZED,
)
