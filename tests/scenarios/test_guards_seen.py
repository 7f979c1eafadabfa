"""Every guard is seen to pass and to object, in the stories and in the cases of the unit tests."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.law.guard_cases import CASES
from workflow.law.catalogue import LAW
from workflow.law.self_check import WARNING
from workflow.services.scenario_file import read_scenario

FILES = sorted(Path(__file__).parents[2].glob("fixtures/scenarios/*.yaml"))
ONLY_WARN = {"G-AR", "G-BADLIST", "G-CHG-TIME30", "G-BRANCH30"}
"""The contract's own list: these never refuse."""
LOOK_BACK = set(WARNING) - {"RL-19"}
"""Told only when red, so a story sees them warn and never pass."""


@cache
def told_in_stories():
    """What the stories expect of each guard; a refusal that names it is one of its failures.

    `test_fixtures.py` plays the same files, so an expectation that does not hold is red there.
    """
    seen = defaultdict(set)
    for path in FILES:
        for step in read_scenario(path.read_text("utf-8")).steps:
            for code, result in (step.expect.guards or {}).items():
                seen[code].add(result)
            refused = [*(step.expect.refused or ()), *(step.expect.refused_exactly or ())]
            for code in refused:
                seen[code].add("fail")
    return seen


@cache
def judged_in_cases():
    seen = defaultdict(set)
    for code, _, result, _ in CASES:
        seen[code].add(result.value)
    return seen


@pytest.mark.parametrize("code", LAW.guards)
@pytest.mark.parametrize("seen", [told_in_stories, judged_in_cases], ids=["stories", "cases"])
def test_it_passes_somewhere_and_objects_somewhere(seen, code):
    results = seen()[code]
    assert "pass" in results or (code in LOOK_BACK and seen is told_in_stories)
    assert ("warn" if code in ONLY_WARN | LOOK_BACK else "fail") in results


@pytest.mark.parametrize("code", sorted(ONLY_WARN | LOOK_BACK))
def test_it_never_fails_where_it_may_only_warn(code):
    assert "fail" not in told_in_stories()[code] | judged_in_cases()[code]


def test_it_names_no_guard_that_the_law_has_not():
    assert set(LAW.guards) >= ONLY_WARN
    others = set(told_in_stories()) - set(LAW.guards)
    assert others <= {"INPUT", "ROLE", "NOT-OFFERED", "M-EVAL"}
