"""The questions about what the annual report is checked for."""

from __future__ import annotations

from workflow.law.answers.annual_report import LATE
from workflow.law.question_rows import Figures, Question, question
from workflow.law.question_sources import CHECKS, FORMS
from workflow.law.question_steps import LICENSES, case, cases, guide

ROWS: tuple[Question, ...] = (
    question(
        7,
        groups="annual_report",
        refs="EDI K-AR RL-02 RL-04 RL-07 RL-08 RL-09 RL-14 RL-15",
        text="""
        EDI 年检的监管技术手段有哪些？
        / By what means is an EDI holder supervised?

        “年检”已改为年报，没有现场年检这一道手续。监管检查的手段有四种：书面检查、实地核查、网络监
        测、委托第三方。
        / The yearly inspection is now an annual report. Supervision has four means: written checks,
        checks on site, network monitoring, and third parties.
        """,
        points="""
        年报 {K-AR} 前报送；抽查一般在五月至九月。
        / The report is due by {K-AR}; random checks usually fall between May and September.

        查什么：年报内容、日常经营、执行规定的情况。
        / What is checked: the report, daily operation, compliance with the rules.

        按这几项自查：{RL-02}；{RL-07}；{RL-08}；{RL-09}；{RL-14}；{RL-15}。
        / Check yourself: {RL-02}; {RL-07}; {RL-08}; {RL-09}; {RL-14}; {RL-15}.

        每项的证据要现在就拿得出：{RL-02.evidence}、{RL-07.evidence}、{RL-08.evidence}、
        {RL-15.evidence}。
        / Have the evidence at hand: {RL-02.evidence}, {RL-07.evidence}, {RL-08.evidence},
        {RL-15.evidence}.

        {S-NO-REPORT}。
        / {S-NO-REPORT}.
        """,
        steps=(guide("annual_report", "EDI"), case("annual_report", "EDI"), LICENSES),
        cites=(CHECKS,),
        keywords="年检 年报 监管 检查 抽查 监测 inspection supervision checks",
        see="39 46 71",
    ),
    question(
        39,
        groups="annual_report",
        refs="ICP K-AR RL-08 RL-14 RL-15",
        text="""
        年检时网站和 ICP 怎样合规？
        / What must a site and its ICP license show at the annual report?

        {K-AR} 前报送年报，同时核对三样：日志留存、前置审批、首页标明的许可证号。
        / File the report by {K-AR} and check three things: retention of logs, prior approvals, the
        number on the home page.
        """,
        points="""
        {RL-08}；不够的，{RL-08.fix}。
        / {RL-08}. If shorter: {RL-08.fix}.

        {RL-14}；过期的，{RL-14.fix}。
        / {RL-14}. If expired: {RL-14.fix}.

        {RL-15}。{S-SHOW-NUMBER}。
        / {RL-15}. {S-SHOW-NUMBER}.

        网站、应用、域名有变的，应当提前 {K-ADV30} 办变更（{C-SITE}）。
        / A new site, app or domain is a change to be filed {K-ADV30} ahead ({C-SITE}).

        {RL-02}（{RL-02.evidence}）。
        / {RL-02} ({RL-02.evidence}).
        """
        + LATE,
        steps=(guide("annual_report", "ICP"), case("annual_report", "ICP"), LICENSES),
        keywords="年检 年报 网站 合规 日志 compliance logs website",
        see="40 46 60",
    ),
    question(
        63,
        groups="annual_report",
        refs="SP K-AR G-AR",
        text="""
        云南 SP 年检的整改通过率是多少？
        / What is the pass rate after rectification of SP reports in Yunnan?

        没有官方的“整改通过率”，也没有查到{office.53}公布过。能看的只有本台自己的办件，见下面的统
        计。
        / There is no official pass rate, and none published by the {office.53} was found. Only the
        desk's own cases can tell; see the figures below.
        """,
        points="""
        年报是报送，不是审批：报了就完成，内容有问题的要求更正。
        / The report is filed, not approved: once filed it is done, and faults are to be corrected.

        本台统计的口径：云南、SP、年报的案件数，被要求更正的轮次，从报送到归档的天数；件数太少时不作
        比较。
        / What the desk counts: reports of SP licenses in Yunnan, rounds of correction, days from
        filing to the end; with too few cases nothing is compared.
        """
        + LATE,
        steps=(
            guide("annual_report", "SP", area="53"),
            case("annual_report", "SP"),
            cases("annual_report", "SP", area="53"),
        ),
        figures=Figures("annual_report", "SP", "53"),
        keywords="年检 年报 通过率 整改 云南 昆明 pass rate yunnan",
        see="42 40 7",
        no_rule=True,
    ),
    question(
        64,
        groups="annual_report",
        refs="FDT K-AR RL-07 M-SERVICE",
        text="""
        固定网数传年检，客户服务体系怎么写？
        / How is the service organization of fixed data transmission reported?

        填企业服务质量表：投诉电话、投诉件数、答复率，再用文字说明服务机构、服务时限和培训。
        / In the service quality sheet: complaint phone, number of complaints, reply rate; then in
        words the organization, the response times and the training.
        """,
        points="""
        服务机构：部门、负责人、坐席或窗口、服务时间、投诉受理渠道。
        / Organization: department, head, seats or counters, hours, channels for complaints.

        服务承诺：开通时限、故障响应和修复时限、可用率、赔付办法——写公司自己的承诺，能拿出记录。
        / Commitments: time to connect, to respond and to repair, availability, compensation; the
        company's own, with records to show.

        投诉处理：登记、答复、回访、分析改进；{RL-07}（{RL-07.evidence}）。
        / Complaints: recorded, answered, followed up, analyzed; {RL-07} ({RL-07.evidence}).

        培训：对象、内容、次数、考核。
        / Training: who, what, how often, how it is tested.

        与取证时的{M-SERVICE}一致（{M-SERVICE.note}）。
        / In line with the {M-SERVICE} filed for the license ({M-SERVICE.note}).
        """
        + LATE,
        steps=(guide("annual_report", "FDT"), case("annual_report", "FDT"), LICENSES),
        cites=(FORMS,),
        keywords="年检 年报 客户服务 投诉 SLA 数据传送 service complaints",
        see="40 46 7",
    ),
)
