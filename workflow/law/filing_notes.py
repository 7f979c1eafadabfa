"""Where an application is filed, what it costs and who may file it: told on every guide."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import BUREAU_NOTICE, LICENSING, NUMBERING, cite


@dataclass(frozen=True, slots=True)
class FilingNote:
    """One line about filing; an empty `procedures` means all of them."""

    code: str
    name: Text
    says: Text
    cites: tuple[Citation, ...]
    procedures: frozenset[str] = frozenset()


def _seen(zh: str, en: str, confidence: Confidence) -> Citation:
    return cite(BUREAU_NOTICE, zh, en, confidence)


_ABOUT_LICENSES = frozenset(
    {"new", "change", "renewal", "cancellation", "annual_report", "branch_report"}
)

FILING_NOTES: tuple[FilingNote, ...] = (
    FilingNote(
        "F-PLATFORM",
        Text("在哪里办", "Where to file"),
        Text(
            "全程网上办理：工业和信息化部政务服务平台 ythzxfw.miit.gov.cn，"
            "进入电信业务市场综合管理信息系统 dxzhgl.miit.gov.cn；不必到窗口",
            "Online from start to end: MIIT's one-stop platform ythzxfw.miit.gov.cn, system "
            "dxzhgl.miit.gov.cn. No visit to a window is needed",
        ),
        (
            _seen(
                "年报通知（2025 年 1 月）", "annual-report notice (January 2025)", Confidence.TEXT
            ),
        ),
        _ABOUT_LICENSES,
    ),
    FilingNote(
        "F-CODE-SYSTEM",
        Text("在哪里办", "Where to file"),
        Text(
            "网上办理：电信网码号资源使用和调整审批系统",
            "Online: the approval system for the use of numbering resources",
        ),
        (_seen("码号年报通知", "notices on the code report", Confidence.TEXT),),
        frozenset({"number"}),
    ),
    FilingNote(
        "F-CODE-BUREAU",
        Text("向谁申请", "Whom to ask"),
        Text(
            "跨省使用的号段由工业和信息化部审批，省内使用的由当地通信管理局审批；未经批准不得启用",
            "Ranges used across provinces are MIIT's, ranges of one province the bureau's. No code "
            "may be used before approval",
        ),
        (cite(NUMBERING, "第五条、第十一条", "Arts. 5, 11", Confidence.TEXT),),
        frozenset({"number"}),
    ),
    FilingNote(
        "F-FEE",
        Text("收费", "Fee"),
        Text(
            "办理许可和监督检查不收费；没有加急收费",
            "No fee for the decision or for checks, and no paid expediting",
        ),
        (
            cite(LICENSING, "第五十八条", "Art. 58", Confidence.TEXT),
            _seen("不收费、不指定代理", "no fee, no designated agent", Confidence.SECONDARY),
        ),
    ),
    FilingNote(
        "F-AGENT",
        Text("能否代办", "Agents"),
        Text(
            "可以委托代理人，须有授权书；主管部门不指定任何代理机构，材料真实由申请人负责",
            "An agent may file with a letter of authorization. No authority designates agents; the "
            "applicant answers for the truth of the documents",
        ),
        (
            cite(LICENSING, "第二十九条、第三十一条", "Arts. 29, 31", Confidence.TEXT),
            _seen("不收费、不指定代理", "no fee, no designated agent", Confidence.SECONDARY),
        ),
    ),
)


def filing_notes(procedure: str) -> tuple[FilingNote, ...]:
    """The lines for one procedure."""
    return tuple(n for n in FILING_NOTES if not n.procedures or procedure in n.procedures)
