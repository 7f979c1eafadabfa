"""Every sort of change (C-row): what it needs, which clocks and guards it has, what it writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import (
    INTERNET,
    LICENSING_SYSTEM,
    NUMBERING,
    ORDER_42,
    PRACTICE,
    TELECOM,
    cite,
)
from workflow.law.vocabulary import Labels

APPLICANT = (
    "G-COMPANY",
    "G-CAPITAL",
    "G-STAFF",
    "G-PREMISES",
    "G-SERVICE",
    "G-INFOSEC",
    "G-DISHONEST",
    "G-FOREIGN",
)
"""The conditions of Art. 6 on whoever is to operate."""
APPLICATION = (
    "M-APP",
    "M-LIC",
    "M-PROFILE",
    "M-AOA",
    "M-EQUITY",
    "M-PLAN",
    "M-SERVICE",
    "M-INFOSEC",
    "M-CREDIT",
    "M-PROMISE",
    "M-IDLR",
    "M-IDSTAFF",
    "M-SI",
    "M-OLDLIC",
)
"""The papers of a first application, asked for again, with the current license."""

_REGISTRY = ("M-APP", "M-LIC", "M-REGCHG", "M-OLDLIC", "M-PROMISE")
_ART_28 = cite(ORDER_42, "第二十八条", "Art. 28", Confidence.SECONDARY)
_ART_29 = cite(ORDER_42, "第二十九条", "Art. 29", Confidence.SECONDARY)
_REGULATIONS_15 = cite(TELECOM, "第十五条", "Art. 15", Confidence.TEXT)
_ART_11 = cite(INTERNET, "第十一条", "Art. 11", Confidence.TEXT)
_FORM = cite(LICENSING_SYSTEM, "变更表单", "change forms", Confidence.SECONDARY)


@dataclass(frozen=True, slots=True)
class Change:
    """One C-row.

    `after` what the thirty days run from, `ahead` how many days before the effect it must be
    filed, `review` the authority's clock (None: the row has none), `writes` the fields of the
    license an approval changes.
    """

    code: str
    name: Text
    guards: tuple[str, ...]
    papers: tuple[str, ...]
    cites: tuple[Citation, ...]
    after: Literal["registry", "decision"] | None = None
    ahead: Literal[90, 30] | None = None
    review: Literal["K-REV", "K-GEN"] | None = "K-REV"
    writes: tuple[str, ...] = ()


CHANGES: tuple[Change, ...] = (
    Change(
        "C-NAME",
        Text("公司名称", "Company name"),
        ("G-REG-DONE", "G-CHG-TIME30"),
        _REGISTRY,
        (_ART_29,),
        after="registry",
        writes=("name",),
    ),
    Change(
        "C-LREP",
        Text("法定代表人", "Legal representative"),
        ("G-REG-DONE", "G-CHG-TIME30", "G-DISHONEST"),
        (*_REGISTRY, "M-IDLR", "M-RESOL"),
        (_ART_29,),
        after="registry",
        writes=("legal_representative",),
    ),
    Change(
        "C-CAP",
        Text("注册资本", "Registered capital"),
        ("G-REG-DONE", "G-CHG-TIME30", "G-CAPITAL"),
        (*_REGISTRY, "M-NEWAOA"),
        (_ART_29,),
        after="registry",
        writes=("registered_capital",),
    ),
    Change(
        "C-SH",
        Text("股东、股权", "Shareholders"),
        ("G-CHG-TIME30", "G-FOREIGN", "G-DISHONEST", "G-CAPITAL"),
        ("M-APP", "M-LIC", "M-OLDLIC", "M-RESOL", "M-EQUITY", "M-NEWSH", "M-NEWAOA"),
        (_ART_28,),
        after="decision",
        writes=("foreign_share",),
    ),
    Change(
        "C-SUBJ",
        Text("经营主体（合并、分立、转让）", "Operator (merger, split, transfer)"),
        ("G-CHG-TIME30", "G-ADV90", *APPLICANT, "G-KINDSPEC", "G-PREAPP"),
        (*APPLICATION, "M-RESOL"),
        (_ART_28, _REGULATIONS_15),
        after="decision",
        ahead=90,
        writes=("name", "legal_representative", "registered_capital", "foreign_share"),
    ),
    Change(
        "C-COV",
        Text("业务覆盖范围", "Coverage"),
        ("G-CHG-TIME30", "G-ADV90", "G-CAPITAL", "G-KINDSPEC", "G-SCOPE"),
        ("M-APP", "M-LIC", "M-OLDLIC", "M-PLAN"),
        (_ART_28, _REGULATIONS_15),
        after="decision",
        ahead=90,
        writes=("coverage",),
    ),
    Change(
        "C-KIND",
        Text("增加业务种类", "A further kind of service"),
        ("G-CHG-TIME30", *APPLICANT, "G-PREAPP", "G-KINDSPEC", "G-SCOPE"),
        APPLICATION,
        (_ART_28,),
        after="decision",
        writes=("kinds", "items"),
    ),
    Change(
        "C-ITEM",
        Text("服务项目", "Service items"),
        ("G-ADV30", "G-PREAPP", "G-FOREIGN"),
        ("M-APP", "M-OLDLIC", "M-PLAN"),
        (_ART_11, _FORM),
        ahead=30,
        review="K-GEN",
        writes=("items",),
    ),
    Change(
        "C-SITE",
        Text("网站、应用、域名", "Site, app or domain"),
        ("G-ADV30", "G-PREAPP"),
        ("M-APP", "M-LIC", "M-OLDLIC"),
        (_ART_11, cite(PRACTICE, "网站域名变更申报", "change of site", Confidence.SECONDARY)),
        ahead=30,
        review="K-GEN",
        writes=("sites",),
    ),
    Change(
        "C-CONTACT",
        Text("联系人、联系方式", "Contact"),
        (),
        (),
        (cite(NUMBERING, "第二十六条（码号使用人）", "Art. 26 (code holders)", Confidence.TEXT),),
        review=None,
    ),
    Change(
        "C-AUTH",
        Text("授权经营公司（持股不低于 51%）", "Authorized company (at least 51% held)"),
        ("RL-19",),
        ("M-APP", "M-LIC", "M-OLDLIC", "M-RESOL"),
        (cite(ORDER_42, "第十八条", "Art. 18", Confidence.KNOWLEDGE),),
        writes=("authorized_company",),
    ),
    Change(
        "C-ADDR",
        Text("注册住所", "Registered address"),
        ("G-SCOPE",),
        ("M-APP", "M-LIC"),
        (cite(PRACTICE, "住所变更", "change of address", Confidence.KNOWLEDGE),),
        review="K-GEN",
        writes=("address",),
    ),
    Change(
        "C-LOST",
        Text("遗失补办", "Replacement of a lost license"),
        (),
        ("M-APP", "M-LIC"),
        (_FORM,),
        review="K-GEN",
        writes=("reissued_on",),
    ),
)

BY_CODE: Mapping[str, Change] = MappingProxyType({row.code: row for row in CHANGES})
CHANGE_LABELS: Labels = {row.code: row.name for row in CHANGES}
AFTER_REGISTRY = frozenset(row.code for row in CHANGES if row.after == "registry")
AFTER_DECISION = frozenset(row.code for row in CHANGES if row.after == "decision")
ADV90 = frozenset(row.code for row in CHANGES if row.ahead == 90)  # noqa: PLR2004 - the rule
ADV30 = frozenset(row.code for row in CHANGES if row.ahead == 30)  # noqa: PLR2004 - the rule
STRUCTURAL = frozenset({"C-SUBJ", "C-COV", "C-KIND"})
"""Changes of what is licensed to whom: a renewal waits for them."""
NEEDS_A_SITE = frozenset({"ICP", "EDI"})


def rows_of(changes: Iterable[str]) -> tuple[Change, ...]:
    """The C-rows of a case, in the order of the rulebook."""
    wanted = set(changes)
    return tuple(row for row in CHANGES if row.code in wanted)


def is_report(told: Mapping[str, Any]) -> bool:
    """True when nothing but contact data changes: a report, no decision and no authority clock."""
    changes = tuple(told.get("changes") or ())
    return bool(changes) and all(BY_CODE[code].review is None for code in changes)


def reviewed_by(told: Mapping[str, Any]) -> str | None:
    """The authority's clock: the longest any change of the case has."""
    clocks = {row.review for row in rows_of(told.get("changes") or ())}
    return "K-REV" if "K-REV" in clocks else "K-GEN" if "K-GEN" in clocks else None
