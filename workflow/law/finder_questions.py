"""What the license finder asks: the things a business may do, in plain words, in groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.procedure import Text
from workflow.law.fact_labels import ACTIVITIES
from workflow.law.vocabulary import Labels


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing a business may do. `activity` is the case fact it stands for, if there is one."""

    code: str
    group: str
    says: Text
    activity: str | None


GROUPS: Labels = {
    "trade": Text("买卖和交易", "Buying and selling"),
    "information": Text("信息和内容", "Information and content"),
    "calls": Text("通话、会议和短信", "Calls, meetings and text messages"),
    "infrastructure": Text("接入、机房和网络", "Access, hosting and networks"),
}


def _doing(code: str, group: str, zh: str, en: str, activity: str | None = None) -> Doing:
    told = activity or (code if code in ACTIVITIES else None)
    return Doing(code, group, Text(zh, en), told)


DOINGS: tuple[Doing, ...] = (
    _doing(
        "matches_buyers_and_sellers", "trade",
        "第三方买家和卖家在平台上成交",
        "Third-party buyers and sellers conclude deals on the platform",
    ),
    _doing(
        "own_goods_only", "trade",
        "网上只卖自己的商品或服务", "Sells only its own goods or services online",
    ),
    _doing(
        "rides", "trade",
        "网约车：撮合司机和乘客", "Ride hailing: matches drivers and passengers",
    ),
    _doing(
        "exchanges_documents", "trade",
        "为企业之间交换订单、单证数据", "Exchanges orders and papers between companies",
    ),
    _doing(
        "connects_devices", "trade",
        "采集、处理联网设备的数据（物联网）", "Collects and processes what devices report (IoT)",
    ),
    _doing(
        "publishes_for_others", "information",
        "为他人发布信息并收费（广告位、招聘、房源、会员等）",
        "Publishes for others for a fee (listings, jobs, homes, memberships)",
    ),
    _doing(
        "own_site_only", "information",
        "网站只介绍本企业，不向访问者收费", "The site only presents the company, free of charge",
    ),
    _doing(
        "user_video", "information",
        "用户上传视频、直播或其他内容", "Users upload video, streams or other content",
    ),
    _doing("community", "information", "论坛、社区", "Forum or community"),
    _doing("search", "information", "收费的搜索、查询", "Search or look-up for a fee"),
    _doing(
        "protects", "information",
        "防病毒、骚扰拦截等信息保护", "Virus or nuisance filters for users",
    ),
    _doing(
        "in_app_voice", "calls",
        "应用内一对一语音、视频或聊天", "One-to-one voice, video or chat inside an app",
    ),
    _doing(
        "conference", "calls",
        "三方以上的电话或网络会议", "Conferences of three or more parties",
    ),
    _doing(
        "sends_sms", "calls",
        "用自己的短信号码发商业短信", "Sends commercial text messages from its own code",
    ),
    _doing(
        "sms_platform", "calls",
        "为其他企业运营短信平台", "Runs a text-message platform for other companies",
        "sends_sms",
    ),
    _doing(
        "own_notices", "calls",
        "只给自己的用户发非商业通知短信", "Sends only non-commercial notices to its own users",
    ),
    _doing(
        "seats_for_others", "calls",
        "坐席替其他企业接打客户电话", "Seats take or make calls for other companies",
    ),
    _doing(
        "own_customers_only", "calls",
        "坐席只服务自己的客户", "Seats serve only its own customers",
    ),
    _doing(
        "offshore_seats", "calls",
        "坐席服务境外企业的客户", "Seats serve customers of companies abroad",
    ),
    _doing(
        "stores_and_forwards", "calls",
        "语音信箱、传真、邮件的存储转发", "Stores and forwards voice mail, fax or mail",
    ),
    _doing(
        "sells_access", "infrastructure",
        "向上网用户出售互联网接入", "Sells internet access to users",
    ),
    _doing(
        "access_for_platforms", "infrastructure",
        "向网站、应用出售互联网接入", "Sells internet access to sites and apps",
        "sells_access",
    ),
    _doing(
        "hosts_servers", "infrastructure",
        "出租机柜、服务器或代管设备", "Lets racks or servers, keeps machines for others",
    ),
    _doing("cloud", "infrastructure", "出租云主机、云存储", "Lets cloud machines or storage"),
    _doing(
        "delivers_content", "infrastructure",
        "内容分发加速（CDN）", "Content delivery (CDN)",
    ),
    _doing(
        "resolves_domains", "infrastructure",
        "为他人解析域名", "Resolves domain names for others",
    ),
    _doing(
        "private_networks", "infrastructure",
        "为企业组建国内虚拟专用网", "Builds domestic private networks for companies",
    ),
    _doing(
        "carries_fixed_data", "infrastructure",
        "租用线路传送固定网数据", "Carries fixed-network data over leased lines",
    ),
    _doing(
        "wires_premises", "infrastructure",
        "经营小区、楼宇的驻地网", "Runs networks inside estates or buildings",
    ),
    _doing(
        "manages_networks", "infrastructure",
        "受托代管他人的网络", "Manages networks of others",
    ),
)  # fmt: skip

BY_CODE: Mapping[str, Doing] = MappingProxyType({doing.code: doing for doing in DOINGS})
