"""How much foreign capital a kind may have (rulebook 1.4): ordinarily and in the pilot areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from workflow.domain.facts import Company
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import FOREIGN, LETTER_2009, NEGATIVE_LIST, PILOT_107, PILOT_2025, cite

NO_LIMIT = 100
HALF = 50
CLOSED = 0
EXCEPTION_BELOW = 10
"""A listed company below this share, with a Chinese largest shareholder, counts as domestic."""

PROHIBITED_CONTENT = frozenset({"news", "publishing", "audiovisual", "culture"})
"""No foreign capital at all, whatever the kind (negative list)."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The largest foreign share in percent: ordinarily, in P4, in P20. None: nobody verified it.

    `app_stores` marks the item that P20 opens for app stores alone, which no fact can tell.
    """

    ordinary: int | None
    p4: int | None
    p20: int | None
    app_stores: bool = False


_BLANK = Cap(None, None, None)
_OPEN = Cap(NO_LIMIT, NO_LIMIT, NO_LIMIT)

# By kind, or by service item where the items of a kind differ.
CAPS: Mapping[str, Cap] = MappingProxyType(
    {
        "IDC": Cap(CLOSED, NO_LIMIT, CLOSED),
        "CDN": Cap(CLOSED, NO_LIMIT, CLOSED),
        "IPVPN": Cap(CLOSED, CLOSED, HALF),
        "ISP-USER": Cap(CLOSED, NO_LIMIT, NO_LIMIT),
        "ISP-PLATFORM": Cap(CLOSED, NO_LIMIT, CLOSED),
        "EDI-TRADE": Cap(NO_LIMIT, NO_LIMIT, NO_LIMIT),
        "EDI-EXCHANGE": Cap(HALF, NO_LIMIT, HALF),
        "EDI-DEVICE": Cap(HALF, NO_LIMIT, HALF),
        "MPC": _OPEN,
        "SAF": _OPEN,
        "CC": _OPEN,
        "ICP-PUBLISH": Cap(HALF, NO_LIMIT, HALF, app_stores=True),
        "ICP-SEARCH": Cap(HALF, HALF, HALF),
        "ICP-COMMUNITY": Cap(HALF, HALF, HALF),
        "ICP-MESSAGE": Cap(HALF, HALF, HALF),
        "ICP-PROTECT": Cap(HALF, NO_LIMIT, HALF),
        "SP": Cap(HALF, HALF, HALF),
        "DNS": _BLANK,
        "FDT": _BLANK,
        "CPN": _BLANK,
        "CCO": _BLANK,
        "HOST": _BLANK,
    }
)

PILOT_AREAS: Mapping[str, Text] = MappingProxyType(
    {
        "P4": Text(
            "北京服务业扩大开放综合示范区、上海自贸试验区临港新片区及社会主义现代化建设引领区、"
            "海南自由贸易港、深圳先行示范区；须取得工信部试点批复",
            "Beijing's service-sector demonstration zone, Shanghai Lin-gang and Pudong, Hainan "
            "Free Trade Port, Shenzhen; a pilot approval by MIIT is required",
        ),
        "P20": Text(
            "北京、天津、上海、海南、重庆、沈阳、南京、杭州、武汉、广州、成都、大连、宁波、厦门、青岛、"
            "深圳、合肥、福州、西安、苏州；实施细则未经核实",
            "Beijing, Tianjin, Shanghai, Hainan, Chongqing, Shenyang, Nanjing, Hangzhou, Wuhan, "
            "Guangzhou, Chengdu, Dalian, Ningbo, Xiamen, Qingdao, Shenzhen, Hefei, Fuzhou, Xi'an, "
            "Suzhou; implementing rules not verified",
        ),
    }
)
"""Where each pilot applies (rulebook 1.4), by the code of the zone in a company file."""

CEPA = Text(
    "港澳资本按 CEPA：IDC、IPVPN 不超过 50%，ISP 另有安排，须人工核实",
    "Capital from Hong Kong or Macau under CEPA: up to 50% for IDC and IPVPN, ISP on its own "
    "terms; a person examines it",
)
"""What no fact of a case tells apart: the caps above count such capital as foreign."""

CITES: tuple[Citation, ...] = (
    cite(FOREIGN, "第六条", "Art. 6", Confidence.SECONDARY),
    cite(PILOT_107, "第一点、第二点", "points 1, 2", Confidence.TEXT),
    cite(PILOT_2025, "电信服务", "telecom services", Confidence.SECONDARY),
    cite(NEGATIVE_LIST, "电信条款", "telecom clause", Confidence.SECONDARY),
    cite(LETTER_2009, "境外上市公司", "companies listed abroad", Confidence.SECONDARY),
)


def cap_of(kind: str, item: str | None) -> Cap:
    """The caps of a service item, or of a kind whose items do not differ."""
    return CAPS.get(item or "") or CAPS.get(kind, _BLANK)


def is_excepted(share: Decimal | int, *, exception: bool) -> bool:
    """Listed abroad, largest shareholder Chinese, foreign share below ten percent."""
    return exception and 0 < share < EXCEPTION_BELOW


def share_that_counts(company: Company) -> Decimal | int | None:
    """The foreign share that decides about the authority: 0 where the exception applies."""
    share = company.foreign_share
    if share is not None and is_excepted(share, exception=company.foreign_exception):
        return 0
    return share
