"""What pages only tell is checked at the start too: its words, its basis, the names it uses."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from workflow.domain.definition import DefectiveLaw
from workflow.domain.procedure import Text
from workflow.law import authorities, fact_labels, figures, filing_order, loading, told
from workflow.law.catalogue import LAW

NOTE, POINT = told.SHIPPED.filing[0], told.SHIPPED.points[0]
MUTE = Text("有", " ")


def found(**changes):
    return list(told.defects(LAW, set(LAW.guards), replace(told.SHIPPED, points=(), **changes)))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        (
            {"filing": (replace(NOTE, procedures=frozenset({"x"})),)},
            ["filing note F-PLATFORM: unknown procedure x"],
        ),
        ({"filing": (NOTE, NOTE)}, ["filing notes: note F-PLATFORM twice"]),
        (
            {"procedures": {**told.SHIPPED.procedures, "x": MUTE}},
            ["procedure notes: unknown procedure x"],
        ),
        (
            {"procedures": {k: v for k, v in told.SHIPPED.procedures.items() if k != "new"}},
            ["procedure new: nothing says what it is"],
        ),
    ],
)
def test_it_names_a_note_about_nothing(changes, named):
    assert found(**changes) == named


def test_it_names_an_open_point_about_no_rule_or_told_twice():
    points = (replace(POINT, codes=("G-STAFF", "G-NONE")), replace(POINT, codes=("G-STAFF",)))
    planted = replace(told.SHIPPED, points=points)
    assert list(told.defects(LAW, set(LAW.guards), planted)) == [
        "open point 1: unknown rule G-NONE",
        "open points: point 1 twice",
    ]


def unspoken(value):
    module = ModuleType("workflow.law.sample")
    module.ROWS = value
    return list(told.unspoken([module]))


def test_it_finds_words_without_a_language_wherever_they_stand():
    missing = "missing en text (other language: 有)"
    assert unspoken(MUTE) == [f"sample.ROWS: {missing}"]
    assert unspoken({"name": MUTE}) == [f"sample.ROWS name: {missing}"]
    assert unspoken((replace(NOTE, says=MUTE),)) == [f"sample.ROWS F-PLATFORM: {missing}"]
    assert unspoken((NOTE, {"a": [NOTE.says]})) == []


def test_it_names_a_row_without_a_basis_and_a_shared_row_once():
    bare = replace(NOTE, cites=())
    assert unspoken((bare, {"again": bare})) == ["sample.ROWS F-PLATFORM: no basis"]


@pytest.mark.parametrize(
    ("module", "name", "value", "named"),
    [
        (fact_labels, "FIELDS", {"name": MUTE}, "fact_labels.FIELDS name: missing en text"),
        (filing_order, "_ONE", MUTE, "filing_order._ONE: missing en text"),
        (figures, "FIGURES", (replace(figures.FIGURES[0], cites=()),), "insured_staff: no basis"),
        (
            authorities, "_ALL", (replace(authorities.PROVINCES["13"], name=MUTE),),
            "authorities._ALL 13: missing en text",
        ),
    ],
)  # fmt: skip
def test_it_refuses_to_load_with_words_that_lack_a_language(
    monkeypatch, module, name, value, named
):
    monkeypatch.setattr(module, name, value)
    with pytest.raises(DefectiveLaw) as refusal:
        loading.load()
    assert any(named in defect for defect in refusal.value.defects), refusal.value.defects


def test_it_refuses_to_load_with_an_open_point_about_no_rule(monkeypatch):
    planted = replace(told.SHIPPED, points=(replace(POINT, codes=("G-NONE",)),))
    monkeypatch.setattr(told.defects, "__defaults__", (planted,))
    with pytest.raises(DefectiveLaw) as refusal:
        loading.load()
    assert refusal.value.defects == ["open point 1: unknown rule G-NONE"]
