"""Filing: every unmet guard at once, four eyes, waivers."""

from __future__ import annotations

import json

import pytest

from tests.services.builders import (
    after,
    bodies,
    new_company,
    now,
    query,
    refused,
    results,
    set_company,
    stored,
)
from tests.support.cast import TODAY, moment
from workflow.domain.errors import BadInput, GuardsUnmet, NotOffered, RoleMissing
from workflow.services import client_companies, opening, paperwork

WAIVE = {"guard": "G-STAFF", "reason": "主管部门同意先提交"}


def unmet(cast, number, trigger="submit", **who):
    with refused(cast.database, GuardsUnmet) as caught:
        cast.do(number, trigger, **who)
    return {finding.code for finding in caught.value.unmet}


def set_facts(cast, number, by="wang", **what):
    with cast.database.transaction() as tx:
        return opening.set_facts(tx, number, actor=cast[by], moment=moment(), **what)


def test_it_names_every_unmet_guard_at_once(cast):
    set_company(
        cast, registered_capital=999_999, insured_staff=2, premises=False, dishonest_list=True,
        foreign_share=20, bars=[{"kind": "fraud", "decided_on": "2025-01-01"}],
    )  # fmt: skip
    number = cast.open_case(facts={"content": ["news"]})
    cast.do(number, "prepare")
    assert unmet(cast, number) == {
        "G-CAPITAL", "G-STAFF", "G-PREMISES", "G-DISHONEST", "G-FOREIGN", "G-LOCKOUT", "G-PREAPP",
        "G-MATERIALS", "G-SERVICE", "G-INFOSEC", "G-SIGNOFF",
    }  # fmt: skip
    assert (stored(cast, number).blockers, stored(cast, number).first_blocker) == (11, "G-CAPITAL")


def test_it_keeps_every_verdict_with_the_filing(cast):
    set_company(cast, adverse_list=True)
    number = cast.submitted()
    recorded = json.loads(bodies(cast, number)[-1])["guard_results"]
    found = {result["code"]: result["result"] for result in recorded}
    assert len(found) == 16
    assert found.pop("G-BADLIST") == "warn"
    assert set(found.values()) == {"pass"}
    set_company(cast, registered_capital=1)
    assert results(cast, number)["G-CAPITAL"] == "pass"  # as it was filed


def test_it_refuses_a_guard_that_is_unknown(cast):
    set_company(cast, insured_staff=None)
    number = cast.fileable()
    assert unmet(cast, number) == {"G-STAFF"}
    cast.do(number, "waive", by="li", given=WAIVE)
    assert unmet(cast, number) == {"G-STAFF"}  # what nobody knows cannot be waived


def test_it_refuses_a_sign_off_by_who_changed_the_pack_however_long_ago(cast):
    number = cast.prepared()
    cast.provide(number, "M-APP", by="li")
    with refused(cast.database, RoleMissing):
        cast.do(number, "sign_off", by="li")
    cast.provide(number, "M-APP")  # replaced by somebody else: 李强 did change the pack
    with refused(cast.database, RoleMissing):
        cast.do(number, "sign_off", by="li")
    opened_by_reviewer = cast.open_case(by="li", coverage=("11",))
    cast.do(opened_by_reviewer, "prepare", by="li")
    with refused(cast.database, RoleMissing):
        cast.do(opened_by_reviewer, "sign_off", by="li")


def test_it_refuses_a_sign_off_by_who_answered_a_point(cast):
    number = cast.in_correction()
    with cast.database.transaction() as tx:
        paperwork.answer(tx, number, [1], actor=cast["li"], moment=moment())
    with refused(cast.database, RoleMissing):
        cast.do(number, "sign_off", by="li")


def test_it_lets_a_sign_off_precede_missing_materials(cast):
    number = cast.open_case()
    cast.do(number, "prepare")
    cast.do(number, "sign_off", by="li")
    assert results(cast, number)["G-SIGNOFF"] == "pass"
    cast.provide(number)
    assert unmet(cast, number) == {"G-SIGNOFF"}


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"deals_online": False}},
        {"coverage": ["11"]},
        {"kinds": ["EDI"]},
        {"items": {"ICP": ["ICP-SEARCH"]}},
    ],
    ids=str,
)
def test_it_lets_a_sign_off_lapse_when_the_case_changes(cast, change):
    number = cast.fileable()
    set_facts(cast, number, **change)
    assert results(cast, number)["G-SIGNOFF"] == "fail"
    cast.do(number, "sign_off", by="li")
    assert results(cast, number)["G-SIGNOFF"] == "pass"


def test_it_keeps_a_sign_off_when_nothing_of_the_pack_changed(cast):
    number = cast.fileable()
    set_company(cast, registered_capital=5_000_000)
    set_facts(cast, number, kinds=["ICP"], coverage=["44"])
    assert results(cast, number)["G-SIGNOFF"] == "pass"
    cast.do(number, "submit")


def test_it_takes_a_sign_off_back(cast):
    for trigger in ("return_pack", "revoke_sign_off"):
        number = cast.fileable()
        cast.do(number, trigger, by="li", given={"reason": "承诺书缺签字页"})
        assert unmet(cast, number) == {"G-SIGNOFF"}


def test_it_needs_a_new_sign_off_for_a_new_version(cast):
    number = cast.fileable()
    cast.provide(number, "M-APP")
    assert unmet(cast, number) == {"G-SIGNOFF"}
    versions = query(
        cast.database,
        "SELECT version FROM material_versions WHERE code = 'M-APP' AND case_id = :c"
        " ORDER BY version",
        c=stored(cast, number).id,
    )
    assert versions == [(1,), (2,)]


def test_it_accepts_an_alternative_and_refuses_what_has_expired(cast):
    number = cast.prepared(missing=("M-SI",))
    assert now(cast, number).missing == ["M-SI"]
    cast.provide(number, "M-CNCN", valid_until=after(-1))
    cast.do(number, "sign_off", by="li")
    assert unmet(cast, number) == {"G-MATERIALS"}
    cast.provide(number, "M-CNCN", valid_until=TODAY)
    cast.do(number, "sign_off", by="li")
    cast.do(number, "submit")


def test_it_locks_the_pack_once_it_is_filed(cast):
    number = cast.submitted()
    with refused(cast.database, NotOffered):
        cast.provide(number, "M-APP")
    with refused(cast.database, NotOffered):
        set_facts(cast, number, kinds=["EDI"])
    draft = cast.open_case(coverage=("11",))
    with refused(cast.database, BadInput, field="material"):
        cast.provide(draft, "M-XYZ")


def test_it_waives_only_what_practice_asks_for(cast):
    set_company(cast, insured_staff=1)
    number = cast.fileable()
    for guard in ("G-CAPITAL", "G-SIGNOFF", "G-POINTS", "G-CONFLICT", "G-MATERIALS", "G-NONE"):
        with refused(cast.database, BadInput, field="guard"):
            cast.do(number, "waive", by="li", given={**WAIVE, "guard": guard})
    with refused(cast.database, BadInput, field="until"):
        cast.do(number, "waive", by="li", given={**WAIVE, "until": after(-1).isoformat()})
    cast.do(number, "waive", by="li", given=WAIVE)
    staff = next(f for f in now(cast, number).findings if f.code == "G-STAFF")
    assert (staff.result, staff.waived_by, staff.refuses) == ("fail", "李强", False)
    cast.do(number, "submit")
    filed = json.loads(bodies(cast, number)[-1])["guard_results"]
    assert next(r for r in filed if r["code"] == "G-STAFF")["waived_by"] == "李强"


def test_it_lets_a_waiver_expire(cast):
    set_company(cast, insured_staff=1)
    number = cast.fileable()
    cast.do(number, "waive", by="li", given={**WAIVE, "until": after(3)})
    assert unmet(cast, number, day=after(4)) == {"G-STAFF"}
    cast.do(number, "submit", day=after(3))


def test_it_fixes_the_conflict_at_the_first_filing(cast):
    first = cast.in_correction()
    with pytest.raises(GuardsUnmet) as caught:
        cast.submitted()
    assert [finding.code for finding in caught.value.unmet] == ["G-CONFLICT"]
    assert caught.value.unmet[0].values["case"] == first
    elsewhere = cast.submitted(coverage=("11",))
    other_kind = cast.submitted(kinds=("EDI",))
    assert {now(cast, n).state for n in (elsewhere, other_kind)} == {"submitted"}


def test_it_does_not_ask_about_conflicts_again_at_resubmission(cast):
    first = cast.in_correction()
    with cast.database.transaction() as tx:
        client_companies.add_license(
            tx, cast.company,
            {"number": f"许可-{first}", "kinds": ["ICP"], "coverage": ["44"],
             "valid_from": TODAY, "valid_to": after(900)},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip
    cast.provide(first, "M-INFOSEC")
    cast.provide(first, "M-OLDLIC")
    with cast.database.transaction() as tx:
        paperwork.answer(tx, first, None, actor=cast["wang"], moment=moment())
    assert results(cast, first)["G-CONFLICT"] == "pass"
    assert stored(cast, first).first_blocker == "G-SIGNOFF"
    cast.do(first, "sign_off", by="li")
    assert stored(cast, first).blockers == 0
    cast.do(first, "resubmit")


def test_it_judges_open_cases_anew_when_the_company_changes(cast):
    number = cast.fileable()
    assert stored(cast, number).blockers == 0
    set_company(cast, dishonest_list=True, foreign_share=60)
    case = stored(cast, number)
    assert (case.blockers, case.first_blocker) == (2, "G-DISHONEST")
    assert now(cast, number).authority == "MIIT"
    set_company(cast, dishonest_list=False, foreign_share=0)
    assert (stored(cast, number).blockers, now(cast, number).authority) == (0, "44")
    cast.do(number, "submit")
    assert stored(cast, number).version == len(bodies(cast, number))


def test_it_sends_provinces_to_their_bureau_and_the_rest_to_the_ministry(cast):
    for coverage, authority in ((("44",), "44"), (("44", "11"), "MIIT"), (("national",), "MIIT")):
        assert now(cast, cast.open_case(coverage=coverage)).authority == authority
    foreign = new_company(cast, foreign_share="0.5")
    assert now(cast, cast.open_case(company=foreign)).authority == "MIIT"
