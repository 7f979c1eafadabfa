"""The acts every filed procedure shares: preparation, what the authority does, the record."""

from __future__ import annotations

from workflow.domain.procedure import OPEN_STATES, Ask, Confidence, Role, Rule, State, Text
from workflow.law.acts import (
    no_review_pending,
    not_accepted,
    not_delivered,
    not_paused,
    paused,
    review_pending,
    signed_off,
)
from workflow.law.vocabulary import DESK, LICENSING, PAUSE_REASONS, PRACTICE, cite

STAFF = frozenset({Role.HANDLER, Role.REVIEWER})
BOTH = (Role.HANDLER, Role.REVIEWER)
ONE_NOTICE = cite(LICENSING, "第三十二条第一款第四项", "Art. 32(1)(4)", Confidence.TEXT)
DECISION = cite(LICENSING, "第三十八条", "Art. 38", Confidence.TEXT)
RECEIPT = Ask("receipt", Text("平台回执号", "Receipt number of the platform"))

_REVIEWER = frozenset({Role.REVIEWER})
_PREPARING = (State.MATERIAL_PREP, State.CORRECTION_REQUESTED)
_PAUSE = cite(LICENSING, "第四十五条", "Art. 45", Confidence.TEXT)
_FOUR_EYES = cite(DESK, "四眼复核", "four eyes", Confidence.DESIGN)


def _reason(name: str = "reason", zh: str = "原因", en: str = "Reason") -> Ask:
    return Ask(name, Text(zh, en), "long_text", required=True, personal=True)


_PAUSE_REASON = Ask(
    "reason",
    Text("暂停事由", "Reason for the pause"),
    "choice",
    choices=tuple(PAUSE_REASONS.items()),
    hint=Text("不选按专家评审", "Expert review if left open"),
)

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
    Rule(
        trigger="request_sign_off",
        label=Text("送复核", "Send for review"),
        source=_PREPARING,
        target=None,
        by=STAFF,
        cites=(_FOUR_EYES,),
        sends=(Role.REVIEWER,),
        while_=no_review_pending,
    ),
    Rule(
        trigger="recall_sign_off",
        label=Text("撤回送审", "Recall from review"),
        source=_PREPARING,
        target=None,
        by=STAFF,
        cites=(_FOUR_EYES,),
        sends=(Role.REVIEWER,),
        while_=review_pending,
    ),
    Rule(
        trigger="sign_off",
        label=Text("批准申请包", "Approve pack"),
        source=_PREPARING,
        target=None,
        by=_REVIEWER,
        cites=(_FOUR_EYES,),
        effects=("sign_pack",),
        sends=(Role.HANDLER,),
    ),
    Rule(
        trigger="return_pack",
        label=Text("退回材料包", "Return pack"),
        source=_PREPARING,
        target=None,
        by=_REVIEWER,
        cites=(_FOUR_EYES,),
        asks=(_reason(),),
        effects=("unsign_pack",),
        sends=(Role.HANDLER,),
    ),
    Rule(
        trigger="revoke_sign_off",
        label=Text("撤销复核", "Revoke sign-off"),
        source=_PREPARING,
        target=None,
        by=_REVIEWER,
        cites=(_FOUR_EYES,),
        asks=(_reason(),),
        effects=("unsign_pack",),
        sends=(Role.HANDLER,),
        while_=signed_off,
    ),
)

# What the authority does with a filing, as we are told of it.
AUTHORITY: tuple[Rule, ...] = (
    Rule(
        trigger="request_correction",
        label=Text("登记补正", "Record correction notice"),
        source=(State.SUBMITTED,),
        target=State.CORRECTION_REQUESTED,
        by=STAFF,
        cites=(ONE_NOTICE,),
        asks=(
            Ask("points", Text("补正意见", "Points"), "points", required=True),
            Ask("reply_by", Text("补正截止日期", "Reply by"), "date"),
        ),
        effects=("open_round",),
        sends=BOTH,
        authority_fact=True,
    ),
    Rule(
        trigger="accept",
        label=Text("登记受理", "Record acceptance"),
        source=(State.SUBMITTED,),
        target=None,
        by=STAFF,
        cites=(cite(LICENSING, "第三十二条", "Art. 32", Confidence.TEXT),),
        asks=(Ask("number", Text("受理通知书文号", "Number of the acceptance notice")),),
        sends=BOTH,
        while_=not_accepted,
        authority_fact=True,
    ),
    Rule(
        trigger="deem_accepted",
        label=Text("视为受理", "Deem accepted"),
        source=(State.SUBMITTED,),
        target=None,
        by=frozenset({Role.CLOCK}),
        cites=(ONE_NOTICE,),
        sends=BOTH,
        while_=not_accepted,
    ),
    Rule(
        trigger="pause_review",
        label=Text("登记暂停", "Record pause"),
        source=(State.SUBMITTED,),
        target=None,
        by=STAFF,
        cites=(_PAUSE,),
        asks=(_PAUSE_REASON,),
        sends=BOTH,
        while_=not_paused,
        authority_fact=True,
    ),
    Rule(
        trigger="resume_review",
        label=Text("登记恢复", "Record end of pause"),
        source=(State.SUBMITTED,),
        target=None,
        by=STAFF,
        cites=(_PAUSE,),
        asks=(_PAUSE_REASON,),
        sends=BOTH,
        while_=paused,
        authority_fact=True,
    ),
    Rule(
        trigger="reject",
        label=Text("登记不予批准", "Record refusal"),
        source=(State.SUBMITTED,),
        target=State.REJECTED,
        by=STAFF,
        cites=(DECISION,),
        asks=(
            _reason("reasons", "不予批准的理由", "Reasons of the refusal"),
            Ask("remedies", Text("救济途径", "Remedies"), "long_text", personal=True),
        ),
        sends=BOTH,
        authority_fact=True,
    ),
    Rule(
        trigger="decline",
        label=Text("登记不予受理", "Record non-acceptance"),
        source=(State.SUBMITTED,),
        target=State.REJECTED,
        by=STAFF,
        cites=(
            cite(LICENSING, "第三十二条第一款第一项、第二项", "Art. 32(1)(1)-(2)", Confidence.TEXT),
        ),
        asks=(
            _reason("reason", "不予受理的理由", "Reason of the non-acceptance"),
            Ask("right_authority", Text("应向哪个机关申请", "Authority to apply to")),
        ),
        sends=BOTH,
        authority_fact=True,
    ),
    Rule(
        trigger="deliver",
        label=Text("登记领证", "Record delivery"),
        source=(State.APPROVED,),
        target=None,
        by=STAFF,
        cites=(cite(LICENSING, "第四十四条", "Art. 44", Confidence.TEXT),),
        sends=BOTH,
        while_=not_delivered,
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
        asks=(_reason(),),
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
            _reason(),
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
            _reason(),
        ),
        effects=("rectify_fact",),
        sends=BOTH,
    ),
)
