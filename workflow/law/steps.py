"""The acts every procedure shares on our side: preparation, filing, the record."""

from __future__ import annotations

from collections.abc import Callable

from workflow.domain.facts import Act
from workflow.domain.procedure import OPEN_STATES, Ask, Confidence, Role, Rule, State, Text
from workflow.law.acts import no_review_pending, review_pending, signed_off
from workflow.law.sources import DESK, LICENSING, PRACTICE, cite

STAFF = frozenset({Role.HANDLER, Role.REVIEWER})
BOTH = (Role.HANDLER, Role.REVIEWER)
ONE_NOTICE = cite(LICENSING, "第三十二条第一款第四项", "Art. 32(1)(4)", Confidence.TEXT)
RECEIPT = Ask("receipt", Text("平台回执号", "Receipt number of the platform"))

_SUBMIT = Text("登记提交", "Record submission")
_RESUBMIT = Text("登记再次提交", "Record resubmission")
_REVIEWER = frozenset({Role.REVIEWER})
_PREPARING = (State.MATERIAL_PREP, State.CORRECTION_REQUESTED)
_FOUR_EYES = cite(DESK, "四眼复核", "four eyes", Confidence.DESIGN)


def reason(name: str = "reason", zh: str = "原因", en: str = "Reason") -> Ask:
    return Ask(name, Text(zh, en), "long_text", required=True, personal=True)


def _on_pack(
    trigger: str,
    label: Text,
    by: frozenset[Role],
    sends: Role,
    *,
    asks: tuple[Ask, ...] = (),
    effects: tuple[str, ...] = (),
    while_: Callable[[tuple[Act, ...]], bool] | None = None,
) -> Rule:
    """One act of the review of a pack: four eyes, the state stays."""
    return Rule(
        trigger=trigger,
        label=label,
        source=_PREPARING,
        target=None,
        by=by,
        cites=(_FOUR_EYES,),
        asks=asks,
        effects=effects,
        sends=(sends,),
        while_=while_,
    )


_TO_REVIEW, _FROM_REVIEW = Role.REVIEWER, Role.HANDLER

# Before filing and again in a correction round: one person prepares, another signs off.
PREPARATION: tuple[Rule, ...] = (
    Rule(
        trigger="prepare",
        label=Text("开始备料", "Start preparing"),
        source=(State.DRAFT,),
        target=State.MATERIAL_PREP,
        by=STAFF,
        cites=(cite(DESK, "办件流程", "the flow of a case", Confidence.DESIGN),),
    ),
    _on_pack(
        "request_sign_off",
        Text("送复核", "Send for review"),
        STAFF,
        _TO_REVIEW,
        while_=no_review_pending,
    ),
    _on_pack(
        "recall_sign_off",
        Text("撤回送审", "Recall from review"),
        STAFF,
        _TO_REVIEW,
        while_=review_pending,
    ),
    _on_pack(
        "sign_off",
        Text("批准申请包", "Approve pack"),
        _REVIEWER,
        _FROM_REVIEW,
        effects=("sign_pack",),
    ),
    _on_pack(
        "return_pack",
        Text("退回材料包", "Return pack"),
        _REVIEWER,
        _FROM_REVIEW,
        asks=(reason(),),
        effects=("unsign_pack",),
    ),
    _on_pack(
        "revoke_sign_off",
        Text("撤销复核", "Revoke sign-off"),
        _REVIEWER,
        _FROM_REVIEW,
        asks=(reason(),),
        effects=("unsign_pack",),
        while_=signed_off,
    ),
)


def filing(*guards: str, label: Text = _SUBMIT, again: Text = _RESUBMIT) -> tuple[Rule, ...]:
    """Submit and resubmit, judged by these guards; a correction also by its points."""
    return (
        Rule(
            trigger="submit",
            label=label,
            source=(State.MATERIAL_PREP,),
            target=State.SUBMITTED,
            by=STAFF,
            cites=(cite(LICENSING, "第二十九条", "Art. 29", Confidence.TEXT),),
            guards=guards,
            asks=(RECEIPT,),
            sends=BOTH,
            authority_fact=True,
        ),
        Rule(
            trigger="resubmit",
            label=again,
            source=(State.CORRECTION_REQUESTED,),
            target=State.SUBMITTED,
            by=STAFF,
            cites=(ONE_NOTICE,),
            guards=(*guards, "G-POINTS"),
            asks=(RECEIPT,),
            effects=("close_round",),
            sends=BOTH,
            authority_fact=True,
        ),
    )


# What stays possible all along.
RECORD: tuple[Rule, ...] = (
    Rule(
        trigger="withdraw",
        label=Text("撤回申请", "Withdraw application"),
        source=OPEN_STATES,
        target=State.WITHDRAWN,
        by=STAFF | {Role.MANAGER},
        cites=(cite(PRACTICE, "决定前撤回", "withdrawal before decision", Confidence.KNOWLEDGE),),
        asks=(reason(),),
        sends=BOTH,
    ),
    Rule(
        trigger="waive",
        label=Text("豁免条件", "Waive a condition"),
        source=OPEN_STATES,
        target=None,
        by=_REVIEWER,
        cites=(cite(DESK, "指南类条件的豁免", "waiving guidance", Confidence.DESIGN),),
        asks=(
            Ask("guard", Text("条件", "Condition"), "guard", required=True),
            reason(),
            Ask("until", Text("豁免至", "Waived until"), "date"),
        ),
        effects=("waive_guard",),
        sends=(Role.HANDLER,),
    ),
    Rule(
        trigger="rectify",
        label=Text("更正记录", "Rectify the record"),
        source=tuple(State),
        target=None,
        by=_REVIEWER,
        cites=(cite(DESK, "审计轨迹", "the trail", Confidence.DESIGN),),
        asks=(
            Ask("event", Text("记录序号", "Event number"), required=True),
            Ask("field", Text("字段", "Field"), required=True),
            Ask("value", Text("正确的值", "Correct value"), required=True),
            reason(),
        ),
        effects=("rectify_fact",),
        sends=BOTH,
    ),
)
