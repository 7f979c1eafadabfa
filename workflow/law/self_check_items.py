"""The table of the look-back self-check: what each item checks, on what evidence, how to fix it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import (
    ANTI_FRAUD,
    CYBERSECURITY,
    INTERNET,
    LETTER_84,
    NUMBERING_NOTICE,
    ORDER_42,
    PLAN_552,
    PROTECTION,
    SMS_74,
    TELECOM,
    cite,
)

SMS_RULE_SINCE = date(2026, 5, 1)
Which = Literal["always", "old", "new"]
RowOf = tuple[str, Text, Text, Text, tuple[Citation, ...], Which]


def _row(
    code: str, name: Text, evidence: Text, fix: Text, *cites: Citation, which: Which = "always"
) -> RowOf:
    return code, name, evidence, fix, cites, which


_S, _T, _K = Confidence.SECONDARY, Confidence.TEXT, Confidence.KNOWLEDGE
_RETENTION = (
    cite(CYBERSECURITY, "第二十一条第三项", "Art. 21(3)", _T),
    cite(INTERNET, "第十四条", "Art. 14", _T),
)
_KEEP = Text("提交前改正留存设置", "Correct the retention before filing")
_RETENTION_PROOF = Text("日志留存配置", "Retention settings")
_WRITE = Text("补齐文件", "Write what is missing")
_DOCUMENTS = Text("文件", "Documents")

TABLE: tuple[RowOf, ...] = (
    _row(
        "RL-01",
        Text("每个许可种类都已开通", "Every licensed kind is in service"),
        Text("各业务开通证明", "Proof per kind"),
        Text("现在开通，或放弃该种类", "Open it now, or drop the kind"),
        cite(ORDER_42, "第二十七条", "Art. 27", _S),
    ),
    _row(
        "RL-02",
        Text("只经营许可的种类和项目", "Only licensed kinds and items are run"),
        Text("产品清单与许可证对照", "Product list against the license"),
        Text("办理增加业务种类或服务项目，或停止", "Apply for the kind or item, or stop"),
        cite(TELECOM, "第六十九条", "Art. 69", _T),
    ),
    _row(
        "RL-03",
        Text("只在许可地域经营，机房在地域内", "Only in the licensed area, with its servers"),
        Text("服务器和机房清单", "List of servers and rooms"),
        Text("变更覆盖范围，或迁回", "Change the coverage, or move back"),
        cite(LETTER_84, "地域", "area", _S),
    ),
    _row(
        "RL-04",
        Text("有效期内各年年报均已按时报送", "Every annual report of the term was filed"),
        Text("年报回执", "Receipts"),
        Text("补报，申请移出名单", "File late and ask to be removed from the list"),
        cite(ORDER_42, "第三十五条、第三十八条", "Arts. 35, 38", _T),
    ),
    _row(
        "RL-05",
        Text("名称、法定代表人、注册资本变更均已申报", "Registry changes were reported"),
        Text("登记历史与许可证历史", "Registry history against the license"),
        Text("先办变更", "File the change first"),
        cite(ORDER_42, "第二十九条", "Art. 29", _S),
    ),
    _row(
        "RL-06",
        Text(
            "股东和经营主体变更均已申报，外资未超限",
            "Changes of shareholders and operator were reported; the foreign share is in the cap",
        ),
        Text("历次股权结构图", "Equity chart over time"),
        Text("先办股权变更或调整股权", "File the change or restructure"),
        cite(ORDER_42, "第二十八条", "Art. 28", _S),
    ),
    _row(
        "RL-07",
        Text("投诉均已答复", "Complaints are answered"),
        Text("投诉台账", "Complaint log"),
        Text("答复并办结", "Answer and close them"),
        cite(TELECOM, "第三十九条、第四十条", "Arts. 39, 40", _T),
    ),
    _row(
        "RL-08",
        Text(
            "网络日志留存不少于六个月，内容记录不少于六十日",
            "Network logs are kept six months, content records 60 days",
        ),
        _RETENTION_PROOF,
        _KEEP,
        *_RETENTION,
        which="old",
    ),
    _row(
        "RL-08",
        Text(
            "网络日志和短信记录留存不少于六个月，内容记录不少于六十日",
            "Network logs and SMS records are kept six months, content records 60 days",
        ),
        _RETENTION_PROOF,
        _KEEP,
        *_RETENTION,
        cite(SMS_74, "记录留存", "retention of records", _S),
        which="new",
    ),
    _row(
        "RL-09",
        Text(
            "信息安全机构、专职人员、制度、预案和演练",
            "Security organization, staff, rules, incident plan and drills",
        ),
        _DOCUMENTS,
        _WRITE,
        cite(ORDER_42, "第二十六条", "Art. 26", _K),
    ),
    _row(
        "RL-10",
        Text("网络单元定级备案并按期评测", "Network units are graded, filed and tested"),
        Text("评测报告", "Certificates"),
        Text("完成评测", "Have them tested"),
        cite(PROTECTION, "定级备案", "grading and filing", _S),
    ),
    _row(
        "RL-11",
        Text("IDC、ISP、CDN 系统已对接并评测，含全部机房", "Systems are evaluated, every room"),
        Text("技术评测报告", "Evaluation report"),
        Text("完成评测", "Have them evaluated"),
        cite(PLAN_552, "技术评测", "technical evaluation", _S),
    ),
    _row(
        "RL-12",
        Text("上游均为持证运营商，无层层转租", "Upstreams are licensed, no chain of reselling"),
        Text("租用合同", "Contracts"),
        Text("更换上游", "Replace the upstream"),
        cite(LETTER_84, "转租", "reselling", _S),
    ),
    _row(
        "RL-13",
        Text("客户实名，未接入未备案网站", "Customers are verified, no unfiled site is hosted"),
        Text("抽样", "Samples"),
        Text("停止接入", "Stop hosting it"),
        cite(ANTI_FRAUD, "第二十一条", "Art. 21", _T),
        cite(ORDER_42, "第二十四条", "Art. 24", _K),
    ),
    _row(
        "RL-14",
        Text("前置审批有效且属于本公司", "Prior approvals are valid and in the company's own name"),
        Text("审批文件", "The documents"),
        Text("续办", "Renew them"),
        cite(INTERNET, "第五条", "Art. 5", _T),
    ),
    _row(
        "RL-15",
        Text("首页和场所标明许可证号，域名信息一致", "The number is shown; domain data match"),
        Text("截图", "Screenshots"),
        Text("补标", "Show it"),
        cite(INTERNET, "第十二条", "Art. 12", _T),
    ),
    _row(
        "RL-16",
        Text(
            "公司、投资者、管理人员未受处罚、未列入名单",
            "No penalties, not on a list: company, investors, managers",
        ),
        Text("平台查询", "Query of the platform"),
        Text("移出名单，或等待期满", "Clear it, or wait"),
        cite(ORDER_42, "第三十七条、第三十八条", "Arts. 37, 38", _T),
    ),
    _row(
        "RL-17",
        Text(
            "码号一年内启用、费用已缴、年报已报、用途未变",
            "Codes are used, paid for, reported, their purpose unchanged",
        ),
        Text("码号台账", "Code register"),
        Text("改正或交回", "Correct or return them"),
        cite(NUMBERING_NOTICE, "使用要求", "conditions of use", _S),
    ),
    _row(
        "RL-18",
        Text("分支机构均已报送", "Branches are reported"),
        Text("分支机构台账", "Branch register"),
        Text("补报", "Report them"),
        cite(ORDER_42, "第三十九条", "Art. 39", _K),
    ),
    _row(
        "RL-19",
        Text("未出租、转让许可证；授权公司持股 51% 以上", "No lending or transfer of the license"),
        Text("合同", "Contracts"),
        Text("停止，咨询律师", "Stop; take legal advice"),
        cite(TELECOM, "第六十八条", "Art. 68", _T),
    ),
    _row(
        "RL-20",
        Text("资本、住所、人员仍符合条件", "Capital, address and staff still meet the conditions"),
        _DOCUMENTS,
        Text("补足", "Make it up"),
        cite(ORDER_42, "第六条", "Art. 6", _S),
    ),
    _row(
        "RL-21",
        Text("无擅自跨境信道，数据出境已核查", "No cross-border channel; data exports looked at"),
        Text("网络方案", "Network plan"),
        Text("停止", "Stop"),
        cite(TELECOM, "第五十八条、第六十四条、第六十九条", "Arts. 58, 64, 69", _T),
    ),
    _row(
        "RL-22",
        Text("反诈内控、异常监测，不出租端口", "Anti-fraud controls; no ports are rented out"),
        _DOCUMENTS,
        _WRITE,
        cite(ANTI_FRAUD, "第六条、第三十一条、第三十九条、第四十一条", "Arts. 6, 31, 39, 41", _T),
    ),
)
