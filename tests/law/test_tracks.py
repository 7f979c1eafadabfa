"""The track of approval on an undertaking: second class, free-trade zone, eighteen provinces."""

from __future__ import annotations

import pytest

from tests.law.samples import bare, company, needed
from workflow.law.catalogue import PROVINCES, undertaking
from workflow.law.tracks import PILOT_PROVINCES

IN_ZONE = {"free_trade_zone": True, "province": "31"}


def asked(kinds=("EDI",), **facts):
    return undertaking(bare(kinds=kinds, company=company(**{**IN_ZONE, **facts})))


def test_it_is_open_to_a_company_of_a_zone_for_second_class_services():
    found = asked(("EDI", "ICP"))
    assert found.eligible
    assert found.against == ()
    assert len(found.answers) == 4


@pytest.mark.parametrize(
    ("kinds", "facts", "against"),
    [
        (("IDC",), {}, ["second-class"]),
        (("EDI", "CDN"), {}, ["second-class"]),
        (("CPN",), {}, ["second-class"]),
        ((), {}, ["second-class"]),
        (("EDI",), {"free_trade_zone": False}, ["zone"]),
        (("EDI",), {"office_at_registered_address": False}, ["office"]),
        (("EDI",), {"province": "11"}, ["province"]),
        (
            ("ISP",),
            {"free_trade_zone": False, "province": "62"},
            ["second-class", "zone", "province"],
        ),
    ],
)
def test_it_says_what_stands_against_it(kinds, facts, against):
    found = asked(kinds, **facts)
    assert not found.eligible
    assert [condition.code for condition in found.against] == against
    assert all(c.says.zh and c.says.en for c in found.against)


def test_it_is_a_pilot_of_eighteen_provinces():
    assert len(set(PILOT_PROVINCES)) == 18
    assert set(PILOT_PROVINCES) < set(PROVINCES)
    names = (
        "上海 广东 天津 福建 辽宁 浙江 河南 湖北 重庆 "
        "四川 陕西 海南 山东 江苏 广西 河北 云南 黑龙江"
    )
    found = [
        PROVINCES[code].name.zh[: len(name)]
        for code, name in zip(PILOT_PROVINCES, names.split(), strict=True)
    ]
    assert found == names.split()


def test_it_is_open_to_foreign_owned_companies_and_leaves_the_materials_alone():
    assert asked(foreign_share=100).eligible
    facts = bare(company=company(**IN_ZONE))
    assert needed(facts) == needed(bare())
