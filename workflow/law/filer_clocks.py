"""The filer's own time limits: counted from a fact of the case, back to one, or fixed by date."""

from __future__ import annotations

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.domain.time_limit import Clock, Unit
from workflow.law.sources import (
    CIVIL_CODE,
    INTERNET,
    LICENSING,
    NUMBERING,
    NUMBERING_FEE,
    NUMBERING_NOTICE,
    ORDER_42,
    PRACTICE,
    REGISTRY,
    TELECOM,
    cite,
)
from workflow.law.vocabulary import Labels

_FILED = ("submit",)
_ROLLING = cite(CIVIL_CODE, "第二百零一条、第二百零三条", "Arts. 201, 203", Confidence.TEXT)

# The facts a clock is counted from or back to, and what they are called.
ANCHORS: Labels = {
    "valid_to": Text("许可证有效期届满", "Last day of the license"),
    "registry_change": Text("工商变更登记", "Change at the registry"),
    "decision": Text("公司决定", "Decision of the company"),
    "effect90": Text("变更生效或停止经营", "The change takes effect or the business stops"),
    "effect30": Text("变更实施", "The change is made"),
    "branch_decision": Text("分支机构决定", "Decision about the branch"),
    "registry_duty": Text("公司决定或许可失效", "Decision, or end of the license"),
    "contact_change": Text("联系方式变更", "Change of contact"),
    "annual_report": Text("年报截止日", "Last day of the annual report"),
    "code_report": Text("码号年报截止日", "Last day of the code report"),
    "fee_day": Text("码号占用费缴费日", "Fee day of the code"),
    "code_granted": Text("批准使用码号", "The code was granted"),
    "concealment_bar": Text("因隐瞒或虚假材料作出的决定", "Decision about concealment"),
    "fraud_bar": Text("因欺骗、贿赂作出的决定", "Decision about fraud or bribery"),
}


def _forward(
    code: str,
    name: Text,
    length: int,
    anchor: str,
    basis: Citation,
    *,
    ends: tuple[str, ...] = _FILED,
) -> Clock:
    """So many calendar days after a fact; a last day of rest moves forward."""
    return Clock(
        code=code,
        name=name,
        length=length,
        unit=Unit.CALENDAR,
        whose="filer",
        anchor=anchor,
        ends=ends,
        rolls=True,
        cites=(basis, _ROLLING),
    )


def _backward(code: str, name: Text, length: int, anchor: str, basis: Citation) -> Clock:
    """So many calendar days before a fact; a rest day does not help."""
    return Clock(
        code=code,
        name=name,
        length=length,
        unit=Unit.CALENDAR,
        whose="filer",
        anchor=anchor,
        ends=_FILED,
        backward=True,
        cites=(basis,),
    )


def _fixed(
    code: str, name: Text, anchor: str, basis: Citation, ends: tuple[str, ...] = ()
) -> Clock:
    return Clock(
        code=code,
        name=name,
        length=0,
        unit=Unit.DATE,
        whose="filer",
        anchor=anchor,
        ends=ends,
        cites=(basis,),
    )


def _bar(code: str, name: Text, years: int, anchor: str, confidence: Confidence) -> Clock:
    return Clock(
        code=code,
        name=name,
        length=years,
        unit=Unit.YEARS,
        whose="authority",
        anchor=anchor,
        window=True,
        cites=(
            cite(ORDER_42, "第四十五条", "Art. 45", confidence),
            cite(LICENSING, "第七十八条、第七十九条", "Arts. 78, 79", Confidence.TEXT),
        ),
    )


FILER_CLOCKS: tuple[Clock, ...] = (
    _backward(
        "K-RENEW",
        Text("届满九十日前申请续期", "File the renewal 90 days before expiry"),
        90,
        "valid_to",
        cite(ORDER_42, "第二十七条", "Art. 27", Confidence.SECONDARY),
    ),
    _backward(
        "K-ADV90",
        Text("变更或停业生效九十日前申请", "File 90 days before the change or stop takes effect"),
        90,
        "effect90",
        cite(TELECOM, "第十五条", "Art. 15", Confidence.TEXT),
    ),
    _backward(
        "K-ADV30",
        Text("服务项目或网址变更三十日前办理", "File 30 days before items or addresses change"),
        30,
        "effect30",
        cite(INTERNET, "第十一条", "Art. 11", Confidence.TEXT),
    ),
    _forward(
        "K-CHG-REG",
        Text("工商变更后三十日内申请变更", "Report within 30 days of the registry change"),
        30,
        "registry_change",
        cite(ORDER_42, "第二十九条", "Art. 29", Confidence.SECONDARY),
    ),
    _forward(
        "K-CHG-DEC",
        Text("作出决定后三十日内申请变更", "Report within 30 days of the decision"),
        30,
        "decision",
        cite(ORDER_42, "第二十八条", "Art. 28", Confidence.SECONDARY),
    ),
    _forward(
        "K-BRANCH",
        Text("决定后三十日内报送分支机构", "Report the branch within 30 days of the decision"),
        30,
        "branch_decision",
        cite(ORDER_42, "第三十九条", "Art. 39", Confidence.KNOWLEDGE),
    ),
    _forward(
        "K-REG30",
        Text("三十日内办理工商登记", "Tell the registry within 30 days"),
        30,
        "registry_duty",
        cite(REGISTRY, "第二十四条、第二十六条", "Arts. 24, 26", Confidence.TEXT),
        ends=(),
    ),
    Clock(
        code="K-CONTACT",
        name=Text("码号使用人联系方式变更报送", "Code holder's new contact"),
        length=10,
        unit=Unit.WORKING,
        whose="filer",
        anchor="contact_change",
        ends=_FILED,
        cites=(cite(NUMBERING, "第二十六条", "Art. 26", Confidence.TEXT),),
    ),
    _fixed(
        "K-AR",
        Text("年报截止", "Annual report"),
        "annual_report",
        cite(ORDER_42, "第三十五条", "Art. 35", Confidence.TEXT),
        ends=_FILED,
    ),
    _fixed(
        "K-CODEAR",
        Text("码号年度报告截止", "Annual code report"),
        "code_report",
        cite(NUMBERING, "码号年报通知", "notices on the code report", Confidence.TEXT),
    ),
    _fixed(
        "K-FEE",
        Text("缴纳码号占用费", "Code occupation fee"),
        "fee_day",
        cite(NUMBERING_FEE, "按季缴纳", "paid each quarter", Confidence.SECONDARY),
    ),
    Clock(
        code="K-NUMUSE",
        name=Text("一年内启用码号", "Start using the code within a year"),
        length=1,
        unit=Unit.YEARS,
        whose="filer",
        anchor="code_granted",
        cites=(cite(NUMBERING_NOTICE, "一年内启用", "use within a year", Confidence.SECONDARY),),
    ),
    _bar(
        "K-LOCK1",
        Text("一年内不得再次申请", "No application for a year"),
        1,
        "concealment_bar",
        Confidence.SECONDARY,
    ),
    _bar(
        "K-LOCK3",
        Text("三年内不得再次申请", "No application for three years"),
        3,
        "fraud_bar",
        Confidence.KNOWLEDGE,
    ),
    Clock(
        code="K-APPEAL",
        name=Text(
            "申请行政复议（诉讼为六个月）", "Administrative reconsideration (lawsuit: six months)"
        ),
        length=60,
        unit=Unit.CALENDAR,
        whose="filer",
        starts=("reject", "decline"),
        window=True,
        cites=(cite(PRACTICE, "复议和诉讼期限", "terms of remedies", Confidence.KNOWLEDGE),),
    ),
)
