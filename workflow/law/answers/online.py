"""The questions about platforms and sites: EDI and ICP."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import PLAN_FIELDS
from workflow.law.question_steps import case, eligibility, finder, guide

ROWS: tuple[Question, ...] = (
    question(
        3,
        groups="policy",
        refs="G-KINDSPEC S-UNLICENSED",
        text="""
        没有 ICP 证就不能投标吗？
        / Can nobody bid without an ICP license?

        没有查到这样的一般规定，看招标文件怎么写。业务本身需要许可的，不论投不投标，都要先取得。
        / No general rule says so: read the tender. If the business itself needs the license, it
        comes first, tender or not.
        """,
        points="""
        招标文件要求的，先分清是要 ICP 许可证（经营性），还是只要 ICP 备案。
        / Where the tender asks for it, see whether it means the ICP license or only the ICP filing
        of the site.

        按实际业务核对是否需要：{ICP-OTHERS}。
        / See whether the business needs it: {ICP-OTHERS}.

        {S-UNLICENSED}。
        / {S-UNLICENSED}.

        来不及取证时，可以看招标文件是否允许联合体或分包给持证单位；这是招标规则，不是电信规则。
        / If time is short, see whether the tender allows a consortium or a licensed subcontractor;
        that is a rule of the tender, not of telecom law.
        """,
        steps=(finder("publishes_for_others"), guide("new", "ICP"), case("new", "ICP")),
        keywords="投标 招标 标书 中标 tender bid",
        see="57 60 41",
        no_rule=True,
    ),
    question(
        19,
        groups="new",
        refs="EDI G-CAPITAL G-KINDSPEC M-DOMAIN M-HOST K-CORR K-REV K-DELIV",
        text="""
        甘肃办 EDI 的流程是什么？
        / How is EDI applied for in Gansu?

        只在甘肃经营的，向{office.62}线上申请：备料、提交、受理、审查、发证。
        / For Gansu alone, online at the {office.62}: prepare, file, acceptance, review, delivery.
        """,
        points="""
        条件：注册资本不低于 {capital.P}；{EDI-PLATFORM}；{EDI-DEALS}。
        / Conditions: registered capital of at least {capital.P}; {EDI-PLATFORM}; {EDI-DEALS}.

        材料：{papers.new}。
        / Papers: {papers.new}.

        EDI 另加：{M-DOMAIN}（{M-DOMAIN.note}）；{M-HOST}（{M-HOST.note}）。省内申请另加{M-PREM}。
        / For EDI also: {M-DOMAIN} ({M-DOMAIN.note}) and {M-HOST} ({M-HOST.note}); for one province
        also {M-PREM}.

        时限：受理或一次告知 {K-CORR}，审查 {K-REV}，发证 {K-DELIV}。
        / Time limits: acceptance or one notice {K-CORR}, review {K-REV}, delivery {K-DELIV}.

        要在甘肃以外经营的，改向{office.MIIT}申请，注册资本 {capital.N}。
        / To operate beyond Gansu apply to {office.MIIT} instead, with {capital.N}.
        """,
        steps=(
            guide("new", "EDI", area="62"),
            eligibility("EDI", area="62"),
            case("new", "EDI", area="62"),
        ),
        keywords="兰州 甘肃省 流程 gansu lanzhou",
        see="2 58 26",
    ),
    question(
        58,
        groups="new materials",
        refs="EDI M-PLAN M-INFOSEC G-KINDSPEC",
        text="""
        EDI 业务说明书写什么？
        / What goes into the EDI business plan?

        写进{M-PLAN}：说清平台是谁的、谁和谁在上面成交、钱货怎样走、系统怎样搭、信息怎样保护。
        / It belongs in the {M-PLAN}: whose platform it is, who deals with whom, how money and goods
        move, how the system is built and the information protected.
        """,
        points="""
        平台：名称、网站或应用、域名和备案；{EDI-PLATFORM}。
        / Platform: name, site or app, domain and filing; {EDI-PLATFORM}.

        参与方：卖家、买家、入驻审核，平台自己是否销售。
        / Parties: sellers, buyers, how sellers are admitted, whether the platform itself sells.

        交易对象：商品还是服务，品类，涉及特殊许可的另列。
        / What is traded: goods or services, categories, and those that need a permit of their own.

        成交方式：{EDI-DEALS}；附下单到成交的页面流程。
        / How deals are made: {EDI-DEALS}; with the pages from order to conclusion.

        订单、支付、退款、物流和争议处理流程。
        / Order, payment, refund, delivery and dispute handling.

        收费模式：佣金、服务费、会员费。
        / Fees: commission, service fee, membership.

        用户规模和分期计划，服务区域。
        / Users and growth by stage, area served.

        技术方案：{M-PLAN.note}；服务器位置和接入商。
        / Technical plan: {M-PLAN.note}; place of the servers and access provider.

        信息安全：与{M-INFOSEC}一致（{M-INFOSEC.note}）。
        / Security: in line with the {M-INFOSEC} ({M-INFOSEC.note}).
        """,
        steps=(guide("new", "EDI"), eligibility("EDI"), case("new", "EDI")),
        cites=(PLAN_FIELDS,),
        keywords="业务说明书 方案 计划书 模板 business plan description",
        see="19 2 47",
    ),
    question(
        60,
        groups="new",
        refs="ICP G-PREAPP G-KINDSPEC G-CAPITAL M-DOMAIN M-HOST M-INFOSEC",
        text="""
        办 ICP 的关键事项有哪些？
        / What matters most for ICP?

        四件事：种类和服务项目选对，前置审批先办，域名和网站归本公司，安全制度齐全。
        / Four things: the right kind and items, prior approvals first, domain and site in the
        company's name, complete security rules.
        """,
        points="""
        服务项目：{item.all-ICP}；按实际功能选，可以多选。
        / Service items: {item.all-ICP}; choose by what is really operated, several if need be.

        {ICP-OTHERS}。
        / {ICP-OTHERS}.

        前置审批或备案：新闻——{content.news}；出版——{content.publishing}；药品医疗器械——
        {content.drugs}；文化——{content.culture}；视听——{content.audiovisual}。教育、医疗保健是否仍
        需前置审批，未核实。
        / Prior approval or filing. News: {content.news}; publishing: {content.publishing}; drugs
        and devices: {content.drugs}; culture: {content.culture}; audiovisual programs:
        {content.audiovisual}. Whether education and health still need one is not verified.

        {M-DOMAIN}：{M-DOMAIN.note}；{M-HOST}：{M-HOST.note}。
        / {M-DOMAIN}: {M-DOMAIN.note}. {M-HOST}: {M-HOST.note}.

        {N-ICP-RULES}。
        / {N-ICP-RULES}.

        注册资本：一个省 {capital.P}，跨省 {capital.N}；有外资的先看上限（一般{cap.ICP-SEARCH}）。
        / Registered capital: {capital.P} for one province, {capital.N} beyond; with foreign capital
        see the cap first (in general {cap.ICP-SEARCH}).

        取证后：{T-SHOW-NUMBER}；{T-REG-SCOPE}。
        / After the license: {T-SHOW-NUMBER}; {T-REG-SCOPE}.
        """,
        steps=(
            finder("publishes_for_others"),
            eligibility("ICP"),
            guide("new", "ICP"),
            case("new", "ICP"),
        ),
        keywords="经营性 网站 备案 许可证 关键 注意事项 key points website",
        see="1 41 68",
    ),
)
