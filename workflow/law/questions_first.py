"""The seventy questions, numbers 1 to 18: short answers and the rules behind them."""

from __future__ import annotations

from workflow.law.question_rows import Question, question

FIRST: tuple[Question, ...] = (
    question(
        1,
        (
            "短视频平台要办 ISP 许可证吗？要内容审核说明吗？",
            "Does a short-video platform need an ISP license?",
        ),
        "kind",
        "ICP ISP G-KINDSPEC G-PREAPP M-INFOSEC M-PREAPP",
        (
            (
                "不用 ISP：内容平台属于 ICP，视听内容另须前置审批；"
                "内容审核和过滤写进网络与信息安全保障措施"
            ),
            (
                "No: a content platform is ICP, and audiovisual content needs prior "
                "approval. Content review and filtering belong in the security measures"
            ),
        ),
    ),
    question(
        2,
        ("EDI 办理周期受什么影响，怎样缩短？", "What decides how long EDI takes?"),
        "new",
        "EDI K-CORR K-REV K-DELIV G-MATERIALS",
        (
            ("受理 5 个工作日、审查 60 日、发证 10 个工作日；评审不计入。一次交齐、少补正最有效"),
            (
                "Acceptance 5 working days, review 60, delivery 10; expert review is "
                "not counted. A complete first filing shortens it most"
            ),
        ),
    ),
    question(
        3,
        ("没有 ICP 证就不能投标吗？", "Can one not bid without an ICP license?"),
        "policy",
        "G-KINDSPEC",
        (
            "没有这样的一般规定，看招标文件；业务本身需要许可的仍须先取得",
            (
                "No general rule says so: read the tender. If the business itself needs "
                "a license, it still comes first"
            ),
        ),
        no_rule=True,
    ),
    question(
        4,
        (
            "ISP 全国经营只有省内证，处罚更重吗？",
            "Is running ISP nationwide on a provincial license punished harder?",
        ),
        "cross_province",
        "ISP G-SCOPE RL-03",
        (
            "超出许可范围与无证经营同一档处罚；应向工业和信息化部另办跨地区许可证",
            (
                "Outside the coverage is the same tier as no license; apply to MIIT "
                "for a nationwide license"
            ),
        ),
    ),
    question(
        5,
        ("IDC 注销后还能再申请吗？", "May one apply again after cancelling an IDC license?"),
        "cancellation",
        "IDC G-LOCKOUT G-DISHONEST K-LOCK1 K-LOCK3",
        (
            "自愿注销不影响再申请，只看有无禁止期和失信名单",
            ("Voluntary cancellation is no bar; only running bars and the dishonest list are"),
        ),
    ),
    question(
        6,
        ("呼叫中心码号比价，煤炭企业低价可信吗？", "Comparing prices for a call-center code"),
        "number",
        "G-NUM-QUAL K-FEE T-FEE",
        (
            ("申请不收费，占用费全国统一；代理报价是合同问题。煤炭不在 95 客服号行业之列"),
            (
                "No application fee, the occupation fee is national; an agent's price "
                "is a contract matter. Coal is not a listed industry for 95 service "
                "codes"
            ),
        ),
    ),
    question(
        7,
        ("EDI 年检的监管技术手段有哪些？", "How is an EDI holder supervised?"),
        "annual_report",
        "EDI K-AR RL-04 RL-07 RL-08 RL-11",
        (
            ("年检已改为年报；检查方式有书面、现场、网络监测和委托第三方，按自查表逐项核对"),
            (
                "The inspection is now an annual report; checks are written, on site, "
                "by network monitoring or third parties. Go through the self-check"
            ),
        ),
    ),
    question(
        8,
        (
            "甘肃驻地网许可证未到期能注销吗？",
            "May a premises-network license in Gansu end before expiry?",
        ),
        "cancellation",
        "CPN G-SETTLE G-ADV90 K-ADV90 K-NOTICE K-CANC M-TERM",
        (
            ("可以，有效期内随时向甘肃省通信管理局申请；先安置用户，公示 30 日，期满后 60 日决定"),
            (
                "Yes, at any time, at the Gansu bureau: settle users first, then 30 "
                "days of notice and a decision within 60"
            ),
        ),
    ),
    question(
        9,
        ("线上申请 IDC 要注意什么？", "Applying for IDC online"),
        "new materials",
        "IDC G-SCOPE G-KINDSPEC M-EVAL M-PREM K-REV",
        (
            ("全程线上；覆盖范围按城市填写；技术评测在开通前完成，不是取证前提"),
            (
                "All online; coverage is stated city by city; the evaluation is due "
                "before opening, not before the license"
            ),
        ),
    ),
    question(
        10,
        ("EDI 变更联系方式怎么办？", "Changing the contact of an EDI license"),
        "change",
        "EDI C-CONTACT K-CONTACT",
        (
            ("在系统里更新即可，不是许可证变更；持有码号的须在 10 个工作日内报送"),
            (
                "An update in the system, not a change of the license; code holders "
                "have 10 working days"
            ),
        ),
    ),
    question(
        11,
        ("地网 SP 对本省关联企业有要求吗？", "Does a provincial SP license need local affiliates?"),
        "rejection",
        "SP G-FOREIGN G-DISHONEST M-EQUITY",
        (
            "未见关于关联企业的规定；只追溯股东并核对失信名单",
            ("No rule on affiliates was found; shareholders are traced and the lists are checked"),
        ),
    ),
    question(
        12,
        ("珠海办呼叫中心要注意什么？", "A call center in Zhuhai"),
        "new",
        "CC M-CCSYS M-PREM G-SCOPE G-KINDSPEC",
        (
            (
                "省内向广东省通信管理局、跨省向工业和信息化部申请；准备坐席、"
                "场地、系统，常有现场核查"
            ),
            (
                "Guangdong bureau for the province, MIIT beyond; have seats, premises "
                "and system ready for an on-site check"
            ),
        ),
    ),
    question(
        13,
        (
            "社交平台上线多人语音要办多方通信吗？",
            "Does group voice in a social app need a multi-party license?",
        ),
        "kind",
        "MPC ICP G-KINDSPEC",
        (
            "会议平台属于多方通信，应用内语音属于 ICP 的信息即时交互服务",
            (
                "A meeting platform is multi-party; in-app voice is the ICP item for "
                "instant interaction"
            ),
        ),
    ),
    question(
        14,
        ("保定电池企业申请呼叫中心码号难吗？", "A code for a battery maker in Baoding"),
        "number",
        "G-NUM-QUAL CC MPC",
        (
            (
                "96 和 1062 找河北省通信管理局，95 找工业和信息化部；"
                "电池不在 95 客服号行业之列，须先有全国呼叫中心或多方通信许可证"
            ),
            (
                "96 and 1062: Hebei bureau; 95: MIIT. Battery making is no listed industry, "
                "so a nationwide call-center or multi-party license comes first"
            ),
        ),
    ),
    question(
        15,
        ("网约车证和 ICP 先办哪个？", "Ride-hailing license or ICP first?"),
        "kind",
        "ICP EDI G-PREAPP M-PREAPP",
        (
            ("先取得网约车经营许可证，再办互联网备案；撮合收费的另需 EDI 或 ICP"),
            (
                "The ride-hailing license first, then the internet filing; matching "
                "for a fee also needs EDI or ICP"
            ),
        ),
    ),
    question(
        16,
        ("SP 不予批准有哪些原因？", "Why is an SP application refused?"),
        "rejection",
        "SP G-MATERIALS G-CAPITAL G-DISHONEST G-FOREIGN G-PREAPP G-LOCKOUT K-APPEAL",
        (
            (
                "种类不符、材料不全、资本不足、名单、外资超限、缺前置审批；"
                "不予批准须说明理由并告知救济"
            ),
            (
                "Wrong kind, papers, capital, lists, foreign share, missing prior approval; "
                "a refusal must give reasons and remedies"
            ),
        ),
    ),
    question(
        17,
        ("地网 ISP 跨省备案找哪个省局？", "Filing a provincial ISP license in another province"),
        "cross_province",
        "ISP G-SCOPE G-BRANCH30 K-BRANCH",
        (
            (
                "省内许可证不能到外省备案，须办跨地区许可证；全国许可证的分支机构在决定后 "
                "30 日内报送"
            ),
            (
                "A provincial license cannot be filed elsewhere: a nationwide one is "
                "needed, whose branches are reported within 30 days"
            ),
        ),
    ),
    question(
        18,
        (
            "传媒企业办多方通信要广电制作证吗？",
            "Does a multi-party license need a production permit?",
        ),
        "materials",
        "MPC G-PREAPP",
        (
            "不需要：广播电视节目制作许可证不是电信许可的材料，除非法律要求前置同意",
            ("No: it is no paper of a telecom license unless a law asks for prior consent"),
        ),
    ),
)
