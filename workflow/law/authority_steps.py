"""What the authority does with a filing, as we are told of it; each procedure takes its part."""

from __future__ import annotations

from workflow.domain.procedure import Ask, Citation, Confidence, Role, Rule, State, Text
from workflow.law.acts import (
    no_notice_posted,
    not_accepted,
    not_delivered,
    not_extended,
    not_paused,
    paused,
)
from workflow.law.sources import LICENSING, ORDER_42, cite
from workflow.law.steps import BOTH, ONE_NOTICE, STAFF, reason
from workflow.law.vocabulary import PAUSE_REASONS

DECISION = cite(LICENSING, "第三十八条", "Art. 38", Confidence.TEXT)
_PAUSE = cite(LICENSING, "第四十五条", "Art. 45", Confidence.TEXT)

_PAUSE_REASON = Ask(
    "reason",
    Text("暂停事由", "Reason for the pause"),
    "choice",
    choices=tuple(PAUSE_REASONS.items()),
    hint=Text("不选按专家评审", "Expert review if left open"),
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
            reason("reasons", "不予批准的理由", "Reasons of the refusal"),
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
            reason("reason", "不予受理的理由", "Reason of the non-acceptance"),
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


_IN_A_REPORT = ("request_correction", "accept", "reject", "decline")
REPORTED: tuple[Rule, ...] = tuple(rule for rule in AUTHORITY if rule.trigger in _IN_A_REPORT)
"""A report is taken note of: no silence, no pause, nothing to deliver."""

_EXTENSION = cite(LICENSING, "第四十二条（延长十日）", "Art. 42 (ten more days)", Confidence.TEXT)
_TERMINATION = cite(ORDER_42, "第三十一条", "Art. 31", Confidence.KNOWLEDGE)

EXTENDED: tuple[Rule, ...] = (
    Rule(
        trigger="extend_review",
        label=Text("登记延长审查", "Record extension of the review"),
        source=(State.SUBMITTED,),
        target=None,
        by=STAFF,
        cites=(_EXTENSION,),
        asks=(reason("reason", "延长理由", "Reason of the extension"),),
        sends=BOTH,
        while_=not_extended,
        authority_fact=True,
    ),
)
NOTICED: tuple[Rule, ...] = (
    Rule(
        trigger="post_notice",
        label=Text("登记公示", "Record public notice"),
        source=(State.SUBMITTED,),
        target=None,
        by=STAFF,
        cites=(_TERMINATION,),
        sends=BOTH,
        while_=no_notice_posted,
        authority_fact=True,
    ),
    Rule(
        trigger="note_objection",
        label=Text("登记异议", "Record objection"),
        source=(State.SUBMITTED,),
        target=None,
        by=STAFF,
        cites=(_TERMINATION,),
        asks=(
            Ask("from", Text("异议人", "Who objects"), required=True, personal=True),
            reason("text", "异议内容", "What is objected"),
        ),
        sends=BOTH,
    ),
)
LAPSING: tuple[Rule, ...] = (
    Rule(
        trigger="deem_renewed",
        label=Text("视为准予延续", "Deem renewed"),
        source=(State.SUBMITTED,),
        target=State.APPROVED,
        by=frozenset({Role.CLOCK}),
        cites=(cite(LICENSING, "第五十条", "Art. 50", Confidence.TEXT),),
        effects=("renew_license", "open_follow_ups"),
        sends=BOTH,
        authority_fact=True,
    ),
)

_TERMS = (
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
)
_CODE = Ask("code", Text("码号", "Code"), required=True)
_APPROVAL = Text("登记批准", "Record approval")


def approval(
    *effects: str,
    cites: tuple[Citation, ...] = (),
    number_required: bool = False,
    code: bool = False,
    label: Text = _APPROVAL,
) -> Rule:
    """The decision in our favor; what it grants may be less than applied for."""
    number = Ask("number", Text("许可证号", "License number"), required=number_required)
    return Rule(
        trigger="approve",
        label=label,
        source=(State.SUBMITTED,),
        target=State.APPROVED,
        by=STAFF,
        cites=(DECISION, *cites),
        asks=(*((_CODE,) if code else ()), number, *_TERMS),
        effects=(*effects, "open_follow_ups"),
        sends=BOTH,
        authority_fact=True,
    )
