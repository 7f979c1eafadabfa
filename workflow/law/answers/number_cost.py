"""The questions about what a code costs and how long it takes."""

from __future__ import annotations

from workflow.law.question_rows import Figures, Question, question
from workflow.law.question_sources import FEE_BORNE, FREE
from workflow.law.question_steps import LICENSES, case, cases, guide

ROWS: tuple[Question, ...] = (
    question(
        6,
        groups="number",
        refs="G-NUM-QUAL K-FEE T-FEE K-NUM",
        text="""
        呼叫中心码号比价：煤炭企业的低价可信吗？
        / Comparing prices for a call-center code: is a low offer to a coal company sound?

        向主管部门申请码号不收费，占用费由国家统一规定，谁代办都一样。代理报价是合同问题，价格低不代
        表规则上更容易。
        / The application is free and the occupation fee is national, whoever files. An agent's
        price is a matter of contract; a low one makes no rule easier.
        """,
        points="""
        95 客服号只给列名行业：{industries}，并且至少在 {branches.provinces}、{branches.cities}
        设有分支机构。煤炭不在其中。
        / 95 customer-service codes are for listed industries only ({industries}), with branches in
        at least {branches.provinces} and {branches.cities}. Coal is not among them.

        煤炭企业要用 95 号，须先取得全国呼叫中心或多方通信许可证；省内服务可看 {range.96XXX}。
        / A coal company needs a nationwide call-center or multi-party license for a 95 code; for
        one province see {range.96XXX}.

        占用费由电信业务经营者承担，不得以此名义转嫁给用户；缴费日 {K-FEE}。费率表没有查到原文。
        / The fee is borne by the operator and may not be passed on as such; fee days are {K-FEE}.
        The tariff itself was not found.

        比价时逐项记下：包含哪些事项、谁出具材料、何时付款、不成怎样退。不比较“保证拿号”。
        / Record for each offer: what is included, who provides the papers, when to pay, what is
        refunded. A guarantee is nothing to compare.
        """,
        steps=(guide("number", "CC"), case("number", "CC"), LICENSES),
        cites=(FREE, FEE_BORNE),
        figures=Figures("number"),
        keywords="价格 费用 多少钱 报价 比价 代理费 收费 煤炭 price cost fee quote",
        see="14 36 62",
    ),
    question(
        33,
        groups="number",
        refs="G-NUM-QUAL K-NUM M-CODEAPP",
        text="""
        申请 106 前，怎样调研同行数据？
        / What can be learned about peers before applying for a 106 code?

        只有两种可靠的来源：本台自己的办件统计，和主管部门的公开查询。本台不编造同行数据，也不给出成
        功率。
        / There are two sound sources: the desk's own cases and the public registers. The desk
        invents no figures about peers and states no rate of success.
        """,
        points="""
        看自己的办件：号段、范围、从提交到决定的天数、补正轮次、不予批准的理由。
        / From own cases: range, coverage, days from filing to decision, correction rounds, reasons
        of refusals.

        公开查询：许可证信息、码号使用情况、名单，在主管部门平台查。
        / Public: licenses, codes in use and the lists, on the authority's platform.

        申请前先定号段：省内商业 {code.1062XXXX}、全国商业 {code.1066XXXX}；省内自
        用 {code.1063YXXXXXXX}、全国自用 {code.1069YXXXXXXX}。
        / Decide on the range first: commercial {code.1062XXXX} in one province, {code.1066XXXX}
        nationwide; own use {code.1063YXXXXXXX} in one province, {code.1069YXXXXXXX} nationwide.

        法定审批时限 {K-NUM}，可延长 {K-NUM.more}。
        / The decision takes {K-NUM}, {K-NUM.more} more with notice.
        """,
        steps=(guide("number", "SP"), case("number", "SP"), cases("number")),
        figures=Figures("number", "SP"),
        keywords="同行 调研 数据 统计 案例 peers statistics research",
        see="28 14 62",
    ),
    question(
        56,
        groups="number",
        refs="G-NUM-DEBT G-NUM-PEN G-NUM-QUAL G-NUM-VALID",
        text="""
        106 费用退款时限多久，过期还能申请吗？
        / How soon are 106 fees refunded, and can one still apply after the date?

        主管部门不收申请费，所以没有退款时限：要退的是代理费，按与代理机构的合同办。码号申请没有“过
        期”，随时可以提出。
        / The authority charges nothing, so it sets no term for refunds: what is refunded is the
        agent's fee, by the contract. A code application has no date to miss; it may be filed at any
        time.
        """,
        points="""
        合同里看三条：什么情况退、退多少、多久退；没有约定的，先协商，再按合同纠纷处理。
        / Look in the contract for when, how much and how soon; without a clause, negotiate, then
        treat it as a contract dispute.

        占用费是按使用缴的，不因没有用满而由代理退还。
        / The occupation fee is paid for holding the code; no agent refunds it.

        会挡住申请的是：欠缴码号占用费、正在执行的停止受理、主体不符合号段要求；另要看：{G-NUM-VALID}。
        / What does stop an application: unpaid code fees, a running lock after penalties, an
        applicant who does not fit the range; and one more condition: {G-NUM-VALID}.

        已批准的号码要在 {K-NUMUSE} 内启用，超过的可能被收回。
        / A code that was granted must be in use within {K-NUMUSE}, or it may be reclaimed.
        """,
        steps=(guide("number", "SP"), case("number", "SP"), LICENSES),
        cites=(FREE,),
        keywords="退款 退费 费用 过期 代理费 refund expired",
        see="6 62 70",
        no_rule=True,
    ),
    question(
        62,
        groups="number",
        refs="K-NUM",
        text="""
        码号能加急吗，企业荣誉有用吗？
        / Can a code be expedited, and do honors of a company help?

        不能。没有查到任何加急规定，企业荣誉、资质称号也不是加快的理由。法定时限是受理后 {K-NUM}，可
        延长 {K-NUM.more}。
        / No. No rule on expediting was found, and honors or titles are no ground for it. The time
        limit is {K-NUM} from acceptance, {K-NUM.more} more with notice.
        """,
        points="""
        能省时间的：主体和号段选对，材料一次交齐（{papers.number}），技术方案能落地。
        / What saves time: the right range, complete papers at once ({papers.number}), a technical
        plan that works.

        不受理的常见原因：主体不符、超出号段、材料不全、有未执行的处罚、欠缴占用费。
        / Usual grounds of non-acceptance: wrong applicant, wrong range, incomplete papers, an
        unexecuted penalty, unpaid fees.

        声称有“加急通道”的代理，没有依据。
        / An agent who claims a fast lane has no ground for it.
        """,
        steps=(guide("number", "CC"), case("number", "CC"), LICENSES),
        keywords="加急 快速 荣誉 高新 资质 expedite fast honors",
        see="36 14 6",
        no_rule=True,
    ),
)
