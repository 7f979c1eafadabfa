"""The papers of the later procedures: renewal, change, cancellation, codes, evaluation."""

from __future__ import annotations

from workflow.domain.procedure import Citation, Confidence, Material, Text
from workflow.law.sources import BUREAU_GUIDE, NUMBERING_GUIDE, ORDER_42, PLAN_552, PRACTICE, cite

_CHANGE = cite(PRACTICE, "变更材料", "papers of a change", Confidence.SECONDARY)
_RENEWAL = cite(BUREAU_GUIDE, "续期材料", "papers of a renewal", Confidence.SECONDARY)
_NUMBER = cite(NUMBERING_GUIDE, "申请材料", "papers of a code application", Confidence.SECONDARY)


def _termination(zh: str, en: str) -> tuple[Citation, ...]:
    return (
        cite(ORDER_42, "第三十一条", "Art. 31", Confidence.KNOWLEDGE),
        cite(PRACTICE, zh, en, Confidence.SECONDARY),
    )


LATER_MATERIALS: tuple[Material, ...] = (
    Material(
        "M-EVAL",
        Text("技术评测报告", "Technical evaluation report"),
        Text("IDC、ISP、CDN 开通业务前", "IDC, ISP and CDN, before the service is opened"),
        (cite(PLAN_552, "技术评测", "technical evaluation", Confidence.SECONDARY),),
        unlisted=True,
    ),
    Material(
        "M-RESOL",
        Text("股东会决议或决定", "Shareholders' resolution"),
        Text("与申请事项一致", "Matches what is applied for"),
        (_CHANGE, _RENEWAL),
    ),
    Material(
        "M-OPENPROOF",
        Text("已开通电信业务的证明材料", "Proof that each service is open"),
        Text(
            "截图、用户合同、发票、码号开通证明，每个种类一份",
            "Screenshots, user contracts, invoices or code proof, one per kind",
        ),
        (cite(ORDER_42, "第二十七条", "Art. 27", Confidence.SECONDARY), _RENEWAL),
    ),
    Material(
        "M-REGCHG",
        Text("准予变更登记通知书和新营业执照", "Registry change notice and new business license"),
        Text("已完成变更登记", "The registry change is completed"),
        (_CHANGE,),
    ),
    Material(
        "M-NEWAOA",
        Text("章程或章程修正案", "Amended articles"),
        Text("盖登记机关档案章", "With the registry's archive stamp"),
        (_CHANGE,),
    ),
    Material(
        "M-NEWSH",
        Text("新股东身份证明、营业执照、章程", "New shareholders' documents"),
        Text("有新股东时", "Where there is a new shareholder"),
        (_CHANGE,),
    ),
    Material(
        "M-TERM",
        Text("终止经营电信业务书面申请", "Termination application"),
        Text(
            "公司名称、联系方式、许可证号、终止的业务和范围，签字盖章",
            "Company, contact, license number, kinds and coverage to end; signed and sealed",
        ),
        _termination("终止经营材料", "papers of a termination"),
    ),
    Material(
        "M-SETPROM",
        Text("做好用户善后处理工作的承诺书", "Undertaking to settle users"),
        Text("法定代表人签字", "Signed by the legal representative"),
        _termination("善后承诺", "settlement undertaking"),
    ),
    Material(
        "M-SETREP",
        Text("用户善后问题情况说明", "Settlement report"),
        Text(
            "处理方案、公告、用户意见汇总和落实情况",
            "Plan, public announcement, users' opinions, implementation",
        ),
        _termination("善后说明", "settlement report"),
    ),
    Material(
        "M-CODEAPP",
        Text("码号申请表和使用保证书", "Code application form and guarantee"),
        Text("号段、用途、范围、数量", "Range, purpose, coverage, quantity"),
        (_NUMBER,),
    ),
    Material(
        "M-CODEDESC",
        Text("业务描述、业务量预测和质量保障", "Service description, forecast and quality"),
        Text(
            "业务内容、预计业务量、质量保障措施",
            "The service, the volume expected, quality measures",
        ),
        (_NUMBER,),
    ),
)
