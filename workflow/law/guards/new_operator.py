"""A change of operator (C-SUBJ) is judged on the new one, whose company file we do not hold."""

from __future__ import annotations

from collections.abc import Callable

from workflow.domain.facts import Facts
from workflow.domain.guard import Outcome
from workflow.domain.procedure import Text
from workflow.law.guards.outcomes import warned
from workflow.law.intended import new_of

NEW_OPERATOR = Text(
    "须由变更后的经营主体符合，企业档案记载的是现持证公司：请按其材料核实",
    "The new operator must meet this, and the company file is the present holder's: verify it "
    "from the new operator's papers",
)


def on_new_operator(
    check: Callable[[Facts], Outcome], told: str | None = None
) -> Callable[[Facts], Outcome]:
    """The same check, except that what is not known of a new operator is never shown as met.

    `told` names the fact under `new` that is enough to judge by.
    """

    def judged(facts: Facts) -> Outcome:
        known = told is not None and new_of(facts.case).get(told) is not None
        if "C-SUBJ" in facts.changes and not known:
            return warned("new_operator")
        return check(facts)

    return judged
