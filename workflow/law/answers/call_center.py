"""The questions about call centers."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_steps import case, eligibility, guide

ROWS: tuple[Question, ...] = (
    question(
        12,
        groups="new",
        refs="CC M-CCSYS M-PREM G-SCOPE G-KINDSPEC G-STAFF",
        text="""
        珠海办呼叫中心要注意什么？
        / What to mind for a call center in Zhuhai?

        只在广东省内经营，向{office.44}申请；跨省经营，向{office.MIIT}申请。珠海没有单独的发证机关。
        / Inside Guangdong apply to the {office.44}, beyond it to {office.MIIT}. Zhuhai has no
        issuing authority of its own.
        """,
        points="""
        先确认要不要证：{CC-OTHERS}。
        / First see whether it is needed: {CC-OTHERS}.

        注册资本：省内 {capital.P}，跨省 {capital.N}。
        / Registered capital: {capital.P} for the province, {capital.N} beyond.

        {N-CC}。
        / {N-CC}.

        {M-CCSYS}：{M-CCSYS.note}。
        / {M-CCSYS}: {M-CCSYS.note}.

        {M-PREM}：{M-PREM.note}；虚拟地址过不了现场核查。
        / {M-PREM}: {M-PREM.note}. A virtual address fails the on-site check.

        社保：窗口通常要 {practice.staff}、最近 {practice.months}。
        / Social insurance: usually {practice.staff} for the last {practice.months}.
        """,
        steps=(
            guide("new", "CC", area="44"),
            eligibility("CC", area="44"),
            case("new", "CC", area="44"),
        ),
        keywords="客服 外呼 坐席 珠海 广东 call center zhuhai",
        see="21 52 29",
    ),
    question(
        21,
        groups="new",
        refs="CC G-COMPANY G-CAPITAL G-STAFF G-PREMISES G-DISHONEST G-KINDSPEC M-CCSYS",
        text="""
        呼叫中心企业资质标准是什么？
        / What must a call-center company have?

        就是 42 号令第六条的一般条件，加上呼叫中心自己的要求。网上互相矛盾的数字不采信。
        / The general conditions of Art. 6 of Order 42, and what a call center asks for besides.
        Contradictory figures on the web do not count.
        """,
        points="""
        依法设立、存续的公司，不在失信名单上。
        / A lawfully established, active company that is not on the dishonest list.

        注册资本：一个省 {capital.P}，跨省 {capital.N}。
        / Registered capital: {capital.P} for one province, {capital.N} beyond.

        相应的专业人员；窗口通常要 {practice.staff}、最近 {practice.months}的社保，各局可能不同。
        / Suitable staff; bureaus usually ask for {practice.staff} insured for the last
        {practice.months}, and may differ.

        {N-CC}。
        / {N-CC}.

        外资：{cap.CC}。
        / Foreign share: {cap.CC}.

        不采信的说法：不论范围一律要千万资本、至少十名员工、不准外资——与上面的规则矛盾，没有依据。
        / Claims without ground: ten million whatever the coverage, at least ten employees, no
        foreign capital; they contradict the rules above.
        """,
        steps=(eligibility("CC"), guide("new", "CC"), case("new", "CC")),
        keywords="资质 条件 标准 要求 客服 requirements call center",
        see="52 12 29",
    ),
    question(
        29,
        groups="new",
        refs="CC G-STAFF G-PREMISES G-KINDSPEC",
        text="""
        成都办呼叫中心的要求更新了吗？
        / Have the demands on call centers in Chengdu changed?

        成都的申请由{office.51}审批。没有查到四川或成都单独公布的新条件；一件申请按提交日有效的规则
        判定。
        / The {office.51} decides for Chengdu. No new conditions published by Sichuan or Chengdu
        were found; a case is judged by the rules in force on its filing day.
        """,
        points="""
        全国统一的条件没有变：注册资本省内 {capital.P}、跨省 {capital.N}；{N-CC}。
        / The national conditions stand: {capital.P} for the province, {capital.N} beyond; {N-CC}.

        社保人数、月数等窗口口径作为各局参数保存，默认 {practice.staff}、{practice.months}；四川的口
        径以省局答复为准，录入后自动适用。
        / Practice figures are kept per bureau, by default {practice.staff} insured for the last
        {practice.months}; what the Sichuan bureau answers is entered and applied from then on.

        看到“新规”先问三件事：文件名、施行日期、是不是主管机关发布。
        / Ask of any “new rule”: its title, the day it takes effect, and whether the authority
        published it.
        """,
        steps=(
            guide("new", "CC", area="51"),
            eligibility("CC", area="51"),
            case("new", "CC", area="51"),
        ),
        keywords="四川 成都 新规 更新 最新 sichuan chengdu update",
        see="12 21 52",
    ),
    question(
        52,
        groups="new",
        refs="CC M-CCSYS M-PREM G-KINDSPEC G-STAFF G-MATERIALS",
        text="""
        怎样把呼叫中心的申请办好？
        / How to prepare a good call-center application?

        没有谁能保证通过。能做的是：条件真实具备，材料一次交齐，并准备好现场核查。
        / Nobody can promise success. What can be done: really meet the conditions, file complete
        papers at once, be ready for the on-site check.
        """,
        points="""
        场地和坐席：真实办公；{M-PREM}：{M-PREM.note}。
        / Premises and seats: a real office; {M-PREM}: {M-PREM.note}.

        系统：{M-CCSYS}，{M-CCSYS.note}。
        / System: {M-CCSYS}. {M-CCSYS.note}.

        人员：{practice.staff}、最近 {practice.months}社保（窗口口径），身份证人数不少于参保人数。
        / People: {practice.staff} insured for the last {practice.months} (practice), and at least
        as many IDs.

        写清为谁服务：{CC-OTHERS}。
        / Say whom it serves: {CC-OTHERS}.

        承诺：依法经营，不拨打骚扰电话；{M-INFOSEC}要有通话记录和异常监测。
        / Undertakings: lawful operation and no nuisance calls; the {M-INFOSEC} cover call records
        and abnormal traffic.

        每件都要的材料：{papers.new}。
        / Papers of every application: {papers.new}.
        """,
        steps=(guide("new", "CC"), eligibility("CC"), case("new", "CC")),
        keywords="成功 通过 清单 客服 checklist success",
        see="21 12 54",
    ),
)
