"""A word in both languages for every code of a case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.domain.procedure import State, Text
from workflow.law.office_words import ACTS

Labels = Mapping[str, Text]

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

REPORT_STATES: Mapping[State, Text] = MappingProxyType(
    {
        **STATES,
        State.SUBMITTED: Text("已报送", "Reported"),
        State.APPROVED: Text("已归档", "Filed away"),
        State.REJECTED: Text("不予接收", "Not accepted"),
        State.WITHDRAWN: Text("已撤回", "Withdrawn"),
    }
)
REPORT_LABELS: Labels = {
    "submit": Text("登记报送", "Record report"),
    "resubmit": Text("登记再次报送", "Record report again"),
}
FILED_REPORT = Text("登记归档", "Record that it was taken note of")

# What a list says instead of the bare state, once the acts inside it say more.
STANDINGS: Labels = {
    "in_review": Text("待复核", "In review"),
    "returned": Text("复核退回", "Returned by reviewer"),
    "awaiting_acceptance": Text("已提交 · 待受理", "Submitted, awaiting acceptance"),
    "under_examination": Text("已受理 · 审查中", "Accepted, under examination"),
    "paused": Text("已受理 · 暂停计时", "Accepted, review paused"),
    "not_accepted": Text("不予受理", "Not accepted"),
    "to_be_delivered": Text("已批准 · 待登记", "Approved, to be recorded"),
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

ACTOR_KINDS: Labels = {
    "person": Text("人员", "Person"),
    "clock": Text("后台任务", "Background job"),
    "api": Text("接口", "API client"),
    "system": Text("程序，非人员", "Program, no person"),
}

# What acts without being a person, by the id the trail keeps.
PROGRAMS: Labels = {
    "clock": Text("时钟", "Clock"),
    "system": Text("系统", "System"),
    "command": Text("命令行", "Command line"),
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
    "years": Text("年", "years"),
    "date": Text("固定日期", "fixed date"),
}

LEDGER: Labels = {
    "working": Text("工作日", "Working day"),
    "make_up": Text("调休上班", "Make-up working day"),
    "holiday": Text("放假", "Holiday"),
    "weekend": Text("周末", "Weekend"),
    "paused": Text("暂停，不计", "Paused, not counted"),
    "counted": Text("计入", "Counted"),
    "rolled": Text("末日遇休息日，顺延", "The last day is a rest day: moved on"),
    "fixed": Text("固定日期", "A fixed day"),
    "same_day": Text("期满当月的同一日", "The same day when the years are over"),
    "month_end": Text("当月没有这一日，取月末", "No such day that month: its last day"),
}

# Trail entries: what happened, where a rule's own label says what to do.
EVENTS: Labels = {
    "open": Text("新建案件", "Case opened"),
    "provide": Text("收到材料", "Material received"),
    "answer": Text("答复补正意见", "Correction point answered"),
    "assign": Text("改派经办人", "Handler assigned"),
    "set_facts": Text("更新申报事实", "Case facts changed"),
    "set_dates": Text("改内部期限或客户约定", "Internal date or client promise changed"),
    "note": Text("添加备注", "Note added"),
    "chase_client": Text("催客户", "Client chased"),
    "chase_reviewer": Text("催复核", "Reviewer chased"),
    "client_replied": Text("客户已答复", "Client replied"),
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
    "extend_review": Text("审查延长", "Review extended"),
    "post_notice": Text("终止经营公示", "Termination posted"),
    "note_objection": Text("收到异议", "Objection received"),
    "deem_renewed": Text("视为准予延续", "Deemed renewed"),
    "open_service": Text("业务开通", "Service opened"),
    "waive": Text("条件豁免", "Condition waived"),
    "rectify": Text("更正记录", "Record corrected"),
    **ACTS,
}

REPORT_EVENTS: Labels = {
    **EVENTS,
    "submit": Text("已报送", "Reported"),
    "resubmit": Text("再次报送", "Reported again"),
    "approve": Text("已归档", "Filed away"),
    "reject": Text("不予接收", "Not accepted"),
}
"""The same acts in a report, which the authority takes note of and does not decide."""

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
    "void": Text("登记已撤销", "Entry undone"),
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
    "change_license": Text("变更许可证相应事项", "Change what the license says"),
    "renew_license": Text("延续五年", "Renew the license for five years"),
    "cancel_license": Text("注销许可证或相应业务", "Cancel the license or some of its kinds"),
    "grant_code": Text("登记码号", "Enter the code in the register"),
    "file_annual_report": Text("登记年报年度", "Enter the year that was reported"),
    "file_branch_report": Text("登记分支机构", "Enter the branch that was reported"),
    "open_follow_ups": Text("生成后续事项", "Open the follow-up tasks"),
}
