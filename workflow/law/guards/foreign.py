"""Foreign investment: no share passes, any share is examined by a person."""

from __future__ import annotations

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.guards.outcomes import BROKEN, MISSING_COMPANY_FACT, passed, unknown
from workflow.law.vocabulary import FOREIGN, ORDER_42, cite


def _foreign(facts: Facts) -> Outcome:
    share = facts.company.foreign_share
    if share is None:
        return unknown("foreign_share")
    if share > 0:
        return unknown(says="examine", share=share, kinds=facts.kinds)
    return passed(share=share)


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-FOREIGN",
        title=Text("外资比例不超过上限", "The foreign share is within the cap"),
        severity=Severity.HARD,
        cites=(
            cite(FOREIGN, "第六条", "Art. 6", Confidence.SECONDARY),
            cite(ORDER_42, "第九条", "Art. 9", Confidence.KNOWLEDGE),
        ),
        says={
            "pass": Text(
                "逐层穿透的外资比例为 {share}%，适用内资程序",
                "Foreign share through every level is {share}%: the domestic procedure applies",
            ),
            "examine": Text(
                "外资比例为 {share}%：各业务（{kinds}）的上限须由人工核实，本台尚不能判定",
                "Foreign share is {share}%: a person must examine the caps for {kinds}; "
                "the desk cannot judge them yet",
            ),
            "unknown": MISSING_COMPANY_FACT,
            "broken": BROKEN,
        },
        fix=Text(
            "逐层追溯股东到自然人或国有资本，核对外资比例",
            "Trace shareholders to natural persons or state capital and confirm the share",
        ),
        fix_at="company",
        check=_foreign,
    ),
)
