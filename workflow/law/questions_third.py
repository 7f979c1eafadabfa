"""The seventy questions, numbers 37 to 53: short answers and the rules behind them."""

from __future__ import annotations

from workflow.law.question_rows import Question, question

THIRD: tuple[Question, ...] = (
    question(
        37,
        ("106 号码违规怎么处罚？", "Penalties for misusing a 106 code"),
        "number",
        "RL-17 RL-22 G-NUM-PEN G-BADLIST",
        (
            (
                "擅自改用途、出租、转让按电信条例第六十九条处罚；出租端口另依反诈法；"
                "可收回码号并列入名单"
            ),
            (
                "Changed purpose, renting or transfer fall under Art. 69; renting ports "
                "also under the Anti-Fraud Law. Codes may be reclaimed, lists may follow"
            ),
        ),
    ),
    question(
        38,
        ("各业务由哪个部门办理？", "Which office decides what?"),
        "authority",
        "G-SCOPE G-FOREIGN",
        (
            ("一个省找省通信管理局，跨省或有外资找工业和信息化部；码号按号段"),
            ("One province: its bureau; several or foreign capital: MIIT; codes by their range"),
        ),
    ),
    question(
        39,
        ("年检时网站和 ICP 怎样合规？", "Site compliance at the annual report"),
        "annual_report",
        "ICP K-AR RL-08 RL-14 RL-15",
        (
            "按时年报；核对日志留存、前置审批、首页许可证号",
            (
                "Report in time; check log retention, prior approvals and the number "
                "on the home page"
            ),
        ),
    ),
    question(
        40,
        ("ICP 年检准备清单", "Checklist for the ICP annual report"),
        "annual_report",
        "ICP K-AR G-AR",
        (
            ("准备上年经营、服务质量、经济效益、信息安全和业务发展数据，3 月 31 日前报送"),
            (
                "Last year's operation, service quality, figures, security and business "
                "data, by 31 March"
            ),
        ),
    ),
    question(
        41,
        ("ICP 去哪里办，有权威机构吗？", "Where is ICP handled?"),
        "authority",
        "ICP G-SCOPE",
        (
            "只在工业和信息化部政务平台向通信管理局或部里申请，没有指定代办机构",
            ("On MIIT's platform alone, to the bureau or the ministry; no agent is designated"),
        ),
    ),
    question(
        42,
        ("江苏 SP 年检的审计报告有效期多久？", "Is an audit report needed for SP in Jiangsu?"),
        "annual_report",
        "SP M-AUDIT K-AR",
        (
            "年报表格里没有审计报告；主管机关要求的，为上一会计年度的",
            "The forms have none; if the bureau asks, it is last year's",
        ),
    ),
    question(
        43,
        ("办理全流程", "The whole procedure"),
        "new",
        "M-APP G-MATERIALS K-CORR K-REV K-DELIV",
        (
            "备料、复核、提交、受理或补正、审查、发证、后续事项",
            ("Prepare, sign off, file, acceptance or correction, review, delivery, follow-ups"),
        ),
    ),
    question(
        44,
        ("IDC 详细步骤", "IDC in detail"),
        "new",
        "IDC G-KINDSPEC M-EVAL K-REV T-EVAL",
        (
            "同新办；取证后完成技术评测，才能开通",
            "As a new application; the service may be opened only after the evaluation",
        ),
    ),
    question(
        45,
        ("域名解析怎么注销，何时要注销？", "Cancelling a DNS license"),
        "cancellation",
        "DNS G-SETTLE K-ADV90 K-NOTICE K-CANC M-TERM M-SETREP",
        (
            ("停止经营、到期、解散、被吊销时；主动停业的提前 90 日申请"),
            (
                "When the business stops, the license ends, the company dissolves or "
                "loses it; file 90 days before stopping"
            ),
        ),
    ),
    question(
        46,
        ("ICP 年检申报技巧", "Filing the ICP annual report"),
        "annual_report",
        "ICP K-AR G-AR",
        (
            ("承诺书逐字录入，每张表保存后提交，3 月 31 日前可改，4 月为补报"),
            (
                "Type the undertaking word by word, save each sheet, submit; editable "
                "to 31 March, late in April"
            ),
        ),
    ),
    question(
        47,
        ("网络宠物交易平台要什么证？", "An online pet marketplace"),
        "kind",
        "EDI ICP G-KINDSPEC",
        (
            "第三方在线成交要 EDI，收费发布信息要 ICP；自营店不需要",
            ("Third parties dealing online: EDI; paid information: ICP; a shop of one's own: none"),
        ),
    ),
    question(
        48,
        ("EDI 变更要什么材料？", "Papers of an EDI change"),
        "change",
        "EDI C-NAME C-LREP C-SH M-REGCHG M-OLDLIC M-PROMISE",
        (
            ("按变更事项：申请表、新营业执照、变更通知书、原许可证、承诺书等"),
            (
                "By what changes: form, new business license, change notice, current "
                "license, undertaking and more"
            ),
        ),
    ),
    question(
        49,
        ("北京 ICP 有低门槛吗？", "Is there a lower bar for ICP in Beijing?"),
        "new",
        "ICP G-CAPITAL G-STAFF G-PREMISES",
        (
            "门槛就是 42 号令第六条，没有更低的",
            "The bar is Art. 6 of Order 42; there is no lower one",
        ),
    ),
    question(
        50,
        ("不同规模企业办 CDN 有差别吗？", "Does company size matter for CDN?"),
        "new",
        "CDN G-CAPITAL G-SCOPE",
        (
            "条件只随经营范围（省内或跨地区）变，不随规模变",
            "Conditions vary with the scope, not with size",
        ),
    ),
    question(
        51,
        ("办理步骤", "The steps"),
        "new",
        "G-MATERIALS K-CORR K-REV K-DELIV",
        (
            "与第 43 问相同",
            "As question 43",
        ),
    ),
    question(
        52,
        ("怎样成功申请呼叫中心？", "Getting a call-center license"),
        "new",
        "CC M-CCSYS M-PREM G-KINDSPEC G-STAFF",
        (
            "按清单备齐系统、坐席、中继、场地、人员材料，一次交齐",
            "Have system, seats, trunk, premises and staff papers complete at once",
        ),
    ),
    question(
        53,
        ("存储转发变更有什么风险？", "Risks of a store-and-forward change"),
        "change",
        "SAF C-SH C-COV G-CHG-TIME30 G-FOREIGN M-SETREP",
        (
            "逾期变更可能被责令改正、处罚；外资上限 100%；缩小范围须安置用户",
            (
                "Late changes may be ordered and fined; the foreign cap is 100%; users "
                "must be settled when the area shrinks"
            ),
        ),
    ),
)
