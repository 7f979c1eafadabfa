"""The procedure `new`: a first license, from draft to delivery."""

from __future__ import annotations

from dataclasses import replace

from workflow.domain.facts import Facts
from workflow.domain.procedure import Confidence, Need, Procedure, Rule, Text
from workflow.law.authority_steps import AUTHORITY, NUMBER, SCOPE, TERM, approval
from workflow.law.conditions import (
    HAS_CONTENT,
    IS_CALL_CENTER,
    IS_DELIVERY_NETWORK,
    IS_ONLINE,
    PROVES_PREMISES,
    Condition,
)
from workflow.law.enclosures import INVESTORS, NODES, NUISANCE, PREMISES_LIST, SERVICE_SP
from workflow.law.kinds import KINDS
from workflow.law.sources import ORDER_42, TELECOM, cite
from workflow.law.steps import PREPARATION, RECORD, filing
from workflow.law.vocabulary import PROCEDURES, STATES

_AT_SUBMIT = (
    "G-COMPANY",
    "G-CAPITAL",
    "G-STAFF",
    "G-PREMISES",
    "G-SERVICE",
    "G-INFOSEC",
    "G-DISHONEST",
    "G-BADLIST",
    "G-LOCKOUT",
    "G-FOREIGN",
    "G-PREAPP",
    "G-KINDSPEC",
    "G-SCOPE",
    "G-MATERIALS",
    "G-CONFLICT",
    "G-SIGNOFF",
)

_RULES: tuple[Rule, ...] = (
    *PREPARATION,
    *filing(*_AT_SUBMIT),
    approval(
        "grant_license",
        replace(NUMBER, required=True),
        *TERM,
        *SCOPE,
        cites=(
            cite(ORDER_42, "第十三条", "Art. 13", Confidence.KNOWLEDGE),
            cite(ORDER_42, "第十四条（有效期五年）", "Art. 14 (five years)", Confidence.SECONDARY),
        ),
    ),
    *AUTHORITY,
    *RECORD,
)


def _holds_license(facts: Facts) -> bool:
    return any(held.status == "valid" and held.valid_to >= facts.on for held in facts.licenses)


def _need(code: str, condition: Condition) -> Need:
    return Need(code, condition.holds, condition.why)


_NEEDS: tuple[Need, ...] = (
    Need("M-APP"),
    Need("M-LIC"),
    Need("M-PROFILE"),
    Need("M-AOA"),
    Need("M-EQUITY", encloses=(INVESTORS,)),
    Need("M-PLAN", encloses=(SERVICE_SP, NODES, PREMISES_LIST)),
    Need("M-SERVICE"),
    Need("M-INFOSEC"),
    Need("M-CREDIT"),
    Need("M-PROMISE", encloses=(NUISANCE,)),
    Need("M-IDLR"),
    Need("M-IDSTAFF"),
    Need("M-SI", alternatives=("M-CNCN",)),
    _need("M-PREAPP", HAS_CONTENT),
    _need("M-DOMAIN", IS_ONLINE),
    _need("M-HOST", IS_ONLINE),
    _need("M-PREM", PROVES_PREMISES),
    _need("M-CCSYS", IS_CALL_CENTER),
    _need("M-CV", IS_DELIVERY_NETWORK),
    Need("M-OLDLIC", _holds_license, Text("已持有许可证", "The company already holds a license")),
)

PROCEDURE = Procedure(
    code="new",
    prefix="AP",
    name=PROCEDURES["new"],
    rules=_RULES,
    needs=_NEEDS,
    clocks=("K-CORR", "K-REV", "K-DELIV", "K-LOCK1", "K-LOCK3", "K-APPEAL"),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(
        cite(TELECOM, "第七条", "Art. 7", Confidence.TEXT),
        cite(ORDER_42, "第六条、第八条", "Arts. 6, 8", Confidence.SECONDARY),
    ),
    labels=STATES,
)
