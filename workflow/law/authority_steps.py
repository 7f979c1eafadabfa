"""What the authority does with a filing, as we are told of it; each procedure takes its part."""

from __future__ import annotations

from collections.abc import Callable

from workflow.domain.facts import Act
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
_TERMINATION = cite(ORDER_42, "第三十一条", "Art. 31", Confidence.KNOWLEDGE)
_CLOCK = frozenset({Role.CLOCK})

_PAUSE_REASON = Ask(
    "reason",
    Text("暂停事由", "Reason for the pause"),
    "choice",
    choices=tuple(PAUSE_REASONS.items()),
    hint=Text("不选按专家评审", "Expert review if left open"),
)


def _told(
    trigger: str,
    label: Text,
    *cites: Citation,
    target: State | None = None,
    by: frozenset[Role] = STAFF,
    asks: tuple[Ask, ...] = (),
    effects: tuple[str, ...] = (),
    while_: Callable[[tuple[Act, ...]], bool] | None = None,
    fact: bool = True,
) -> Rule:
    """An act on a filing the authority has: `fact` when it is the authority's own."""
    return Rule(
        trigger=trigger,
        label=label,
        source=(State.SUBMITTED,),
        target=target,
        by=by,
        cites=cites,
        asks=asks,
        effects=effects,
        sends=BOTH,
        while_=while_,
        authority_fact=fact,
    )


AUTHORITY: tuple[Rule, ...] = (
    _told(
        "request_correction",
        Text("登记补正", "Record correction notice"),
        ONE_NOTICE,
        target=State.CORRECTION_REQUESTED,
        asks=(
            Ask("points", Text("补正意见", "Points"), "points", required=True),
            Ask("reply_by", Text("补正截止日期", "Reply by"), "date"),
        ),
        effects=("open_round",),
    ),
    _told(
        "accept",
        Text("登记受理", "Record acceptance"),
        cite(LICENSING, "第三十二条", "Art. 32", Confidence.TEXT),
        asks=(Ask("number", Text("受理通知书文号", "Number of the acceptance notice")),),
        while_=not_accepted,
    ),
    _told(
        "deem_accepted",
        Text("视为受理", "Deem accepted"),
        ONE_NOTICE,
        by=_CLOCK,
        while_=not_accepted,
        fact=False,
    ),
    _told(
        "pause_review",
        Text("登记暂停", "Record pause"),
        _PAUSE,
        asks=(_PAUSE_REASON,),
        while_=not_paused,
    ),
    _told(
        "resume_review",
        Text("登记恢复", "Record end of pause"),
        _PAUSE,
        asks=(_PAUSE_REASON,),
        while_=paused,
    ),
    _told(
        "reject",
        Text("登记不予批准", "Record refusal"),
        DECISION,
        target=State.REJECTED,
        asks=(
            reason("reasons", "不予批准的理由", "Reasons of the refusal"),
            Ask("remedies", Text("救济途径", "Remedies"), "long_text", personal=True),
        ),
    ),
    _told(
        "decline",
        Text("登记不予受理", "Record non-acceptance"),
        cite(LICENSING, "第三十二条第一款第一项、第二项", "Art. 32(1)(1)-(2)", Confidence.TEXT),
        target=State.REJECTED,
        asks=(
            reason("reason", "不予受理的理由", "Reason of the non-acceptance"),
            Ask("right_authority", Text("应向哪个机关申请", "Authority to apply to")),
        ),
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

EXTENDED: tuple[Rule, ...] = (
    _told(
        "extend_review",
        Text("登记延长审查", "Record extension of the review"),
        cite(LICENSING, "第四十二条（延长十日）", "Art. 42 (ten more days)", Confidence.TEXT),
        asks=(reason("reason", "延长理由", "Reason of the extension"),),
        while_=not_extended,
    ),
)
NOTICED: tuple[Rule, ...] = (
    _told(
        "post_notice",
        Text("登记公示", "Record public notice"),
        _TERMINATION,
        while_=no_notice_posted,
    ),
    _told(
        "note_objection",
        Text("登记异议", "Record objection"),
        _TERMINATION,
        asks=(
            Ask("from", Text("异议人", "Who objects"), required=True, personal=True),
            reason("text", "异议内容", "What is objected"),
        ),
        fact=False,
    ),
)
LAPSING: tuple[Rule, ...] = (
    _told(
        "deem_renewed",
        Text("视为准予延续", "Deem renewed"),
        cite(LICENSING, "第五十条", "Art. 50", Confidence.TEXT),
        target=State.APPROVED,
        by=_CLOCK,
        effects=("renew_license", "open_follow_ups"),
    ),
)

NUMBER = Ask("number", Text("许可证号", "License number"), "license_number")
TERM: tuple[Ask, ...] = (
    Ask("valid_from", Text("有效期起", "Valid from"), "date"),
    Ask(
        "valid_to",
        Text("有效期至", "Valid until"),
        "date",
        hint=Text("不填按五年", "Five years if left open"),
    ),
)
KINDS_GRANTED = Ask("kinds", Text("业务种类", "Kinds"), "kinds")
SCOPE: tuple[Ask, ...] = (
    KINDS_GRANTED,
    Ask("items", Text("服务项目", "Service items"), "items"),
    Ask("coverage", Text("覆盖范围", "Coverage"), "coverage"),
)
_APPROVAL = Text("登记批准", "Record approval")


def approval(
    effect: str,
    *asks: Ask,
    cites: tuple[Citation, ...] = (),
    label: Text = _APPROVAL,
) -> Rule:
    """The decision in our favor. `asks`: what it may grant; a change and a report set no term."""
    return _told(
        "approve",
        label,
        DECISION,
        *cites,
        target=State.APPROVED,
        asks=asks,
        effects=(effect, "open_follow_ups"),
    )
