"""The questions about the renewal of a license."""

from __future__ import annotations

from workflow.law.question_rows import Figures, Question, question
from workflow.law.question_sources import CHECKS
from workflow.law.question_steps import LICENSES, case, guide

ROWS: tuple[Question, ...] = (
    question(
        71,
        groups="renewal",
        refs=(
            "renewal G-RENEW-TIME G-OPENED G-CHG-CLEAR G-AR K-RENEW K-RDEEM RL-01 RL-02 RL-03 "
            "RL-05 RL-06 RL-07 RL-08 RL-09 RL-11 RL-16"
        ),
        text="""
        续期审查比新申请松吗？
        / Is a renewal reviewed more leniently than a first application?

        不松。新办的条件照样要符合，还要回头看整个有效期的经营记录；没有老用户优惠。
        / No. The conditions of a first application still stand, and the record of the whole term is
        looked at besides; old holders have no privilege.
        """,
        points="""
        期限：许可证有效期 {term.years}；续期申请最迟在届满 {K-RENEW} 前提出。到期前一个月才来的，已
        经逾期。
        / Time: a license runs for {term.years}; the renewal is filed at the latest {K-RENEW} before
        its last day. Whoever comes a month before is too late.

        提前三个月动手也不够，那正是提交的最后期限。建议届满前 {term.window} 开始准备。
        / Starting three months ahead is not enough: that is the deadline itself. Begin
        {term.window} before the last day.

        看的是整个有效期，不是过去一年：{RL-02}；{RL-07}；{RL-09}。
        / The look-back covers the whole term, not one year: {RL-02}; {RL-07}; {RL-09}.

        常被退回的自查项：{RL-08}；{RL-03}；{RL-11}。结果可能是补正、不予延续，也可能只续一部分业
        务。
        / Items often found wanting: {RL-08}; {RL-03}; {RL-11}. It may end in a correction, a
        refusal, or the renewal of some kinds only.

        没有开通过的业务不能续，自查项：{RL-01}（{RL-01.evidence}）。
        / A kind that was never opened is not renewed; the self-check asks: {RL-01}
        ({RL-01.evidence}).

        没报的变更先补报，自查项：{RL-05}；{RL-06}。技术方案和安全措施要更新到现状，不能沿用旧材料。
        / Report what was not reported first; the self-check asks: {RL-05}; {RL-06}. Technical plan
        and security measures must show the present state, old papers do not do.

        按时申请而主管部门到期未决定的：{K-RDEEM.silence}。
        / For those who filed in time: {K-RDEEM.silence}.

        材料：{papers.renewal}。
        / Papers: {papers.renewal}.

        错过期限的：安排停业和注销，或者按新办重新申请；逾期本身不产生禁止期。
        / After a missed deadline: wind down and cancel, or file a first application; lateness
        itself brings no bar.
        """,
        steps=(guide("renewal"), case("renewal"), LICENSES),
        cites=(CHECKS,),
        figures=Figures("renewal"),
        keywords="续期 延续 到期 换证 老用户 优惠 回头看 提前多久 renewal extension lenient",
        see="7 5 45",
    ),
)
