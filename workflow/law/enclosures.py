"""What goes in with a paper and has no code of its own: agreements, forms, investors' documents."""

from __future__ import annotations

from collections.abc import Callable

from workflow.domain.facts import Facts
from workflow.domain.procedure import Enclosure, Text


def _kinds(*codes: str) -> Callable[[Facts], bool]:
    return lambda facts: bool(set(codes) & set(facts.kinds))


def _changes(code: str) -> Callable[[Facts], bool]:
    return lambda facts: code in facts.changes


def _foreign(facts: Facts) -> bool:
    return bool(facts.company.foreign_share)


def _customer_service(facts: Facts) -> bool:
    """A 95 code without a license can only serve customers (rulebook 2.7)."""
    nationwide = str(facts.case.get("range") or "").startswith("95")
    use = facts.case.get("use") or ("access" if facts.license else "customer_service")
    return nationwide and use == "customer_service"


INVESTORS = Enclosure(
    Text(
        "有外资的，附投资者的登记注册文件或身份证明，逐层追溯到自然人或国有资本",
        "With foreign capital: registration or identity documents of every investor, traced to "
        "natural persons or state capital",
    ),
    _foreign,
)
PREMISES_LIST = Enclosure(
    Text(
        "驻地网：服务小区清单和与小区的协议",
        "Customer premises network: the list of premises served, with the agreements",
    ),
    _kinds("CPN"),
)
NODES = Enclosure(
    Text("CDN：节点清单和机房合同", "CDN: the list of nodes and the data-center contracts"),
    _kinds("CDN"),
)
SERVICE_SP = Enclosure(
    Text(
        "SP：业务内容、资费和短信息安全措施",
        "SP: description of the service, charging and SMS security",
    ),
    _kinds("SP"),
)
NUISANCE = Enclosure(
    Text("呼叫中心：反骚扰电话承诺", "Call center: undertaking against nuisance calls"),
    _kinds("CC", "CCO"),
)
LOSS = Enclosure(
    Text("许可证遗失声明", "A statement that the license was lost"), _changes("C-LOST")
)
SITE_FORM = Enclosure(
    Text(
        "网站域名变更申报表，网站负责人身份证",
        "The form for a change of site or domain, and the ID of its manager",
    ),
    _changes("C-SITE"),
)
APPOINTMENT = Enclosure(
    Text("法定代表人任免文件", "Appointment and removal of the legal representative"),
    _changes("C-LREP"),
)
AUTHORIZATION = Enclosure(
    Text(
        "授权协议、被授权公司的名称和持股比例证明、双方证照",
        "The agreement, the authorized company's name, proof of the share held, both licenses",
    ),
    _changes("C-AUTH"),
)
TRANSFER = Enclosure(
    Text("合并、分立或转让协议", "The agreement on the merger, split or transfer"),
    _changes("C-SUBJ"),
)
RENEWAL_FORM = Enclosure(
    Text("有效期满继续经营申请表", "The form for going on after the term"),
)
REGISTRY_PRINT = Enclosure(
    Text(
        "国家企业信用信息公示系统截图", "A printout of the company's entry in the public registry"
    ),
)
USER_AGREEMENT = Enclosure(Text("用户协议样本", "A sample of the user agreement"))
SERVICE_ENTERPRISE = Enclosure(
    Text(
        "客户服务号码：行业许可证和分支机构证明（六省、十五市）",
        "Customer-service code: the industry license and proof of branches in 6 provinces and 15 "
        "cities",
    ),
    _customer_service,
)
