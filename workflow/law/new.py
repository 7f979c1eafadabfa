"""The procedure `new`: a first license, from draft to delivery."""

from __future__ import annotations

from workflow.domain.facts import Facts
from workflow.domain.procedure import Ask, Confidence, Need, Procedure, Rule, State, Text
from workflow.law.kinds import KIND_MATERIALS, KINDS
from workflow.law.steps import (
    AUTHORITY,
    BOTH,
    DECISION,
    ONE_NOTICE,
    PREPARATION,
    RECEIPT,
    RECORD,
    STAFF,
)
from workflow.law.vocabulary import LICENSING, ORDER_42, PROCEDURES, STATES, TELECOM, cite

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
    Rule(
        trigger="submit",
        label=Text("登记提交", "Record submission"),
        source=(State.MATERIAL_PREP,),
        target=State.SUBMITTED,
        by=STAFF,
        cites=(cite(LICENSING, "第二十九条", "Art. 29", Confidence.TEXT),),
        guards=_AT_SUBMIT,
        asks=(RECEIPT,),
        sends=BOTH,
        authority_fact=True,
    ),
    Rule(
        trigger="resubmit",
        label=Text("登记再次提交", "Record resubmission"),
        source=(State.CORRECTION_REQUESTED,),
        target=State.SUBMITTED,
        by=STAFF,
        cites=(ONE_NOTICE,),
        guards=(*_AT_SUBMIT, "G-POINTS"),
        asks=(RECEIPT,),
        effects=("close_round",),
        sends=BOTH,
        authority_fact=True,
    ),
    Rule(
        trigger="approve",
        label=Text("登记批准", "Record approval"),
        source=(State.SUBMITTED,),
        target=State.APPROVED,
        by=STAFF,
        cites=(
            DECISION,
            cite(ORDER_42, "第十三条", "Art. 13", Confidence.KNOWLEDGE),
            cite(ORDER_42, "第十四条（有效期五年）", "Art. 14 (five years)", Confidence.SECONDARY),
        ),
        asks=(
            Ask("number", Text("许可证号", "License number"), required=True),
            Ask("valid_from", Text("有效期起", "Valid from"), "date"),
            Ask(
                "valid_to",
                Text("有效期至", "Valid until"),
                "date",
                hint=Text("不填按五年", "Five years if left open"),
            ),
            Ask("kinds", Text("业务种类", "Kinds"), "kinds"),
            Ask("items", Text("服务项目", "Service items"), "items"),
            Ask("coverage", Text("覆盖范围", "Coverage"), "coverage"),
        ),
        effects=("grant_license", "open_follow_ups"),
        sends=BOTH,
        authority_fact=True,
    ),
    *AUTHORITY,
    *RECORD,
)


def _has_content(facts: Facts) -> bool:
    return bool(facts.case.get("content"))


def _one_province(facts: Facts) -> bool:
    return bool(facts.coverage) and not facts.nationwide


def _holds_license(facts: Facts) -> bool:
    return any(held.status == "valid" and held.valid_to >= facts.on for held in facts.licenses)


def _online(facts: Facts) -> bool:
    return bool(set(facts.kinds) & set(KIND_MATERIALS["M-DOMAIN"]))


def _call_center(facts: Facts) -> bool:
    return bool(set(facts.kinds) & set(KIND_MATERIALS["M-CCSYS"]))


_ONLINE = Text("ICP、EDI 通过网站或应用经营", "ICP and EDI are operated through a site or app")

_NEEDS: tuple[Need, ...] = (
    Need("M-APP"),
    Need("M-LIC"),
    Need("M-PROFILE"),
    Need("M-AOA"),
    Need("M-EQUITY"),
    Need("M-PLAN"),
    Need("M-SERVICE"),
    Need("M-INFOSEC"),
    Need("M-CREDIT"),
    Need("M-PROMISE"),
    Need("M-IDLR"),
    Need("M-IDSTAFF"),
    Need("M-SI", alternatives=("M-CNCN",)),
    Need(
        "M-PREAPP",
        _has_content,
        Text("涉及须前置审批或备案的内容", "The content needs prior approval or filing"),
    ),
    Need("M-DOMAIN", _online, _ONLINE),
    Need("M-HOST", _online, _ONLINE),
    Need("M-PREM", _one_province, Text("申请一个省的范围", "The license is for one province")),
    Need("M-CCSYS", _call_center, Text("经营呼叫中心", "A call center is operated")),
    Need("M-OLDLIC", _holds_license, Text("已持有许可证", "The company already holds a license")),
)

PROCEDURE = Procedure(
    code="new",
    prefix="AP",
    name=PROCEDURES["new"],
    rules=_RULES,
    needs=_NEEDS,
    clocks=("K-CORR", "K-REV", "K-DELIV"),
    kinds=frozenset(kind.code for kind in KINDS),
    cites=(
        cite(TELECOM, "第七条", "Art. 7", Confidence.TEXT),
        cite(ORDER_42, "第六条、第八条", "Arts. 6, 8", Confidence.SECONDARY),
    ),
    labels=STATES,
)
