"""Can this company have this license? One verdict before there is a case, and nothing written."""

from datetime import date

import pytest

from tests.services.builders import fingerprint, set_company
from tests.support.cast import TODAY, moment
from workflow.domain.errors import BadInput, NotFound
from workflow.services import companies
from workflow.services.eligibility import judge_eligibility

TOLD = {
    "province": "44",
    "entity": "company",
    "status": "active",
    "uscc": "91440106MA0DEM101C",
    "registered_capital": 2_000_000,
    "insured_staff": 3,
    "insured_months": 1,
    "premises": True,
    "foreign_share": 0,
    "dishonest_list": False,
    "adverse_list": False,
    "established_on": date(2024, 5, 6),
}


def asked(cast, company, *, by="wang", on=TODAY, kinds=("ICP",), coverage=("44",), papers=(),
          items=None, **facts):  # fmt: skip
    """The verdict; every table is compared before and after."""
    before = fingerprint(cast.database)
    with cast.database.reading() as session:
        found = judge_eligibility(
            session, company, kinds=list(kinds), coverage=list(coverage), items=items or {},
            facts=facts, papers=papers, actor=cast[by], moment=moment(), on=on,
        )  # fmt: skip
    assert fingerprint(cast.database) == before
    return found


def stranger(**changes):
    told = {name: value for name, value in {**TOLD, **changes}.items() if value is not None}
    return companies.stranger(told, TODAY)


def results(found):
    return {finding.code: finding.result.value for finding in found.checked.findings}


def test_it_lets_a_sound_client_apply_and_lists_what_it_hands_in(cast):
    found = asked(cast, cast.company)
    assert (found.verdict, found.failed, found.unknown, found.warned) == ("may", 0, 0, 0)
    assert "M-SI" in [need.code for need in found.checked.required]
    assert found.checked.case.authority == "44"
    assert {"G-MATERIALS", "G-SIGNOFF"} & set(results(found)) == set()


def test_it_judges_a_company_that_is_no_client_the_same_way(cast):
    assert results(asked(cast, stranger())) == results(asked(cast, cast.company))


def test_it_shows_no_case_of_anybody_beside_a_company_that_is_no_client(cast):
    cast.open_case()
    assert asked(cast, cast.company).checked.twins
    assert asked(cast, stranger()).checked.twins == ()


def test_it_reminds_of_a_code_that_is_not_known_and_refuses_nothing_for_it(cast):
    found = asked(cast, stranger(uscc=None))
    assert (found.verdict, found.warned) == ("may", 1)
    assert results(found)["G-COMPANY"] == "warn"


def test_it_gives_no_verdict_on_what_nobody_told(cast):
    found = asked(cast, companies.stranger({}, TODAY))
    assert found.verdict == "verify"
    assert found.failed == 0
    assert results(found)["G-CAPITAL"] == results(found)["G-FOREIGN"] == "unknown"


def test_it_counts_what_is_not_met(cast):
    found = asked(cast, stranger(entity="individual", dishonest_list=True, insured_staff=2))
    assert (found.verdict, found.failed) == ("not_yet", 3)


@pytest.mark.parametrize(
    ("capital", "coverage", "province", "short_by"),
    [
        (2_000_000, ["national"], "44", 8_000_000),
        (2_000_000, ["62", "63"], "62", 8_000_000),
        (9_999_999, ["44", "62"], "44", 1),
        (900_000, ["national"], None, 9_100_000),
        (900_000, ["44"], None, 100_000),
    ],
)
def test_it_offers_one_province_where_the_capital_suffices_for_it(
    cast, capital, coverage, province, short_by
):
    found = asked(cast, stranger(registered_capital=capital), coverage=coverage)
    assert results(found)["G-CAPITAL"] == "fail"
    assert (found.province, found.gap.short_by) == (province, short_by)
    assert "raise-first" in [clause.code for clause in found.clauses]
    if province:
        again = asked(cast, stranger(registered_capital=capital), coverage=[province])
        assert again.verdict == "may"


def test_it_names_the_first_day_when_only_time_is_missing(cast):
    bars = [{"kind": "concealment", "decided_on": date(2025, 6, 1)}]
    found = asked(cast, stranger(bars=bars))
    assert (found.verdict, found.checked.earliest) == ("wait", date(2026, 6, 2))
    assert asked(cast, stranger(bars=bars), on=date(2026, 6, 1)).verdict == "wait"
    assert asked(cast, stranger(bars=bars), on=date(2026, 6, 2)).verdict == "may"


def test_it_waits_for_a_company_that_is_still_to_be_founded(cast):
    later = stranger(established_on=date(2026, 4, 1))
    found = asked(cast, later)
    assert (found.verdict, found.checked.earliest) == ("wait", date(2026, 4, 1))
    assert asked(cast, later, on=date(2026, 4, 1)).verdict == "may"


def test_it_promises_no_day_when_more_than_time_is_missing(cast):
    bars = [{"kind": "fraud", "decided_on": date(2025, 6, 1)}]
    found = asked(cast, stranger(bars=bars, registered_capital=1))
    assert found.verdict == "not_yet"


@pytest.mark.parametrize(
    ("founded", "young"),
    [(date(2025, 9, 19), True), (date(2025, 9, 18), False), (date(2024, 1, 1), False),
     (None, False)],
)  # fmt: skip
def test_it_says_that_a_young_company_may_apply(cast, founded, young):
    found = asked(cast, stranger(established_on=founded))
    assert found.verdict == "may"
    assert ("no-age-condition" in [clause.code for clause in found.clauses]) is young


def test_it_sends_a_nationwide_premises_network_to_miit_first(cast):
    rich = stranger(registered_capital=20_000_000)
    found = asked(cast, rich, kinds=["CPN"], coverage=["national"])
    assert found.verdict == "confirm"
    assert asked(cast, rich, kinds=["CPN"]).verdict == "may"


def test_it_judges_a_prior_approval_by_what_is_said_to_be_in_hand(cast):
    without = asked(cast, cast.company, content=["audiovisual"])
    assert results(without)["G-PREAPP"] == "fail"
    assert [row.code for row in without.checked.first] == ["audiovisual-license"]
    having = asked(cast, cast.company, content=["audiovisual"], papers=["M-PREAPP"])
    assert (having.verdict, having.checked.first) == ("may", ())


def test_it_judges_by_the_rules_in_force_on_the_day_asked_about(cast):
    before, after = (
        asked(cast, cast.company, content=["drugs"], on=day)
        for day in (date(2025, 12, 21), date(2025, 12, 22))
    )
    assert [row.code for row in before.checked.first] == ["drugs-certificate"]
    assert [row.code for row in after.checked.first] == ["drugs-filing"]


def test_it_asks_for_the_pilot_approval_above_the_ordinary_cap(cast):
    foreign = stranger(foreign_share=60, pilot_zone="P4")
    assert results(asked(cast, foreign))["G-FOREIGN"] == "fail"
    found = asked(cast, foreign, pilot_approval=True)
    assert (found.verdict, found.checked.case.authority) == ("may", "MIIT")


def test_it_sees_a_license_the_client_holds_already(cast):
    cast.approved()
    assert results(asked(cast, cast.company))["G-CONFLICT"] == "fail"


def test_it_follows_the_file_of_the_client(cast):
    set_company(cast, dishonest_list=True)
    assert asked(cast, cast.company).verdict == "not_yet"


def test_it_answers_only_for_clients_in_scope(cast):
    with pytest.raises(NotFound):
        asked(cast, cast.company, by="chen")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"province": "99"}, "province"),
        ({"uscc": "91440106MA0DEM1010"}, "uscc"),
        ({"foreign_share": 120}, "foreign_share"),
        ({"bars": [{"kind": "fraud", "decided_on": date(2026, 3, 19)}]}, "bars"),
    ],
)
def test_it_says_at_the_field_what_cannot_be_used(told, field):
    with pytest.raises(BadInput) as caught:
        stranger(**told)
    assert caught.value.field == field
