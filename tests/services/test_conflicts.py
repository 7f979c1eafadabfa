"""Cases that meet: told while they are drafts, judged only when one of them is filed."""

import pytest

from tests.services.builders import about, filed, held, results, stored
from workflow.services import conflicts, judging


def met(cast, number):
    with cast.database.reading() as session:
        case = stored(cast, number)
        return conflicts.of_case(session, case, judging.held_by(session, case))


def test_it_warns_of_a_draft_and_lets_both_go_on(cast):
    license_id = held(cast)
    renewal = about(cast, license_id, "renewal")
    change = about(cast, license_id, "change", changes=["C-COV"])
    (seen,) = met(cast, renewal)
    assert (seen.number, seen.filed, seen.first, seen.how) == (change, False, "other", "first")
    (back,) = met(cast, change)
    assert (back.number, back.first) == (renewal, "this")
    assert results(cast, renewal)["G-CONFLICT"] == "pass", "a draft blocks nothing"


@pytest.mark.parametrize(
    ("change", "verdict"), [(["C-SH"], "warn"), (["C-SUBJ"], "fail")]
)  # fmt: skip
def test_it_is_judged_once_the_other_is_filed(cast, change, verdict):
    license_id = held(cast)
    renewal = about(cast, license_id, "renewal")
    facts = {"decided_on": "2026-03-10", "effective_on": "2026-08-01"}
    other = filed(cast, license_id, "change", changes=change, facts=facts)
    (seen,) = met(cast, renewal)
    assert (seen.number, seen.filed) == (other, True)
    assert results(cast, renewal)["G-CONFLICT"] == verdict
    cast.do(other, "withdraw", given={"reason": "企业改变计划"})
    assert met(cast, renewal) == ()
    assert results(cast, renewal)["G-CONFLICT"] == "pass"


def test_it_says_nothing_of_independent_cases_and_of_filed_ones(cast):
    license_id = held(cast)
    renewal = about(cast, license_id, "renewal")
    about(cast, license_id, "annual_report", facts={"year": 2025})
    about(cast, held(cast, kinds=["CC"]), "renewal")
    assert met(cast, renewal) == ()
    filed_case = filed(cast, license_id, "annual_report", facts={"year": 2024})
    about(cast, license_id, "annual_report", facts={"year": 2024})
    assert met(cast, filed_case) == ()
