"""What a business needs and need not, row by row: every row has a basis and names what exists."""

from datetime import date

import pytest

from tests.law.samples import bare
from workflow.law import finder
from workflow.law.catalogue import LAW
from workflow.law.fact_labels import ACTIVITIES
from workflow.law.finder_notes import NOT_NEEDED, REMARKS, RIDES_FILING
from workflow.law.finder_questions import BY_CODE, DOINGS, GROUPS
from workflow.law.finder_rows import PROPOSALS
from workflow.law.prerequisites import PREREQUISITES

DAY = date(2026, 3, 18)
OTHERS = next(row for row in PREREQUISITES if row.code == "ICP-OTHERS")


def texts():
    yield from (doing.says for doing in DOINGS)
    yield from (row.why for row in PROPOSALS)
    yield from (row.why for row in NOT_NEEDED)
    yield from (remark.says for remark in (*REMARKS, RIDES_FILING))
    yield from GROUPS.values()


def test_it_says_everything_in_both_languages():
    assert all(text.zh.strip() and text.en.strip() for text in texts())


def test_it_names_a_basis_for_every_sentence():
    assert all(row.cites for row in (*PROPOSALS, *NOT_NEEDED, *REMARKS, RIDES_FILING))


def test_it_proposes_only_kinds_and_items_that_exist():
    for row in PROPOSALS:
        items = {item.code for item in LAW.kinds[row.kind].items}
        assert row.item is None or row.item in items, row


def test_it_can_propose_every_kind_of_the_rulebook():
    kinds = "IDC CDN IPVPN ISP EDI MPC SAF CC CCO ICP SP DNS FDT CPN HOST"
    assert {row.kind for row in PROPOSALS} == set(kinds.split()) <= set(LAW.kinds)


def test_it_asks_about_everything_a_row_hangs_on():
    told = {row.activity for row in PROPOSALS}
    for row in (*NOT_NEEDED, *REMARKS, RIDES_FILING):
        told |= row.when
    assert told <= set(BY_CODE)


def test_it_asks_about_every_activity_a_case_may_name():
    assert set(ACTIVITIES) <= set(BY_CODE)
    assert {doing.activity for doing in DOINGS} - {None} == set(ACTIVITIES)


def test_it_keeps_only_facts_a_case_may_have():
    doings = ("sms_platform", "sends_sms", "own_notices", "cloud", "access_for_platforms")
    assert finder.activities_of(doings) == ("sends_sms", "sells_access")


def test_it_leaves_out_what_is_needed_for_another_reason():
    rows = {row.code: kinds for row, kinds in finder.not_needed({"own_goods_only"}, {"ICP"})}
    assert rows == {"own-goods": ("EDI",)}
    assert finder.not_needed({"own_notices"}, {"SP"}) == ()


def test_it_tells_the_rules_on_text_messages_from_the_day_they_hold():
    codes = [r.code for r in finder.remarks({"sends_sms"}, date(2026, 4, 30))]
    assert codes == []
    assert [r.code for r in finder.remarks({"sends_sms"}, date(2026, 5, 1))] == ["sms-conduct"]


@pytest.mark.parametrize(
    ("doings", "kinds", "nationwide", "codes"),
    [
        ({"sends_sms"}, {"SP"}, False, ["1062XXXX"]),
        ({"sends_sms"}, {"SP"}, True, ["1066XXXX"]),
        ({"sms_platform"}, {"SP"}, True, ["10690XXX"]),
        ({"own_notices"}, set(), False, ["1063YXXXXXXX"]),
        ({"own_notices"}, set(), None, ["1063YXXXXXXX", "1069YXXXXXXX"]),
        ({"seats_for_others"}, {"CC"}, True, ["95XXX"]),
        ({"seats_for_others"}, {"CC"}, False, ["96XXX"]),
        ({"user_video"}, {"ICP"}, True, []),
    ],
)
def test_it_names_the_numbers_that_fit(doings, kinds, nationwide, codes):
    assert [row.code for row in finder.ranges_for(doings, kinds, nationwide=nationwide)] == codes


@pytest.mark.parametrize(
    ("activities", "holds"),
    [
        ((), True),
        (("own_goods_only",), False),
        (("own_goods_only", "matches_buyers_and_sellers"), False),
        (("own_goods_only", "publishes_for_others"), True),
        (("own_goods_only", "user_video"), True),
    ],
)
def test_it_agrees_with_the_condition_about_publishing_for_others(activities, holds):
    assert OTHERS.holds(bare(case={"activities": activities})) is holds
