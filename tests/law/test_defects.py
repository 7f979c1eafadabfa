"""Planted defects: every way to write the law wrongly is named with its place, at the start."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace

import pytest

from tests.law.planted import NEW, PLANTED, UNCITED, row, with_rule
from workflow.domain import defects, definition, entries
from workflow.domain.definition import DefectiveLaw, problems
from workflow.domain.procedure import Need
from workflow.law import loading, new, question_words, renewal, tables
from workflow.law.catalogue import LAW

RENEWAL = LAW.procedures["renewal"]


def found_in(planted, check=problems, check_tables=tables.defects):
    if isinstance(planted, tables.Tables):
        return list(check_tables(LAW, planted))
    return list(check(planted))


def test_it_finds_no_defect_in_the_law_as_shipped():
    assert problems(LAW) == []
    assert list(tables.defects(LAW)) == []


@pytest.mark.parametrize("sort", PLANTED)
def test_it_names_a_planted_defect(sort):
    planted, named = PLANTED[sort]
    found = found_in(planted)
    assert any(named in defect for defect in found), found


def test_it_names_every_defect_at_once():
    law = with_rule("submit", by=frozenset(), cites=(), guards=("G-NONE",))
    named = [defect for defect in problems(law) if "submit" in defect]
    assert len(named) == 3


class Watched(ast.NodeTransformer):
    """Every `yield` of a checker, told apart: which of them ever said something."""

    def __init__(self, module):
        self.module, self.sites = module.__name__, {}

    def _watch(self, node, call):
        name = f"{self.module}:{node.lineno}"
        self.sites[name] = ast.unparse(node)
        self.generic_visit(node)
        heard = ast.Call(ast.Name(call, ast.Load()), [ast.Constant(name), node.value], [])
        node.value = ast.copy_location(heard, node)
        return ast.fix_missing_locations(node)

    def visit_Yield(self, node):
        return self._watch(node, "_said")

    def visit_YieldFrom(self, node):
        return self._watch(node, "_passed_on")


def watched_checkers(heard):
    """The checkers anew, writing down every place that named a defect; and all the places."""

    def _said(site, defect):
        heard.add(site)
        return defect

    def _passed_on(site, found):
        for defect in found:
            heard.add(site)
            yield defect

    anew, sites = {"_said": _said, "_passed_on": _passed_on}, {}
    for module in (defects, entries, definition, tables):
        watch = Watched(module)
        tree = watch.visit(ast.parse(inspect.getsource(module)))
        tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        space = {**vars(module), **anew}
        code = compile(tree, module.__file__, "exec", annotations.compiler_flag)
        exec(code, space)  # noqa: S102 - our own checker, with its yields watched
        anew |= {n.name: space[n.name] for n in tree.body if not n.name.startswith("_")}
        sites |= watch.sites
    return anew["problems"], anew["defects"], sites


def test_it_plants_a_defect_of_every_sort_that_the_checker_knows():
    heard = set()
    check, check_tables, sites = watched_checkers(heard)
    for planted, _ in PLANTED.values():
        found_in(planted, check, check_tables)
    assert len(sites) > 80
    assert {sites[site] for site in set(sites) - heard} == set()


def test_it_refuses_to_load_a_defective_law(monkeypatch):
    broken = replace(NEW, clocks=(*NEW.clocks, "K-NONE"))
    monkeypatch.setattr(new, "PROCEDURE", broken)
    with pytest.raises(DefectiveLaw) as refusal:
        loading.load()
    assert refusal.value.defects == ["procedure new: unknown clock K-NONE"]


def test_it_names_the_place_of_a_paper_that_an_answer_would_read(monkeypatch):
    """The answers list the papers of a procedure: they must not trip over one that is not there."""
    broken = replace(RENEWAL, needs=(*RENEWAL.needs, Need("M-NONE")))
    monkeypatch.setattr(renewal, "PROCEDURE", broken)
    monkeypatch.setattr(question_words, "_PROCEDURES", {"renewal": broken, "new": NEW})
    with pytest.raises(DefectiveLaw) as refusal:
        loading.load()
    assert refusal.value.defects == ["procedure renewal: unknown material M-NONE"]


def test_it_refuses_to_load_with_a_defective_table(monkeypatch):
    planted = row("changes", cites=UNCITED)
    monkeypatch.setattr(tables.defects, "__defaults__", (planted,))
    with pytest.raises(DefectiveLaw) as refusal:
        loading.load()
    assert refusal.value.defects == ["change C-NAME: no basis"]


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("CLOCKS", "clock K-CORR"),
        ("MATERIALS", "material M-APP"),
        ("KINDS", "licensekind IDC"),
    ],
)
def test_it_refuses_a_code_declared_twice(monkeypatch, table, what):
    things = getattr(loading, table)
    monkeypatch.setattr(loading, table, (*things, things[0]))
    with pytest.raises(DefectiveLaw, match=f"{what}: declared twice"):
        loading.load()
