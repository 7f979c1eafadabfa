"""The agency's own cases counted: by procedure, kind and province, inside the person's scope."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.cast import TODAY, gather
from workflow.services.own_figures import own_figures


@pytest.fixture
def cast(database):
    return gather(database)


def figures(cast, who="wang", **wanted):
    with cast.database.reading() as session:
        return own_figures(session, cast[who], **({"procedure": "new"} | wanted))


def test_it_counts_nothing_where_nothing_was_filed(cast):
    cast.prepared()
    found = figures(cast)
    assert (found.filed, found.enough, found.days) == (0, False, None)


def test_it_says_when_the_cases_are_too_few(cast):
    cast.approved()
    found = figures(cast)
    assert (found.filed, found.approved) == (1, 1)
    assert not found.enough
    assert found.days is None


def test_it_counts_by_kind_province_and_procedure(cast):
    cast.submitted()
    cast.submitted(coverage=("11",), company=cast.other)
    assert figures(cast).filed == 2
    assert figures(cast, kind="ICP").filed == 2
    assert figures(cast, kind="EDI").filed == 0
    assert figures(cast, province="11").filed == 1
    assert figures(cast, procedure="renewal").filed == 0


def test_it_counts_only_what_the_person_may_see(cast):
    cast.submitted()
    cast.submitted(coverage=("11",), company=cast.other)
    assert figures(cast, who="chen").filed == 1
    assert figures(cast, who="admin").filed == 0


def test_it_tells_refusals_and_corrections(cast):
    corrected = cast.in_correction()
    refused = cast.submitted(coverage=("11",))
    cast.do(refused, "reject", given={"reasons": "材料不符"})
    found = figures(cast)
    assert (found.filed, found.refused, found.corrected, found.rounds) == (2, 1, 1, 1)
    assert found.refused_cases == (refused,)
    assert corrected not in found.refused_cases


def test_it_takes_the_median_of_ten_decisions(cast):
    for day, province in enumerate(("11", "12", "13", "14", "15", "21", "22", "23", "31", "32")):
        number = cast.submitted(coverage=(province,))
        cast.do(number, "accept")
        decided = TODAY + timedelta(days=day + 1)
        cast.do(number, "reject", day=decided, given={"reasons": "资本不足"})
    found = figures(cast)
    assert found.enough
    assert found.refused == 10
    assert found.days in (5, 6)
    assert len(found.refused_cases) == 5
