"""Where an application is filed, what it costs and who may file it: told on every guide."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import (
    BUREAU_NOTICE,
    LETTER_84,
    LICENSING,
    NUMBERING,
    ORDER_42,
    PRACTICE,
    REPORT_MANUAL,
    cite,
)


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

_REPORT = frozenset({"annual_report"})
_MANUAL = cite(REPORT_MANUAL, "表格和步骤", "forms and steps", Confidence.SECONDARY)

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
        "F-AR-CONTENT",
        Text("报什么", "What is reported"),
        Text(
            "上一年度经营情况，网络建设、业务发展、人员和机构变化，服务质量，网络与信息安全保障措施，"
            "遵守规定和许可证特别规定事项的情况；企业对真实性负责",
            "Last year's operation; network, business, staff and organization; service quality; "
            "security measures; compliance with the rules and the special items of the license. "
            "The company answers for the truth",
        ),
        (cite(ORDER_42, "第三十五条", "Art. 35", Confidence.TEXT),),
        _REPORT,
    ),
    FilingNote(
        "F-AR-FORMS",
        Text("填哪些表", "Forms"),
        Text(
            "承诺书（逐字输入）、企业基本情况表、企业服务质量表、企业经济效益表、网络信息安全表、"
            "其他要求材料；每个已开通的业务种类一张业务发展表，未开通的没有表。各项必填，"
            "没有审计报告",
            "The undertaking (typed word for word), company, service quality, economic results, "
            "network security, other papers; one business sheet for each kind in service, none for "
            "a kind not opened. Every field is mandatory; there is no audit report",
        ),
        (_MANUAL,),
        _REPORT,
    ),
    FilingNote(
        "F-AR-PUBLIC",
        Text("公开什么", "What becomes public"),
        Text(
            "名称、信用代码、法定代表人、许可证号、住所、省份、注册资本、业务种类、企业性质、是否上市、"
            "分支机构、投诉电话、投诉件数和回复率一律公开；收入、成本和电信业务收入由企业自选",
            "Name, credit code, legal representative, license number, address, province, capital, "
            "kinds, nature, listing, branches, complaint phone, complaints and reply rate always; "
            "revenue, cost and telecom revenue at the company's choice",
        ),
        (cite(ORDER_42, "第三十五条", "Art. 35", Confidence.TEXT), _MANUAL),
        _REPORT,
    ),
    FilingNote(
        "F-AR-SEASON",
        Text("时间", "Season"),
        Text(
            "1 月起逐表保存、提交，3 月 31 日前可随时修改；4 月由主管部门责令补报，至 4 月 30 日；"
            "5 月 1 日起关闭并公示，5 月至 9 月随机检查（书面、实地、网络监测、委托第三方）",
            "From January sheet by sheet, saved and submitted, free to edit to 31 March; in April "
            "late filing by order, to 30 April; closed and published from 1 May; random checks May "
            "to September (written, on site, network monitoring, third parties)",
        ),
        (
            cite(ORDER_42, "第三十五条至第三十八条", "Arts. 35-38", Confidence.TEXT),
            cite(PRACTICE, "年报指南", "guides to the report", Confidence.SECONDARY),
        ),
        _REPORT,
    ),
    FilingNote(
        "F-AR-MISSED",
        Text("没有报", "If it is missed"),
        Text(
            "先责令限期报送，仍不报的列入不良名单；补报并经确认后移出。弄虚作假的另行处罚",
            "Ordered to report by a date; still missing, the adverse list; off it once reported "
            "and confirmed. A false report is punished by itself",
        ),
        (
            cite(ORDER_42, "第三十八条", "Art. 38", Confidence.TEXT),
            cite(ORDER_42, "第四十八条", "Art. 48", Confidence.KNOWLEDGE),
        ),
        _REPORT,
    ),
    FilingNote(
        "F-BRANCH-CONTENT",
        Text("报什么", "What is reported"),
        Text(
            "分支机构名称、所在省、地址、负责人、联系方式、在当地经营的业务种类、决定日期；"
            "同时报发证机关和当地通信管理局。机房设在许可地域以外的不是报送，而是覆盖范围变更（C-COV）",
            "Name of the branch, province, address, person in charge, contacts, kinds run there, "
            "day of the decision; to the issuing authority and the local bureau. A machine room "
            "outside the licensed area is no report but a change of coverage (C-COV)",
        ),
        (
            cite(ORDER_42, "第三十九条", "Art. 39", Confidence.KNOWLEDGE),
            cite(LETTER_84, "许可地域", "the licensed area", Confidence.SECONDARY),
        ),
        frozenset({"branch_report"}),
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
