"""The architecture as tests: what the import contracts cannot see."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from tests.support import house_rules
from tests.support.house_rules import RULES, Module, Rule

ROOT = Path(__file__).parents[1]
MODULES = house_rules.product_modules(ROOT)
BROKEN = [
    (house_rules.one_door_for_the_state, "row.state = 'approved'"),
    (house_rules.one_door_for_the_state, "first, row.state = 1, 'approved'"),
    (house_rules.one_door_for_the_state, "setattr(row, 'state', 'approved')"),
    (house_rules.time_is_passed_in, "import datetime as dt\nnow = dt.datetime.now(dt.UTC)"),
    (house_rules.time_is_passed_in, "from datetime import date\ntoday = date.today()"),
    (house_rules.time_is_passed_in, "from time import time"),
    (house_rules.time_is_passed_in, "make(default_factory=datetime.utcnow)"),
    (house_rules.settings_stay_at_the_edge, "import os\nurl = os.environ['URL']"),
    (house_rules.settings_stay_at_the_edge, "from workflow.settings import Settings"),
    (house_rules.settings_stay_at_the_edge, "from workflow import settings"),
    (house_rules.it_says_what_it_is_for, "import os"),
    (house_rules.it_says_what_it_is_for, '"""things"""'),
    (house_rules.modules_are_short, "\n" * 301),
    (house_rules.functions_are_short, "def long():\n" + "    pass\n" * 60),
    (house_rules.names_say_something, "def load_data(): ..."),
    (house_rules.names_say_something, "class CaseManager: ..."),
    (house_rules.names_say_something, "class HTTPInfo: ..."),
    (house_rules.names_say_something, "async def case_helpers(): ..."),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_it_keeps_the_rule(rule: Rule) -> None:
    offences = [offence for module in MODULES for offence in rule(module)]
    assert not offences, f"{rule.__doc__}\n" + "\n".join(offences)


@pytest.mark.parametrize(("rule", "source"), BROKEN)
def test_it_sees_the_rule_broken(rule: Rule, source: str) -> None:
    assert list(rule(Module("workflow/services/example.py", source)))


def test_it_breaks_every_rule_once() -> None:
    assert {rule for rule, _ in BROKEN} == set(RULES)


def test_it_sees_a_module_with_an_empty_name() -> None:
    assert list(house_rules.names_say_something(Module("web/utils.py", "")))


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (house_rules.one_door_for_the_state, "workflow/storage/cases.py", "case.state = target"),
        (
            house_rules.one_door_for_the_state,
            "workflow/services/desk.py",
            "if case.state == 1: ...",
        ),
        (house_rules.time_is_passed_in, "web/cases.py", "now = datetime.now(UTC)"),
        (house_rules.time_is_passed_in, "workflow/services/bench.py", "start = time.monotonic()"),
        (house_rules.settings_stay_at_the_edge, "workflow/cli/main.py", "x = os.environ"),
        (house_rules.names_say_something, "web/forms.py", "def tell_manager(): ..."),
        (house_rules.names_say_something, "web/forms.py", "def process_data(): ..."),
    ],
)
def test_it_lets_pass_what_the_rule_allows(rule: Rule, path: str, source: str) -> None:
    assert not list(rule(Module(path, source)))


def test_it_names_the_modules_that_grow_long() -> None:
    for path in house_rules.long_modules(MODULES):
        warnings.warn(f"long module: {path}", stacklevel=1)
