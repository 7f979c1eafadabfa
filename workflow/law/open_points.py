"""What has to be confirmed before the rules are relied on: nine points, who is to confirm them."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Text


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One open point. `codes` are the rules that may change with the answer."""

    number: int
    says: Text
    who: Text
    codes: tuple[str, ...]


_COUNSEL = Text("法务，对照现行条文", "Counsel, against the wording in force")
_BUREAUS = Text("各省经办人，向当地通信管理局", "The handler of each province, at its bureau")
_MIIT = Text("法务，向工业和信息化部", "Counsel, at MIIT")

OPEN_POINTS: tuple[OpenPoint, ...] = (
    OpenPoint(
        1,
        Text(
            "42 号令第六至三十四条、第三十九至五十三条全文（只见过部分），特别是第三十一条"
            "（公示三十日、六十日决定）、第三十九条、第四十五条、第四十八条",
            "The full text of Order 42, Arts. 6 to 34 and 39 to 53, of which only parts were seen; "
            "above all Art. 31 (notice of 30 days, decision in 60), 39, 45 and 48",
        ),
        _COUNSEL,
        (
            "G-CAPITAL",
            "G-PREMISES",
            "G-DISHONEST",
            "G-LOCKOUT",
            "G-RENEW-TIME",
            "G-SETTLE",
            "G-BRANCH30",
            "K-NOTICE",
            "K-CANC",
            "K-BRANCH",
            "K-LOCK1",
            "K-LOCK3",
            "C-AUTH",
            "S-LATE-CHANGE",
            "S-FALSE-REPORT",
        ),
    ),
    OpenPoint(
        2,
        Text(
            "六十日审查期各局按工作日还是自然日计",
            "Whether each bureau counts the 60 days of the review as working or calendar days",
        ),
        _BUREAUS,
        ("K-REV", "K-CANC"),
    ),
    OpenPoint(
        3,
        Text(
            "2015 年版目录中第二类基础电信业务的编号；用户驻地网能否办理跨地区许可；"
            "有没有更新的目录",
            "The codes of second-class basic services in the 2015 catalogue; whether a premises "
            "network can be licensed nationwide; whether there is a newer catalogue",
        ),
        _MIIT,
        ("CPN", "FDT", "HOST", "CCO", "DNS", "G-SCOPE"),
    ),
    OpenPoint(
        4,
        Text(
            "码号资源管理办法 2014 年修订后的受理和决定期限；码号占用费标准",
            "The terms of acceptance and decision in the Numbering Measures after the amendment of "
            "2014; the tariff of code fees",
        ),
        _COUNSEL,
        ("K-NUM", "K-FEE", "G-NUM-PEN", "G-NUM-DEBT", "G-NUM-QUAL", "S-CODE-FEE"),
    ),
    OpenPoint(
        5,
        Text(
            "短信息服务管理规定（74 号令）全文；国务院令第 797 号对互联网信息服务管理办法的修改",
            "The text of the SMS Provisions (Order 74); what State Council Order 797 changed in "
            "the Internet Information Services Measures",
        ),
        _COUNSEL,
        ("RL-08", "SP", "ICP", "G-PREAPP", "G-ADV30", "N-ICP-RULES"),
    ),
    OpenPoint(
        6,
        Text(
            "2024 年版负面清单条款、服务业试点实施细则、四地试点的场所条件、CEPA 细节",
            "The clause of the 2024 negative list, the rules of the service pilot, the conditions "
            "of place of the four-area pilot, details of CEPA",
        ),
        _MIIT,
        ("G-FOREIGN",),
    ),
    OpenPoint(
        7,
        Text(
            "自贸区告知承诺：现行区域名单，是否仍在施行",
            "Approval on an undertaking in free-trade zones: which zones, whether it runs still",
        ),
        _MIIT,
        ("M-CNCN", "G-MATERIALS"),
    ),
    OpenPoint(
        8,
        Text(
            "各局口径：社保人数和月数、场地、逾期的容忍度",
            "Figures of the bureaus: insured staff and months, premises, tolerance of lateness",
        ),
        _BUREAUS,
        ("G-STAFF", "G-PREMISES", "M-SI", "M-PREM", "G-RENEW-TIME"),
    ),
    OpenPoint(
        9,
        Text("2027 年放假通知", "The holiday notice of 2027"),
        Text("管理员，国务院公布后录入", "The administrator, once the State Council publishes it"),
        ("K-CORR", "K-REV", "K-DELIV", "K-GEN", "K-NUM", "K-CANC"),
    ),
)
