"""What a business does not need and why, what else it should know, and which filing follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import (
    INTERNET,
    NUMBERING_TABLE,
    ORDER_42,
    PRACTICE,
    RIDE_HAILING,
    SMS_74,
    cite,
)


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """What people ask for and need not: shown when one of `when` is told and none of `unless`.

    `kinds` are the licenses meant; where one of them is needed for another reason, it is left out.
    """

    code: str
    when: frozenset[str]
    kinds: tuple[str, ...]
    why: Text
    cites: tuple[Citation, ...]
    document: Text | None = None
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remark:
    """What goes with an answer: shown when one of `when` is told and none of `unless`.

    `with_` must be told as well; `since` is the first day it is said.
    """

    code: str
    when: frozenset[str]
    says: Text
    cites: tuple[Citation, ...]
    unless: frozenset[str] = field(default_factory=frozenset)
    with_: frozenset[str] = field(default_factory=frozenset)
    since: date = date.min

    def holds(self, told: frozenset[str], day: date) -> bool:
        """True when these answers call for it on this day."""
        called = bool(self.when & told) and not self.unless & told and self.with_ <= told
        return called and self.since <= day


_TOLD_APART = cite(PRACTICE, "业务种类的界定", "telling the kinds apart", Confidence.SECONDARY)
_CALL_CENTER = cite(PRACTICE, "呼叫中心的界定", "what a call center is", Confidence.KNOWLEDGE)
_TABLE_1 = cite(NUMBERING_TABLE, "表一", "table 1", Confidence.TEXT)

NOT_NEEDED: tuple[NotNeeded, ...] = (
    NotNeeded(
        "own-goods",
        frozenset({"own_goods_only"}),
        ("EDI", "ICP"),
        Text(
            "只卖自己的商品，没有第三方在平台上成交，也不为他人发布信息；网站仍须备案",
            "Only its own goods are sold: no third parties conclude deals and nothing is "
            "published for others. The site itself is still filed",
        ),
        (_TOLD_APART, cite(INTERNET, "第四条", "Art. 4", Confidence.TEXT)),
        unless=frozenset({"matches_buyers_and_sellers", "rides"}),
    ),
    NotNeeded(
        "own-site",
        frozenset({"own_site_only"}),
        ("ICP",),
        Text(
            "无偿提供公开信息属于非经营性，办网站备案，不办许可证",
            "Open information free of charge is non-commercial: the site is filed, not licensed",
        ),
        (cite(INTERNET, "第三条、第四条", "Arts. 3, 4", Confidence.TEXT),),
    ),
    NotNeeded(
        "own-customers",
        frozenset({"own_customers_only"}),
        ("CC",),
        Text(
            "只答复自己的客户，不是替他人经营呼叫中心",
            "A company that answers only its own customers runs no call center for others",
        ),
        (_CALL_CENTER,),
    ),
    NotNeeded(
        "own-notices",
        frozenset({"own_notices"}),
        ("SP",),
        Text(
            "自用的非商业通知用 12 位自用号段，企业可直接申请号码，不要许可证",
            "Own non-commercial notices go over the 12-digit own-use range, which any enterprise "
            "may apply for without a license",
        ),
        (_TABLE_1,),
    ),
    NotNeeded(
        "content-platform",
        frozenset({"user_video", "publishes_for_others", "community"}),
        ("ISP",),
        Text(
            "内容或视频平台不出售互联网接入，不是 ISP",
            "A content or video platform sells no internet access, so it is not ISP",
        ),
        (_TOLD_APART,),
    ),
    NotNeeded(
        "one-to-one",
        frozenset({"in_app_voice"}),
        ("MPC",),
        Text(
            "一对一语音和即时通信属于 ICP 的信息即时交互，三方以上的会议才是多方通信",
            "One-to-one voice and chat are ICP instant interaction; only meetings of three or "
            "more are multi-party communication",
        ),
        (_TOLD_APART,),
    ),
    NotNeeded(
        "production",
        frozenset({"user_video", "conference"}),
        (),
        Text(
            "那是制作节目的许可，不在任何增值电信许可的材料之内",
            "It is for producing programs and is no document of any value-added telecom license",
        ),
        (cite(PRACTICE, "广电制作许可", "broadcast production", Confidence.KNOWLEDGE),),
        Text("广播电视节目制作经营许可证", "broadcast program production license"),
    ),
)

REMARKS: tuple[Remark, ...] = (
    Remark(
        "paid-listing",
        frozenset({"matches_buyers_and_sellers"}),
        Text(
            "平台如果还向商家或用户收取信息发布、推广费用，同时需要 ICP",
            "If the platform also charges for listings or promotion, it needs ICP as well",
        ),
        (_TOLD_APART,),
        unless=frozenset({"publishes_for_others"}),
    ),
    Remark(
        "goods-own-rules",
        frozenset({"matches_buyers_and_sellers"}),
        Text(
            "所交易商品本身的许可（如活体动物、食品、药品）不在电信许可之内，另行核对",
            "Rules on the goods themselves (animals, food, medicine) are outside the telecom "
            "license: check them separately",
        ),
        (cite(PRACTICE, "商品的许可", "rules on the goods", Confidence.KNOWLEDGE),),
    ),
    Remark(
        "mixed-shop",
        frozenset({"own_goods_only"}),
        Text(
            "自营与第三方并存时，按第三方部分办证；开案前请核实“只卖自营”是否还成立",
            "Where own goods and third parties share the platform, the third-party part decides. "
            "Check before opening a case whether 'only its own goods' still holds",
        ),
        (_TOLD_APART,),
        with_=frozenset({"matches_buyers_and_sellers"}),
    ),
    Remark(
        "own-fleet",
        frozenset({"rides"}),
        Text(
            "只用自己的车辆和司机、不为第三方撮合收费的，不需要 EDI 和 ICP；"
            "网约车经营许可证和备案仍要",
            "With its own cars and drivers only, and no matching of third parties for a fee, "
            "neither EDI nor ICP is needed; the ride-hailing license and the filing are",
        ),
        (cite(RIDE_HAILING, "平台撮合收费", "matching for a fee", Confidence.SECONDARY),),
        unless=frozenset({"matches_buyers_and_sellers"}),
    ),
    Remark(
        "content-review",
        frozenset({"user_video", "community"}),
        Text(
            "内容审核和有害信息过滤写进网络与信息安全保障措施（M-INFOSEC），不是单独的材料",
            "Content review and filtering are described in the network and information security "
            "measures (M-INFOSEC), not in a paper of their own",
        ),
        (cite(ORDER_42, "第八条第七项", "Art. 8(7)", Confidence.SECONDARY),),
    ),
    Remark(
        "sms-conduct",
        frozenset({"sends_sms", "sms_platform", "own_notices"}),
        Text(
            "2026-05-01 起：商业短信须经用户同意，端口短信标明发送者，记录至少保存 6 个月，"
            "退订要方便",
            "Since 2026-05-01: commercial text messages need consent, the sender is named, "
            "records are kept for at least 6 months, and opting out is easy",
        ),
        (cite(SMS_74, "2026-05-01 起施行", "in force since 2026-05-01", Confidence.SECONDARY),),
        since=date(2026, 5, 1),
    ),
)

RIDES_FILING = Remark(
    "rides-filing",
    frozenset({"rides"}),
    Text(
        "取得网约车经营许可证后、经营前，向省通信管理局办理互联网信息服务备案",
        "With the ride-hailing license in hand and before operating, file the internet "
        "information service with the provincial telecom authority",
    ),
    (cite(RIDE_HAILING, "互联网信息服务备案", "internet filing", Confidence.SECONDARY),),
)
"""The one filing that stands between another authority's license and ours."""
