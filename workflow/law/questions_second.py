"""The seventy questions, numbers 19 to 36: short answers and the rules behind them."""

from __future__ import annotations

from workflow.law.question_rows import Question, question

SECOND: tuple[Question, ...] = (
    question(
        19,
        ("甘肃办 EDI 的流程", "EDI in Gansu, step by step"),
        "new",
        "EDI G-CAPITAL G-KINDSPEC M-APP M-DOMAIN M-HOST K-CORR K-REV",
        (
            ("向甘肃省通信管理局线上申请：备料、提交、受理、审查、发证"),
            "Online at the Gansu bureau: prepare, file, acceptance, review, delivery",
        ),
    ),
    question(
        20,
        ("驻地网年检要什么材料？", "Papers of the premises-network annual report"),
        "annual_report",
        "CPN K-AR G-AR",
        (
            ("填报年报表格：承诺书、基本情况、服务质量、经济效益、信息安全和各已开通业务的发展表"),
            (
                "The report's forms: undertaking, basics, service quality, figures, "
                "security, and one sheet per opened kind"
            ),
        ),
    ),
    question(
        21,
        ("呼叫中心企业资质标准是什么？", "What must a call-center company be?"),
        "new",
        "CC G-COMPANY G-CAPITAL G-STAFF G-PREMISES G-KINDSPEC M-CCSYS",
        (
            ("依 42 号令第六条和呼叫中心的专门要求；网上互相矛盾的人数、资本说法不采信"),
            (
                "Art. 6 of Order 42 and the call center's own conditions; contradictory "
                "figures on the web do not count"
            ),
        ),
    ),
    question(
        22,
        ("公司成立不足半年能申请 ICP 吗？", "May a company younger than six months apply for ICP?"),
        "new",
        "ICP G-COMPANY M-AUDIT",
        (
            "可以，没有成立年限的要求，也不要审计报告",
            "Yes: no minimum age, and no audit report is asked for",
        ),
    ),
    question(
        23,
        ("新公司办多方通信，注册资本不足怎么办？", "Too little capital for multi-party"),
        "new",
        "MPC G-CAPITAL C-CAP",
        (
            "先到登记机关增资，或只申请一个省（100 万元）",
            ("Raise the capital at the registry first, or apply for one province (RMB 1 million)"),
        ),
    ),
    question(
        24,
        (
            "西藏办全国驻地网要跑几趟？",
            "How many trips for a nationwide premises network from Tibet?",
        ),
        "policy",
        "CPN G-SCOPE",
        (
            "全程线上不用跑；但驻地网能否全国经营未经证实，请先向工业和信息化部确认",
            (
                "None, it is online; but whether the kind exists nationwide is unconfirmed: "
                "ask MIIT first"
            ),
        ),
    ),
    question(
        25,
        ("CDN 有哪些政策新规？", "What is new about CDN?"),
        "policy",
        "CDN G-KINDSPEC M-EVAL G-FOREIGN",
        (
            "2018 年起须持证；评测改为取证后、开通前；四地试点对外资放开",
            (
                "A license is needed since 2018; the evaluation follows it, before "
                "opening; the four-area pilot opens it to foreign capital"
            ),
        ),
    ),
    question(
        26,
        ("广东 EDI 周期多长？", "How long does EDI take in Guangdong?"),
        "new",
        "EDI K-CORR K-REV K-DELIV",
        (
            "与第 2 问相同，主管机关为广东省通信管理局；实际用时看本台办件统计",
            ("As question 2, at the Guangdong bureau; see the desk's own cases for real times"),
        ),
    ),
    question(
        27,
        ("ISP 跨境数据合规要注意什么？", "ISP and data across the border"),
        "policy",
        "ISP RL-21",
        (
            "只限国内经营，不得自建、租用国际信道；数据出境另行核查",
            (
                "Domestic only, no international channel of one's own; data exports "
                "are checked apart"
            ),
        ),
    ),
    question(
        28,
        ("用 106 号发短信先办哪个证？", "Which license first for a 106 code?"),
        "kind number",
        "SP G-NUM-QUAL K-NUM M-CODEAPP",
        (
            "商业和平台短信先办 SP；自用的 12 位号段不需要许可证",
            (
                "SP first for commercial and platform ranges; the 12-digit ranges for "
                "own use need none"
            ),
        ),
    ),
    question(
        29,
        ("成都办呼叫中心的要求更新了吗？", "Have Chengdu's call-center demands changed?"),
        "new",
        "CC G-STAFF G-PREMISES G-KINDSPEC",
        (
            "主管机关为四川省通信管理局；各局口径作为参数按提交日适用",
            ("The Sichuan bureau decides; its practice figures apply as of the filing day"),
        ),
    ),
    question(
        30,
        ("EDI 注销后能重新申请吗？", "May one apply again after cancelling EDI?"),
        "cancellation",
        "EDI G-LOCKOUT G-DISHONEST",
        (
            "能，与第 5 问相同",
            "Yes, as question 5",
        ),
    ),
    question(
        31,
        ("代理机构没有资质能代办多方通信吗？", "May an agent without qualification file?"),
        "agents",
        "MPC G-SIGNOFF M-PROMISE",
        (
            ("可以委托代理，没有“电信代办资质”这回事；留存委托书，真实性由申请人负责"),
            (
                "Agents are allowed and no such qualification exists; keep the authorization. "
                "The applicant answers for the truth"
            ),
        ),
    ),
    question(
        32,
        ("CDN 技术人员简历写什么？", "What goes into the CDN technicians' résumés?"),
        "materials",
        "CDN M-CV",
        (
            ("姓名证件、学历、职称证书、岗位、年限、项目、本业务职责、在申请人处参保"),
            (
                "Name and ID, degree, certificate, post, years, projects, role in this "
                "service, insurance with the applicant"
            ),
        ),
    ),
    question(
        33,
        ("申请 106 前调研同行数据", "Research before a 106 application"),
        "number",
        "G-NUM-QUAL K-NUM",
        (
            "只能用本台自己的办件统计和公开登记查询，不编造同行数据",
            "Only the desk's own cases and public registers; no invented figures",
        ),
    ),
    question(
        34,
        ("省内 100 万、跨省 1000 万对吗？", "Is it 1 million and 10 million?"),
        "policy",
        "G-CAPITAL",
        (
            "对：一个省 100 万元，跨省 1000 万元",
            "Yes: RMB 1 million for one province, 10 million beyond",
        ),
    ),
    question(
        35,
        ("CDN 申请流程", "Applying for CDN"),
        "new",
        "CDN M-CV M-EVAL K-CORR K-REV T-EVAL",
        (
            "同新办；另交技术人员简历，取证后完成评测再开通",
            (
                "As any new application, with technicians' résumés; evaluated after "
                "the license and before opening"
            ),
        ),
    ),
    question(
        36,
        ("95 特服号码怎么申请？", "Applying for a 95 code"),
        "number",
        "G-NUM-QUAL G-NUM-VALID K-NUM M-CODEAPP M-CODEDESC",
        (
            (
                "电信业务接入须全国呼叫中心或多方通信许可证；客服号须列名行业并在 "
                "6 省 15 市有分支；许可证剩余一年以上；20 个工作日可延 "
                "10 日"
            ),
            (
                "Access: a nationwide call-center or multi-party license. Service: "
                "listed industries with branches in 6 provinces and 15 cities. A year "
                "of license left; 20 working days, 10 more with notice"
            ),
        ),
    ),
)
