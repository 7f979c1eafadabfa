"""What a scenario refuses to say: bad input is answered clearly, a wrong expectation is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.services.scenario import play
from workflow.services.scenario_file import read_scenario
from workflow.services.scenario_shape import BadScenario

FILES = (Path(__file__).parents[2] / "fixtures" / "scenarios").glob("w*.yaml")
WORKED = ("w01", "w02", "w03", "w05", "w06", "w09", "w10", "w11", "w14", "w17", "w18", "w19")

HEAD = """
title: 示例
as_of: 2026-11-23
companies:
  c: {name: 兰州示例云商科技有限公司, uscc: 91620102MA0DEM0139, province: "62"}
licenses:
  p: {company: c, number: 甘B2-20240001, kinds: [EDI, ICP], coverage: ["62"],
      valid_from: 2024-05-06, valid_to: 2029-05-06}
  n: {company: c, number: B2-20240002, kinds: [SP], coverage: [national],
      valid_from: 2024-05-06, valid_to: 2029-05-06}
"""


def failures(database, text):
    return [(f.step, f.key) for f in play(database, read_scenario(text)).failures]


def test_it_has_a_file_for_every_worked_case():
    assert {file.stem[:3] for file in FILES} >= set(WORKED)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("license: p, procedure: change, changes: [C-SUBJ, C-NAME]", "refused: [INPUT]"),
        ("license: p, procedure: change, changes: [C-NAME, C-NAME]", "refused: [INPUT]"),
        ("license: p, procedure: change", "refused: [INPUT]"),
        ("license: p, procedure: renewal, changes: [C-NAME]", "refused: [INPUT]"),
        ("license: p, procedure: renewal, kinds: [CC]", "refused: [INPUT]"),
        ("license: p, procedure: renewal, facts: {drop_kinds: [CC]}", "refused: [INPUT]"),
        ("license: p, procedure: annual_report, facts: {year: 2023}", "refused: [INPUT]"),
        ("license: p, procedure: cancellation, facts: {end_kinds: [SP]}", "refused: [INPUT]"),
        ("license: n, procedure: number", "refused: [INPUT]"),
        ("license: n, procedure: number, facts: {range: 1066XXXX, code: 95123}",
         "refused: [INPUT]"),
        ("license: n, procedure: branch_report", "refused: [INPUT]"),
        ("procedure: new, kinds: [CPN], coverage: [national]", "guards: {G-SCOPE: unknown}"),
        ("license: p, procedure: branch_report, facts: {province: '44'}",
         "guards: {G-SCOPE: fail}"),
    ],
)  # fmt: skip
def test_it_answers_bad_input_clearly(database, case, expected):
    text = f"""{HEAD}cases:
  c1: {{company: c, {case}}}
steps:
  - {{case: c1, do: prepare, expect: {{{expected}}}}}
"""
    assert failures(database, text) == []


@pytest.mark.parametrize("case", [
    "license: p, procedure: change, changes: [C-NONE]",
    "procedure: change, changes: [C-NAME]",
    "license: p, procedure: renewal, facts: {self_check: {RL-99: red}}",
    "license: p, procedure: cancellation, facts: {stop_on: 5}",
    "license: p, procedure: change, changes: [C-COV], facts: {new: {coverage: ['99']}}",
    "license: n, procedure: number, facts: {range: 1077XXXX}",
    "license: n, procedure: branch_report, facts: {province: '99'}",
    "license: p, procedure: new, kinds: [CC], coverage: ['62']",
])  # fmt: skip
def test_it_refuses_a_file_with_a_name_that_means_nothing(case):
    text = f"{HEAD}cases:\n  c1: {{company: c, {case}}}\nsteps: []\n"
    with pytest.raises(BadScenario) as refusal:
        read_scenario(text)
    assert refusal.value.line == HEAD.count("\n") + 2


def test_it_names_what_did_not_hold(database):
    text = f"""{HEAD}cases:
  c1: {{company: c, license: p, procedure: renewal, facts: {{self_check: {{RL-07: red}}}}}}
steps:
  - case: c1
    do: prepare
    expect:
      clocks: {{K-RENEW: {{latest: 2029-02-05, safe: 2029-02-04}}}}
      self_check: {{RL-07: green}}
      case: {{late_by: 1}}
      guards: {{G-RENEW-TIME: fail}}
      tasks: [T-FEE]
  - {{case: c1, do: approve, expect: {{refused: [INPUT]}}}}
"""
    found = failures(database, text)
    assert (1, "clocks.K-RENEW.latest") not in found
    assert found == [
        (1, "guards.G-RENEW-TIME"),
        (1, "clocks.K-RENEW.safe"),
        (1, "self_check.RL-07"),
        (1, "case.late_by"),
        (1, "tasks"),
        (2, "refused"),
    ]


def test_it_refuses_a_license_of_the_file_that_cannot_be():
    text = HEAD.replace("kinds: [SP]", "kinds: [XYZ]") + "steps: []\n"
    with pytest.raises(BadScenario, match="XYZ"):
        read_scenario(text)
