"""The time limits: length, unit, which acts start and end them, what silence means."""

from __future__ import annotations

from workflow.domain.procedure import Clock, Confidence, Text, Unit
from workflow.law.vocabulary import BUREAU_GUIDE, LICENSING, ORDER_42, TELECOM, cite

_RECEIPT = ("submit", "resubmit")
_DECISION = ("approve", "reject", "decline", "withdraw")

CLOCKS: tuple[Clock, ...] = (
    Clock(
        code="K-CORR",
        name=Text("受理或一次告知补正", "Acceptance or one-time correction notice"),
        length=5,
        unit=Unit.WORKING,
        whose="authority",
        starts=_RECEIPT,
        ends=("request_correction", "accept", "deem_accepted", *_DECISION),
        # Once accepted the question is settled: a later receipt starts no second run.
        unless=("accept", "deem_accepted"),
        cites=(
            cite(LICENSING, "第三十二条第一款第四项", "Art. 32(1)(4)", Confidence.TEXT),
            cite(BUREAU_GUIDE, "五个工作日", "five working days", Confidence.SECONDARY),
        ),
        silence=Text(
            "逾期不告知的，自收到申请材料之日起即为受理",
            "No notice in time means accepted from the day the documents were received",
        ),
    ),
    Clock(
        code="K-REV",
        name=Text("许可审查", "Review of the application"),
        length=60,
        unit=Unit.WORKING,
        whose="authority",
        starts=_RECEIPT,
        ends=_DECISION,
        # The review runs from the complete application, so a correction notice undoes its start.
        voids=("request_correction",),
        pauses=True,
        cites=(
            cite(TELECOM, "第十四条", "Art. 14", Confidence.TEXT),
            cite(LICENSING, "第四十五条（暂停）", "Art. 45 (pauses)", Confidence.TEXT),
            cite(ORDER_42, "第十一条", "Art. 11", Confidence.SECONDARY),
        ),
    ),
    Clock(
        code="K-DELIV",
        name=Text("颁发、送达许可证", "Delivery of the license"),
        length=10,
        unit=Unit.WORKING,
        whose="authority",
        starts=("approve",),
        ends=("deliver",),
        cites=(cite(LICENSING, "第四十四条", "Art. 44", Confidence.TEXT),),
    ),
)
