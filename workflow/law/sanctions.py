"""What a violation costs: the penalty in words, its law, and how sure we are of the wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import ANTI_FRAUD, INTERNET, ORDER_42, TELECOM, cite


@dataclass(frozen=True, slots=True)
class Sanction:
    """One row: what it is for, and what follows. Amounts in RMB yuan."""

    code: str
    name: Text
    says: Text
    cites: tuple[Citation, ...]


_ROWS: tuple[Sanction, ...] = (
    Sanction(
        "S-UNLICENSED",
        Text(
            "无证经营、超出许可范围经营、擅自使用码号",
            "Operating without or outside a license, using codes without approval",
        ),
        Text(
            "责令改正，没收违法所得，并处违法所得 3 倍以上 5 倍以下罚款；没有违法所得或者不足 "
            "5 万元的，处 10 万元以上 100 万元以下罚款；情节严重的，责令停业整顿",
            "an order to correct, confiscation of the gains and a fine of 3 to 5 times the gains; "
            "without gains or with less than RMB 50,000, a fine of RMB 100,000 to 1,000,000; in "
            "serious cases suspension of business",
        ),
        (cite(TELECOM, "第六十九条", "Art. 69", Confidence.TEXT),),
    ),
    Sanction(
        "S-PORTS",
        Text("出租、买卖短信端口等涉诈资源", "Renting out or trading SMS ports"),
        Text(
            "没收违法所得，处违法所得 1 倍以上 10 倍以下罚款，或者 20 万元以下罚款；情节严重的，"
            "并处拘留",
            "confiscation and a fine of 1 to 10 times the gains, or of up to RMB 200,000; in "
            "serious cases detention",
        ),
        (cite(ANTI_FRAUD, "第三十一条、第四十四条", "Arts. 31, 44", Confidence.TEXT),),
    ),
    Sanction(
        "S-LATE-CHANGE",
        Text("变更未报或逾期", "A change reported late or not at all"),
        Text(
            "责令改正，给予警告，可以并处 5,000 元以上 30,000 元以下罚款；受到处罚的列入不良名单",
            "an order to correct, a warning, possibly a fine of RMB 5,000 to 30,000; whoever is "
            "punished goes onto the adverse list",
        ),
        (cite(ORDER_42, "第四十八条", "Art. 48", Confidence.KNOWLEDGE),),
    ),
    Sanction(
        "S-NUMBER-SHOWN",
        Text("网站首页未标明许可证号", "No license number on the home page"),
        Text(
            "责令改正，处 5,000 元以上 50,000 元以下罚款",
            "an order to correct and a fine of RMB 5,000 to 50,000",
        ),
        (cite(INTERNET, "第二十二条", "Art. 22", Confidence.TEXT),),
    ),
    Sanction(
        "S-REPORT",
        Text("未按时报送年报", "The annual report is missing"),
        Text(
            "责令限期报送；到期仍未报送的，列入不良名单，补报并经确认后移出",
            "an order to report by a day; whoever misses that day too goes onto the adverse list, "
            "and leaves it after reporting and confirmation",
        ),
        (cite(ORDER_42, "第三十八条", "Art. 38", Confidence.TEXT),),
    ),
)

SANCTIONS: Mapping[str, Sanction] = MappingProxyType({row.code: row for row in _ROWS})
