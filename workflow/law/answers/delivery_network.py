"""The questions about content delivery networks."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_steps import case, eligibility, guide

ROWS: tuple[Question, ...] = (
    question(
        25,
        groups="policy",
        refs="CDN G-KINDSPEC M-EVAL G-FOREIGN T-EVAL",
        text="""
        CDN 有哪些政策新规？
        / What policies on CDN are new?

        三条主线：2018 年起必须持证；技术评测改为取证后、开通前；四地试点对外资放开。
        / Three lines: a license is needed since 2018; the technical evaluation moved behind the
        license, before the opening; a four-area pilot opened it to foreign capital.
        """,
        points="""
        持证：CDN 属于{class.CDN}，无证不得经营。
        / License: CDN is a {class.CDN} and may not be run without one.

        评测：2019 年起不再是取证前提；{T-EVAL}。
        / Evaluation: since 2019 no condition of the license; {T-EVAL}.

        外资：一般{cap.CDN}；四地试点{cap.CDN.p4}，须取得试点批复。四地是北京、上海（临港新片区和引
        领区）、海南、深圳，2024 年启动。
        / Foreign share: in general {cap.CDN}; in the four-area pilot {cap.CDN.p4}, with a pilot
        approval. The areas, since 2024: Beijing, Shanghai (Lingang and the pioneer zone), Hainan,
        Shenzhen.

        经营要求：{N-NO-CHAIN}；{N-GRADING}。
        / Operation: {N-NO-CHAIN}; {N-GRADING}.
        """,
        steps=(guide("new", "CDN"), eligibility("CDN"), case("new", "CDN")),
        keywords="政策 新规 外资 试点 policy pilot",
        see="35 32 68",
    ),
    question(
        32,
        groups="materials",
        refs="CDN M-CV G-STAFF",
        text="""
        CDN 技术人员简历写什么？
        / What goes into the résumés of CDN technicians?

        每人一份，写清是谁、学过什么、做过什么、在本业务里负责什么，并且在申请公司参保。
        / One per person: who it is, what was learned, what was done, the role in this service, and
        that the applicant insures them.
        """,
        points="""
        姓名、身份证件号码（与身份证复印件一致）。
        / Name and ID number, as on the copy of the ID.

        学历、学位、毕业院校和专业。
        / Education, degree, school and subject.

        职称或专业证书，附编号和有效期。
        / Title or certificate, with number and validity.

        现任岗位、入职时间、从业年限。
        / Post, day of entry, years in the field.

        参与过的网络、机房、加速或安全项目：时间、规模、担任的工作。
        / Network, room, delivery or security projects: when, how large, in what part.

        在本次 CDN 业务中的职责：架构、节点运维、调度、信息安全、应急联系。
        / Role in this CDN service: architecture, node operation, scheduling, security, emergency
        contact.

        参保证明：在申请人处参保，与{M-SI}一致；窗口通常要 {practice.staff}。
        / Insurance with the applicant, in line with the {M-SI}; bureaus usually ask for
        {practice.staff}.

        随附：{N-CDN}。
        / Together with: {N-CDN}.
        """,
        steps=(guide("new", "CDN"), eligibility("CDN"), case("new", "CDN")),
        keywords="简历 技术人员 模板 resume cv technicians",
        see="35 25 50",
    ),
    question(
        35,
        groups="new",
        refs="CDN M-CV M-PREM M-EVAL G-KINDSPEC K-CORR K-REV K-DELIV T-EVAL",
        text="""
        CDN 怎样申请？
        / How is CDN applied for?

        与其他新办相同：线上备料、提交、受理、审查、发证；另交{M-CV}，取证后完成技术评测再开通。
        / As any first application: prepare, file online, acceptance, review, delivery; with {M-CV},
        and evaluated after the license before it is opened.
        """,
        points="""
        注册资本：一个省 {capital.P}，跨省 {capital.N}。CDN 属于{class.CDN}。
        / Registered capital: {capital.P} for one province, {capital.N} beyond. CDN is a
        {class.CDN}.

        CDN 另备：{N-CDN}。
        / For CDN also: {N-CDN}.

        材料：{papers.new}；只申请一个省的另加{M-PREM}。
        / Papers: {papers.new}; for one province also the {M-PREM}.

        时限：受理或一次告知 {K-CORR}，审查 {K-REV}，发证 {K-DELIV}。
        / Time limits: acceptance or one notice {K-CORR}, review {K-REV}, delivery {K-DELIV}.

        取证后：{T-EVAL}；{N-NO-CHAIN}。
        / After the license: {T-EVAL}; {N-NO-CHAIN}.
        """,
        steps=(guide("new", "CDN"), eligibility("CDN"), case("new", "CDN")),
        keywords="内容分发 加速 节点 流程 content delivery steps",
        see="32 25 50",
    ),
    question(
        50,
        groups="new",
        refs="CDN G-CAPITAL G-SCOPE G-STAFF",
        text="""
        不同规模的企业办 CDN 有差别吗？
        / Does company size matter for CDN?

        没有按企业规模分的条件，差别只在经营范围：一个省还是跨省。
        / No condition goes by size. The difference is the coverage alone: one province or more.
        """,
        points="""
        一个省：注册资本 {capital.P}，省通信管理局审批。
        / One province: {capital.P}, decided by its bureau.

        跨省：注册资本 {capital.N}，{office.MIIT}审批。
        / More: {capital.N}, decided by {office.MIIT}.

        时限和技术评测相同，材料只差{M-PREM}（一个省的才要）；节点多的企业，节点清单、机房合同和评测的工
        作量更大。
        / Time limits and evaluation are the same, and so are the papers but for the {M-PREM}, asked
        for one province only; more nodes mean a longer list, more contracts and more to evaluate.

        人员：窗口口径 {practice.staff}，大小企业一样；技术人员要与业务规模相适应。
        / Staff: {practice.staff} by practice for everybody; the technicians must suit the scale of
        the service.
        """,
        steps=(eligibility("CDN"), guide("new", "CDN"), case("new", "CDN")),
        keywords="大企业 小企业 规模 中小 size small large",
        see="35 32 34",
    ),
)
