"""Cases that meet on one license: every cell of the matrix, in both directions, and the advice."""

import itertools

import pytest

from tests.law.later_cases import filed, license_of, meeting
from workflow.domain.facts import OtherCase
from workflow.law import catalogue
from workflow.law.filing_order import advise
from workflow.law.meetings import between, meet

HELD = license_of(kinds=frozenset({"EDI", "ICP"}), coverage=frozenset({"62"}))


def case(procedure, number="X", **told):
    return OtherCase(number, procedure, HELD.kinds, HELD.coverage, HELD.id, told)


def change(*codes, **more):
    return case("change", changes=list(codes), **more)


RENEWAL, NUMBER = case("renewal"), case("number", range="1066XXXX")
WHOLE, PARTIAL = case("cancellation"), case("cancellation", end_kinds=["ICP"])
OTHER_PART = case("cancellation", end_kinds=["EDI"])
REPORT, BRANCH = case("annual_report", year=2025), case("branch_report", province="43")
ITEM_ICP = change("C-ITEM", new={"items": {"ICP": ["ICP-SEARCH"]}})
ITEM_EDI = change("C-ITEM", new={"items": {"EDI": ["EDI-TRADE"]}})
ADDS = change("C-KIND", new={"kinds": ["MPC"]})

# One case, another, how the other stands if it is filed already, how the one does; rulebook 2.8.
CELLS = [
    # change and change
    (change("C-LREP"), change("C-LREP", "C-CAP"), "excludes", "excludes"),
    (change("C-LREP"), change("C-CAP"), "warn", "warn"),
    (change("C-SUBJ"), change("C-CAP"), "excludes", "excludes"),
    # renewal and change: the structural change comes first; filed after the renewal it warns
    *((RENEWAL, change(code), "first", "warn") for code in ("C-SUBJ", "C-COV", "C-KIND")),
    *((RENEWAL, change(code), "warn", "warn") for code in ("C-LREP", "C-SH", "C-SITE", "C-ADDR")),
    # cancellation and change
    (WHOLE, change("C-LREP"), "excludes", "excludes"),
    (PARTIAL, change("C-COV"), "excludes", "excludes"),
    (PARTIAL, change("C-SUBJ"), "excludes", "excludes"),
    (PARTIAL, ITEM_ICP, "excludes", "excludes"),
    (PARTIAL, change("C-SITE"), "excludes", "excludes"),
    (PARTIAL, ITEM_EDI, "warn", "warn"),
    (PARTIAL, ADDS, "warn", "warn"),
    (PARTIAL, change("C-KIND"), "warn", "warn"),
    (PARTIAL, change("C-LREP"), "warn", "warn"),
    (OTHER_PART, change("C-SITE"), "warn", "warn"),
    # annual report, number and branch report beside a change
    (REPORT, change("C-LREP"), None, None),
    (NUMBER, change("C-LREP"), "warn", "warn"),
    (BRANCH, change("C-LREP"), None, None),
    # renewal
    (RENEWAL, case("renewal"), "excludes", "excludes"),
    (RENEWAL, WHOLE, "excludes", "excludes"),
    (RENEWAL, PARTIAL, "warn", "warn"),
    (RENEWAL, REPORT, None, None),
    (RENEWAL, NUMBER, "warn", "warn"),
    (RENEWAL, BRANCH, None, None),
    # cancellation
    (WHOLE, PARTIAL, "excludes", "excludes"),
    (PARTIAL, case("cancellation", end_kinds=["ICP"]), "excludes", "excludes"),
    (PARTIAL, OTHER_PART, None, None),
    (WHOLE, REPORT, None, None),
    (WHOLE, NUMBER, "first", "warn"),
    (PARTIAL, NUMBER, None, None),
    (WHOLE, BRANCH, "warn", "warn"),
    (PARTIAL, BRANCH, None, None),
    # annual report
    (REPORT, case("annual_report", year=2025), "excludes", "excludes"),
    (REPORT, case("annual_report", year=2024), None, None),
    (REPORT, NUMBER, None, None),
    (REPORT, BRANCH, None, None),
    # number
    (NUMBER, case("number", range="1066XXXX"), "excludes", "excludes"),
    (case("number", code="10661"), case("number", code="10661"), "excludes", "excludes"),
    (NUMBER, case("number", range="95XXX", code="95123"), None, None),
    (NUMBER, BRANCH, None, None),
    # branch report: an action left out is an opening
    (BRANCH, case("branch_report", province="43", action="open"), "excludes", "excludes"),
    (BRANCH, case("branch_report", province="43", action="close"), None, None),
    (BRANCH, case("branch_report", province="44"), None, None),
]


IDS = [f"{n} {one.procedure} and {other.procedure}" for n, (one, other, *_) in enumerate(CELLS)]


@pytest.mark.parametrize(("one", "other", "filed_other", "filed_one"), CELLS, ids=IDS)
def test_it_judges_every_cell_both_ways(one, other, filed_other, filed_one):
    assert between(one, other, HELD) == filed_other
    assert between(other, one, HELD) == filed_one


def test_it_has_a_cell_for_every_pair_of_procedures():
    on_a_license = [code for code in catalogue.LAW.procedures if code != "new"]
    wanted = {
        frozenset(p) for p in itertools.combinations_with_replacement(sorted(on_a_license), 2)
    }
    assert {frozenset({one.procedure, other.procedure}) for one, other, *_ in CELLS} == wanted


@pytest.mark.parametrize(("one", "other", "filed_other", "filed_one"), CELLS, ids=IDS)
def test_it_advises_wherever_two_meet_and_only_there(one, other, filed_other, filed_one):
    advice, back = advise(one, other, HELD), advise(other, one, HELD)
    assert (advice is None) == (filed_other is None and filed_one is None)
    if advice is None:
        return
    assert (advice.first, advice.why, advice.how) == (back.first, back.why, back.how)
    assert advice.why.zh
    assert advice.why.en
    if "first" in (filed_other, filed_one):
        assert advice.first is (other if filed_other == "first" else one)


ADVICE = [
    (RENEWAL, change("C-COV"), "change"),
    (RENEWAL, change("C-LREP"), "change"),
    (RENEWAL, PARTIAL, "cancellation"),
    (RENEWAL, WHOLE, None),
    (RENEWAL, NUMBER, "renewal"),
    (WHOLE, NUMBER, "number"),
    (WHOLE, BRANCH, "branch_report"),
    (WHOLE, change("C-LREP"), None),
    (PARTIAL, ITEM_ICP, "cancellation"),
    (PARTIAL, change("C-LREP"), "change"),
    (NUMBER, change("C-LREP"), "change"),
    (change("C-CAP"), change("C-LREP"), None),
    (RENEWAL, case("renewal"), None),
]


@pytest.mark.parametrize(("one", "other", "first"), ADVICE)
def test_it_says_which_of_the_two_goes_first(one, other, first):
    advice = advise(one, other, HELD)
    assert (advice.first.procedure if advice.first else None) == first


def test_it_lets_an_operator_change_go_before_other_changes():
    subject = change("C-SUBJ")
    assert advise(change("C-CAP"), subject, HELD).first is subject


def test_it_leaves_cases_on_different_licenses_alone():
    other = OtherCase("X", "renewal", HELD.kinds, HELD.coverage, HELD.id + 1, {})
    assert between(RENEWAL, other, HELD) is None
    assert advise(RENEWAL, other, HELD) is None


def test_it_is_what_the_guard_asks():
    assert meet(meeting("renewal", filed("number")), filed("number")) == "warn"


FIRST = ("EDI",), ("62",)


@pytest.mark.parametrize(
    ("kinds", "coverage", "how"),
    [
        (("EDI",), ("62",), "excludes"),
        (("EDI", "ICP"), ("62", "11"), "excludes"),
        (("EDI",), ("national",), "excludes"),
        (("ICP",), ("62",), None),
        (("EDI",), ("11",), None),
    ],
)
def test_it_excludes_two_first_applications_for_the_same(kinds, coverage, how):
    one = OtherCase("A", "new", frozenset(FIRST[0]), frozenset(FIRST[1]))
    other = OtherCase("B", "new", frozenset(kinds), frozenset(coverage))
    assert between(one, other, None) == how
    assert between(other, one, None) == how
    assert between(one, RENEWAL, HELD) is None
