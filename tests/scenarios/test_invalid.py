"""A file that is no scenario: refused before anything is played, with the line and the reason."""

from __future__ import annotations

import pytest

from workflow.services.scenario_file import BadScenario, read_scenario

WHOLE = """\
title: 示例
as_of: 2026-03-02
companies:
  gz: {name: 广州示例信息服务有限公司, uscc: 91440106MA0DEM101C, province: "44"}
licenses:
  l1: {company: gz, number: 粤B2-1, kinds: [EDI], coverage: ["44"], valid_from: 2024-01-01,
       valid_to: 2028-12-31}
cases:
  c1: {company: gz, procedure: new, kinds: [ICP], coverage: ["44"]}
  c2: {company: gz, procedure: new, kinds: [CC], coverage: ["44"]}
steps:
  - {case: c1, do: prepare}
  - {on: 2026-03-05, case: c1, do: submit}
  - case: c1
    do: accept
    expect:
      state: submitted
"""
FIGURE = 'bureau_parameters:\n  - {{province: "32", kind: {}, name: {}, value: {}}}\ncases:\n'
BUREAU = 'bureau_parameters:\n  - {{province: "{}", name: {}, value: 3}}\ncases:\n'
#: What is written instead of what, and where and how the reader complains.
FAULTS = {
    "unknown key": ("title: 示例", "title: 示例\ncolour: red", 2, "unknown key colour"),
    "unknown key in a step": ("do: prepare}", "do: prepare, colour: red}", 12, "colour"),
    "unknown key of a company": ('province: "44"}\nlic', 'province: "44", colour: 1}\nlic', 4,
                                 "colour"),
    "unknown fact of a case": ('["44"]}\n  c2', '["44"], facts: {colour: 1}}\n  c2', 9, "colour"),
    "unknown key of a license": ("number: 粤B2-1", "colour: 1, number: 粤B2-1", 6, "colour"),
    "unknown expectation": ("state: submitted", "stat: submitted", 17, "expect.stat"),
    "duplicate key": ("title: 示例", "title: 示例\ntitle: 又一个", 2, "duplicate key"),
    "duplicate key deep down": ("do: prepare}", "do: prepare, do: submit}", 12, "duplicate key"),
    "missing key": ("as_of: 2026-03-02\n", "", 1, "as_of is missing"),
    "missing company": ("c2: {company: gz, ", "c2: {", 10, "cases.c2.company is missing"),
    "no such day": ("on: 2026-03-05", "on: 2026-02-30", 13, "not a date"),
    "no such day quoted": ("on: 2026-03-05", 'on: "2026-02-30"', 13, "steps.1.on"),
    "day with slashes": ("as_of: 2026-03-02", "as_of: 2026/03/02", 2, "2026-03-02"),
    "day as a week": ("as_of: 2026-03-02", "as_of: 2026-W10-1", 2, "not a date"),
    "day as a number": ("as_of: 2026-03-02", "as_of: 20260302", 2, "not a date"),
    "days back from today": ("as_of: 2026-03-02", "as_of: T-40", 2, "not a date"),
    "clock going back": ("on: 2026-03-05", "on: 2026-03-01", 13, "does not go back"),
    "two actions": ("do: prepare}", "do: prepare, tick: true}", 12, "do and tick"),
    "unknown trigger": ("do: prepare", "do: prepair", 12, "no trigger prepair"),
    "unknown trigger expected": ("state: submitted", "allowed: [submitt]", 17, "submitt"),
    "unknown case": ("{case: c1, do: prepare}", "{case: c9, do: prepare}", 12, "case c9"),
    "unknown company": ("c2: {company: gz", "c2: {company: sz", 10, "company sz"),
    "unknown license": ("do: prepare}", "do: prepare}\n  - {license: l9}", 13, "license l9"),
    "unknown province": ('kinds: [CC], coverage: ["44"]', 'kinds: [CC], coverage: ["99"]', 10,
                         "no province 99"),
    "unknown province of a company": ('province: "44"}\nlic', 'province: "99"}\nlic', 4, "99"),
    "nation and provinces": ('kinds: [CC], coverage: ["44"]',
                             'kinds: [CC], coverage: [national, "44"]', 10, "National"),
    "no kind": ("kinds: [CC], ", "", 10, "kind"),
    "no coverage": ('kinds: [CC], coverage: ["44"]', "kinds: [CC]", 10, "coverage"),
    "unknown kind": ("[CC]", "[CCC]", 10, "CCC"),
    "renewal without a license": ("c2: {company: gz, procedure: new",
                                  "c2: {company: gz, procedure: renewal", 10, "about a license"),
    "unknown procedure": ("c2: {company: gz, procedure: new", "c2: {company: gz, procedure: old",
                          10, "procedure"),
    "license for a first license": ("c2: {company: gz,", "c2: {company: gz, license: l1,", 10,
                                    "without a license"),
    "item of another kind": ("[CC],", "[CC], items: {ICP: [ICP-PUBLISH]},", 10, "ICP"),
    "unknown item": ("[ICP],", "[ICP], items: {ICP: [ICP-POEMS]},", 9, "ICP-POEMS"),
    "wrong credit code": ("MA0DEM101C", "MA0DEM101D", 4, "18 should be C"),
    "capital as text": ('"44"}\nlic', '"44", registered_capital: 一百万}\nlic', 4,
                        "registered_capital"),
    "share above all": ('"44"}\nlic', '"44", foreign_share: 101}\nlic', 4, "foreign_share"),
    "license that ends before it begins": ("2028-12-31", "2023-12-31", 7, "last day"),
    "unknown role": ("do: prepare}", "do: prepare, by: boss}", 12, "no role boss"),
    "the clock as a person": ("do: prepare}", "do: prepare, by: clock}", 12, "no role clock"),
    "no case named": ("{case: c1, do: prepare}", "{do: prepare}", 12, "name the case"),
    "nothing to look at": ("do: prepare}", "do: prepare}\n  - {tick: true, expect: {state: draft}}",
                           13, "name the case"),
    "with without do": ("do: prepare}", "do: prepare}\n  - {case: c1, with: {a: 1}}", 13, "`do`"),
    "except without provide": ("do: prepare}", "do: prepare, except: [M-SI]}", 12, "`provide`"),
    "set on nothing": ("do: prepare}", "do: prepare}\n  - {case: c1, set: {premises: true}}", 13,
                       "needs a company"),
    "unknown fact set": ("do: prepare}",
                         "do: prepare}\n  - {company: gz, set: {\n       colour: red}}", 14,
                         "colour"),
    "wrong value set": ("do: prepare}", "do: prepare}\n  - {license: l1, set: {status: fine}}", 13,
                        "status"),
    "tick that is false": ("do: prepare}", "do: prepare}\n  - {tick: false}", 13, "tick"),
    "reading of another clock": ("state: submitted", "clocks: {K-CORR: {safe: 2026-05-01}}", 17,
                                 "safe"),
    "parameter of no bureau": ("cases:\n", BUREAU.format("99", "insured_months"), 9, "99"),
    "parameter nobody knows": ("cases:\n", BUREAU.format("44", "insured_month"), 9, "insured_m"),
    "parameter of no kind": ("cases:\n", FIGURE.format("XYZ", "insured_staff", 3), 9, "XYZ"),
    "parameter in words": ("cases:\n", FIGURE.format("ICP", "insured_staff", "many"), 9, "0 to 10"),
    "parameter that is no truth": ("cases:\n", FIGURE.format("ICP", "premises", 3), 9, "yes or no"),
    "calendar of no year": ("cases:\n", "calendar:\n  next: {off: []}\ncases:\n", 9, "calendar"),
    "no mapping": (WHOLE, "- one\n- two\n", 1, "a scenario is a mapping"),
    "nothing": (WHOLE, "", 1, "a scenario is a mapping"),
    "no YAML": ("steps:\n", "steps: [\n", 12, "expected"),
    "two documents": ("cases:\n", "---\ncases:\n", 8, "document"),
    "control character": ("示例\n", "示例\x07\n", 1, "not valid YAML"),
}  # fmt: skip


def test_it_reads_the_file_that_the_faults_are_made_of():
    assert len(read_scenario(WHOLE).steps) == 3


@pytest.mark.parametrize("name", FAULTS)
def test_it_refuses(name):
    was, instead, line, reason = FAULTS[name]
    assert WHOLE.count(was) == 1
    with pytest.raises(BadScenario) as caught:
        read_scenario(WHOLE.replace(was, instead))
    assert reason in caught.value.reason, caught.value.reason
    assert caught.value.line == line, (caught.value.line, caught.value.reason)


def test_it_reads_yaml_1_2_and_codes_with_and_without_quotes():
    bare = WHOLE.replace('"44"', "44").replace("number: 粤B2-1", "number: 20240001")
    assert read_scenario(bare).cases == read_scenario(WHOLE).cases
    step = read_scenario(WHOLE).steps[1]
    assert (step.on.isoformat(), step.do) == ("2026-03-05", "submit")
    assert read_scenario(bare).licenses["l1"].number == "20240001"
    named = WHOLE.replace("title: 示例", "title: no").replace(
        "name: 广州示例信息服务有限公司", "name: on"
    )
    assert read_scenario(named).title == "no"
    assert read_scenario(named).companies["gz"]["name"] == "on"


def test_it_reads_anchors_merges_and_a_byte_order_mark():
    merged = WHOLE.replace("companies:\n  gz: {", "companies:\n  gz: &gz {").replace(
        "licenses:", "  sz: {<<: *gz, uscc: 91440300MA0DEM11XP}\nlicenses:"
    )
    told = read_scenario("\ufeff" + merged).company_facts("sz")
    assert (told["uscc"], told["province"], told["insured_staff"]) == (
        "91440300MA0DEM11XP", "44", 3,
    )  # fmt: skip
    with pytest.raises(BadScenario) as caught:
        read_scenario(merged.replace('province: "44"}', 'province: "99"}'))
    assert caught.value.line == 4


def test_it_keeps_the_title_of_a_file_it_cannot_play():
    with pytest.raises(BadScenario) as caught:
        read_scenario(WHOLE.replace("[CC]", "[CCC]"))
    assert caught.value.title == "示例"
