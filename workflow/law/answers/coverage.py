"""The questions about more than one province, and borders."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import ABOLISHED, PLATFORM
from workflow.law.question_steps import LICENSES, case, eligibility, finder, guide

ROWS: tuple[Question, ...] = (
    question(
        4,
        groups="cross_province",
        refs="ISP G-SCOPE G-CAPITAL RL-03 S-UNLICENSED",
        text="""
        ISP 做全国业务却只有省内证，处罚更重吗？
        / Is running ISP nationwide on a provincial license punished harder?

        不更重：超出许可范围经营与无证经营是同一档。补救办法是向{office.MIIT}申请跨地区许可证，取得
        之前退回许可地域。
        / Not harder: operating outside the license is the same tier as without one. The remedy is a
        cross-regional license from {office.MIIT}; until then, stay inside the licensed area.
        """,
        points="""
        {S-UNLICENSED}。
        / {S-UNLICENSED}.

        省内证改全国不是变更，是向另一个机关的新申请，注册资本 {capital.N}。
        / From one province to all is no change but a first application to another authority, with
        {capital.N}.

        自查：{RL-03}（{RL-03.evidence}）；越界的，{RL-03.fix}。
        / Check yourself: {RL-03} ({RL-03.evidence}). If outside: {RL-03.fix}.

        超范围经营还会在续期时成为不予延续的理由。
        / It also stands in the way of the renewal.
        """,
        steps=(
            guide("new", "ISP", area="national"),
            eligibility("ISP", area="national"),
            case("new", "ISP", area="national"),
        ),
        keywords="全网 地网 超范围 处罚 罚款 nationwide penalty outside",
        see="17 57 38",
    ),
    question(
        17,
        groups="cross_province",
        refs="ISP G-SCOPE G-BRANCH30 K-BRANCH G-CAPITAL",
        text="""
        地网 ISP 要跨省备案，怎样对接省局？
        / How is a provincial ISP license filed with the bureau of another province?

        省内许可证不能到外省“备案”，跨省备案审批也已取消。要在外省经营，应向{office.MIIT}申请跨地区
        许可证。
        / It cannot be: a provincial license does not extend to another province, and the old filing
        approval was abolished. To operate there, apply to {office.MIIT} for a cross-regional
        license.
        """,
        points="""
        已有跨地区许可证的：在外省设立、变更、撤销分支机构，决定后 {K-BRANCH} 内通过平台报送发证机关
        和当地通信管理局。
        / With a cross-regional license: a branch opened, changed or closed is reported on the
        platform to the issuing authority and the local bureau within {K-BRANCH} of the decision.

        报送不是审批，不用等批复，也没有规定的材料清单。
        / It is a report, no approval: nothing to wait for, and no list of papers in the rule.

        备好：分支机构名称、省份、地址、负责人、联系方式、在当地经营的业务、决定日期。
        / Have ready: name of the branch, province, address, person in charge, contacts, kinds run
        there, day of the decision.

        机房在许可地域以外的，不是备案问题，要变更{C-COV}。
        / A machine room outside the licensed area is no matter of filing but a change of {C-COV}.

        当地对机房、短信码号可能另有要求，向当地通信管理局核实。
        / Local extras on rooms or SMS codes may exist: ask the local bureau.

        跨地区许可证的注册资本 {capital.N}。
        / A cross-regional license asks for {capital.N}.
        """,
        steps=(
            guide("new", "ISP", area="national"),
            guide("branch_report", "ISP"),
            case("branch_report", "ISP"),
            LICENSES,
        ),
        cites=(ABOLISHED,),
        keywords="跨省 备案 分支机构 分公司 异地 branch filing province",
        see="4 38 34",
    ),
    question(
        24,
        groups="policy",
        refs="CPN G-SCOPE",
        text="""
        西藏办全网驻地网，要跑几趟？
        / How many trips does a nationwide premises network take from Tibet?

        一趟也不用跑，全程线上。但驻地网能不能全国经营没有得到证实，请先向{office.MIIT}确认再准备。
        / None, all of it is online. But whether premises networks exist nationwide is unconfirmed:
        ask {office.MIIT} before preparing anything.
        """,
        points="""
        只在西藏经营的，向{office.54}申请，注册资本 {capital.P}。
        / For Tibet alone apply to the {office.54}, with {capital.P}.

        许可系统的跨地区选项里没有看到驻地网，所以本台不默认提供全国范围。
        / The licensing system's cross-regional options were not seen to offer the kind, so the desk
        does not offer it silently.

        驻地网与“宽带接入网业务试点”不是一回事。
        / Premises networks are not the broadband access pilot.

        现场核查在公司场地进行；电子许可证与纸质的效力相同。
        / On-site checks take place at the company; the electronic license is equal to the paper
        one.
        """,
        steps=(finder(), guide("new", "CPN", area="54"), case("new", "CPN", area="54")),
        cites=(PLATFORM,),
        keywords="西藏 拉萨 跑 窗口 现场 tibet trips online",
        see="20 8 55",
    ),
    question(
        27,
        groups="policy",
        refs="ISP RL-21 G-KINDSPEC",
        text="""
        ISP 跨境数据合规要注意什么？
        / What must an ISP mind about data across the border?

        许可只限国内经营：不得自建、租用国际信道开展跨境经营。数据出境是另一套制度，单独核查。
        / The license is domestic: no international channel of one's own, built or leased. Data
        exports follow rules of their own and are checked apart.
        """,
        points="""
        {N-NO-CHAIN}。
        / {N-NO-CHAIN}.

        续期自查：{RL-21}（{RL-21.evidence}）；有的，{RL-21.fix}。
        / Self-check of a renewal: {RL-21} ({RL-21.evidence}). If there is one: {RL-21.fix}.

        数据出境：个人信息、重要数据的评估、合同或认证，由网信部门管，本台只提示、不判定。
        / Data exports: assessment, contract or certification for personal and important data lie
        with the cyberspace administration; the desk points to it and gives no verdict.

        擅自经营国际业务的，适用同一条：{S-UNLICENSED}。
        / International business without approval falls under the same article. {S-UNLICENSED}.
        """,
        steps=(guide("renewal", "ISP"), eligibility("ISP"), LICENSES),
        keywords="跨境 出境 国际专线 VPN 数据出境 cross-border data export",
        see="65 4 71",
    ),
)
