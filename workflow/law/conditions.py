"""When a paper is asked for: conditions on the facts of a case, each with the sentence for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflow.domain.facts import Facts
from workflow.domain.procedure import Text
from workflow.law.content import documents_for
from workflow.law.figures import PREMISES, told
from workflow.law.kinds import BY_CODE


@dataclass(frozen=True, slots=True)
class Condition:
    """A question about the facts, and why the answer puts a paper on the list."""

    holds: Callable[[Facts], bool]
    why: Text


def _asks_for(code: str) -> Callable[[Facts], bool]:
    """The kinds at stake include one that asks for this paper."""

    def holds(facts: Facts) -> bool:
        return any(code in BY_CODE[kind].materials for kind in facts.kinds)

    return holds


def _has_content(facts: Facts) -> bool:
    return bool(documents_for(facts.case.get("content") or (), facts.on))


def _proves_premises(facts: Facts) -> bool:
    """As the bureau asks; unless it says otherwise, for one province."""
    said = told(facts, PREMISES)
    return any(said) if said else bool(facts.coverage) and not facts.nationwide


HAS_CONTENT = Condition(
    _has_content,
    Text("涉及须前置审批或备案的内容", "The content needs prior approval or filing"),
)
PROVES_PREMISES = Condition(
    _proves_premises,
    Text(
        "申请一个省的范围，或主管部门要求场地证明",
        "The license is for one province, or the bureau asks for proof of premises",
    ),
)
IS_ONLINE = Condition(
    _asks_for("M-DOMAIN"),
    Text("业务通过网站或应用经营", "The service is operated through a site or app"),
)
IS_CALL_CENTER = Condition(_asks_for("M-CCSYS"), Text("经营呼叫中心", "A call center is operated"))
IS_DELIVERY_NETWORK = Condition(
    _asks_for("M-CV"), Text("业务须有专业技术人员", "The service needs technicians")
)
