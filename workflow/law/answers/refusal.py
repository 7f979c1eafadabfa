"""The questions about refusals and single documents."""

from __future__ import annotations

from workflow.law.question_rows import Figures, Question, question
from workflow.law.question_sources import PRODUCTION, REASONS
from workflow.law.question_steps import case, cases, eligibility, guide

ROWS: tuple[Question, ...] = (
    question(
        11,
        groups="rejection",
        refs="SP G-FOREIGN G-DISHONEST M-EQUITY",
        text="""
        地网 SP 对本省关联企业有要求吗？
        / Does a provincial SP license ask anything of affiliates in the province?

        没有查到关于关联企业的规定。审查看的是申请公司自己，以及往上追溯的股东和主要人员。
        / No rule on affiliates was found. The review looks at the applicant itself, its
        shareholders upward and its main people.
        """,
        points="""
        股东追溯：{M-EQUITY.note}（{M-EQUITY}）。
        / Tracing: {M-EQUITY.note} ({M-EQUITY}).

        失信名单：公司、主要投资者、主要经营管理人员都要查；在名单上的不予批准。
        / Dishonest list: company, main investors and main managers are checked; whoever is on it is
        refused.

        任何一层有外资的，按外资办：上限{cap.SP}，由{office.MIIT}审批。
        / Foreign capital at any level makes it foreign: {cap.SP}, decided by {office.MIIT}.

        没有查到“同一控制人已有 SP 证就不能再办”的限制；但不得出租、出借、转让许可证。
        / No limit on other companies of the same owner was found; but a license is never lent,
        rented or transferred.

        窗口要求说明关联关系的，请其指明依据，答复存入案件。
        / When a bureau asks about affiliates, ask for the ground and keep the answer with the case.
        """,
        steps=(eligibility("SP"), guide("new", "SP"), case("new", "SP")),
        keywords="关联企业 母公司 子公司 股东 affiliate shareholder",
        see="16 66 68",
        no_rule=True,
    ),
    question(
        16,
        groups="rejection",
        refs="SP G-MATERIALS G-CAPITAL G-DISHONEST G-FOREIGN G-PREAPP G-LOCKOUT G-SCOPE K-APPEAL",
        text="""
        SP 不予批准有哪些原因？
        / Why is an SP application refused?

        常见的是种类写错、材料不符、资本不足、名单、外资超限、缺前置审批。不予批准必须书面说明理由，
        并告知救济途径。
        / Usually: wrong kind, papers that do not agree, too little capital, lists, foreign share,
        missing prior approval. A refusal must give its reasons and the remedies in writing.
        """,
        points="""
        种类或项目写错：把互联网信息服务写成 SP，或业务描述与短信无关。
        / Wrong kind: an internet service described as SP, or a description that has nothing to do
        with messages.

        材料不齐、过期，或与营业执照、登记信息不一致。
        / Papers missing, expired, or different from the business license and the registry.

        注册资本不足：一个省 {capital.P}，跨省 {capital.N}。
        / Too little capital: {capital.P} for one province, {capital.N} beyond.

        公司、主要投资者或管理人员在失信名单上；或者禁止期未满（{K-LOCK1}、{K-LOCK3}）。
        / Company, main investors or managers on the dishonest list; or a bar still running
        ({K-LOCK1}, {K-LOCK3}).

        外资比例超过上限（SP {cap.SP}）。
        / Foreign share above the cap (SP: {cap.SP}).

        须前置审批的内容没有批准文件。
        / Content that needs prior approval without the document.

        范围与机关不符：跨省业务报给了省局。
        / Wrong authority: cross-province business filed with a bureau.

        救济：收到决定后 {K-APPEAL} 内申请行政复议，也可以提起行政诉讼；也可以补足条件后重新申请。
        / Remedies: administrative reconsideration within {K-APPEAL} of the decision, or a lawsuit;
        or a new application once the conditions are met.
        """,
        steps=(eligibility("SP"), guide("new", "SP"), case("new", "SP"), cases("new", "SP")),
        cites=(REASONS,),
        figures=Figures("new", "SP"),
        keywords="不予批准 驳回 被拒 拒绝 退回 原因 refused rejected reasons",
        see="11 66 43",
    ),
    question(
        18,
        groups="materials",
        refs="MPC G-PREAPP G-KINDSPEC",
        text="""
        传媒企业办多方通信，要广电制作证吗？
        / Does a media company need a production permit for multi-party communication?

        不要。《广播电视节目制作经营许可证》管的是制作节目，不是任何增值电信许可证的材料。
        / No. The radio and television production permit is about producing programs and is no paper
        of any value-added telecom license.
        """,
        points="""
        多方通信自己的要求：{N-MPC}。
        / What multi-party asks for: {N-MPC}.

        只有法律规定须先经有关部门同意的，才在申请时交{M-PREAPP}。
        / A {M-PREAPP} is filed only where the law asks for another authority's consent first.

        同一公司还要在网上播放视听节目的，那是 ICP，须有{content.audiovisual}。
        / If the company also streams programs online, that is ICP and needs the
        {content.audiovisual}.

        公司自己制作节目的，制作证照办，但与本申请无关。
        / If it produces programs itself, it needs the permit for that, apart from this application.
        """,
        steps=(guide("new", "MPC"), eligibility("MPC"), case("new", "MPC")),
        cites=(PRODUCTION,),
        keywords="广电 制作 节目 传媒 影视 broadcast production media",
        see="13 1 60",
    ),
)
