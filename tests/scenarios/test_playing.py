"""How a story is played: expectations that do not hold are named, refusals must be expected."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.services.scenario import play
from workflow.services.scenario_file import BadScenario, read_scenario
from workflow.storage.database import open_database

HEAD = """\
title: 示例
as_of: 2026-03-02
companies:
  gz: {name: 广州示例信息服务有限公司, uscc: 91440106MA0DEM101C, province: "44"}
cases:
  c1: {company: gz, procedure: new, kinds: [ICP], coverage: ["44"]}
"""
FILED = """\
  - {do: prepare}
  - {provide: all}
  - {do: sign_off, by: reviewer}
  - {do: submit}
"""


@pytest.fixture
def failures(sqlite_url):
    database = open_database(sqlite_url)

    def played(steps, *, head=HEAD, today=None):
        text = f"{head}steps:\n{steps}"
        outcome = play(database, read_scenario(text, today=today))
        return [
            (f["step"], f["key"], f["expected"], f["actual"])
            for f in (failure.as_json() for failure in outcome.failures)
        ]

    yield played
    database.close()


def test_it_names_every_expectation_that_does_not_hold(failures):
    wrong = f"""{FILED}
  - case: c1
    expect:
      state: approved
      authority: MIIT
      allowed: [deliver]
      not_allowed: [accept]
      guards: {{G-STAFF: fail, G-RENEW-TIME: pass}}
      clocks: {{K-CORR: {{due: 2026-03-10, late_by: 2}}, K-DELIV: {{due: 2026-04-01}}}}
      materials: {{required: [M-CCSYS], absent: [M-APP], missing: [M-SI]}}
      earliest_filing: 2026-04-01
      case: {{accepted_on: 2026-03-05, deemed_accepted: true}}
      license: {{number: 粤B2-1}}
      tasks: [T-EVAL]
"""
    found = failures(wrong)
    assert {step for step, *_ in found} == {5}
    by_key = {key: (expected, actual) for _, key, expected, actual in found}
    required = by_key.pop("materials.required")[1]
    assert by_key.pop("materials.absent")[1] == required
    assert "M-APP" in required
    assert by_key.pop("allowed")[0] == "deliver"
    assert by_key.pop("not_allowed")[0] == "accept"
    assert by_key == {
        "state": ("approved", "submitted"),
        "authority": ("MIIT", "44"),
        "guards.G-STAFF": ("fail", "pass"),
        "guards.G-RENEW-TIME": ("pass", "absent"),
        "clocks.K-CORR.due": ("2026-03-10", "2026-03-09"),
        "clocks.K-CORR.late_by": (2, 0),
        "clocks.K-DELIV.due": ("2026-04-01", None),
        "materials.missing": (["M-SI"], []),
        "earliest_filing": ("2026-04-01", "2026-03-02"),
        "case.accepted_on": ("2026-03-05", None),
        "case.deemed_accepted": (True, False),
        "license.number": ("粤B2-1", None),
        "tasks": (["T-EVAL"], []),
    }


def test_it_fails_on_a_refusal_that_nobody_expected(failures):
    assert failures("  - {do: submit}\n") == [(1, "refused", [], ["NOT-OFFERED"])]


def test_it_fails_when_an_expected_refusal_does_not_come(failures):
    assert failures("  - {do: prepare, expect: {refused: [ROLE]}}\n") == [
        (1, "refused", ["ROLE"], [])
    ]


def test_it_fails_when_the_refusal_is_another(failures):
    short = """\
  - {do: prepare}
  - {do: submit, expect: {refused: [G-SIGNOFF, G-CAPITAL]}}
  - {do: submit, expect: {refused_exactly: [G-SIGNOFF]}}
  - {do: submit, expect: {refused: [G-SIGNOFF]}}
"""
    unmet = ["G-SERVICE", "G-INFOSEC", "G-MATERIALS", "G-SIGNOFF"]
    assert failures(short) == [
        (2, "refused", ["G-SIGNOFF", "G-CAPITAL"], unmet),
        (3, "refused_exactly", ["G-SIGNOFF"], unmet),
    ]


def test_it_takes_an_empty_list_of_refusals_for_none(failures):
    assert failures("  - {do: prepare, expect: {refused: [], refused_exactly: []}}\n") == []


def test_it_goes_on_after_a_failure(failures):
    found = failures("  - {do: prepare, expect: {state: draft}}\n  - {expect: {state: draft}}\n")
    assert found == [
        (1, "state", "draft", "material_prep"),
        (2, "state", "draft", "material_prep"),
    ]


def test_it_opens_a_case_on_the_day_of_its_first_step(failures):
    steps = """\
  - {company: gz, set: {premises: false}, expect: {state: draft}}
  - {on: 2026-03-09, case: c1, expect: {state: draft, guards: {G-PREMISES: fail}}}
"""
    assert failures(steps) == [(1, "state", "draft", None)]


def test_it_ticks_only_when_told_to(failures):
    ticking = f"""{FILED}
  - {{on: 2026-04-30, expect: {{case: {{deemed_accepted: false}}}}}}
  - {{tick: true, expect: {{case: {{deemed_accepted: true, accepted_on: 2026-03-02}}}}}}
"""
    assert failures(ticking) == []


def test_it_hands_in_first_alternatives_and_leaves_out_exceptions(failures):
    steps = """\
  - {do: prepare}
  - {provide: all, except: [M-SI, M-APP], expect: {materials: {missing: [M-APP, M-SI]}}}
  - {provide: [M-CNCN], expect: {materials: {missing: [M-APP]}}}
  - {provide: [], expect: {materials: {missing: [M-APP]}}}
  - {provide: all, expect: {materials: {missing: []}}}
"""
    assert failures(steps) == []


def test_it_opens_service_on_a_license_or_on_that_of_the_case(failures):
    steps = f"""{FILED}
  - {{do: open_service, with: {{kind: ICP}}, expect: {{refused: [NOT-OFFERED]}}}}
  - {{on: 2026-03-20, do: approve, with: {{number: 粤B2-1}}}}
  - {{do: open_service, with: {{kind: ICP}}}}
  - {{do: open_service, with: {{kind: EDI}}, expect: {{refused: [INPUT]}}}}
  - {{do: open_service, by: auditor, with: {{kind: ICP}}, expect: {{refused: [ROLE]}}}}
"""
    assert failures(steps) == []


def test_it_counts_days_back_from_today_in_demo_files(failures):
    head = HEAD.replace("2026-03-02", "T-10")
    steps = "  - {on: T-3, do: prepare}\n  - {on: T, expect: {state: material_prep}}\n"
    assert failures(steps, head=head, today=date(2026, 11, 23)) == []


def test_it_names_what_only_the_database_can_refuse(failures):
    twice = HEAD.replace(
        "cases:", "  sz: {name: 甲, uscc: 91440106MA0DEM101C, province: 44}\ncases:"
    )
    with pytest.raises(BadScenario) as caught:
        failures(FILED, head=twice)
    assert (caught.value.line, caught.value.title) == (5, "示例")
    assert "already exists" in caught.value.reason
