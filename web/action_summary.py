"""What an act will do, in the few lines a person reads before confirming it."""

from __future__ import annotations

from flask_babel import gettext

from web.case_words import joined
from web.i18n import language
from web.matter_words import self_check_line
from workflow.domain.procedure import Rule, State, Text
from workflow.law import catalogue
from workflow.services.case_view import CaseView

_NEXT = {
    "prepare": Text("开始收集材料", "Materials are collected"),
    "request_sign_off": Text(
        "由复核人办理；之后材料或答复有改动，须重新复核",
        "The reviewer's turn; a later change of the pack asks for a new sign-off",
    ),
    "recall_sign_off": Text("回到备料，由经办人办理", "Back to preparing, with the handler"),
    "sign_off": Text(
        "经办人可以登记提交；材料再有改动，复核失效",
        "The handler can record the submission; a change of the pack undoes the sign-off",
    ),
    "return_pack": Text("退回经办人，原因会显示给他", "Back to the handler, with your reason"),
    "revoke_sign_off": Text("须重新复核才能提交", "A new sign-off is needed before filing"),
    "submit": Text(
        "材料锁定，由主管部门办理；5 个工作日内受理或告知补正",
        "The pack is locked; the authority accepts or asks for corrections in 5 working days",
    ),
    "resubmit": Text("本轮补正结束，由主管部门办理", "The round ends; the authority's turn"),
    "request_correction": Text(
        "进入补正，由我方逐条答复", "A correction round opens; we answer point by point"
    ),
    "accept": Text("审查期限继续计算", "The review goes on"),
    "approve": Text(
        "许可证进入台账，生成后续事项；记错时由复核人更正记录",
        "The license enters the register, follow-up tasks open; a reviewer may rectify the entry",
    ),
    "reject": Text("案件结束，不能撤回", "The case ends; this cannot be undone"),
    "decline": Text("案件结束，不能撤回", "The case ends; this cannot be undone"),
    "withdraw": Text("案件结束，不能撤回", "The case ends; this cannot be undone"),
    "deliver": Text("案件办结", "The case is closed"),
    "waive": Text(
        "这一项不再阻止提交，记录在案", "The condition no longer refuses; it is on record"
    ),
    "rectify": Text(
        "原记录保留，以更正后的值重新计算期限",
        "The entry stays; dates are worked out anew from the corrected value",
    ),
}
_NEXT_OF_REPORT = {
    "submit": Text(
        "材料锁定，等主管部门归档；报告没有审批", "The pack is locked; a report is not decided"
    ),
    "resubmit": Text("本轮补正结束，等主管部门归档", "The round ends; the authority files it away"),
    "approve": Text("案件结束，台账记下这次报送", "The case ends; the register notes the report"),
}
_GRANTED = {
    "new": _NEXT["approve"],
    "renewal": Text(
        "台账里的有效期延长，放弃的业务移出",
        "The term is extended in the register, dropped kinds leave",
    ),
    "change": Text(
        "台账里的许可证写入变更后的内容", "The license in the register says what was changed"
    ),
    "cancellation": Text(
        "台账里的许可证注销，或移出终止的业务",
        "The license is cancelled in the register, or loses kinds",
    ),
    "number": Text(
        "码号登记到台账，生成后续事项", "The code enters the register, follow-up tasks open"
    ),
}


def next_words(view: CaseView, trigger: str) -> Text | None:
    """What follows from an act, by what sort of case it is."""
    if view.report and trigger in _NEXT_OF_REPORT:
        return _NEXT_OF_REPORT[trigger]
    if trigger == "approve":
        return _GRANTED.get(view.case.procedure)
    return _NEXT.get(trigger)


def summary_of(view: CaseView, rule: Rule) -> list[tuple[str, str]]:
    """What happens, in a few lines: the case, from where to where, who next, on what basis."""
    names = view.standing.procedure.labels
    here = State(view.case.state)
    pairs = [(gettext("案件"), f"{view.case.number} {view.company.name}")]
    if rule.target and rule.target != here:
        moves = (names[here].read(language()), names[rule.target].read(language()))
        pairs.append((gettext("将变为"), " → ".join(moves)))
    else:
        pairs.append(
            (gettext("状态"), gettext("不变（%(state)s）", state=names[here].read(language())))
        )
    if rule.guards:
        unmet = view.unmet
        met = gettext("%(n)s 项，全部满足", n=len(view.blockers))
        left = gettext("%(n)s 项，还差 %(unmet)s 项", n=len(view.blockers), unmet=unmet)
        pairs.append((gettext("条件"), left if unmet else met))
    if rule.trigger in ("submit", "resubmit", "sign_off") and view.self_check:
        self_check = catalogue.label_of("case_field", "self_check").read(language())
        pairs.append((self_check, self_check_line(view.self_check)))
    next_ = next_words(view, rule.trigger)
    if next_:
        pairs.append((gettext("之后"), next_.read(language())))
    basis = joined((cite.read(language()) for cite in rule.cites), "；")
    pairs.append((gettext("依据"), basis))
    return [(str(label), str(value)) for label, value in pairs]
