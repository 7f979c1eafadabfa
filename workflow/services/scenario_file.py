"""Scenario files: read, checked whole before anything is played, faults named with their line."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from workflow.services.scenario_shape import Scenario, StepPart

TRIGGERS = frozenset(
    [
        "prepare",
        "submit",
        "request_correction",
        "resubmit",
        "approve",
        "reject",
        "decline",
        "withdraw",
        "deem_renewed",
        "request_sign_off",
        "recall_sign_off",
        "sign_off",
        "return_pack",
        "revoke_sign_off",
        "accept",
        "deem_accepted",
        "pause_review",
        "resume_review",
        "extend_review",
        "post_notice",
        "note_objection",
        "deliver",
        "waive",
        "rectify",
        "open_service",
    ]
)
_ACTIONS = ("do", "provide", "answer", "set", "tick")
_RELATIVE = re.compile(r"T(?:([+-])(\d{1,5}))?")


class BadScenario(Exception):
    """Not a valid scenario; `line` is where, from 1, `reason` why."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"line {line}: {reason}")


def read_scenario(text: str, *, today: date | None = None) -> Scenario:
    """Read and check a file. With `today`, days may be written T, T-40, T+5 (demo files only).

    Raises BadScenario with the line of the first fault.
    """
    tree = _load(text)
    if today is not None:
        _make_absolute(tree, today)
    try:
        scenario = Scenario.model_validate(_plain(tree))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadScenario(_line(tree, first["loc"]), _reason(first)) from error
    _check_names(scenario, tree)
    _check_steps(scenario, tree)
    return scenario


def _load(text: str) -> Any:  # noqa: ANN401 - a YAML tree
    try:
        tree = YAML(typ="rt", pure=True).load(io.StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(error.problem or error.context or "not valid YAML").split())
        raise BadScenario(mark.line + 1 if mark else 1, reason) from error
    except (YAMLError, ValueError) as error:
        raise BadScenario(1, f"not valid YAML: {error}") from error
    if not isinstance(tree, dict):
        raise BadScenario(1, "a scenario is a mapping with title, as_of, companies and steps")
    return tree


def _make_absolute(node: Any, today: date) -> None:  # noqa: ANN401
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(pairs):
        if isinstance(value, (dict, list)):
            _make_absolute(value, today)
        elif isinstance(value, str) and (found := _RELATIVE.fullmatch(value)):
            shift = int(f"{found[1]}{found[2]}") if found[1] else 0
            node[key] = today + timedelta(shift)


def _plain(node: Any) -> Any:  # noqa: ANN401
    """The tree without the reader's own types."""
    if isinstance(node, dict):
        return {_key(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def _key(key: object) -> object:
    return int(key) if isinstance(key, int) and not isinstance(key, bool) else str(key)


def _line(tree: Any, path: tuple[Any, ...]) -> int:  # noqa: ANN401
    """The line of the deepest place of `path` that the file has, from 1."""
    node, line = tree, 1
    for part in path:
        if isinstance(node, Mapping):
            key = next((key for key in node if str(key) == str(part)), None)
            if key is None:
                continue
            line = node.lc.key(key)[0] + 1  # type: ignore[attr-defined]
            node = node[key]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            line = node.lc.item(part)[0] + 1  # type: ignore[attr-defined]
            node = node[part]
    return line


def _reason(error: Any) -> str:  # noqa: ANN401 - pydantic's error dict
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown key {place}"
    if error["type"] == "missing":
        return f"{place} is missing"
    return f"{place}: {error['msg']}"


def _check_names(scenario: Scenario, tree: Any) -> None:  # noqa: ANN401
    for name, license_ in scenario.licenses.items():
        _known(tree, ("licenses", name, "company"), license_.company, scenario.companies)
    for name, case in scenario.cases.items():
        _known(tree, ("cases", name, "company"), case.company, scenario.companies)
        if isinstance(case.license, str):
            _known(tree, ("cases", name, "license"), case.license, scenario.licenses)
        elif case.license is not None:
            _known(tree, ("cases", name, "license"), case.license.from_, scenario.cases)


def _check_steps(scenario: Scenario, tree: Any) -> None:  # noqa: ANN401
    clock = scenario.as_of
    for index, step in enumerate(scenario.steps):
        place = ("steps", index)
        line = _line(tree, place)
        found = [name for name in _ACTIONS if getattr(step, name) is not None]
        if len(found) > 1:
            raise BadScenario(line, f"a step has one action, not {' and '.join(found)}")
        if step.do is not None and step.do not in TRIGGERS:
            raise BadScenario(line, f"there is no trigger {step.do}")
        if step.with_ and step.do is None:
            raise BadScenario(line, "`with` goes with `do`")
        if step.on is not None and step.on < clock:
            raise BadScenario(line, f"the clock does not go back: {step.on} is before {clock}")
        clock = step.on or clock
        try:
            _ = step.role
        except ValueError:
            raise BadScenario(line, f"there is no role {step.by}") from None
        _known(tree, (*place, "case"), step.case, scenario.cases)
        _known(tree, (*place, "company"), step.company, scenario.companies)
        _known(tree, (*place, "license"), step.license, scenario.licenses)
        _has_subject(scenario, step, line)


def _has_subject(scenario: Scenario, step: StepPart, line: int) -> None:
    needs_case = step.do or step.provide or step.answer
    if needs_case and step.case is None and step.license is None and len(scenario.cases) != 1:
        raise BadScenario(line, "name the case: there is not exactly one")
    if step.set is not None and step.company is None and step.license is None:
        raise BadScenario(line, "`set` needs a company or a license")


def _known(tree: Any, path: tuple[Any, ...], name: str | None, names: Mapping[str, Any]) -> None:  # noqa: ANN401
    if name is not None and name not in names:
        raise BadScenario(_line(tree, path), f"{path[-1]} {name} is not defined")
