"""The guide against the law and against real cases: it asks what a case of its sort is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law.later_cases import about, license_of
from tests.law.samples import bare
from tests.support.cast import moment
from workflow.domain.facts import Parameter
from workflow.law import catalogue
from workflow.law.self_check import WARNING
from workflow.services import opening
from workflow.services.guide import assembled, guide_for
from workflow.services.guide_facts import Combination
from workflow.storage.parameters import set_parameter

ON = date(2026, 3, 18)
AREAS = ("44", "national")
CHANGES = tuple(catalogue.labels("change"))


def guide(procedure="new", kind="EDI", area="44", parameters=None, **more):
    return assembled(Combination(procedure, kind, area, **more), ON, parameters or {})


def real(procedure, kind, area):
    """The facts of such a case, put together without the guide."""
    if procedure == "new":
        return bare(kinds=(kind,), coverage=(area,), case={})
    held = license_of(kinds=frozenset({kind}), coverage=frozenset({area}))
    return about(procedure, held)


def always(found):
    return {paper.material.code for paper in found.papers if paper.always}


@pytest.mark.parametrize("procedure", sorted(catalogue.LAW.procedures))
def test_it_asks_for_the_materials_a_real_case_needs(procedure):
    definition = catalogue.procedure(procedure)
    for kind in catalogue.LAW.kinds:
        for area in AREAS:
            needed = catalogue.required(definition, real(procedure, kind, area))
            found = guide(procedure, kind, area)
            assert always(found) == {need.code for need in needed}, (kind, area)
            swaps = {p.material.code: [m.code for m in p.alternatives] for p in found.papers}
            assert all(swaps[need.code] == list(need.alternatives) for need in needed)


@pytest.mark.parametrize("change", CHANGES)
def test_it_asks_for_what_a_chosen_change_needs(change):
    facts = about("change", license_of(kinds=frozenset({"ICP"})), changes=[change])
    needed = {need.code for need in catalogue.required(catalogue.procedure("change"), facts)}
    assert always(guide("change", "ICP", "62", change=change)) == needed


@pytest.mark.parametrize("change", CHANGES)
def test_it_lists_for_every_change_what_only_that_one_asks(change):
    whole, one = guide("change", "ICP", "62"), guide("change", "ICP", "62", change=change)
    brings = {c.guard.code for c in whole.conditions if not c.changes or change in c.changes}
    assert {c.guard.code for c in one.conditions} == brings
    asked = {p.material.code for p in whole.papers if change in p.changes}
    assert {p.material.code for p in one.papers} == asked


def test_it_asks_what_a_case_that_was_opened_asks(cast):
    for kind, area in (("ICP", "44"), ("IDC", "national"), ("CC", "11"), ("CDN", "31")):
        number = cast.open_case(kinds=(kind,), coverage=(area,), by="wang")
        with cast.database.reading() as session:
            found = guide_for(session, Combination("new", kind, area), ON)
            asked = opening.required_codes(session, number, moment())
        assert always(found) == set(asked), (kind, area)


@pytest.mark.parametrize("procedure", sorted(catalogue.LAW.procedures))
def test_it_names_every_condition_of_the_filing(procedure):
    filing = next(r for r in catalogue.procedure(procedure).rules if r.trigger == "resubmit")
    found = {condition.guard.code: condition for condition in guide(procedure, "ICP").conditions}
    told_when_red = set(WARNING) if procedure == "renewal" else set()
    assert set(found) == set(filing.guards) - told_when_red
    assert [code for code, row in found.items() if row.again] == ["G-POINTS"]


@pytest.mark.parametrize(("area", "least"), [("44", "1,000,000"), ("national", "10,000,000")])
def test_it_fills_in_the_capital_of_the_scope(area, least):
    (line,) = line_of(guide(area=area), "G-CAPITAL")
    assert least in line.says.zh
    assert least in line.says.en


def line_of(found, code):
    return next(c.lines for c in found.conditions if c.guard.code == code)


def test_it_tells_a_bureau_figure_from_the_national_default():
    staff, months = line_of(guide(), "G-STAFF")
    assert ("3 人" in staff.says.zh, staff.source.zh) == (True, "全国默认口径")
    figures = {("", "insured_staff"): Parameter(5, "2026 年办事指南")}
    staff, months = line_of(guide(parameters=figures), "G-STAFF")
    assert ("5 人" in staff.says.zh, staff.source.zh) == (True, "2026 年办事指南")
    assert months.source.zh == "全国默认口径"


def test_it_reads_the_figures_of_the_bureau_that_decides(cast):
    with cast.database.transaction() as tx:
        for province, value in (("44", "7"), ("MIIT", "9")):
            set_parameter(
                tx, province=province, kind="", name="insured_staff", value=value, source="来函"
            )
    for area, foreign, people in (("44", False, 7), ("national", False, 9), ("44", True, 9)):
        with cast.database.reading() as session:
            found = guide_for(session, Combination("new", "EDI", area, foreign=foreign), ON)
        assert f"{people} 人" in line_of(found, "G-STAFF")[0].says.zh


def test_it_shows_the_conditions_of_the_kind_and_how_strict_they_are():
    lines = {line.code: line.hard for line in line_of(guide(kind="IDC"), "G-KINDSPEC")}
    assert (lines["EVALUATION"], lines["N-SYSTEMS"], lines["N-GRADING"]) == (False, True, False)
    assert "EDI-PLATFORM" not in lines


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["44"]),
        ({"area": "national"}, ["MIIT"]),
        ({"foreign": True}, ["MIIT"]),
        ({"procedure": "branch_report", "kind": "ISP"}, ["MIIT", "44"]),
        ({"procedure": "branch_report", "kind": "ISP", "area": "national"}, ["MIIT"]),
        ({"procedure": "number", "kind": "SP"}, ["MIIT", "44"]),
        ({"procedure": "number", "kind": "SP", "range": "1062XXXX"}, ["44"]),
        ({"procedure": "number", "kind": "SP", "range": "1066XXXX"}, ["MIIT"]),
    ],
)
def test_it_finds_who_decides(asked, codes):
    assert [row.code for row in guide(**asked).authorities] == codes


@pytest.mark.parametrize("procedure", sorted(catalogue.LAW.procedures))
def test_it_sends_a_nationwide_premises_network_to_the_ministry_first(procedure):
    found = guide(procedure, "CPN", "national")
    assert "先向工业和信息化部确认" in found.doubt.zh
    assert "MIIT" in [row.code for row in found.authorities]
    assert guide(procedure, "ISP", "national").doubt is None


def test_it_says_when_a_kind_has_no_such_scope(monkeypatch):
    narrow = replace(catalogue.kind("SP"), scopes=frozenset({"P"}))
    monkeypatch.setitem(catalogue.LAW.kinds, "SP", narrow)
    assert "不发放跨地区许可" in guide(kind="SP", area="national").doubt.zh
    with_none = replace(catalogue.procedure("new"), kinds=frozenset({"EDI"}))
    monkeypatch.setitem(catalogue.LAW.procedures, "new", with_none)
    assert "没有“新办”这个事项" in guide(kind="SP").doubt.zh


def clocks(found):
    return [words.clock.code for words in found.clocks]


def test_it_has_the_clocks_of_what_is_changed():
    assert clocks(guide("change", change="C-NAME"))[:2] == ["K-CHG-REG", "K-REG30"]
    assert "K-GEN" not in clocks(guide("change", change="C-NAME"))
    assert {"K-ADV30", "K-GEN"} <= set(clocks(guide("change", "ICP", change="C-SITE")))
    assert "K-CORR" not in clocks(guide("change", change="C-CONTACT"))
    assert set(clocks(guide("change", "ICP"))) == set(catalogue.procedure("change").clocks)


def test_it_reads_sixty_days_both_ways_and_says_what_silence_means():
    found = {words.clock.code: words for words in guide().clocks}
    assert "自然日" in found["K-REV"].reading.zh
    assert found["K-DELIV"].reading is None
    assert "即为受理" in found["K-CORR"].silence.zh
    assert found["K-DELIV"].start.zh == "“已批准”次日起算"


def test_it_names_fixed_days_and_counts_back():
    report = {words.clock.code: words for words in guide("annual_report").clocks}
    assert report["K-AR"].length.zh == "每年 3 月 31 日"
    code = {words.clock.code: words for words in guide("number", "SP").clocks}
    assert code["K-FEE"].length.zh == "每年 1 月 10 日、4 月 10 日、7 月 10 日、10 月 10 日"
    assert "延长 10 个工作日" in code["K-NUM"].extends.zh
    renewal = {words.clock.code: words for words in guide("renewal").clocks}
    assert renewal["K-RENEW"].length.zh == "提前 90 个自然日"
    cancellation = {words.clock.code: words for words in guide("cancellation").clocks}
    assert "满 30 日" in cancellation["K-CANC"].start.zh


@pytest.mark.parametrize(
    ("asked", "tasks"),
    [
        ({"kind": "ICP"}, ("T-SHOW-NUMBER", "T-REG-SCOPE", "T-ANNUAL")),
        ({"procedure": "number", "kind": "SP"}, ("T-CODE-USE", "T-CODE-REPORT", "T-FEE")),
        (
            {"procedure": "cancellation"},
            ("T-RETURN-LICENSE", "T-CODE-RETURN", "T-REG-SCOPE"),
        ),
        ({"procedure": "change", "kind": "IDC", "change": "C-KIND"}, ("T-EVAL",)),
        ({"procedure": "change", "kind": "IDC", "change": "C-NAME"}, ()),
        ({"procedure": "renewal"}, ()),
    ],
)
def test_it_tells_what_is_left_to_do(asked, tasks):
    assert guide(**asked).tasks == tasks


def test_it_shows_caps_by_item_only_where_items_differ():
    assert [row.code for row in guide(kind="ISP").limits] == ["ISP-USER", "ISP-PLATFORM"]
    assert [(row.code, row.cap.p4) for row in guide(kind="IDC").limits] == [("IDC", 100)]
    assert guide("cancellation").limits == ()


def test_it_puts_the_steps_in_the_order_of_a_case():
    steps = [rule.trigger for rule in guide().steps]
    assert steps[0] == "prepare"
    assert steps.index("submit") < steps.index("accept") < steps.index("deliver")
    assert steps.index("request_correction") < steps.index("approve") < steps.index("deliver")
    assert steps[-1] == "withdraw"
    assert not {"waive", "rectify"} & set(steps)


@pytest.mark.parametrize("procedure", sorted(catalogue.LAW.procedures))
def test_it_says_what_it_is_and_what_follows_in_both_languages(procedure):
    found = guide(procedure, "ICP")
    texts = [found.what, *(row.says for row in found.consequences)]
    texts += [note.says for note in found.filing]
    assert found.consequences
    assert {"F-FEE", "F-AGENT"} < {note.code for note in found.filing}
    assert all(text.zh.strip() and text.en.strip() for text in texts)
    assert all(row.cites for row in (*found.consequences, *found.filing))
