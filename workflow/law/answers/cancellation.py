"""The questions about the end of a license."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import GROUNDS
from workflow.law.question_steps import LICENSES, case, eligibility, guide

_CANC = """
    提前 {K-ADV90} 申请；受理或一次告知 {K-CORR}；公示 {K-NOTICE}；公示期满后 {K-CANC} 内决定。
    / Apply {K-ADV90} ahead; acceptance or one notice within {K-CORR}; public notice of {K-NOTICE};
    decision within {K-CANC} after it.

    材料：{papers.cancellation}。
    / Papers: {papers.cancellation}.

    先安置用户：{M-SETREP}写明{M-SETREP.note}。
    / Settle the users first; the {M-SETREP} covers: {M-SETREP.note}.
    """

_AGAIN = """
    没有正在执行的禁止期：隐瞒情况或提供虚假材料的 {K-LOCK1}，以欺骗、贿赂取得许可的 {K-LOCK3}。
    / No bar is running: {K-LOCK1} after concealment or false documents, {K-LOCK3} after fraud or
    bribery.

    公司、主要投资者和主要经营管理人员不在失信名单上；只在不良名单上的，会被重点审查，但不因此禁止。
    / Company, main investors and main managers are not on the dishonest list; the adverse list
    draws attention but is no bar.

    按新办的全部条件和材料重新审查，注册资本一个省 {capital.P}，跨省 {capital.N}。
    / It is a first application with all its conditions and papers; registered capital of
    {capital.P} for one province, {capital.N} beyond.

    没有条文直接这样写，这是从禁止期的规定反推的结论。
    / No text says so in words; it follows from the rules on bars.
    """

ROWS: tuple[Question, ...] = (
    question(
        5,
        groups="cancellation",
        refs="IDC G-LOCKOUT G-DISHONEST G-BADLIST K-LOCK1 K-LOCK3",
        text="""
        IDC 注销后还能再申请吗？
        / May one apply again after cancelling an IDC license?

        能，随时可以。自愿注销不产生再次申请的限制，只看有没有禁止期和失信记录。
        / Yes, at any time. A voluntary cancellation is no bar; only running bars and the dishonest
        list count.
        """,
        points=_AGAIN
        + """
        IDC 仍要在取证后、开通前通过技术评测（{M-EVAL}）。
        / IDC again needs the technical evaluation before it is opened ({M-EVAL}).
        """,
        steps=(guide("new", "IDC"), eligibility("IDC"), case("new", "IDC")),
        keywords="重新申请 再次申请 注销后 reapply again",
        see="30 8 44",
    ),
    question(
        8,
        groups="cancellation",
        refs="CPN G-SETTLE G-ADV90 K-ADV90 K-NOTICE K-CANC M-TERM",
        text="""
        甘肃驻地网许可证未到期能注销吗？
        / May a premises-network license in Gansu end before it expires?

        能。有效期内随时可以向{office.62}申请注销，不必等到期。
        / Yes. It may be ended at any time of its term at the {office.62}, without waiting for the
        last day.
        """,
        points=_CANC
        + """
        可以整张注销，也可以只终止一部分业务或地域。
        / The whole license may end, or only some kinds or areas of it.

        注销后：交回许可证，网站撤下许可证号，{K-REG30} 内变更经营范围登记。
        / Afterwards: return the license, take its number off the site, and change the registered
        scope within {K-REG30}.

        自愿注销不影响以后再申请。
        / A voluntary cancellation does not stand in the way of a new application.
        """,
        steps=(guide("cancellation", "CPN", area="62"), case("cancellation", "CPN"), LICENSES),
        keywords="注销 终止 未到期 提前 兰州 cancel early gansu",
        see="45 54 20",
    ),
    question(
        30,
        groups="cancellation",
        refs="EDI G-LOCKOUT G-DISHONEST G-BADLIST K-LOCK1 K-LOCK3",
        text="""
        EDI 注销后能重新申请吗？
        / May one apply again after cancelling EDI?

        能，没有等待期。只要现在符合条件，就可以按新办重新申请。
        / Yes, without a waiting time. Whoever meets the conditions today may file a first
        application again.
        """,
        points=_AGAIN
        + """
        平台和业务形态变了的，先重新核对种类：{EDI-PLATFORM}。
        / If the platform has changed, check the kind anew: {EDI-PLATFORM}.
        """,
        steps=(guide("new", "EDI"), eligibility("EDI"), case("new", "EDI")),
        keywords="重新申请 再次申请 注销后 reapply again",
        see="5 19 47",
    ),
    question(
        45,
        groups="cancellation",
        refs="DNS G-SETTLE G-ADV90 K-ADV90 K-NOTICE K-CANC M-TERM M-SETPROM M-SETREP",
        text="""
        域名解析怎么注销，什么时候要注销？
        / How and when is a domain-name resolution license cancelled?

        主动停止经营的，提前 {K-ADV90} 申请注销。到期没有续期、公司终止、许可被吊销或撤销的，由主管
        部门注销。
        / Whoever stops applies {K-ADV90} ahead. After expiry without renewal, the end of the
        company, or revocation the authority cancels it.
        """,
        points=_CANC
        + """
        不再续期的，也要在到期 {K-RENEW} 前报告并安置用户。
        / Whoever does not renew also reports it {K-RENEW} before the last day and settles the
        users.

        停止解析前通知用户、迁移解析记录；日志按规定留存（{RL-08}）。
        / Tell the users and move their records before resolution stops; logs are kept as required
        ({RL-08}).

        注销后：交回许可证，{K-REG30} 内变更经营范围登记。
        / Afterwards: return the license and change the registered scope within {K-REG30}.
        """,
        steps=(guide("cancellation", "DNS"), case("cancellation", "DNS"), LICENSES),
        cites=(GROUNDS,),
        keywords="注销 终止 停止 到期 cancel end dns",
        see="8 54 71",
    ),
    question(
        54,
        groups="cancellation",
        refs="CC G-SETTLE G-ADV90 K-ADV90 M-TERM T-RETURN-LICENSE T-CODE-RETURN",
        text="""
        终止呼叫中心业务，许可证怎么办？
        / What happens to the license when a call center ends?

        许可证上只有呼叫中心的，整张注销；还有别的业务的，只减去呼叫中心。码号要交回，用户要先安置。
        / If it covers the call center alone, the whole license is cancelled; otherwise the kind is
        taken off. Codes are returned, users are settled first.
        """,
        points=_CANC
        + """
        码号：先办{T-CODE-RETURN}；有在办的码号申请，先了结再注销许可证。
        / Codes: {T-CODE-RETURN} first; an open code application is settled before the license is
        cancelled.

        注销后：{T-RETURN-LICENSE}；{T-REG-SCOPE}（{K-REG30} 内）。
        / Afterwards: {T-RETURN-LICENSE}; {T-REG-SCOPE} (within {K-REG30}).

        只是不再续期也不能放着不管：到期 {K-RENEW} 前报告。
        / Letting it run out is no way either: report it {K-RENEW} before the last day.
        """,
        steps=(guide("cancellation", "CC"), case("cancellation", "CC"), LICENSES),
        keywords="终止 停业 关闭 交回 客服 end close return",
        see="45 8 21",
    ),
)
