"""What a question is made of, and the groups a guide shows them in."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Text
from workflow.law.vocabulary import Labels


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `refs` are codes of guards, materials, clocks, kinds, changes, self-checks.

    `no_rule` says that no rule was found, so the answer only tells what is known.
    """

    number: int
    headline: Text
    groups: tuple[str, ...]
    refs: tuple[str, ...]
    answer: Text
    no_rule: bool = False


GROUPS: Labels = {
    "authority": Text("找哪个机关", "Which authority"),
    "kind": Text("该办哪个证", "Which license"),
    "new": Text("新办", "New application"),
    "foreign": Text("外资", "Foreign investment"),
    "change": Text("变更", "Change"),
    "cancellation": Text("注销", "Cancellation"),
    "annual_report": Text("年报", "Annual report"),
    "number": Text("码号", "Numbering"),
    "cross_province": Text("跨省", "Across provinces"),
    "materials": Text("前置审批和材料", "Prior approvals and materials"),
    "agents": Text("代理机构", "Agents"),
    "policy": Text("政策", "Policy"),
    "rejection": Text("不予批准", "Refusals"),
}


def question(
    number: int,
    headline: tuple[str, str],
    groups: str,
    refs: str,
    answer: tuple[str, str],
    *,
    no_rule: bool = False,
) -> Question:
    """A row: groups and codes are written with spaces between them."""
    return Question(
        number,
        Text(*headline),
        tuple(groups.split()),
        tuple(refs.split()),
        Text(*answer),
        no_rule,
    )
