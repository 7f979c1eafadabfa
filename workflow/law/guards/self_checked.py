"""The items of the look-back self-check that refuse a renewal when they are red."""

from __future__ import annotations

from collections.abc import Callable

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Severity, Text
from workflow.law.guards.outcomes import BROKEN, failed, passed, warned
from workflow.law.self_check import BLOCKING, ITEMS, CheckItem, answered, verdicts


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


GUARDS: tuple[Guard, ...] = tuple(_guard(item) for item in ITEMS if item.code in BLOCKING)
