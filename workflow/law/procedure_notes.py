"""What each procedure is, in two sentences for somebody who starts with it."""

from __future__ import annotations

from workflow.domain.procedure import Text
from workflow.law.vocabulary import Labels

PROCEDURE_NOTES: Labels = {
    "new": Text(
        "取得经营许可证之前不得经营。一个省的范围由当地通信管理局审批，两个以上省份由工业和信息化部"
        "审批；批准后发证，有效期五年。",
        "No operation before the license is granted. One province is decided by its bureau, more "
        "than one by MIIT. The license is valid for five years.",
    ),
    "change": Text(
        "许可证上的事项变了，就要申请变更。不同事项的条件、材料和期限不同，先选变更事项；"
        "从省内改为跨地区不是变更，而是向工业和信息化部新办。",
        "What the license says has changed, so the change is applied for. Conditions, papers and "
        "time limits depend on what is changed: choose it first. From one province to nationwide "
        "is no change but a new application to MIIT.",
    ),
    "renewal": Text(
        "许可证有效期五年，届满前至少九十日申请延续。审查的是整个有效期的经营，"
        "从未开通的业务不能延续。",
        "A license is valid for five years; renewal is filed at least 90 days before it ends. The "
        "whole term is looked back on, and a kind that was never opened is not extended.",
    ),
    "cancellation": Text(
        "终止全部或部分业务，至少提前九十日申请，先安置用户。主管部门公示三十日后作出决定。",
        "All or some kinds are ended: filed at least 90 days ahead, users settled first. After 30 "
        "days of public notice the authority decides.",
    ),
    "annual_report": Text(
        "持证企业每年 3 月 31 日前报送上一年度的经营情况，跨地区和省内许可证一样。"
        "这是报告，不是年检，不需要批准，也没有审计报告。",
        "Every holder reports the past year by 31 March, nationwide and provincial licenses alike. "
        "It is a report, not an inspection: nothing is approved, no audit report is asked for.",
    ),
    "number": Text(
        "使用 106、95、96 等码号须经批准。先看号段由谁持有、作什么用途，再看是否需要许可证。",
        "Codes such as 106, 95 or 96 need approval. Look first at who may hold the range and for "
        "which use, then whether a license is needed.",
    ),
    "branch_report": Text(
        "跨地区许可证的持有人在一个省设立、变更或撤销分支机构，决定后三十日内向发证机关和当地通信"
        "管理局报送。这是报告，不需要批准；过去的跨省备案已取消。",
        "The holder of a nationwide license that opens, changes or closes a branch in a province "
        "tells the issuing authority and the local bureau within 30 days of the decision. Nothing "
        "is approved; the former cross-province filing was abolished.",
    ),
}
"""By procedure code; the basis is the procedure's own."""
