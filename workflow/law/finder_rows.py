"""What makes a license necessary: one row per thing a business does, with kind, item and basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.kinds import BY_CODE
from workflow.law.sources import (
    BUREAU_GUIDE,
    INTERNET,
    LETTER_84,
    NUMBERING_TABLE,
    PRACTICE,
    RIDE_HAILING,
    cite,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One kind an activity needs, with its item where one fits, why, and on what basis.

    No item means the first of the kind.
    """

    activity: str
    kind: str
    item: str | None
    why: Text
    cites: tuple[Citation, ...]


_TOLD_APART = cite(PRACTICE, "业务种类的界定", "telling the kinds apart", Confidence.SECONDARY)
_FOR_A_FEE = cite(INTERNET, "第三条、第四条", "Arts. 3, 4", Confidence.TEXT)
_EDI = cite(BUREAU_GUIDE, "EDI 申请条件", "EDI conditions", Confidence.SECONDARY)
_CODES = cite(NUMBERING_TABLE, "表一", "table 1", Confidence.TEXT)
_UNLICENSED = cite(LETTER_84, "未经许可不得经营", "no operation without license", Confidence.TEXT)


def _row(activity: str, service: str, zh: str, en: str, *cites: Citation) -> Proposal:
    """`service` is a kind or `KIND/ITEM`; without a basis of its own the catalogue is named."""
    kind, _, item = service.partition("/")
    return Proposal(activity, kind, item or None, Text(zh, en), cites or BY_CODE[kind].cites[:1])


_OF_ACTIVITIES: tuple[Proposal, ...] = (
    _row(
        "sells_access", "ISP",
        "向用户或平台出售互联网接入", "Internet access is sold to users or platforms",
        _TOLD_APART,
    ),
    _row(
        "matches_buyers_and_sellers", "EDI/EDI-TRADE",
        "第三方买卖双方在平台上成交", "Third parties conclude deals on the platform",
        _EDI, _TOLD_APART,
    ),
    _row(
        "publishes_for_others", "ICP/ICP-PUBLISH",
        "为他人有偿发布或匹配信息", "Information is published or matched for others",
        _FOR_A_FEE, _TOLD_APART,
    ),
    _row(
        "user_video", "ICP/ICP-PUBLISH",
        "内容、视频平台属于信息服务，不是接入服务",
        "A content or video platform is information service, not access",
        _TOLD_APART,
    ),
    _row(
        "in_app_voice", "ICP/ICP-MESSAGE",
        "应用内一对一语音、即时通信属于信息即时交互",
        "In-app voice and chat are instant interaction",
        _TOLD_APART,
    ),
    _row(
        "conference", "MPC",
        "三方以上的会议平台", "A meeting platform for three or more parties",
        _TOLD_APART,
    ),
    _row(
        "sends_sms", "SP",
        "向手机用户发送短信或运营短信平台", "Text messages are sent or a platform is run",
        _CODES, _TOLD_APART,
    ),
    _row(
        "seats_for_others", "CC",
        "坐席服务其他企业的客户", "Seats serve other companies' customers",
        _TOLD_APART,
    ),
    _row(
        "rides", "EDI/EDI-TRADE",
        "网约车撮合收费：先取得网约车经营许可证",
        "Rides are matched for a fee: the ride-hailing license comes first",
        cite(RIDE_HAILING, "平台撮合收费", "matching for a fee", Confidence.SECONDARY),
    ),
    _row(
        "rides", "ICP/ICP-PUBLISH",
        "网约车平台发布信息", "The platform publishes information",
        cite(RIDE_HAILING, "平台发布信息", "publishing", Confidence.SECONDARY),
    ),
)  # fmt: skip

_FINER: tuple[Proposal, ...] = (
    _row(
        "access_for_platforms", "ISP/ISP-PLATFORM",
        "向网站、应用等互联网平台出售接入", "Access is sold to sites, apps and other platforms",
        _TOLD_APART,
    ),
    _row(
        "sms_platform", "SP",
        "为其他企业运营短信平台", "A text-message platform is run for other companies",
        _CODES, _TOLD_APART,
    ),
    _row(
        "community", "ICP/ICP-COMMUNITY",
        "用户在论坛、社区里发表和交流", "Users post and talk in a forum or community",
    ),
    _row(
        "search", "ICP/ICP-SEARCH",
        "收费的搜索、查询服务", "Search and look-up for a fee",
        _FOR_A_FEE,
    ),
    _row(
        "protects", "ICP/ICP-PROTECT",
        "为用户提供防病毒、拦截、加工等信息保护和处理",
        "Users' information is protected or processed: virus and nuisance filters",
    ),
    _row(
        "exchanges_documents", "EDI/EDI-EXCHANGE",
        "为企业之间交换订单、单证等结构化数据",
        "Orders and papers are exchanged between companies as structured messages",
    ),
    _row(
        "connects_devices", "EDI/EDI-DEVICE",
        "采集、处理联网设备的数据并提供给用户",
        "Measurements of connected devices are collected and processed for users",
    ),
    _row(
        "offshore_seats", "CCO",
        "坐席在境内，服务境外企业的境外客户",
        "Seats in the mainland serve the customers of companies abroad",
    ),
    _row(
        "stores_and_forwards", "SAF",
        "语音信箱、传真、邮件的存储转发", "Voice mail, fax or mail is stored and forwarded",
    ),
    _row(
        "hosts_servers", "IDC/IDC-BASE",
        "出租机柜或服务器、代管他人设备", "Racks or servers are let, others' machines are kept",
        _UNLICENSED,
    ),
    _row(
        "cloud", "IDC/IDC-CLOUD",
        "出租云主机、云存储属于互联网资源协作",
        "Letting cloud machines and storage is internet resource collaboration",
        _UNLICENSED,
    ),
    _row(
        "delivers_content", "CDN",
        "用分布的节点为网站、应用加速分发内容",
        "Nodes in many places deliver content for sites and apps",
        _UNLICENSED,
    ),
    _row(
        "private_networks", "IPVPN",
        "为企业组建国内互联网虚拟专用网", "Domestic private networks are built for companies",
    ),
    _row(
        "resolves_domains", "DNS",
        "为他人提供域名解析", "Domain names are resolved for others",
    ),
    _row(
        "carries_fixed_data", "FDT",
        "租用线路，为用户传送固定网数据",
        "Fixed-network data is carried for users over leased lines",
    ),
    _row(
        "wires_premises", "CPN",
        "在小区、楼宇内建设和经营用户驻地网",
        "Networks inside estates and buildings are built and run",
    ),
    _row(
        "manages_networks", "HOST",
        "受托代管他人的网络和网络设备", "Networks and equipment of others are managed for them",
    ),
)  # fmt: skip

PROPOSALS: tuple[Proposal, ...] = (*_OF_ACTIVITIES, *_FINER)

CONTENT_OF: Mapping[str, str] = MappingProxyType(
    {"user_video": "audiovisual", "rides": "ride_hailing"}
)
"""Content that an activity brings with it and that another authority must approve first."""
