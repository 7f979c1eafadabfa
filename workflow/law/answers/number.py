"""The questions about who may have a code."""

from __future__ import annotations

from workflow.law.question_rows import Figures, Question, question
from workflow.law.question_sources import SMS
from workflow.law.question_steps import LICENSES, case, cases, finder, guide

ROWS: tuple[Question, ...] = (
    question(
        14,
        groups="number",
        refs="G-NUM-QUAL CC MPC K-NUM",
        text="""
        保定电池企业申请呼叫中心码号难吗？
        / How hard is a call-center code for a battery maker in Baoding?

        保定在河北省：{code.96XXX}、{code.1062XXXX} 找{office.13}，{code.95XXX} 找{office.MIIT}。难
        易没有官方说法，只能看本台自己的办件。
        / Baoding is in Hebei: {code.96XXX} and {code.1062XXXX} go to the {office.13}, {code.95XXX}
        to {office.MIIT}. Nobody publishes how hard it is; only the desk's own cases can tell.
        """,
        points="""
        电池制造不在 95 客服号的列名行业（{industries}），所以要走业务接入的路：先取得全国呼叫中心或
        多方通信许可证。
        / Battery making is not a listed industry for 95 customer-service codes ({industries}), so
        it is the way of access codes: a nationwide call-center or multi-party license first.

        只在河北服务自己的客户，可向{office.13}核实 {range.96XXX}。
        / To serve its own customers inside Hebei, verify {range.96XXX} with the {office.13}.

        审批 {K-NUM}，可延长 {K-NUM.more}。
        / The decision takes {K-NUM}, {K-NUM.more} more with notice.
        """,
        steps=(
            guide("number", "CC", area="13"),
            case("number", "CC", area="13"),
            cases("number", area="13"),
        ),
        figures=Figures("number", "", "13"),
        keywords="难度 保定 河北 电池 difficulty hebei baoding",
        see="36 6 62",
    ),
    question(
        28,
        groups="kind number",
        refs="SP G-NUM-QUAL K-NUM M-CODEAPP",
        text="""
        用 106 号发短信，先拿哪本证？
        / Which license comes first for sending messages on a 106 code?

        发商业短信或为他人运营平台，先拿 SP 证，再申请码号。只给自己的客户发非商业通知的，不要许可
        证，可直接申请自用号段。
        / For commercial messages or a platform for others: the SP license first, then the code. For
        a company's own non-commercial notices no license is needed: apply for an own-use range.
        """,
        points="""
        要 SP 证：{range.1062XXXX}、{range.10630XXX}；要全国 SP 证：{range.1066XXXX}、
        {range.10690XXX}。
        / With an SP license: {range.1062XXXX}, {range.10630XXX}; with a nationwide one:
        {range.1066XXXX}, {range.10690XXX}.

        不要许可证（企业和单位自用）：{range.1063YXXXXXXX}、{range.1069YXXXXXXX}。
        / Without a license, for enterprises' own use: {range.1063YXXXXXXX}, {range.1069YXXXXXXX}.

        公益短信只给党政机关和社会组织：{range.10639XXX}、{range.10699XXX}。
        / Public welfare, for public and social bodies: {range.10639XXX}, {range.10699XXX}.

        不想自己申请的，可以用运营商或持证平台的通道。
        / Whoever wants no code can use a carrier's or a licensed platform's channel.

        材料：{papers.number}；审批 {K-NUM}。
        / Papers: {papers.number}; decision within {K-NUM}.
        """,
        steps=(
            finder("sends_sms"),
            guide("new", "SP"),
            guide("number", "SP"),
            case("number", "SP"),
        ),
        keywords="短信 群发 验证码 通知 端口 sms notice otp",
        see="66 37 33",
    ),
    question(
        36,
        groups="number",
        refs="G-NUM-QUAL G-NUM-VALID G-NUM-DEBT G-NUM-PEN K-NUM M-CODEAPP M-CODEDESC K-NUMUSE",
        text="""
        95 特服号码怎么申请？
        / How is a 95 code applied for?

        向{office.MIIT}申请，有两条路：持全国呼叫中心或多方通信许可证，申请业务接入号；列名行业的企
        业，申请客户服务号。审批 {K-NUM}，可延长 {K-NUM.more}。
        / At {office.MIIT}, in one of two ways: an access code on a nationwide call-center or
        multi-party license, or a customer-service code for a listed industry. The decision takes
        {K-NUM}, {K-NUM.more} more with notice.
        """,
        points="""
        客户服务号的行业：{industries}；并且至少在 {branches.provinces}、{branches.cities}设有经批准
        的分支机构，附行业许可和分支机构证明。
        / Industries for customer service: {industries}; with approved branches in at least
        {branches.provinces} and {branches.cities}, proved together with the industry license.

        {G-NUM-VALID}（从收到申请之日算）；近期没有受过处罚，没有欠缴占用费。
        / {G-NUM-VALID}, counted from the day of receipt; no recent penalty, no unpaid fees.

        材料：{papers.number}；{M-CODEAPP}写明{M-CODEAPP.note}；{M-CODEDESC.note}。
        / Papers: {papers.number}. The {M-CODEAPP} states: {M-CODEAPP.note}. {M-CODEDESC.note}.

        原则上同一主体同类号码只给一个。
        / In principle one subject holds one code of a sort.

        批准后 {K-NUMUSE} 内启用，开通前向省通信管理局备案并与运营商签约；{K-CODEAR} 前报码号年报；
        占用费 {K-FEE}。
        / After approval: in use within {K-NUMUSE}, filed with the bureau and contracted with the
        carrier before it opens; code report by {K-CODEAR}; fee days {K-FEE}.
        """,
        steps=(guide("number", "CC"), case("number", "CC"), LICENSES),
        keywords="95 特服号 客服号 短号 申请条件 service number",
        see="14 62 37",
    ),
    question(
        37,
        groups="number",
        refs="G-NUM-QUAL G-NUM-PEN G-BADLIST RL-17 RL-22 S-CODE-MISUSE S-PORT-RENTAL",
        text="""
        106 号码违规怎么处罚？
        / What are the penalties for misusing a 106 code?

        擅自使用、改变用途、出租或转让码号，与无证经营同一档处罚；出租、买卖短信端口另按反电信网络诈
        骗法处罚。号码可以收回。
        / Using, re-purposing, renting or transferring a code without approval is punished like
        operating without a license; renting or trading SMS ports also under the Anti-Fraud Law.
        Codes can be reclaimed.
        """,
        points="""
        {S-CODE-MISUSE}。{S-UNLICENSED}。
        / {S-CODE-MISUSE}. {S-UNLICENSED}.

        {S-PORT-RENTAL}。
        / {S-PORT-RENTAL}.

        还有：警告、收回码号、列入不良名单；受过处罚的，一段时间内不受理新的码号申请。
        / Further: warnings, reclaimed codes, the adverse list, and for some time no new code
        application is accepted.

        自查：{RL-17}；{RL-22}。
        / Check yourself: {RL-17}; {RL-22}.

        商业短信须先得到用户同意，写明发送者，提供简便的退订。记录：{RL-08}。
        / Commercial messages need consent, a named sender and an easy way out. Records: {RL-08}.
        """,
        steps=(guide("number", "SP"), case("number", "SP"), LICENSES),
        cites=(SMS,),
        keywords="处罚 违规 罚款 收回 垃圾短信 出租 penalty fine spam",
        see="28 36 4",
    ),
)
