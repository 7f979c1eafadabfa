"""The names of the laws, and a word in both languages for every code of a case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.domain.procedure import Citation, Confidence, State, Text

Labels = Mapping[str, Text]

TELECOM = Text("电信条例", "Telecommunications Regulations")
ORDER_42 = Text(
    "电信业务经营许可管理办法（42 号令）", "Telecom Business Licensing Measures (Order 42)"
)
LICENSING = Text("行政许可法", "Administrative Licensing Law")
INTERNET = Text("互联网信息服务管理办法", "Internet Information Services Measures")
CIVIL_CODE = Text("民法典", "Civil Code")
FOREIGN = Text("外商投资电信企业管理规定", "Foreign-Invested Telecom Enterprises Provisions")
HOLIDAYS = Text("全国年节及纪念日放假办法", "National Holidays Measures")
CATALOGUE_2015 = Text("电信业务分类目录（2015 年版）", "Telecom Services Catalogue (2015)")
DRUGS_2025 = Text("国家药监局公告 2025 年第 123 号", "NMPA Announcement No. 123 of 2025")
CREDIT_CODE = Text("GB 32100-2015", "GB 32100-2015")
BUREAU_GUIDE = Text("通信管理局办事指南", "Bureau guides")
PRACTICE = Text("办理惯例", "Filing practice")
DESK = Text("本台规则", "Desk rule")


def cite(law: Text, zh_article: str, en_article: str, confidence: Confidence) -> Citation:
    """One legal basis: the law, its article in both languages, how sure we are of it."""
    return Citation(law, Text(zh_article, en_article), confidence)


STATES: Mapping[State, Text] = MappingProxyType(
    {
        State.DRAFT: Text("草稿", "Draft"),
        State.MATERIAL_PREP: Text("备料中", "Preparing materials"),
        State.SUBMITTED: Text("已提交", "Submitted"),
        State.CORRECTION_REQUESTED: Text("补正中", "Correction requested"),
        State.APPROVED: Text("已批准", "Approved"),
        State.REJECTED: Text("不予批准", "Refused"),
        State.WITHDRAWN: Text("已撤回", "Withdrawn"),
    }
)

# What a list says instead of the bare state, once the acts inside it say more.
STANDINGS: Labels = {
    "in_review": Text("待复核", "In review"),
    "returned": Text("复核退回", "Returned by reviewer"),
    "awaiting_acceptance": Text("已提交 · 待受理", "Submitted, awaiting acceptance"),
    "under_examination": Text("已受理 · 审查中", "Accepted, under examination"),
    "paused": Text("已受理 · 暂停计时", "Accepted, review paused"),
    "not_accepted": Text("不予受理", "Not accepted"),
    "to_be_delivered": Text("已批准 · 待领证", "Approved, license to be delivered"),
    "closed": Text("已办结", "Closed"),
    "filed": Text("已报送", "Filed"),
}

ROLES: Labels = {
    "handler": Text("经办人", "Case handler"),
    "reviewer": Text("复核人", "Reviewer"),
    "manager": Text("主管", "Manager"),
    "auditor": Text("审计员", "Auditor"),
    "admin": Text("管理员", "Administrator"),
    "clock": Text("时钟", "Clock"),
}

TURNS: Labels = {
    "us": Text("我方", "Us"),
    "client": Text("客户", "Client"),
    "reviewer": Text("复核人", "Reviewer"),
    "authority": Text("主管部门", "Authority"),
}

RESULTS: Labels = {
    "pass": Text("已满足", "Met"),
    "warn": Text("提醒", "Warning"),
    "fail": Text("未满足", "Not met"),
    "unknown": Text("待核实", "To verify"),
    "waived": Text("已豁免", "Waived"),
    "not_applicable": Text("不适用", "Not applicable"),
}

SEVERITIES: Labels = {
    "H": Text("法定", "Statute"),
    "P": Text("指南", "Guidance"),
    "house": Text("内部", "House rule"),
}

CONFIDENCES: Labels = {
    "text": Text("见过条文原文", "Wording of the law seen"),
    "secondary": Text("据转载或指南", "From a copy or a guide"),
    "knowledge": Text("据经验，未核对原文", "From memory, not verified"),
    "design": Text("本台约定，并非法条", "Our own decision, not law"),
}

UNITS: Labels = {
    "working": Text("工作日", "working days"),
    "calendar": Text("自然日", "calendar days"),
}

LEDGER: Labels = {
    "working": Text("工作日", "Working day"),
    "make_up": Text("调休上班", "Make-up working day"),
    "holiday": Text("放假", "Holiday"),
    "weekend": Text("周末", "Weekend"),
    "paused": Text("暂停，不计", "Paused, not counted"),
    "counted": Text("计入", "Counted"),
}

# Trail entries: what happened, where a rule's own label says what to do.
EVENTS: Labels = {
    "open": Text("新建案件", "Case opened"),
    "provide": Text("收到材料", "Material received"),
    "answer": Text("答复补正意见", "Correction point answered"),
    "assign": Text("改派经办人", "Handler assigned"),
    "set_facts": Text("更新申报事实", "Case facts changed"),
    "retry_message": Text("重新发送消息", "Message sent again"),
    "handle_message": Text("消息已当面告知", "Message handled in person"),
    "prepare": Text("开始备料", "Preparation started"),
    "request_sign_off": Text("送复核", "Sent for review"),
    "recall_sign_off": Text("撤回送审", "Recalled from review"),
    "sign_off": Text("复核通过", "Pack signed off"),
    "return_pack": Text("复核退回", "Returned by reviewer"),
    "revoke_sign_off": Text("撤销复核", "Sign-off revoked"),
    "submit": Text("已提交", "Submitted"),
    "request_correction": Text("收到补正通知", "Correction notice received"),
    "resubmit": Text("再次提交", "Resubmitted"),
    "accept": Text("已受理", "Accepted"),
    "deem_accepted": Text("视为受理", "Deemed accepted"),
    "pause_review": Text("审查暂停计时", "Review paused"),
    "resume_review": Text("审查恢复计时", "Review resumed"),
    "approve": Text("已批准", "Approved"),
    "reject": Text("不予批准", "Refused"),
    "decline": Text("不予受理", "Not accepted"),
    "withdraw": Text("已撤回申请", "Application withdrawn"),
    "deliver": Text("许可证已领取", "License delivered"),
    "waive": Text("条件豁免", "Condition waived"),
    "rectify": Text("更正记录", "Record corrected"),
}

TASKS: Labels = {
    "T-SHOW-NUMBER": Text(
        "在经营场所和网站首页标明许可证号", "Show the license number on premises and home page"
    ),
    "T-REG-SCOPE": Text("到登记机关更新经营范围", "Update the business scope with the registry"),
    "T-EVAL": Text("开通前完成技术评测", "Pass the technical evaluation before opening"),
    "T-CODE-USE": Text("一年内启用码号", "Start using the code within a year"),
    "T-CODE-REPORT": Text("报送码号年度报告", "File the annual code report"),
    "T-CODE-RETURN": Text("交回码号", "Return the code"),
    "T-FEE": Text("缴纳码号占用费", "Pay the code occupation fee"),
    "T-ANNUAL": Text("报送年报", "File the annual report"),
    "T-RETURN-LICENSE": Text("交回许可证", "Return the license"),
}

PAUSE_REASONS: Labels = {
    "expert_review": Text("专家评审", "Expert review"),
    "hearing": Text("听证", "Hearing"),
    "testing": Text("检验检测", "Testing"),
    "appraisal": Text("鉴定", "Appraisal"),
}

LICENSE_STATUSES: Labels = {
    "valid": Text("有效", "Valid"),
    "lapsed": Text("已过期", "Lapsed"),
    "cancelled": Text("已注销", "Cancelled"),
    "revoked": Text("已吊销", "Revoked"),
}

SECTIONS: Labels = {
    "company": Text("企业档案", "Company file"),
    "facts": Text("申报事实", "Case facts"),
    "materials": Text("材料清单", "Materials"),
    "sign_off": Text("内部复核", "Review"),
    "points": Text("补正意见", "Correction points"),
    "scope": Text("业务种类和覆盖范围", "Kinds and coverage"),
    "conflict": Text("同一企业的其他案件和许可证", "Other cases and licenses of the company"),
}

PROCEDURES: Labels = {
    "new": Text("新办", "New application"),
    "change": Text("变更", "Change"),
    "renewal": Text("续期（延续）", "Renewal"),
    "cancellation": Text("注销（终止经营）", "Cancellation"),
    "annual_report": Text("年报", "Annual report"),
    "number": Text("码号申请", "Numbering application"),
    "branch_report": Text("分支机构报送", "Branch report"),
}

# What an approval does; the deed itself is in the services.
EFFECTS: Labels = {
    "open_round": Text("开始一轮补正", "Open a correction round"),
    "close_round": Text("结束本轮补正", "Close the correction round"),
    "sign_pack": Text("批准申请包", "Sign off the filing pack"),
    "unsign_pack": Text("撤下复核", "Take the sign-off back"),
    "waive_guard": Text("豁免一项条件", "Waive a condition"),
    "rectify_fact": Text("更正一项记录", "Rectify a recorded fact"),
    "grant_license": Text("登记新许可证", "Enter the license in the register"),
    "open_follow_ups": Text("生成后续事项", "Open the follow-up tasks"),
}

# How a trail fails to verify; the words a verifier answers with.
BREAKS: Labels = {
    "missing": Text("缺少记录", "An entry is missing"),
    "unlinked": Text("与上一条不相连", "Not linked to the entry before"),
    "altered": Text("记录被改动", "The entry was altered"),
    "head": Text("链尾与案件不一致", "The last entry is not the one the case names"),
}
