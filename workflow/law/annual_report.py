"""The procedure `annual_report`: last year's report, due on 31 March, taken note of."""

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
        "G-AR", "G-BADLIST", "G-CONFLICT", "G-SIGNOFF",
        label=REPORT_LABELS["submit"], again=REPORT_LABELS["resubmit"],
    ),
    approval("file_annual_report", label=FILED_REPORT),
    *REPORTED,
    *RECORD,
)  # fmt: skip

PROCEDURE = Procedure(
    code="annual_report",
    prefix="AR",
    name=PROCEDURES["annual_report"],
    rules=_RULES,
    needs=(),
    clocks=("K-AR", "K-CODEAR"),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(
        cite(ORDER_42, "第三十五条", "Art. 35", Confidence.TEXT),
        cite(ORDER_42, "第三十八条", "Art. 38", Confidence.TEXT),
    ),
    labels=REPORT_STATES,
    license="required",
    filing_clocks=("K-AR",),
)
