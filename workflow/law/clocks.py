"""The authority's time limits: length, unit, which acts start and end them, what silence means."""

from __future__ import annotations

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.domain.time_limit import Clock, Unit
from workflow.law.filer_clocks import FILER_CLOCKS
from workflow.law.sources import (
    BUREAU_GUIDE,
    LICENSING,
    NUMBERING_GUIDE,
    ORDER_42,
    TELECOM,
    cite,
)

_RECEIPT = ("submit", "resubmit")
_APPROVAL = ("approve", "deem_renewed")
_DECISION = (*_APPROVAL, "reject", "decline", "withdraw")


def _from_acceptance(code: str, name: Text, *cites: Citation) -> Clock:
    """Twenty working days from the acceptance; ten more once the applicant is told why."""
    return Clock(
        code=code,
        name=name,
        length=20,
        unit=Unit.WORKING,
        whose="authority",
        starts=("accept", "deem_accepted"),
        ends=_DECISION,
        voids=("request_correction",),
        pauses=True,
        extends=("extend_review",),
        extension=10,
        cites=cites,
    )


AUTHORITY_CLOCKS: tuple[Clock, ...] = (
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
        starts=_APPROVAL,
        ends=("deliver",),
        cites=(cite(LICENSING, "第四十四条", "Art. 44", Confidence.TEXT),),
    ),
    _from_acceptance(
        "K-GEN",
        Text("一般许可决定", "Decision where no special term is set"),
        cite(LICENSING, "第四十二条", "Art. 42", Confidence.TEXT),
        cite(LICENSING, "第四十五条（暂停）", "Art. 45 (pauses)", Confidence.TEXT),
    ),
    _from_acceptance(
        "K-NUM",
        Text("码号审批", "Decision on a code"),
        cite(NUMBERING_GUIDE, "二十个工作日", "twenty working days", Confidence.SECONDARY),
    ),
    Clock(
        code="K-RDEEM",
        name=Text("有效期届满前作出续期决定", "Decision on the renewal before expiry"),
        length=0,
        unit=Unit.DATE,
        whose="authority",
        starts=_RECEIPT,
        ends=_DECISION,
        voids=("request_correction",),
        anchor="valid_to",
        cites=(cite(LICENSING, "第五十条", "Art. 50", Confidence.TEXT),),
        silence=Text(
            "届满前未作决定的，视为准予延续",
            "No decision before expiry means the renewal is granted",
        ),
    ),
    Clock(
        code="K-NOTICE",
        name=Text("终止经营公示", "Public notice of the termination"),
        length=30,
        unit=Unit.CALENDAR,
        whose="authority",
        starts=("post_notice",),
        ends=_DECISION,
        window=True,
        cites=(cite(ORDER_42, "第三十一条", "Art. 31", Confidence.KNOWLEDGE),),
    ),
    Clock(
        code="K-CANC",
        name=Text("公示期满后的注销决定", "Decision after the public notice"),
        length=60,
        unit=Unit.WORKING,
        whose="authority",
        starts=("post_notice",),
        ends=_DECISION,
        offset=30,
        cites=(cite(ORDER_42, "第三十一条", "Art. 31", Confidence.KNOWLEDGE),),
    ),
)

CLOCKS: tuple[Clock, ...] = (*AUTHORITY_CLOCKS, *FILER_CLOCKS)
