"""The questions about the forms of the annual report."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import FORMS
from workflow.law.question_steps import LICENSES, case, guide

_FORMS = """
    表格：承诺书（逐字录入）、企业基本情况表、企业服务质量表、企业经济效益表、网络信息安全表、业务发
    展表、其他要求材料。
    / Forms: undertaking (typed word by word), basic facts, service quality, economic figures,
    network and information security, business development, other material asked for.

    业务发展表每个已开通的业务一张，没有开通的业务不生成。
    / There is one business sheet per kind that was opened; a kind never opened has none.

    所有栏目必填；没有审计报告这一项。
    / Every field is mandatory; there is no audit report among them.
    """

LATE = """
    {K-AR} 前可以反复修改；错过的，四月由主管部门限期补报，最晚 {K-AR.late}，之后系统关闭。
    / It may be edited until {K-AR}; after that the authority sets a day in April, {K-AR.late} at
    the latest, and then the system closes.

    {S-NO-REPORT}。
    / {S-NO-REPORT}.
    """

ROWS: tuple[Question, ...] = (
    question(
        20,
        groups="annual_report",
        refs="CPN K-AR G-AR",
        text="""
        驻地网年检要什么材料？
        / What papers does the premises-network annual report need?

        现在是年报，在系统里填表，{K-AR} 前报送；没有单独的纸质材料清单。
        / It is an annual report filled in online and due by {K-AR}; there is no list of paper
        documents.
        """,
        points=_FORMS
        + """
        驻地网还要备好：{N-CPN}。
        / For premises networks also have ready: {N-CPN}.

        谁要报：报告年度十二月三十一日之前取得许可证、许可证仍有效的公司。
        / Who reports: every company that held its license by the end of the report year and still
        holds it.
        """
        + LATE,
        steps=(guide("annual_report", "CPN"), case("annual_report", "CPN"), LICENSES),
        cites=(FORMS,),
        keywords="年检 年报 材料 表格 inspection report forms",
        see="40 46 8",
    ),
    question(
        40,
        groups="annual_report",
        refs="ICP K-AR G-AR RL-07 RL-09",
        text="""
        ICP 年检要准备哪些内容？
        / What to prepare for the ICP annual report?

        准备上一年度的经营、服务质量、经济效益、信息安全和业务发展情况，{K-AR} 前在系统里报送。
        / Last year's operation, service quality, economic figures, security and business
        development, filed in the system by {K-AR}.
        """,
        points="""
        企业：名称、信用代码、法定代表人、地址、注册资本、股权和人员变化、分支机构。
        / Company: name, credit code, legal representative, address, capital, changes of
        shareholders and staff, branches.

        服务质量：投诉电话、投诉件数、答复率。
        / Service quality: complaint phone, number of complaints, reply rate.

        经济效益：收入、成本、电信业务收入（可以选择不公示）。
        / Economic figures: revenue, cost, telecom revenue (publication is optional).

        信息安全：机构和人员、制度、应急预案、日志留存、发生过的事件。
        / Security: organization and staff, rules, incident plan, log retention, incidents.

        业务发展：网站、应用、用户数；每个已开通的业务一张表。
        / Business: sites, apps, users; one sheet per opened kind.

        网络建设和服务器、接入商情况。
        / Network, servers and access provider.

        遵守规定和许可证特别规定事项的情况。
        / Compliance with the rules and with the special items of the license.
        """
        + LATE,
        steps=(guide("annual_report", "ICP"), case("annual_report", "ICP"), LICENSES),
        cites=(FORMS,),
        keywords="年检 年报 清单 准备 checklist annual report",
        see="46 39 42",
    ),
    question(
        42,
        groups="annual_report",
        refs="SP M-AUDIT K-AR",
        text="""
        江苏 SP 年检，审计报告有效期多久？
        / Annual report of SP in Jiangsu: how long is an audit report valid?

        年报的表格里没有审计报告，所以谈不上有效期。{office.32}个别要求提供的，交上一会计年度的。
        / The report's forms contain no audit report, so there is no term. Where the {office.32}
        asks for one all the same, it is that of the last financial year.
        """,
        points="""
        {M-AUDIT}：{M-AUDIT.note}。
        / {M-AUDIT}: {M-AUDIT.note}.

        没有查到江苏省关于审计报告的单独规定；被要求时，请对方给出依据并存入案件。
        / No rule of Jiangsu on audit reports was found; when asked for one, ask for the ground and
        keep it with the case.
        """
        + _FORMS
        + LATE,
        steps=(guide("annual_report", "SP", area="32"), case("annual_report", "SP"), LICENSES),
        cites=(FORMS,),
        keywords="年检 年报 审计 财务 江苏 南京 audit jiangsu",
        see="40 63 22",
    ),
    question(
        46,
        groups="annual_report",
        refs="ICP K-AR G-AR",
        text="""
        ICP 年检怎样申报，有什么技巧？
        / How is the ICP annual report filed, and what helps?

        登录系统逐表填写、保存、提交。{K-AR} 前都能改，早提交没有坏处。
        / Sign in, fill in sheet by sheet, save, submit. It may be changed until {K-AR}, so filing
        early does no harm.
        """,
        points="""
        一、先核对许可证信息和企业基本情况，与登记不一致的先办变更。
        / First compare the license and basic facts; where they differ from the registry, file the
        change first.

        二、承诺书要逐字录入，标点也要一致。
        / Second, type the undertaking word by word, punctuation included.

        三、每张表填完就保存，所有栏目必填。
        / Third, save each sheet; every field is mandatory.

        四、只有已开通的业务才有业务发展表。
        / Fourth, only opened kinds have a business sheet.

        五、收入、成本等可以选择不公示；名称、资本、投诉电话、答复率等一定公示。
        / Fifth, revenue and cost need not be published; name, capital, complaint phone and reply
        rate always are.

        六、提交后确认状态变为“已报”，回执存入案件。
        / Sixth, see that the status reads “reported” and keep the receipt with the case.
        """
        + LATE,
        steps=(guide("annual_report", "ICP"), case("annual_report", "ICP"), LICENSES),
        cites=(FORMS,),
        keywords="年检 年报 申报 填报 技巧 how to file tips",
        see="40 39 20",
    ),
)
