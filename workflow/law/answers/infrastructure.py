"""The questions about data centers, access and delivery networks."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import PLATFORM, PROTECTION
from workflow.law.question_steps import case, eligibility, guide

ROWS: tuple[Question, ...] = (
    question(
        9,
        groups="new materials",
        refs="IDC G-SCOPE G-KINDSPEC M-EVAL M-PREM T-EVAL K-REV",
        text="""
        线上申请 IDC 要注意什么？
        / What to mind when applying for IDC online?

        全程线上办理，覆盖范围按城市填写。技术评测在取证之后、开通之前完成，不是取证的前提。
        / All of it is online, and the coverage is stated city by city. The technical evaluation
        follows the license and precedes the opening; it is no condition of the license.
        """,
        points="""
        服务项目分清：{item.all-IDC}；云服务要选互联网资源协作。
        / Choose the item: {item.all-IDC}. Cloud services need resource collaboration.

        注册资本：一个省 {capital.P}，跨省 {capital.N}；{PAID-IN}。
        / Registered capital: {capital.P} for one province, {capital.N} beyond; {PAID-IN}.

        条件：{N-SYSTEMS}。
        / Conditions: {N-SYSTEMS}.

        机房必须在填写的城市之内，城市之外的机房属于超范围。
        / Every machine room must lie in a city that is stated; one elsewhere is outside the
        coverage.

        材料：{papers.new}；省内申请另加{M-PREM}。
        / Papers: {papers.new}; for one province also {M-PREM}.

        取证后：{T-EVAL}（{M-EVAL}）。
        / After the license: {T-EVAL} ({M-EVAL}).
        """,
        steps=(guide("new", "IDC"), eligibility("IDC"), case("new", "IDC")),
        cites=(PLATFORM,),
        keywords="机房 云 数据中心 线上 网上 data center cloud online",
        see="44 65 69",
    ),
    question(
        44,
        groups="new",
        refs="IDC G-KINDSPEC M-PREM M-EVAL K-CORR K-REV K-DELIV T-EVAL",
        text="""
        IDC 申请的详细步骤是什么？
        / What are the steps for IDC in detail?

        与其他新办相同，多一步：取证后完成技术评测，通过后才能开通业务。
        / As any first application, with one step more: the technical evaluation after the license,
        before the service may be opened.
        """,
        points="""
        一、定范围：哪些城市、哪几个机房；一个省向省通信管理局，跨省向{office.MIIT}申请。
        / First, the coverage: which cities, which rooms; one province goes to its bureau, more to
        {office.MIIT}.

        二、查条件：注册资本 {capital.P} 或 {capital.N}；{N-SYSTEMS}。
        / Second, the conditions: registered capital of {capital.P} or {capital.N}; {N-SYSTEMS}.

        三、备料：{papers.new}；只申请一个省的另加{M-PREM}。
        / Third, the papers: {papers.new}; for one province also the {M-PREM}.

        四、线上提交，{K-CORR} 内受理或一次告知；审查 {K-REV}；批准后 {K-DELIV} 内发证。
        / Fourth, file online: acceptance or one notice within {K-CORR}, review within {K-REV},
        delivery within {K-DELIV} of the approval.

        五、{T-EVAL}：备案系统、接入资源管理平台、信息安全系统和机房安全，每个机房都要覆盖。
        / Fifth, {T-EVAL}: filing system, access-resource platform, security system and the rooms,
        every one of them.

        六、开通后：{N-GRADING}；{N-NO-CHAIN}。
        / Sixth, once open: {N-GRADING}; {N-NO-CHAIN}.
        """,
        steps=(guide("new", "IDC"), eligibility("IDC"), case("new", "IDC")),
        keywords="数据中心 步骤 评测 机房 data center steps",
        see="9 65 69",
    ),
    question(
        65,
        groups="new",
        refs="ISP IDC G-KINDSPEC G-CAPITAL M-EVAL T-EVAL",
        text="""
        办 ISP、IDC 要什么条件？
        / What are the conditions for ISP and IDC?

        42 号令第六条的一般条件，加上机房、系统和应急人员；技术评测在取证后、开通前完成。
        / The general conditions of Art. 6 of Order 42, plus rooms, systems and emergency staff; the
        technical evaluation comes after the license and before the opening.
        """,
        points="""
        注册资本：一个省 {capital.P}，跨省 {capital.N}；{PAID-IN}。
        / Registered capital: {capital.P} for one province, {capital.N} beyond; {PAID-IN}.

        {N-SYSTEMS}。
        / {N-SYSTEMS}.

        ISP：{ISP-ACCESS}；项目分{item.all-ISP}。
        / ISP: {ISP-ACCESS}; its items: {item.all-ISP}.

        IDC：项目分{item.all-IDC}，覆盖范围按城市填写。
        / IDC: its items: {item.all-IDC}; coverage city by city.

        {T-EVAL}：{M-EVAL}，{M-EVAL.note}。
        / {T-EVAL}: {M-EVAL}, {M-EVAL.note}.

        {N-NO-CHAIN}；{N-GRADING}。
        / {N-NO-CHAIN}; {N-GRADING}.

        外资：IDC {cap.IDC}，四地试点{cap.IDC.p4}；ISP {cap.ISP-USER}，四地试点{cap.ISP-USER.p4}。
        / Foreign share: IDC {cap.IDC}, in the four-area pilot {cap.IDC.p4}; ISP {cap.ISP-USER}, in
        the four-area pilot {cap.ISP-USER.p4}.
        """,
        steps=(
            eligibility("ISP", "IDC"),
            guide("new", "ISP"),
            guide("new", "IDC"),
            case("new", "ISP", "IDC"),
        ),
        keywords="接入 机房 条件 数据中心 conditions access",
        see="9 44 69",
    ),
    question(
        69,
        groups="policy",
        refs="IDC RL-10 G-KINDSPEC",
        text="""
        IDC 必须做等级保护吗？
        / Does IDC need classified protection?

        等级保护是网络安全法上的义务，要做；但许可条件里没有写死必须几级，“必须三级”是惯常说法。
        / Classified protection is a duty under the Cybersecurity Law, so yes; but the conditions of
        the license fix no level. “Level three” is practice.
        """,
        points="""
        另有一套通信网络单元的定级备案：{N-GRADING}。
        / The grading of network units is a second set of duties: {N-GRADING}.

        续期自查：{RL-10}（{RL-10.evidence}）；逾期的，{RL-10.fix}。
        / Self-check of a renewal: {RL-10} ({RL-10.evidence}). If overdue: {RL-10.fix}.

        技术评测（{M-EVAL}）是第三件事，开通前完成，不能互相代替。
        / The technical evaluation ({M-EVAL}) is a third matter, due before the opening; none
        replaces another.

        所在省或客户可能要求更高，写进合同和方案即可，不影响许可条件。
        / A province or a customer may ask for more; that goes into contract and plan and does not
        change the conditions.
        """,
        steps=(guide("new", "IDC"), guide("renewal", "IDC"), eligibility("IDC")),
        cites=(PROTECTION,),
        keywords="等保 三级 定级 备案 测评 MLPS classified protection",
        see="44 65 71",
    ),
)
