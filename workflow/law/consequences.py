"""What follows from breaking a rule, being late or doing nothing, by procedure (rulebook 2)."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import (
    ANTI_FRAUD,
    INTERNET,
    LICENSING,
    NUMBERING_FEE,
    ORDER_42,
    REGISTRY,
    TELECOM,
    cite,
)

_S, _T, _K = Confidence.SECONDARY, Confidence.TEXT, Confidence.KNOWLEDGE


@dataclass(frozen=True, slots=True)
class Consequence:
    """One consequence; amounts in RMB yuan. `kinds` empty means every kind."""

    code: str
    procedures: frozenset[str]
    says: Text
    cites: tuple[Citation, ...]
    kinds: frozenset[str] = frozenset()


_APPLYING = frozenset({"new", "change", "renewal", "number"})

CONSEQUENCES: tuple[Consequence, ...] = (
    Consequence(
        "S-CONCEAL",
        _APPLYING,
        Text(
            "隐瞒情况或提供虚假材料：不予受理或不予批准，警告，一年内不得再次申请",
            "Concealment or false documents: refused, a warning, no new application for one year",
        ),
        (cite(ORDER_42, "第四十五条", "Art. 45", _S), cite(LICENSING, "第七十八条", "Art. 78", _T)),
    ),
    Consequence(
        "S-FRAUD",
        _APPLYING,
        Text(
            "以欺骗、贿赂取得许可：撤销，警告，罚款 5,000 至 30,000 元，直接列入失信名单，"
            "三年内不得再次申请",
            "A license obtained by fraud or bribery: revoked, a warning, a fine of RMB 5,000 to "
            "30,000, the dishonest list, no new application for three years",
        ),
        (cite(ORDER_42, "第四十五条", "Art. 45", _K), cite(LICENSING, "第七十九条", "Art. 79", _T)),
    ),
    Consequence(
        "S-UNLICENSED",
        frozenset({"new", "change", "renewal"}),
        Text(
            "无证经营或超出许可种类、范围经营：没收违法所得并处三至五倍罚款；没有违法所得或不足"
            "五万元的，罚款 100,000 至 1,000,000 元；情节严重的责令停业整顿",
            "Operating without a license, or outside its kinds or area: profits confiscated and a "
            "fine of three to five times; without profits or below RMB 50,000, a fine of "
            "RMB 100,000 to 1,000,000; in serious cases suspension",
        ),
        (cite(TELECOM, "第六十九条", "Art. 69", _T),),
    ),
    Consequence(
        "S-SHOW-NUMBER",
        frozenset({"new"}),
        Text(
            "网站首页未标明许可证号：责令改正，罚款 5,000 至 50,000 元",
            "No license number on the home page: an order to correct and a fine of RMB 5,000 to "
            "50,000",
        ),
        (cite(INTERNET, "第二十二条", "Art. 22", _T),),
        frozenset({"ICP"}),
    ),
    Consequence(
        "S-LATE-CHANGE",
        frozenset({"change"}),
        Text(
            "逾期或未申请变更：责令改正，警告，可处 5,000 至 30,000 元罚款；受处罚的列入不良名单",
            "A change told late or never: an order to correct, a warning, a possible fine of "
            "RMB 5,000 to 30,000; who is punished goes on the adverse list",
        ),
        (cite(ORDER_42, "第四十八条", "Art. 48", _K),),
    ),
    Consequence(
        "S-LATE-RENEWAL",
        frozenset({"renewal"}),
        Text(
            "届满前九十日内才申请，或期内从未开通业务：不予延续。逾期本身不妨碍以后重新申请",
            "Filed less than 90 days before expiry, or the service never opened: not extended. "
            "Lateness alone does not bar a new application",
        ),
        (cite(ORDER_42, "第二十七条", "Art. 27", _S),),
    ),
    Consequence(
        "S-LAPSE",
        frozenset({"renewal"}),
        Text(
            "不再续期的，届满即注销许可；三十日内到登记机关变更经营范围，继续经营按无证处理",
            "Without renewal the license is cancelled at expiry; the registry is told within 30 "
            "days, and going on means operating without a license",
        ),
        (
            cite(LICENSING, "第七十条第一项", "Art. 70(1)", _T),
            cite(REGISTRY, "第二十六条", "Art. 26", _T),
        ),
    ),
    Consequence(
        "S-NO-LOCK",
        frozenset({"cancellation"}),
        Text(
            "自愿注销不留限制：仍符合条件的，随时可以重新申请",
            "A voluntary cancellation leaves no bar: a company that meets the conditions may apply "
            "again at any time",
        ),
        (cite(ORDER_42, "第四十五条（反面理解）", "Art. 45 (by inference)", _K),),
    ),
    Consequence(
        "S-NO-REPORT",
        frozenset({"annual_report"}),
        Text(
            "一季度未报：责令限期报送；再不报的列入不良名单，报送并经确认后移出",
            "Not filed in the first quarter: an order with a date; missed again means the adverse "
            "list, until the report is filed and confirmed",
        ),
        (cite(ORDER_42, "第三十八条", "Art. 38", _T),),
    ),
    Consequence(
        "S-FALSE-REPORT",
        frozenset({"annual_report", "branch_report"}),
        Text(
            "报送虚假或不报：责令改正，警告，可处 5,000 至 30,000 元罚款",
            "A false report, or none: an order to correct, a warning, a possible fine of RMB 5,000 "
            "to 30,000",
        ),
        (cite(ORDER_42, "第四十八条", "Art. 48", _K),),
    ),
    Consequence(
        "S-CODE-MISUSE",
        frozenset({"number"}),
        Text(
            "擅自启用、出租、转让码号或改变用途：比照无证经营处罚，码号收回",
            "Using, renting or transferring a code without approval, or another purpose: punished "
            "like operating without a license; the code is reclaimed",
        ),
        (cite(TELECOM, "第六十九条", "Art. 69", _T),),
    ),
    Consequence(
        "S-PORT-RENTAL",
        frozenset({"number"}),
        Text(
            "买卖、出租短信端口：没收违法所得，罚款一至十倍，没有或不足两万元的罚款二十万元以下，"
            "情节严重的并处拘留",
            "Trading or renting SMS ports: profits confiscated, a fine of one to ten times, up to "
            "RMB 200,000 where they are none or below RMB 20,000; detention if serious",
        ),
        (cite(ANTI_FRAUD, "第三十一条、第四十四条", "Arts. 31, 44", _T),),
    ),
    Consequence(
        "S-CODE-FEE",
        frozenset({"number"}),
        Text(
            "不缴码号占用费：按条例处罚，欠费期间不受理新的码号申请",
            "Unpaid occupation fee: punished under the Regulations; no new code while it is owed",
        ),
        (
            cite(TELECOM, "第七十条第四项", "Art. 70(4)", _T),
            cite(NUMBERING_FEE, "按季缴纳", "paid each quarter", _S),
        ),
    ),
)


def consequences(procedure: str, kind: str) -> tuple[Consequence, ...]:
    """What follows in this procedure for this kind."""
    return tuple(
        row
        for row in CONSEQUENCES
        if procedure in row.procedures and (not row.kinds or kind in row.kinds)
    )
