"""The questions about which license a business needs."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_steps import case, eligibility, finder, guide

ROWS: tuple[Question, ...] = (
    question(
        1,
        groups="kind materials",
        refs="ICP ISP G-KINDSPEC G-PREAPP M-INFOSEC M-PREAPP",
        text="""
        短视频平台要办 ISP 许可证吗？要内容审核说明吗？
        / Does a short-video platform need an ISP license, and a statement on content review?

        不用办 ISP：ISP 只用于出售互联网接入。视频、内容平台办的是 ICP 证，即{kind.ICP}。
        / No ISP license: ISP is only for selling internet access. A video or content platform needs
        ICP, {kind.ICP}.
        """,
        points="""
        服务项目一般选“{item.ICP-PUBLISH}”；还有搜索、社区、即时聊天的，另选相应项目。
        / The usual service item is {item.ICP-PUBLISH}; search, community or chat functions are
        items of their own.

        视听节目须先取得{content.audiovisual}；涉及文化产品的，须先取得{content.culture}。
        / Audiovisual programs first need the {content.audiovisual}, cultural products the
        {content.culture}.

        没有单独一份“内容审核说明”：审核、有害信息的发现和过滤写进{M-INFOSEC}（{M-INFOSEC.note}）。
        / There is no separate statement on content review: review, detection and filtering belong
        in the {M-INFOSEC} ({M-INFOSEC.note}).

        平台上由第三方卖家和买家成交的，另办 EDI。
        / Where third-party sellers and buyers conclude deals on it, EDI is needed as well.
        """,
        steps=(finder("user_video"), guide("new", "ICP"), case("new", "ICP")),
        keywords="视频 直播 短视频 内容审核 许可证种类 抖音 快手 video streaming",
        see="60 13 47",
    ),
    question(
        13,
        groups="kind",
        refs="MPC ICP G-KINDSPEC",
        text="""
        社交平台上线多人语音，要办多方通信吗？
        / Does group voice in a social app need a multi-party license?

        看形态：会议、电话会议平台（三方以上）属于{kind.MPC}；应用内的语音、视频、即时聊天属
        于 ICP 的“{item.ICP-MESSAGE}”。
        / It depends on the form: a meeting or conference platform for three or more parties is
        {kind.MPC}; voice, video and chat inside an app are the ICP item {item.ICP-MESSAGE}.
        """,
        points="""
        这个项目包括端到端的双向语音和视频，所以一对一通话不必另办多方通信。
        / That item covers end-to-end two-way voice and video, so one-to-one calls need no
        multi-party license.

        两种形态都有的，两个种类都要办。
        / Where both forms exist, both kinds are needed.

        办多方通信的：{N-MPC}。
        / For multi-party: {N-MPC}.

        拿不准时按实际功能描述向发证机关书面确认，回复存入案件。
        / When in doubt, describe the function to the authority in writing and keep the reply with
        the case.
        """,
        steps=(finder("in_app_voice", "conference"), guide("new", "MPC"), case("new", "MPC")),
        keywords="语聊房 群聊 会议 语音房 聊天室 voice chat conference",
        see="1 18 23",
    ),
    question(
        15,
        groups="kind",
        refs="EDI ICP G-PREAPP M-PREAPP",
        text="""
        网约车证和 ICP，办哪个？
        / Ride-hailing license or ICP: which one?

        先取得{content.ride_hailing}，再到省通信管理局办互联网信息服务备案，然后才能上线；
        EDI 或 ICP 许可只在平台撮合第三方、收费时才要。
        / First the {content.ride_hailing}, then the internet information filing at the provincial
        bureau, and only then may it go online; an EDI or ICP license is needed only where third
        parties are matched for a fee.
        """,
        points="""
        撮合第三方司机和乘客并收费的，另办 EDI；有偿发布信息的，另办 ICP。
        / Matching third-party drivers and riders for a fee also needs EDI; paid publishing of
        information also needs ICP.

        网约车经营许可按城市办理，各城市要求以当地指南为准。
        / The ride-hailing license is granted city by city; follow the guide of each city.

        申请 EDI 或 ICP 时，{M-PREAPP}须{M-PREAPP.note}。
        / For EDI or ICP the {M-PREAPP} must be: {M-PREAPP.note}.
        """,
        steps=(finder("rides"), guide("new", "EDI"), case("new", "EDI")),
        keywords="网约车 打车 出行 顺风车 taxi ride hailing",
        see="47 60 2",
    ),
    question(
        47,
        groups="kind",
        refs="EDI ICP G-KINDSPEC",
        text="""
        网络宠物交易平台要什么证？
        / What license does an online pet marketplace need?

        第三方买卖双方在平台上成交的，办 EDI；为他人有偿发布信息的，办 ICP；两种都有的，两个都办。只
        卖自营宠物和用品的，都不需要。
        / Third parties concluding deals on the platform: EDI. Paid publishing for others: ICP.
        Both, if it does both. A shop that only sells its own animals and goods needs neither.
        """,
        points="""
        EDI：{EDI-PLATFORM}；{EDI-DEALS}。
        / EDI: {EDI-PLATFORM}; {EDI-DEALS}.

        ICP：{ICP-OTHERS}。
        / ICP: {ICP-OTHERS}.

        活体动物的检疫、运输等规定不属于电信许可，另行核对。
        / Rules on live animals, quarantine and transport lie outside the telecom license; check
        them apart.
        """,
        steps=(
            finder("matches_buyers_and_sellers", "publishes_for_others"),
            eligibility("EDI", "ICP"),
            case("new", "EDI"),
        ),
        keywords="电商 商城 交易平台 宠物 自营 marketplace e-commerce shop",
        see="58 60 19",
    ),
    question(
        66,
        groups="kind",
        refs="SP G-NUM-QUAL",
        text="""
        SP 是什么？
        / What is SP?

        SP 是{kind.SP}，目录编号 {catalogue.SP}，属于{class.SP}，可以只在一个省经营，也可以全国经
        营。
        / SP is {kind.SP}, catalogue code {catalogue.SP}, a {class.SP}; it may run in one province
        or nationwide.
        """,
        points="""
        向手机用户发送、接收短信内容，或者为他人运营短信平台的，属于 SP；互联网上的信息服务是 ICP，
        编号相同，许可不同。
        / Sending SMS content to phone users or running an SMS platform for others is SP;
        information service on the internet is ICP: same code, different license.

        注册资本：一个省 {capital.P}，跨省 {capital.N}。
        / Registered capital: {capital.P} for one province, {capital.N} beyond.

        有许可证还不能直接发短信：要用自己的号码，须另申请码号，例如 {range.1062XXXX}、
        {range.1066XXXX}。
        / The license alone sends no messages: a code of one's own is a separate application, for
        example {range.1062XXXX} or {range.1066XXXX}.

        {N-SP}。
        / {N-SP}.
        """,
        steps=(finder("sends_sms"), guide("new", "SP"), case("new", "SP")),
        keywords="短信 增值电信 SP证 sms text message",
        see="28 16 70",
    ),
)
