"""The license kinds of the catalogue: class, scopes, grain, service items, what a holder owes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.domain.procedure import (
    Citation,
    Confidence,
    Grain,
    LicenseKind,
    ServiceClass,
    ServiceItem,
    Text,
)
from workflow.law.sources import CATALOGUE_2015, LICENSING_SYSTEM, cite

BOTH_SCOPES = frozenset({"P", "N"})


def _catalogue(code: str, confidence: Confidence) -> Citation:
    return cite(CATALOGUE_2015, code, code, confidence)


def _item(code: str, zh: str, en: str) -> ServiceItem:
    return ServiceItem(code, Text(zh, en))


_SELECTOR = cite(
    LICENSING_SYSTEM, "业务种类和服务项目选项", "selector of kinds and items", Confidence.SECONDARY
)


def _kind(
    code: str,
    catalogue_code: str,
    name: Text,
    short: Text,
    *,
    service_class: ServiceClass = "2",
    scopes: frozenset[str] = BOTH_SCOPES,
    unconfirmed: frozenset[str] = frozenset(),
    grain: Grain = "province",
    confidence: Confidence = Confidence.SECONDARY,
    selected: bool = True,
    items: tuple[ServiceItem, ...] = (),
    follow_ups: tuple[str, ...] = (),
    evaluated: bool = False,
    materials: tuple[str, ...] = (),
) -> LicenseKind:
    """A row of the catalogue; `selected` when the licensing system was seen to offer it."""
    return LicenseKind(
        code=code,
        catalogue_code=catalogue_code,
        name=name,
        short=short,
        service_class=service_class,
        scopes=scopes,
        unconfirmed=unconfirmed,
        grain=grain,
        cites=(_catalogue(catalogue_code, confidence), *((_SELECTOR,) if selected else ())),
        items=items,
        follow_ups=follow_ups,
        evaluated=evaluated,
        materials=materials,
    )


_EVALUATED = ("T-EVAL",)
_ONLINE = ("M-DOMAIN", "M-HOST")

KINDS: tuple[LicenseKind, ...] = (
    _kind(
        "IDC",
        "B11",
        Text("互联网数据中心业务", "Internet data center"),
        Text("IDC", "IDC"),
        service_class="1",
        grain="city",
        items=(
            _item(
                "IDC-BASE",
                "不含互联网资源协作服务",
                "Data center without internet resource collaboration",
            ),
            _item("IDC-CLOUD", "仅限互联网资源协作服务", "Internet resource collaboration (cloud)"),
        ),
        follow_ups=_EVALUATED,
        evaluated=True,
    ),
    _kind(
        "CDN",
        "B12",
        Text("内容分发网络业务", "Content delivery network"),
        Text("CDN", "CDN"),
        service_class="1",
        materials=("M-CV",),
        follow_ups=_EVALUATED,
        evaluated=True,
    ),
    _kind(
        "IPVPN",
        "B13",
        Text("国内互联网虚拟专用网业务", "Domestic IP-VPN"),
        Text("IP-VPN", "IP-VPN"),
        service_class="1",
    ),
    _kind(
        "ISP",
        "B14",
        Text("互联网接入服务业务", "Internet access service"),
        Text("ISP", "ISP"),
        service_class="1",
        items=(
            _item("ISP-USER", "为上网用户提供接入服务", "Access for internet users"),
            _item("ISP-PLATFORM", "为互联网平台提供接入服务", "Access for internet platforms"),
        ),
        follow_ups=_EVALUATED,
        evaluated=True,
    ),
    _kind(
        "EDI",
        "B21",
        Text("在线数据处理与交易处理业务", "Online data and transaction processing"),
        Text("EDI", "EDI"),
        materials=_ONLINE,
        items=(
            _item("EDI-TRADE", "交易处理业务", "Transaction processing"),
            _item("EDI-EXCHANGE", "电子数据交换业务", "Electronic data interchange"),
            _item("EDI-DEVICE", "网络/电子设备数据处理业务", "Network and device data processing"),
        ),
    ),
    _kind(
        "MPC",
        "B22",
        Text("国内多方通信服务业务", "Domestic multi-party communication"),
        Text("多方通信", "Multi-party"),
    ),
    _kind(
        "SAF",
        "B23",
        Text("存储转发类业务", "Store and forward"),
        Text("存储转发", "Store and forward"),
    ),
    _kind(
        "CC",
        "B24-1",
        Text("国内呼叫中心业务", "Domestic call center"),
        Text("呼叫中心", "Call center"),
        materials=("M-CCSYS",),
    ),
    _kind(
        "CCO",
        "B24-2",
        Text("离岸呼叫中心业务", "Offshore call center"),
        Text("离岸呼叫中心", "Offshore call center"),
        confidence=Confidence.KNOWLEDGE,
        selected=False,
    ),
    _kind(
        "ICP",
        "B25",
        Text("信息服务业务（仅限互联网信息服务）", "Internet information service"),
        Text("ICP", "ICP"),
        materials=_ONLINE,
        items=(
            _item(
                "ICP-PUBLISH",
                "信息发布平台和递送服务",
                "Information publishing platform and delivery",
            ),
            _item("ICP-SEARCH", "信息搜索查询服务", "Information search"),
            _item("ICP-COMMUNITY", "信息社区平台服务", "Community platform"),
            _item("ICP-MESSAGE", "信息即时交互服务", "Instant messaging"),
            _item("ICP-PROTECT", "信息保护和处理服务", "Information protection and processing"),
        ),
        follow_ups=("T-REG-SCOPE",),
    ),
    _kind(
        "SP",
        "B25",
        Text("信息服务业务（不含互联网信息服务）", "Information service excluding internet"),
        Text("SP", "SP"),
    ),
    _kind(
        "DNS",
        "B26-1",
        Text("互联网域名解析服务业务", "Domain-name resolution"),
        Text("域名解析", "DNS"),
        confidence=Confidence.KNOWLEDGE,
    ),
    _kind(
        "FDT",
        "A24-1",
        Text("固定网国内数据传送业务", "Fixed-network domestic data transmission"),
        Text("固定网数传", "Fixed data"),
        service_class="2B",
        confidence=Confidence.KNOWLEDGE,
    ),
    _kind(
        "CPN",
        "A25-3",
        Text("用户驻地网业务", "Customer premises network"),
        Text("驻地网", "Premises network"),
        service_class="2B",
        scopes=frozenset({"P"}),
        unconfirmed=frozenset({"N"}),
        confidence=Confidence.KNOWLEDGE,
        selected=False,
    ),
    _kind(
        "HOST",
        "A27",
        Text("网络托管业务", "Network hosting"),
        Text("网络托管", "Hosting"),
        service_class="2B",
        confidence=Confidence.KNOWLEDGE,
    ),
)

BY_CODE: Mapping[str, LicenseKind] = MappingProxyType({kind.code: kind for kind in KINDS})
EVALUATED = frozenset(kind.code for kind in KINDS if kind.evaluated)
"""Kinds whose service may only be opened after the technical evaluation (M-EVAL)."""
