"""The numbering ranges: who may have a code, from whom, for what use, and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import NUMBERING_GUIDE, NUMBERING_TABLE, cite
from workflow.law.vocabulary import Labels

Who = Literal["sp", "sp_nationwide", "anybody", "public_body", "carrier", "operator", "province"]

USES: Labels = {
    "commercial": Text("商业短信", "Commercial SMS"),
    "own": Text("自用非商业", "Own, non-commercial"),
    "third_party": Text("非商业第三方平台", "Non-commercial platform for others"),
    "welfare": Text("公益", "Public welfare"),
    "access": Text("电信业务接入", "Access to a telecom service"),
    "customer_service": Text("客户服务", "Customer service"),
}

HOLDERS: Labels = {
    "sp": Text("持 SP 许可证的企业", "Holders of an SP license"),
    "sp_nationwide": Text("持跨地区 SP 许可证的企业", "Holders of a nationwide SP license"),
    "anybody": Text("企事业单位，不须许可证", "Enterprises and institutions, no license needed"),
    "public_body": Text("党政机关和社会团体", "Party, government and social bodies"),
    "carrier": Text("基础电信企业", "Basic carriers"),
    "operator": Text(
        "持跨地区呼叫中心或多方通信许可证的企业；客户服务另有行业和分支机构要求",
        "Holders of a nationwide CC or MPC license; for customer service certain industries",
    ),
    "province": Text("持许可证的企业或服务企业", "Licensees, or enterprises serving customers"),
}


@dataclass(frozen=True, slots=True)
class Range:
    """One row: how it is written, its pattern, its uses (the first is the usual one), its holder.

    `nationwide` ranges are MIIT's, the others belong to the bureau of a province.
    """

    code: str
    pattern: str
    name: Text
    uses: tuple[str, ...]
    who: Who
    nationwide: bool
    cites: tuple[Citation, ...]
    licensed: bool = True

    def holds(self, number: str) -> bool:
        """True when the number lies in the range."""
        return re.fullmatch(self.pattern, number) is not None


_TABLE_1 = (cite(NUMBERING_TABLE, "表一", "table 1", Confidence.TEXT),)
_ACCESS = (cite(NUMBERING_GUIDE, "95、96 号码", "codes 95 and 96", Confidence.SECONDARY),)

RANGES: tuple[Range, ...] = (
    Range(
        "1062XXXX", r"1062\d{4}",
        Text("省内商业短信", "Commercial SMS, one province"),
        ("commercial",), "sp", nationwide=False, cites=_TABLE_1,
    ),
    Range(
        "10630XXX", r"10630\d{3}",
        Text("省内非商业第三方平台", "Non-commercial platform, one province"),
        ("third_party",), "sp", nationwide=False, cites=_TABLE_1,
    ),
    Range(
        "1063YXXXXXXX", r"1063[5-8]\d{7}",
        Text("省内非商业自用", "Own non-commercial use, one province"),
        ("own",), "anybody", nationwide=False, cites=_TABLE_1, licensed=False,
    ),
    Range(
        "10639XXX", r"10639\d{3}",
        Text("省内公益短信", "Public welfare, one province"),
        ("welfare",), "public_body", nationwide=False, cites=_TABLE_1, licensed=False,
    ),
    Range(
        "1065XXXX", r"1065\d{4}",
        Text("基础电信企业自有业务", "Carriers' own business"),
        ("commercial",), "carrier", nationwide=True, cites=_TABLE_1,
    ),
    Range(
        "1066XXXX", r"1066\d{4}",
        Text("跨省商业短信", "Commercial SMS, cross-province"),
        ("commercial",), "sp_nationwide", nationwide=True, cites=_TABLE_1,
    ),
    Range(
        "10690XXX", r"10690\d{3}",
        Text("全国非商业第三方平台", "Non-commercial platform, nationwide"),
        ("third_party",), "sp_nationwide", nationwide=True, cites=_TABLE_1,
    ),
    Range(
        "1069YXXXXXXX", r"1069[5-8]\d{7}",
        Text("全国非商业自用", "Own non-commercial use, nationwide"),
        ("own",), "anybody", nationwide=True, cites=_TABLE_1, licensed=False,
    ),
    Range(
        "10699XXX", r"10699\d{3}",
        Text("全国公益短信", "Public welfare, nationwide"),
        ("welfare",), "public_body", nationwide=True, cites=_TABLE_1, licensed=False,
    ),
    Range(
        "95XXX", r"95\d{3,4}",
        Text("全国接入码或客户服务号码", "Nationwide access or customer-service code"),
        ("access", "customer_service"), "operator", nationwide=True, cites=_ACCESS,
    ),
    Range(
        "96XXX", r"96\d{3,4}",
        Text("省内接入码或服务号码", "Access or service code of a province"),
        ("access", "customer_service"), "province", nationwide=False, cites=_ACCESS,
    ),
)  # fmt: skip

BY_CODE: Mapping[str, Range] = MappingProxyType({row.code: row for row in RANGES})
RANGE_LABELS: Labels = {row.code: row.name for row in RANGES}

CUSTOMER_SERVICE_INDUSTRIES = frozenset(
    {
        "bank",
        "securities",
        "insurance",
        "airline",
        "logistics",
        "power",
        "petrochemical",
        "railway",
    }
)
MINIMUM_BRANCHES = (6, 15)
"""Provinces and cities with approved branches that a 95 customer-service code asks for."""


def range_of(written: str) -> Range | None:
    """The range written as in the table, or the one a number lies in; None for neither."""
    found = BY_CODE.get(written.upper())
    return found or next((row for row in RANGES if row.holds(written)), None)


def usual_use(row: Range, *, licensed: bool) -> str:
    """What a code of the range is used for when nobody said: operators access, others serve."""
    return row.uses[0] if licensed or len(row.uses) == 1 else row.uses[-1]
