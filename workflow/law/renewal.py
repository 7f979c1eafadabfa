"""The procedure `renewal`: five more years for the kinds in service; silence grants them."""

from __future__ import annotations

from collections.abc import Callable

from workflow.domain.facts import Facts
from workflow.domain.procedure import Confidence, Need, Procedure, Rule, Text
from workflow.law.authority_steps import AUTHORITY, LAPSING, NUMBER, SCOPE, TERM, approval
from workflow.law.conditions import HAS_CONTENT, IS_ONLINE
from workflow.law.enclosures import REGISTRY_PRINT, RENEWAL_FORM, USER_AGREEMENT
from workflow.law.figures import asked_at_renewal
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


_BY_BUREAU = ("M-RESOL", "M-HOST", "M-DOMAIN", "M-INFOSEC", "M-SI", "M-PLAN")
"""Papers some bureaus ask for with a renewal, as their practice figures say (rulebook 2.3)."""
_ONLINE = frozenset({"M-HOST", "M-DOMAIN"})
_BUREAU = Text("当地续期口径要求", "The bureau asks for it with a renewal")


def _bureau_asks(code: str) -> Callable[[Facts], bool]:
    def applies(facts: Facts) -> bool:
        fits = code not in _ONLINE or IS_ONLINE.holds(facts)
        return fits and asked_at_renewal(facts, code)

    return applies


PROCEDURE = Procedure(
    code="renewal",
    prefix="RN",
    name=PROCEDURES["renewal"],
    rules=_RULES,
    needs=(
        Need("M-APP", encloses=(RENEWAL_FORM,)),
        Need("M-PROMISE"),
        Need("M-LIC", encloses=(REGISTRY_PRINT,)),
        Need("M-OLDLIC"),
        Need("M-OPENPROOF", encloses=(USER_AGREEMENT,)),
        Need("M-PREAPP", HAS_CONTENT.holds, HAS_CONTENT.why),
        *(Need(code, _bureau_asks(code), _BUREAU) for code in _BY_BUREAU),
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
