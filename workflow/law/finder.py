"""Which license does this business need? Activities in, kinds with items and reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.procedure import Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """One kind an activity needs, with its item where one fits, and why."""

    activity: str
    kind: str
    item: str | None
    why: Text


_ROWS: tuple[Proposal, ...] = (
    Proposal(
        "sells_access",
        "ISP",
        None,
        Text("向用户或平台出售互联网接入", "Internet access is sold to users or platforms"),
    ),
    Proposal(
        "matches_buyers_and_sellers",
        "EDI",
        "EDI-TRADE",
        Text("第三方买卖双方在平台上成交", "Third parties conclude deals on the platform"),
    ),
    Proposal(
        "publishes_for_others",
        "ICP",
        "ICP-PUBLISH",
        Text("为他人有偿发布或匹配信息", "Information is published or matched for others"),
    ),
    Proposal(
        "user_video",
        "ICP",
        "ICP-PUBLISH",
        Text(
            "内容、视频平台属于信息服务，不是接入服务",
            "A content or video platform is information service, not access",
        ),
    ),
    Proposal(
        "in_app_voice",
        "ICP",
        "ICP-MESSAGE",
        Text(
            "应用内一对一语音、即时通信属于信息即时交互",
            "In-app voice and chat are instant interaction",
        ),
    ),
    Proposal(
        "conference",
        "MPC",
        None,
        Text("三方以上的会议平台", "A meeting platform for three or more parties"),
    ),
    Proposal(
        "sends_sms",
        "SP",
        None,
        Text("向手机用户发送短信或运营短信平台", "Text messages are sent or a platform is run"),
    ),
    Proposal(
        "seats_for_others",
        "CC",
        None,
        Text("坐席服务其他企业的客户", "Seats serve other companies' customers"),
    ),
    Proposal(
        "rides",
        "EDI",
        "EDI-TRADE",
        Text(
            "网约车撮合收费：先取得网约车经营许可证",
            "Rides are matched for a fee: the ride-hailing license comes first",
        ),
    ),
    Proposal(
        "rides",
        "ICP",
        "ICP-PUBLISH",
        Text("网约车平台发布信息", "The platform publishes information"),
    ),
)

CONTENT_OF: Mapping[str, str] = MappingProxyType(
    {"user_video": "audiovisual", "rides": "ride_hailing"}
)
"""Content that an activity brings with it and that another authority must approve first."""


def proposals(activities: Iterable[str]) -> tuple[Proposal, ...]:
    """What these activities need, in the order of the table; own goods alone need nothing."""
    told = set(activities)
    return tuple(row for row in _ROWS if row.activity in told)


def proposed_kinds(activities: Iterable[str]) -> tuple[str, ...]:
    """The kinds alone, each once."""
    return tuple(dict.fromkeys(row.kind for row in proposals(activities)))
