"""`license-desk law`: check, show, diagram."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

import pytest

import workflow.law
from workflow.cli.main import outcome
from workflow.domain.procedure import State
from workflow.law import clocks
from workflow.law.catalogue import LAW


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


def test_it_refuses_an_impossible_day(run):
    done = run("show", "--on", "2026-02-30")
    assert done.code == 2


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
