"""The questions about the general conditions of a first application."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import DUTY, PAY_IN
from workflow.law.question_steps import COMPANIES, case, eligibility, finder, guide

ROWS: tuple[Question, ...] = (
    question(
        22,
        groups="new",
        refs="ICP G-COMPANY M-AUDIT G-STAFF G-CAPITAL",
        text="""
        公司成立不足半年能申请 ICP 吗？
        / May a company younger than six months apply for ICP?

        能。规章没有成立年限的条件，也不要上年度审计报告。
        / Yes. There is no condition on a company's age, and no audit report of last year is asked
        for.
        """,
        points="""
        其他条件照样要有：存续的公司、注册资本一个省 {capital.P} 或跨省 {capital.N}、人员、场地、安
        全措施。
        / The other conditions stand: an active company, registered capital of {capital.P} for one
        province or {capital.N} beyond, staff, premises, security measures.

        窗口通常要 {practice.staff}、最近 {practice.months}的社保，新公司要先给员工参保；这是窗口口
        径，不是规章条文。
        / Bureaus usually ask for {practice.staff} with social insurance for the last
        {practice.months}: a new company insures its staff first. That is practice, not a rule.

        {M-AUDIT}：{M-AUDIT.note}。
        / {M-AUDIT}: {M-AUDIT.note}.
        """,
        steps=(eligibility("ICP"), guide("new", "ICP"), case("new", "ICP")),
        keywords="新公司 成立时间 年限 刚成立 初创 startup new company age",
        see="49 60 23",
    ),
    question(
        23,
        groups="new",
        refs="MPC G-CAPITAL C-CAP K-CHG-REG",
        text="""
        新公司办多方通信，注册资本不足怎么办？
        / A new company lacks the capital for multi-party: what can it do?

        两个办法：先到登记机关增资再申请；或者先只申请一个省，最低限额从 {capital.N} 降
        到 {capital.P}。
        / Two ways: raise the capital at the registry and then apply; or apply for one province
        first, which lowers the minimum from {capital.N} to {capital.P}.
        """,
        points="""
        看的是注册资本，不要验资报告；正好等于限额就算达到。
        / What counts is registered capital, without a verification report; exactly the minimum is
        enough.

        也要看缴付：有限责任公司认缴的出资要在成立之日起五年内缴足。
        / Mind the payment too: what is subscribed in a limited company must be paid in within five
        years of its establishment.

        已持有许可证的公司增资后，在 {K-CHG-REG} 内申报{C-CAP}变更。
        / A company that already holds a license reports it within {K-CHG-REG} (change: {C-CAP}).
        """,
        steps=(eligibility("MPC"), COMPANIES, case("new", "MPC")),
        cites=(PAY_IN,),
        keywords="增资 注册资金 注册资本 认缴 实缴 capital",
        see="34 13 49",
    ),
    question(
        34,
        groups="policy",
        refs="G-CAPITAL G-SCOPE",
        text="""
        省内 100 万、跨省 1000 万对吗？
        / Is it RMB 1 million for one province and 10 million beyond?

        对：在一个省经营，注册资本不低于 {capital.P}；跨省或全国经营，不低于 {capital.N}。
        / Yes: at least {capital.P} of registered capital for one province, at least {capital.N} for
        several or the whole country.
        """,
        points="""
        正好等于限额就算达到。
        / Exactly the minimum is enough.

        看注册资本，不要验资报告；IDC、ISP 另有实缴的说法：{PAID-IN}。
        / Registered capital counts, no verification report; for IDC and ISP: {PAID-IN}.

        外资公司限额相同。
        / The same minimum holds for foreign-invested companies.

        两个省也算跨省，适用 {capital.N}。
        / Two provinces already count as several: {capital.N}.

        与业务种类无关，与公司规模无关。
        / Neither the kind nor the size of the company matters.
        """,
        steps=(eligibility(), guide("new"), COMPANIES),
        keywords="注册资本 注册资金 一百万 一千万 capital minimum million",
        see="23 49 50",
    ),
    question(
        49,
        groups="new",
        refs="ICP G-CAPITAL G-STAFF G-PREMISES G-DISHONEST",
        text="""
        北京 ICP 有低门槛的办法吗？
        / Is there a lower bar for ICP in Beijing?

        没有。门槛就是 42 号令第六条，{office.11}不能降低，代理也不能。
        / No. The bar is Art. 6 of Order 42; neither the {office.11} nor an agent can lower it.
        """,
        points="""
        依法设立的公司；注册资本：一个省 {capital.P}，跨省 {capital.N}。
        / A lawfully established company; registered capital of {capital.P} for one province,
        {capital.N} beyond.

        有与业务相适应的资金和专业人员、必要的场地设施和技术方案、为用户提供长期服务的能力。
        / Suitable funds and professional staff, necessary premises and a technical plan, the
        ability to serve users in the long term.

        公司、主要投资者和主要经营管理人员不在失信名单上。
        / Company, main investors and main managers are not on the dishonest list.

        社保 {practice.staff}、最近 {practice.months}等是窗口口径，各局可能不同，按案件的参数判定。
        / Figures such as {practice.staff} insured for the last {practice.months} are practice and
        differ between bureaus; a case is judged by the bureau's own.

        只想少花钱的，先确认是不是真的需要许可：只展示和销售自营商品的不需要 ICP。
        / Before saving on the license, see whether it is needed at all: showing and selling only
        one's own goods needs no ICP.
        """,
        steps=(
            finder("own_goods_only", "publishes_for_others"),
            eligibility("ICP", area="11"),
            case("new", "ICP", area="11"),
        ),
        keywords="低门槛 条件 北京 便宜 简单 beijing easy requirements",
        see="22 60 34",
    ),
    question(
        57,
        groups="new",
        refs="G-SCOPE S-UNLICENSED RL-12 T-SHOW-NUMBER",
        text="""
        许可证为什么成为刚需？
        / Why is the license a must?

        经营电信业务必须先取得许可证；没有许可证就经营的，处罚重，也拿不到接入、号码等资源。
        / Telecom business may only be run with a license; running it without one is punished hard,
        and neither access nor codes can be had.
        """,
        points="""
        {S-UNLICENSED}。
        / {S-UNLICENSED}.

        基础电信企业、接入商不得向无证企业提供经营用的资源（续期自查：{RL-12}）。
        / Carriers and access providers may not supply unlicensed firms (self-check of a renewal:
        {RL-12}).

        取证后须{T-SHOW-NUMBER}。{S-SHOW-NUMBER}。
        / A holder must {T-SHOW-NUMBER}. {S-SHOW-NUMBER}.

        招投标、应用商店、支付接入也常要求出示许可证，这是对方的要求，不是法律规定。
        / Tenders, app stores and payment providers often ask for it too; that is their own demand,
        not the law.
        """,
        steps=(finder(), guide("new"), case("new")),
        cites=(DUTY,),
        keywords="为什么 必要 必须 刚需 罚款 处罚 why needed penalty",
        see="4 3 43",
    ),
)
