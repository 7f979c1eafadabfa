"""The procedure `renewal`: five more years for the kinds in service; silence grants them."""

from __future__ import annotations

from collections.abc import Callable

from workflow.domain.facts import Facts
from workflow.domain.procedure import Confidence, Need, Procedure, Rule
from workflow.law.authority_steps import AUTHORITY, LAPSING, NUMBER, SCOPE, TERM, approval
from workflow.law.conditions import HAS_CONTENT
from workflow.law.kinds import KINDS
from workflow.law.self_check import BLOCKING, WARNING, answered_red
from workflow.law.sources import LICENSING, ORDER_42, cite
from workflow.law.steps import PREPARATION, RECORD, filing
from workflow.law.vocabulary import PROCEDURES, STATES

WINDOW_OPENS_DAYS = 180
"""No earliest day is stated; the desk proposes to start this many days before expiry."""

_RULES: tuple[Rule, ...] = (
    *PREPARATION,
    *filing(
        "G-RENEW-TIME",
        "G-OPENED",
        "G-AR",
        "G-CHG-CLEAR",
        "G-DISHONEST",
        "G-BADLIST",
        "G-CAPITAL",
        "G-FOREIGN",
        "G-PREAPP",
        "G-KINDSPEC",
        *BLOCKING,
        *WARNING,
        "G-MATERIALS",
        "G-CONFLICT",
        "G-SIGNOFF",
    ),
    approval(
        "renew_license",
        NUMBER,
        *TERM,
        *SCOPE,
        cites=(cite(ORDER_42, "第二十七条", "Art. 27", Confidence.SECONDARY),),
    ),
    *AUTHORITY,
    *LAPSING,
    *RECORD,
)


def _red(code: str) -> Callable[[Facts], bool]:
    """An item that only warns is told when it is red, not twenty times when it is not."""

    def applies(facts: Facts) -> bool:
        return answered_red(facts, code)

    return applies


PROCEDURE = Procedure(
    code="renewal",
    prefix="RN",
    name=PROCEDURES["renewal"],
    rules=_RULES,
    needs=(
        Need("M-APP"),
        Need("M-PROMISE"),
        Need("M-LIC"),
        Need("M-OLDLIC"),
        Need("M-OPENPROOF"),
        Need("M-PREAPP", HAS_CONTENT.holds, HAS_CONTENT.why),
    ),
    clocks=("K-RENEW", "K-CORR", "K-REV", "K-RDEEM", "K-DELIV", "K-REG30", "K-APPEAL"),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(
        cite(ORDER_42, "第二十七条", "Art. 27", Confidence.SECONDARY),
        cite(LICENSING, "第五十条", "Art. 50", Confidence.TEXT),
    ),
    labels=STATES,
    license="required",
    guards_when={code: _red(code) for code in WARNING},
    filing_clocks=("K-RENEW",),
)
