"""The seventy questions, numbers 54 to 70: short answers and the rules behind them."""

from __future__ import annotations

from workflow.law.question_rows import Question, question

FOURTH: tuple[Question, ...] = (
    question(
        54,
        ("终止呼叫中心业务，许可证怎么办？", "Ending a call center"),
        "cancellation",
        "CC G-SETTLE M-TERM T-RETURN-LICENSE T-CODE-RETURN",
        (
            "注销许可证或减少该业务，交回码号，安置用户",
            "Cancel the license or the kind, return the codes, settle the users",
        ),
    ),
    question(
        55,
        ("各省办理部门", "Offices by province"),
        "authority",
        "G-SCOPE",
        (
            "各省、自治区、直辖市通信管理局，跨省为工业和信息化部",
            "Each province's communications administration; MIIT beyond one province",
        ),
    ),
    question(
        56,
        ("106 费用退款时限，过期还能申请吗？", "Refunds for a 106 application"),
        "number",
        "G-NUM-DEBT",
        (
            "退款是与代理机构的合同问题，没有主管部门时限；码号申请没有“过期”一说",
            (
                "A refund is a matter of the contract with the agent, no regulator "
                "sets a term; a code application has no deadline"
            ),
        ),
        no_rule=True,
    ),
    question(
        57,
        ("许可证为什么成为刚需？", "Why is the license needed?"),
        "new",
        "G-SCOPE RL-12",
        (
            "未经许可不得经营，处罚重，基础企业不得向无证者提供资源",
            ("No operation without it, heavy penalties, and carriers may not serve the unlicensed"),
        ),
    ),
    question(
        58,
        ("EDI 业务说明书写什么？", "What goes into the EDI plan?"),
        "new materials",
        "EDI M-PLAN M-INFOSEC G-KINDSPEC",
        (
            ("平台、买卖双方、商品服务、线上成交、订单和支付、收费、用户、网络拓扑、信息安全"),
            (
                "Platform, parties, goods, online deals, order and payment, fees, users, "
                "topology, security"
            ),
        ),
    ),
    question(
        59,
        ("存储转发变更的政策依据", "The basis of a store-and-forward change"),
        "change",
        "SAF C-NAME C-SH K-CHG-REG K-CHG-DEC",
        (
            "42 号令第二十八条、第二十九条，电信条例第十五条",
            "Arts. 28 and 29 of Order 42, Art. 15 of the Regulations",
        ),
    ),
    question(
        60,
        ("办 ICP 的关键事项", "What matters for ICP"),
        "new",
        "ICP G-PREAPP G-KINDSPEC G-CAPITAL M-DOMAIN M-INFOSEC",
        (
            "确认种类和项目，先办前置审批，域名归本公司，安全制度齐全",
            (
                "The right kind and items, prior approvals first, the company's own "
                "domain, complete security rules"
            ),
        ),
    ),
    question(
        61,
        ("外资 ICP 要什么材料？", "Papers for a foreign-invested ICP"),
        "foreign",
        "ICP G-FOREIGN M-EQUITY M-APP",
        (
            ("同新办，另附股东追溯和投资者登记文件；由工业和信息化部审批，试点区域先取得试点批复"),
            (
                "As a new application with tracing and investors' documents; MIIT decides, "
                "pilot areas need the pilot approval first"
            ),
        ),
    ),
    question(
        62,
        ("码号能加急吗，企业荣誉有用吗？", "Can a code be expedited?"),
        "number",
        "K-NUM",
        (
            "没有法定加急，荣誉资质不是加快的理由",
            "There is no statutory expediting, and honors are no ground for it",
        ),
        no_rule=True,
    ),
    question(
        63,
        ("云南 SP 年检整改通过率", "Pass rate of SP reports in Yunnan"),
        "annual_report",
        "SP K-AR G-AR",
        (
            "没有官方通过率，只能看本台自己的办件",
            "No official rate exists; only the desk's own cases tell",
        ),
        no_rule=True,
    ),
    question(
        64,
        ("固定网数传年检的客户服务体系", "Service organization in the FDT report"),
        "annual_report",
        "FDT K-AR RL-07 M-SERVICE",
        (
            "服务质量表：投诉电话、投诉数、答复率；服务机构、时限和培训",
            (
                "The service sheet: complaint line, complaints, reply rate; organization, "
                "response times, training"
            ),
        ),
    ),
    question(
        65,
        ("办 ISP、IDC 的条件", "Conditions of ISP and IDC"),
        "new",
        "ISP IDC G-KINDSPEC G-CAPITAL M-EVAL",
        (
            "第六条条件加系统、机房和应急人员；评测在开通前",
            ("Art. 6 plus systems, rooms and emergency staff; evaluation before opening"),
        ),
    ),
    question(
        66,
        ("SP 是什么？", "What is SP?"),
        "kind",
        "SP G-NUM-QUAL",
        (
            "不含互联网的信息服务，第二类增值业务，省内或全国；发短信另需码号",
            (
                "Information service beyond the internet, second class, provincial "
                "or nationwide; text messages also need a code"
            ),
        ),
    ),
    question(
        67,
        ("湖南 IDC 代理哪家好？", "Which agent for IDC in Hunan?"),
        "agents",
        "IDC",
        (
            "不作排名：主管部门不指定代理。核对委托、收费合同、保密和不承诺结果",
            (
                "No ranking: no agent is designated. Check authorization, fee contract, "
                "confidentiality and that no result is promised"
            ),
        ),
        no_rule=True,
    ),
    question(
        68,
        ("外资占比怎样影响 ICP？", "How does a foreign share affect ICP?"),
        "foreign",
        "ICP G-FOREIGN G-PREAPP",
        (
            ("一般不超过 50%，四地试点部分项目放开，服务业试点须核实；上市公司低于 10% 可按内资"),
            (
                "Up to 50% in general; some items are open in the four-area pilot, "
                "the service pilot must be verified; listed companies below 10% count "
                "as domestic"
            ),
        ),
    ),
    question(
        69,
        ("IDC 必须做等级保护吗？", "Does IDC need classified protection?"),
        "policy",
        "IDC RL-10 G-KINDSPEC",
        (
            "依法定级备案，三级以上每年、二级每两年评测；许可条件里没有写死级别",
            (
                "Grade and file by law; level 3 and above are tested yearly, level "
                "2 every two years; no level is fixed in the conditions"
            ),
        ),
    ),
    question(
        70,
        ("SP 代理怎么选？", "Choosing an agent for SP"),
        "agents",
        "SP",
        (
            "看委托书、收费合同、数据保密、谁签字；承诺包过的不选",
            ("Authorization, fee contract, confidentiality, who signs; none that promises success"),
        ),
        no_rule=True,
    ),
)
