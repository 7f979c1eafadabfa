"""The procedure `number`: a code of a numbering range, for a licensee or for one's own use."""

from __future__ import annotations

from workflow.domain.facts import Facts
from workflow.domain.procedure import Ask, Confidence, Need, Procedure, Rule, Text
from workflow.law.authority_steps import AUTHORITY, EXTENDED, approval
from workflow.law.enclosures import SERVICE_ENTERPRISE
from workflow.law.kinds import KINDS
from workflow.law.sources import NUMBERING, NUMBERING_GUIDE, cite
from workflow.law.steps import PREPARATION, RECORD, filing
from workflow.law.vocabulary import PROCEDURES, STATES

_RULES: tuple[Rule, ...] = (
    *PREPARATION,
    *filing(
        "G-NUM-QUAL",
        "G-NUM-VALID",
        "G-NUM-DEBT",
        "G-NUM-PEN",
        "G-BADLIST",
        "G-MATERIALS",
        "G-CONFLICT",
        "G-SIGNOFF",
    ),
    approval(
        "grant_code",
        Ask("code", Text("码号", "Code"), required=True),
        cites=(cite(NUMBERING, "第五条、第十一条", "Arts. 5, 11", Confidence.TEXT),),
    ),
    *AUTHORITY,
    *EXTENDED,
    *RECORD,
)


def _licensed(facts: Facts) -> bool:
    return facts.license is not None


PROCEDURE = Procedure(
    code="number",
    prefix="NM",
    name=PROCEDURES["number"],
    rules=_RULES,
    needs=(
        Need("M-CODEAPP"),
        Need("M-LIC"),
        Need("M-OLDLIC", _licensed, Text("凭许可证申请", "It rests on a license")),
        Need("M-CODEDESC", encloses=(SERVICE_ENTERPRISE,)),
        Need("M-PLAN"),
    ),
    clocks=(
        "K-CORR", "K-NUM", "K-DELIV", "K-NUMUSE", "K-CODEAR", "K-FEE", "K-APPEAL",
    ),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(
        cite(NUMBERING, "第五条、第十一条、第十三条", "Arts. 5, 11, 13", Confidence.TEXT),
        cite(NUMBERING_GUIDE, "办理程序", "procedure", Confidence.SECONDARY),
    ),
    labels=STATES,
    license="optional",
)  # fmt: skip
