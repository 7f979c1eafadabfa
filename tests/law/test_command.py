"""`license-desk law`: check, show, diagram."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from datetime import date

import pytest

import workflow.law
from workflow.cli import law_entry
from workflow.cli.law_words import Words
from workflow.cli.main import outcome
from workflow.domain.procedure import State
from workflow.law import clocks
from workflow.law.catalogue import LAW, labels

CODE_OF_A_LINE = re.compile(r"  ([A-Za-z0-9][\w-]*)(?: / [\w, -]+)?  \S")


@dataclass(frozen=True)
class Run:
    code: int
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys):
    def _run(*arguments):
        code = outcome(["law", *arguments])
        printed = capsys.readouterr()
        return Run(code, printed.out, printed.err)

    return _run


@pytest.fixture
def defective(monkeypatch):
    """A law with two planted defects that is about to be loaded for the first time."""
    first, *rest = clocks.CLOCKS
    monkeypatch.setattr(clocks, "CLOCKS", (replace(first, cites=(), length=0), *rest))
    for name in ("catalogue", "loading"):
        monkeypatch.delitem(sys.modules, f"workflow.law.{name}")
        monkeypatch.delattr(workflow.law, name)


def test_it_counts_the_law_and_its_defects(run):
    done = run("check")
    assert done.code == 0
    lines = done.stdout.splitlines()
    assert [line.split(maxsplit=1)[1] for line in lines] == [
        "license kinds",
        "procedures",
        "rules",
        "guards",
        "materials",
        "clocks",
        "self-check items",
        "questions",
        "defects",
    ]
    assert lines[0] == f"{len(LAW.kinds)} license kinds"
    assert lines[-1] == "0 defects"


@pytest.mark.usefixtures("defective")
def test_it_names_each_defect_and_fails(run):
    done = run("check")
    assert done.code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "clock K-CORR: no basis",
        "clock K-CORR: length must be positive",
        "2 defects",
    ]


def test_it_shows_every_rule_guard_material_and_clock_with_its_basis(run):
    shown = run("show").stdout
    procedure = LAW.procedures["new"]
    for rule in procedure.rules:
        assert f"  {rule.trigger}  {rule.label.zh}" in shown
    for guard in LAW.guards.values():
        assert f"  {guard.code}  {guard.title.zh}" in shown
        assert all(cite.read("zh") in shown for cite in guard.cites)
    for need in procedure.needs:
        assert f"  {need.code}" in shown
    assert "K-REV  许可审查: 60 工作日" in shown
    assert "[指南, 可豁免]" in shown


def test_it_shows_the_law_in_english_on_a_day(run):
    shown = run("show", "--language", "en", "--on", "2026-03-02").stdout
    assert "G-CAPITAL  Registered capital reaches the minimum [Statute]" in shown
    assert "From a copy or a guide" in shown


@pytest.mark.parametrize("arguments", [("--on", "2026-02-30"), ("--on", "gestern"), ("G-NONE",)])
def test_it_refuses_an_impossible_day_and_an_unknown_code_in_one_line(run, arguments):
    done = run("show", *arguments)
    assert (done.code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert arguments[-1] in line


def listed(shown):
    return {found[1] for line in shown.splitlines() if (found := CODE_OF_A_LINE.match(line))}


def test_it_lists_kinds_items_changes_tasks_tracks_and_questions_too(run):
    found = listed(run("show").stdout)
    groups = ("kind", "guard", "clock", "change", "self_check", "task", "range", "document")
    for group in groups:
        assert set(labels(group)) <= found, group
    assert {f"Q{n}" for n in range(1, 71)} | {"undertaking", "S-FRAUD"} <= found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_shows_every_code_it_lists_in_full(run, language):
    for code in [*sorted(listed(run("show").stdout)), *LAW.procedures]:
        lines = law_entry.entry(code, Words(language, date(2026, 11, 23)))
        assert any(code in line for line in lines), code
    other = run("show", "g-capital", "--language", language).stdout
    assert ("不低于 … 元" in other) == (language == "zh")


def test_it_shows_every_text_of_a_rule_with_its_days(run):
    shown = run("show", "RL-08", "--language", "en").stdout
    assert "(in force 2026-05-01 to …)" in shown
    assert "(in force … to 2026-04-30)" in shown
    assert shown.index("SMS records") < shown.index("to 2026-04-30")
    drugs = run("show", "G-PREAPP").stdout
    assert "2025-12-22" in drugs
    assert "2025-12-21" in drugs


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [
        ("2025-12-21", "drugs-certificate", "drugs-filing"),
        ("2025-12-22", "drugs-filing", "drugs-certificate"),
    ],
)
def test_it_shows_only_what_is_in_force_on_the_day(run, day, there, gone):
    found = listed(run("show", "--on", day).stdout)
    assert there in found
    assert gone not in found
    said = run("show", gone, "--on", day, "--language", "en").stdout
    assert said == f"No text of {gone} on {day}\n"


def test_it_answers_a_question_with_the_rules_behind_it(run):
    shown = run("show", "q34", "--language", "en").stdout
    assert "G-CAPITAL: Registered capital reaches the minimum" in shown
    assert "10 million" in shown or "10,000,000" in shown
    assert "{" not in shown


def test_it_draws_every_state_in_the_language_asked_for(run):
    drawn = run("diagram", "--language", "en").stdout
    labels = LAW.procedures["new"].labels
    assert all(f'"{labels[state].en}" as {state.value}' in drawn for state in State)


def test_it_writes_one_diagram_per_procedure(run, tmp_path):
    done = run("diagram", "--out", str(tmp_path / "pictures"))
    written = tmp_path / "pictures" / "new.mmd"
    assert str(written) in done.stdout.splitlines()
    assert len(done.stdout.splitlines()) == len(LAW.procedures)
    assert "登记批准" in written.read_text(encoding="utf-8")


def test_it_says_where_it_cannot_write(run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("taken")
    done = run("diagram", "--out", str(blocked / "deeper"))
    assert done.code == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Choose another folder" in done.stderr


@pytest.mark.parametrize(
    "printed",
    [
        "ICP-PUBLISH 信息发布平台和递送服务: 一般 50%, P4 100%, P20 50%",
        "DNS 互联网域名解析服务业务: 未核实",
        "续期（延续） (renewal) × 变更 (change): 经营主体、覆盖范围、增加业务种类的变更须先办结",
        "1069YXXXXXXX: 1069[5-8]\\d{7}",
        "62 甘肃省: 甘肃省通信管理局 甘",
        "省内 1,000,000; 跨地区 10,000,000",
        "insured_staff: 社保人数; 全国默认: 3 人",
        "lateness_tolerance: 逾期容忍日数; 全国默认: 0 日",
        "RL-02  只经营许可的种类和项目，为红不得提交",
        "Q70  ",
        "+ 用户协议样本",
    ],
)
def test_it_shows_the_tables_that_no_procedure_owns(run, printed):
    assert printed in run("show").stdout
