"""The procedure `branch_report`: a branch opened, changed or closed, told to two authorities."""

from __future__ import annotations

from workflow.domain.procedure import Confidence, Procedure, Rule
from workflow.law.authority_steps import REPORTED, approval
from workflow.law.kinds import KINDS
from workflow.law.sources import ORDER_42, cite
from workflow.law.steps import PREPARATION, RECORD, filing
from workflow.law.vocabulary import FILED_REPORT, PROCEDURES, REPORT_LABELS, REPORT_STATES

_RULES: tuple[Rule, ...] = (
    *PREPARATION,
    *filing(
        "G-SCOPE", "G-BRANCH30", "G-BADLIST", "G-CONFLICT", "G-SIGNOFF",
        label=REPORT_LABELS["submit"], again=REPORT_LABELS["resubmit"],
    ),
    approval("file_branch_report", label=FILED_REPORT),
    *REPORTED,
    *RECORD,
)  # fmt: skip

PROCEDURE = Procedure(
    code="branch_report",
    prefix="BR",
    name=PROCEDURES["branch_report"],
    rules=_RULES,
    needs=(),
    clocks=("K-BRANCH",),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(cite(ORDER_42, "第三十九条", "Art. 39", Confidence.KNOWLEDGE),),
    labels=REPORT_STATES,
    license="required",
    filing_clocks=("K-BRANCH",),
)
