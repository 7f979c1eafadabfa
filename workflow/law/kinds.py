"""The license kinds: items and scopes, the papers a kind adds, and its own prerequisites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.facts import Facts
from workflow.domain.procedure import Citation, Confidence, LicenseKind, ServiceItem, Text
from workflow.law.vocabulary import (
    BUREAU_GUIDE,
    CATALOGUE_2015,
    INTERNET,
    PRACTICE,
    Labels,
    cite,
)


def _catalogue(code: str) -> Citation:
    return cite(CATALOGUE_2015, code, code, Confidence.SECONDARY)


KINDS: tuple[LicenseKind, ...] = (
    LicenseKind(
        code="EDI",
        catalogue_code="B21",
        name=Text("在线数据处理与交易处理业务", "Online data and transaction processing"),
        short=Text("EDI", "EDI"),
        service_class="2",
        scopes=frozenset({"P", "N"}),
        grain="province",
        cites=(_catalogue("B21"),),
        items=(
            ServiceItem("EDI-TRADE", Text("交易处理业务", "Transaction processing")),
            ServiceItem("EDI-EXCHANGE", Text("电子数据交换业务", "Electronic data interchange")),
            ServiceItem(
                "EDI-DEVICE",
                Text("网络/电子设备数据处理业务", "Network and device data processing"),
            ),
        ),
    ),
    LicenseKind(
        code="ICP",
        catalogue_code="B25",
        name=Text("信息服务业务（仅限互联网信息服务）", "Internet information service"),
        short=Text("ICP", "ICP"),
        service_class="2",
        scopes=frozenset({"P", "N"}),
        grain="province",
        cites=(_catalogue("B25"),),
        items=(
            ServiceItem(
                "ICP-PUBLISH",
                Text("信息发布平台和递送服务", "Information publishing platform and delivery"),
            ),
            ServiceItem("ICP-SEARCH", Text("信息搜索查询服务", "Information search")),
            ServiceItem("ICP-COMMUNITY", Text("信息社区平台服务", "Community platform")),
            ServiceItem("ICP-MESSAGE", Text("信息即时交互服务", "Instant messaging")),
            ServiceItem(
                "ICP-PROTECT", Text("信息保护和处理服务", "Information protection and processing")
            ),
        ),
        follow_ups=("T-REG-SCOPE",),
    ),
    LicenseKind(
        code="CC",
        catalogue_code="B24-1",
        name=Text("国内呼叫中心业务", "Domestic call center"),
        short=Text("呼叫中心", "Call center"),
        service_class="2",
        scopes=frozenset({"P", "N"}),
        grain="province",
        cites=(_catalogue("B24-1"),),
    ),
)

# Papers a kind adds to every application, and the sentence that says why.
KIND_MATERIALS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"M-DOMAIN": ("ICP", "EDI"), "M-HOST": ("ICP", "EDI"), "M-CCSYS": ("CC",)}
)


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One condition of a kind (rulebook 1.5), judged by G-KINDSPEC.

    `holds` answers None when a fact is missing; a `hard` one fails, the others only warn.
    """

    code: str
    kind: str
    name: Text
    hard: bool
    holds: Callable[[Facts], bool | None]
    cites: tuple[Citation, ...]


def _trades(facts: Facts) -> bool:
    # Omitted items mean the first, which is transaction processing.
    return "EDI-TRADE" in (facts.items.get("EDI") or ("EDI-TRADE",))


def _said(facts: Facts, name: str) -> bool | None:
    answer: bool | None = facts.case.get(name, True)
    return answer


def _edi_platform(facts: Facts) -> bool | None:
    return _said(facts, "third_party_platform") if _trades(facts) else True


def _edi_deals(facts: Facts) -> bool | None:
    return _said(facts, "deals_online") if _trades(facts) else True


def _icp_for_others(facts: Facts) -> bool | None:
    activities = facts.case.get("activities", ())
    if activities is None:
        return None
    return "own_goods_only" not in activities or "publishes_for_others" in activities


def _cc_for_others(facts: Facts) -> bool | None:
    activities = facts.case.get("activities", ())
    return not activities or "seats_for_others" in activities


_GUIDE = cite(BUREAU_GUIDE, "EDI 申请条件", "EDI conditions", Confidence.SECONDARY)

PREREQUISITES: tuple[Prerequisite, ...] = (
    Prerequisite(
        "EDI-PLATFORM",
        "EDI",
        Text(
            "交易处理须有明确的第三方交易平台（自营不需要 EDI）",
            "transaction processing needs a definite third-party platform (own goods need no EDI)",
        ),
        hard=True,
        holds=_edi_platform,
        cites=(_GUIDE,),
    ),
    Prerequisite(
        "EDI-DEALS",
        "EDI",
        Text("买卖双方须在平台上在线成交", "both sides must conclude the deal on the platform"),
        hard=True,
        holds=_edi_deals,
        cites=(_GUIDE,),
    ),
    Prerequisite(
        "ICP-OTHERS",
        "ICP",
        Text(
            "须为他人发布或递送信息（只卖自营商品不需要 ICP）",
            "it must publish or deliver for others (a shop of its own goods needs no ICP)",
        ),
        hard=True,
        holds=_icp_for_others,
        cites=(
            cite(INTERNET, "第六条", "Art. 6", Confidence.TEXT),
            cite(BUREAU_GUIDE, "ICP 申请条件", "ICP conditions", Confidence.SECONDARY),
        ),
    ),
    Prerequisite(
        "CC-OTHERS",
        "CC",
        Text(
            "坐席须服务其他企业的客户（只答复自己的客户不需要呼叫中心许可）",
            "seats must serve other companies' customers (answering one's own needs no license)",
        ),
        hard=False,
        holds=_cc_for_others,
        cites=(cite(PRACTICE, "呼叫中心的界定", "what a call center is", Confidence.KNOWLEDGE),),
    ),
)

PREREQUISITE_LABELS: Labels = {row.code: row.name for row in PREREQUISITES}

# Kinds of the catalogue that are named here but cannot be applied for yet.
PLANNED_KINDS: Labels = {
    "IDC": Text("互联网数据中心业务", "Internet data center"),
    "CDN": Text("内容分发网络业务", "Content delivery network"),
    "IPVPN": Text("国内互联网虚拟专用网业务", "Domestic IP-VPN"),
    "ISP": Text("互联网接入服务业务", "Internet access service"),
    "MPC": Text("国内多方通信服务业务", "Domestic multi-party communication"),
    "SAF": Text("存储转发类业务", "Store and forward"),
    "CCO": Text("离岸呼叫中心业务", "Offshore call center"),
    "SP": Text("信息服务业务（不含互联网信息服务）", "Information service excluding internet"),
    "DNS": Text("互联网域名解析服务业务", "Domain-name resolution"),
    "FDT": Text("固定网国内数据传送业务", "Fixed-network domestic data transmission"),
    "CPN": Text("用户驻地网业务", "Customer premises network"),
    "HOST": Text("网络托管业务", "Network hosting"),
}
