"""What a license owes: branch reports, changes and tasks with their days, and those without one."""

from datetime import date

import pytest

from tests.law.later_cases import license_of
from workflow.law.calendar import CALENDAR
from workflow.law.duties import Holding, deadlines, undated
from workflow.law.term import Term, life_of, renewal_standing, term_of

TODAY = date(2026, 11, 23)
DECIDED = date(2026, 11, 5)
HELD = license_of(valid_to=date(2029, 1, 1))


def owed(**told):
    runs = deadlines(Holding(HELD, **told), CALENDAR, TODAY)
    return {(run.code, run.cycle): (run.due_on, run.counted) for run in runs}


def test_it_counts_thirty_days_from_a_decision_about_a_branch_and_rolls_forward():
    found = owed(branches=(("43", "open", DECIDED),))
    assert found["K-BRANCH", "43 open 2026-11-05"] == (date(2026, 12, 7), date(2026, 12, 5))


@pytest.mark.parametrize(
    ("filed", "left"), [("branch_report:43:open", False), ("branch_report:43:close", True)]
)
def test_it_owes_a_branch_report_until_that_report_is_filed(filed, left):
    found = owed(branches=(("43", "open", DECIDED),), filed=frozenset({filed}))
    assert (("K-BRANCH", "43 open 2026-11-05") in found) is left


def test_it_owes_nothing_about_a_branch_that_somebody_marked_done():
    done = frozenset({("K-BRANCH", "43 open 2026-11-05")})
    assert not [key for key in owed(branches=(("43", "open", DECIDED),), done=done)
                if key[0] == "K-BRANCH"]  # fmt: skip


def test_it_tells_tasks_with_a_day_from_those_without():
    tasks = (("T-EVAL", DECIDED), ("T-CODE-USE", DECIDED), ("T-REG-SCOPE", DECIDED))
    holding = Holding(HELD, tasks=tasks)
    assert undated(holding) == (("T-EVAL", DECIDED),)
    dated = {run.code: run.due_on for run in deadlines(holding, CALENDAR, TODAY)}
    assert dated["K-NUMUSE"] == date(2027, 11, 5)
    assert dated["K-REG30"] == date(2026, 12, 7)


def test_it_has_the_days_of_a_term():
    assert term_of(date(2026, 8, 15), CALENDAR) == Term(
        opens=date(2026, 2, 16),
        latest=date(2026, 5, 17),
        safe=date(2026, 5, 15),
        valid_to=date(2026, 8, 15),
    )


TERM = term_of(date(2027, 3, 1), CALENDAR)
STANDINGS = [
    ({}, "in_window"),
    ({"today": date(2026, 12, 2)}, "late"),
    ({"status": "cancelled"}, "ended"),
    ({"will_not_renew": True}, "not_renewed"),
    ({"procedures": [("renewal", "draft")]}, "under_way"),
    ({"procedures": [("renewal", "approved")]}, "approved"),
    ({"procedures": [("renewal", "draft"), ("cancellation", "submitted")]}, "ending"),
    ({"procedures": [("renewal", "draft")], "will_not_renew": True}, "under_way"),
]


@pytest.mark.parametrize(("told", "standing"), STANDINGS)
def test_it_says_one_thing_of_a_renewal(told, standing):
    assert renewal_standing(TERM, **{"status": "valid", "today": TODAY, **told}) == standing


@pytest.mark.parametrize(
    ("told", "life"),
    [
        ({}, "expiring"),
        ({"today": date(2026, 3, 1), "renewed_in_part": True}, "renewed_in_part"),
        ({"today": date(2026, 3, 1)}, "valid"),
        ({"status": "revoked"}, "revoked"),
        ({"status": "lapsed"}, "lapsed"),
    ],
)
def test_it_says_what_became_of_a_license(told, life):
    assert life_of(TERM, **{"status": "valid", "today": TODAY, **told}) == life
