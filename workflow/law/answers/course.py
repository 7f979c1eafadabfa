"""The questions about the course of a first application and its time limits."""

from __future__ import annotations

from workflow.law.question_rows import Figures, Question, question
from workflow.law.question_sources import FREE, FTZ, PLATFORM
from workflow.law.question_steps import case, cases, finder, guide

_TIME = """
    受理：收到材料后 {K-CORR} 内受理，或者一次告知全部要补的内容；{K-CORR.silence}。
    / Acceptance: within {K-CORR} the bureau accepts or names everything that is missing, once.
    {K-CORR.silence}.

    审查：{K-REV}，从收到完整申请的次日起算；补正的，从补正材料收齐的次日起重新计算。
    / Review: {K-REV}, counted from the day after the complete application arrived; a correction
    starts the count again.

    不计入审查时间的：专家评审、听证、检验检测、鉴定。现场核查照常计时，法律也没有延长审查的规定。
    / Not counted: expert review, hearing, testing, appraisal. On-site checks do not stop the count,
    and no right to extend the review was found.

    发证：决定之后 {K-DELIV} 内颁发、送达。
    / Delivery: within {K-DELIV} of the decision.

    条例没有写明审查期是工作日还是自然日，本台按工作日计，同时显示按自然日的最早日期。
    / The regulations do not say whether the review counts working or calendar days; the desk counts
    working days and shows the calendar reading as the earliest.
    """

_SHORT = """
    怎样缩短：第一次就交齐并与登记信息一致；股权追溯、域名和接入协议提前办好；补正一次答全。
    / What shortens it: a complete first filing that agrees with the registry; shareholder tracing,
    domain and hosting contract done beforehand; one full answer to a correction.

    在自贸试验区注册且住所即办公地的公司，可询问第二类业务的告知承诺方式（试点文件所列地区，现行范围
    未核实）。
    / A company registered in a free-trade zone with its office there may ask about approval on
    undertaking for second-class kinds (areas of the pilot text; today's list was not verified).
    """

_STEPS = """
    一、核对业务，选定种类、服务项目和覆盖范围，看清由哪个机关审批。
    / First, check the business; choose kind, service items and coverage; see which authority
    decides.

    二、核对条件：公司、注册资本（一个省 {capital.P}，跨省 {capital.N}）、人员、场地、外资、名单、前
    置审批。
    / Second, check the conditions: company, registered capital ({capital.P} for one province,
    {capital.N} beyond), staff, premises, foreign share, lists, prior approvals.

    三、备料：{papers.new}；另加该种类要求的材料。
    / Third, prepare: {papers.new}; and what the kind adds.

    四、内部复核后在政务平台提交；{K-CORR} 内受理或一次告知补正。
    / Fourth, after the review in house, file on the platform; acceptance or one correction notice
    within {K-CORR}.

    五、审查 {K-REV}，可能有现场核查和专家评审。
    / Fifth, review within {K-REV}, perhaps with an on-site check and expert review.

    六、批准后 {K-DELIV} 内发证，有效期 {term.years}；不批准的，书面说明理由并告知救济。
    / Sixth, delivery within {K-DELIV} of the approval, valid for {term.years}; a refusal gives
    reasons and remedies in writing.

    七、取证后：{T-SHOW-NUMBER}；每年 {K-AR} 前报送年报；有变更按期申报。
    / Seventh, with the license: {T-SHOW-NUMBER}; report every year by {K-AR}; report changes in
    time.
    """

ROWS: tuple[Question, ...] = (
    question(
        2,
        groups="new",
        refs="EDI K-CORR K-REV K-DELIV G-MATERIALS",
        text="""
        EDI 办理周期受什么影响，怎样缩短？
        / What decides how long EDI takes, and what shortens it?

        法定时限依次是：受理或一次告知 {K-CORR}，审查 {K-REV}，发证 {K-DELIV}。补正和暂停会加长，一
        次交齐最能缩短。
        / The time limits in turn: acceptance or one notice {K-CORR}, review {K-REV}, delivery
        {K-DELIV}. Corrections and pauses add to it; a complete first filing shortens it most.
        """,
        points=_TIME
        + _SHORT
        + """
        宣传中的固定天数是估计，不是规定，也没有法定加急。
        / Fixed numbers of days in advertisements are estimates, not rules; there is no statutory
        expediting.
        """,
        steps=(guide("new", "EDI"), case("new", "EDI"), cases("new", "EDI")),
        cites=(FTZ,),
        figures=Figures("new", "EDI"),
        keywords="多久 时间 周期 多长时间 加快 加急 duration how long fast",
        see="26 19 58",
    ),
    question(
        26,
        groups="new",
        refs="EDI K-CORR K-REV K-DELIV",
        text="""
        广东 EDI 周期多长？
        / How long does EDI take in Guangdong?

        由{office.44}审批，法定时限与全国相同：受理或一次告知 {K-CORR}，审查 {K-REV}，发
        证 {K-DELIV}。实际用时看下面本台自己的办件。
        / The {office.44} decides; the time limits are the national ones: acceptance or one notice
        {K-CORR}, review {K-REV}, delivery {K-DELIV}. For real times see the desk's own cases below.
        """,
        points=_TIME
        + """
        没有查到广东省另行公布的更短时限。
        / No shorter time limit published by Guangdong was found.
        """,
        steps=(
            guide("new", "EDI", area="44"),
            case("new", "EDI", area="44"),
            cases("new", "EDI", area="44"),
        ),
        figures=Figures("new", "EDI", "44"),
        keywords="多久 时间 周期 广州 深圳 广东省 duration",
        see="2 19 58",
    ),
    question(
        43,
        groups="new",
        refs="new G-MATERIALS K-CORR K-REV K-DELIV",
        text="""
        增值电信许可证办理全流程是什么？
        / What is the whole course of a first application?

        核对业务、核对条件、备料、提交、受理或补正、审查、发证、后续事项。全程线上，主管部门不收费。
        / Check the business, check the conditions, prepare, file, acceptance or correction, review,
        delivery, follow-ups. All of it is online and free of charge.
        """,
        points=_STEPS,
        steps=(finder(), guide("new"), case("new")),
        cites=(PLATFORM, FREE),
        keywords="流程 指南 全流程 新办 process procedure guide",
        see="51 57 2",
    ),
    question(
        51,
        groups="new",
        refs="new G-MATERIALS K-CORR K-REV K-DELIV",
        text="""
        办理步骤有哪些？
        / What are the steps, one by one?

        七步：定种类、查条件、备材料、交申请、等审查、领证、做后续。每步的时限由主管部门和公司各自负
        责。
        / Seven steps: kind, conditions, papers, filing, review, license, follow-ups. Some time
        limits bind the authority, others the company.
        """,
        points=_STEPS,
        steps=(finder(), guide("new"), case("new")),
        cites=(PLATFORM,),
        keywords="步骤 一文 怎么办 steps how to",
        see="43 44 35",
    ),
)
