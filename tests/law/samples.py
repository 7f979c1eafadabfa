"""Facts of a case that may be filed, to be changed in one place by each test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from workflow.domain.facts import Company, Facts, Paper, SignOff
from workflow.law.catalogue import CALENDAR, procedure, required

FILED_ON = date(2026, 3, 2)

LANZHOU = Company(
    name="兰州示例云商科技有限公司",
    uscc="91620102MA0DEM0139",
    province="62",
    entity="company",
    status="active",
    established_on=date(2024, 5, 6),
    registered_capital=2_000_000,
    insured_staff=3,
    insured_months=1,
    premises=True,
    foreign_share=0,
    dishonest_list=False,
    adverse_list=False,
)


def company(**changes: Any) -> Company:
    return replace(LANZHOU, **changes)


def papers(*codes: str, valid_until: date | None = None) -> dict[str, Paper]:
    return {code: Paper(code, 1, valid_until) for code in codes}


def bare(**changes: Any) -> Facts:
    """W01 as it stands before any material is in hand."""
    facts = Facts(
        on=FILED_ON,
        company=LANZHOU,
        kinds=("EDI",),
        items={"EDI": ("EDI-TRADE",)},
        coverage=("62",),
        case={"third_party_platform": True, "deals_online": True},
        papers={},
        sign_off=SignOff(frozenset({"wang"}), "li", "李强"),
        open_points=(),
        others=(),
        licenses=(),
        parameters={},
        calendar=CALENDAR,
    )
    return replace(facts, **changes)


def needed(facts: Facts) -> tuple[tuple[str, ...], ...]:
    return tuple(need.codes for need in required(procedure("new"), facts))


def fileable(**changes: Any) -> Facts:
    """W01 complete: every required material in hand and the list of them fixed."""
    facts = bare(**changes)
    codes = needed(facts)
    given = facts.papers or papers(*(options[0] for options in codes))
    return replace(facts, papers=given, fixed={"needed": codes})
