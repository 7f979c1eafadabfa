"""The procedure `cancellation`: ending a license or some of its kinds, users settled first."""

from __future__ import annotations

from workflow.domain.procedure import Confidence, Need, Procedure, Rule
from workflow.law.authority_steps import AUTHORITY, KINDS_GRANTED, NOTICED, approval
from workflow.law.kinds import KINDS
from workflow.law.sources import ORDER_42, TELECOM, cite
from workflow.law.steps import PREPARATION, RECORD, filing
from workflow.law.vocabulary import PROCEDURES, STATES

_RULES: tuple[Rule, ...] = (
    *PREPARATION,
    *filing("G-SETTLE", "G-ADV90", "G-BADLIST", "G-MATERIALS", "G-CONFLICT", "G-SIGNOFF"),
    approval(
        "cancel_license",
        KINDS_GRANTED,
        cites=(cite(ORDER_42, "第三十一条", "Art. 31", Confidence.KNOWLEDGE),),
    ),
    *AUTHORITY,
    *NOTICED,
    *RECORD,
)

PROCEDURE = Procedure(
    code="cancellation",
    prefix="CX",
    name=PROCEDURES["cancellation"],
    rules=_RULES,
    needs=tuple(
        Need(code) for code in ("M-TERM", "M-RESOL", "M-SETPROM", "M-SETREP", "M-OLDLIC", "M-LIC")
    ),
    clocks=("K-ADV90", "K-CORR", "K-NOTICE", "K-CANC", "K-REG30", "K-APPEAL"),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(
        cite(ORDER_42, "第三十条、第三十一条", "Arts. 30, 31", Confidence.KNOWLEDGE),
        cite(TELECOM, "第十五条", "Art. 15", Confidence.TEXT),
    ),
    labels=STATES,
    license="required",
    filing_clocks=("K-ADV90",),
)
