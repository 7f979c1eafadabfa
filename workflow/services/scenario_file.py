"""Scenario files: read, checked whole before anything is played, faults named with their line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from workflow.services.scenario_check import check_whole
from workflow.services.scenario_shape import BadScenario, Scenario

__all__ = ["BadScenario", "Scenario", "read_scenario"]

LARGEST = 100_000
_RELATIVE = re.compile(r"T(?:([+-])(\d{1,5}))?")
_WRITTEN_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


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
        raise BadScenario(_line(tree, *first["loc"]), _reason(first)) from error
    scenario.found_in(partial(_line, tree))
    check_whole(scenario)
    return scenario


def _load(text: str) -> Any:  # noqa: ANN401 - a YAML tree
    try:
        tree = YAML(typ="rt", pure=True).load(io.StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(error.problem or error.context or "not valid YAML").split())
        raise BadScenario(mark.line + 1 if mark else 1, reason) from error
    except ValueError as error:
        raise BadScenario(_impossible_day(text), f"not a date: {error}") from error
    except YAMLError as error:
        raise BadScenario(1, f"not valid YAML: {error}") from error
    except RecursionError as error:
        raise BadScenario(1, "nested too deeply") from error
    if not isinstance(tree, dict):
        raise BadScenario(1, "a scenario is a mapping with title, as_of, companies and steps")
    return tree


def _impossible_day(text: str) -> int:
    """The line of the first day that no calendar has; the reader does not say where it was."""
    for number, line in enumerate(text.splitlines(), start=1):
        for written in _WRITTEN_DAY.findall(line):
            try:
                date.fromisoformat(written)
            except ValueError:
                return number
    return 1


def _make_absolute(node: Any, today: date) -> None:  # noqa: ANN401
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(pairs):
        if isinstance(value, (dict, list)):
            _make_absolute(value, today)
        elif isinstance(value, str) and (found := _RELATIVE.fullmatch(value)):
            shift = int(f"{found[1]}{found[2]}") if found[1] else 0
            node[key] = today + timedelta(shift)


def _plain(node: Any, budget: Iterator[int] | None = None) -> Any:  # noqa: ANN401
    """The tree without the reader's own types; aliases that multiply end at `LARGEST` values."""
    budget = budget or iter(range(LARGEST))
    if next(budget, None) is None:
        raise BadScenario(1, f"more than {LARGEST} values")
    if isinstance(node, dict):
        return {_key(key): _plain(value, budget) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value, budget) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def _key(key: object) -> object:
    return int(key) if isinstance(key, int) and not isinstance(key, bool) else str(key)


def _line(tree: Any, *path: str | int) -> int:  # noqa: ANN401
    """The line of the deepest place of `path` that the file has, from 1."""
    node, line = tree, 1
    for part in path:
        if isinstance(node, Mapping):
            key = next((key for key in node if str(key) == str(part)), None)
            if key is None:
                continue
            line = _written_at(node, key, line)
            node = node[key]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            line = node.lc.item(part)[0] + 1  # type: ignore[attr-defined]
            node = node[part]
    return line


def _written_at(node: Any, key: object, otherwise: int) -> int:  # noqa: ANN401
    """The line of a key; one that a merge (`<<`) brought along is not written here."""
    try:
        return int(node.lc.key(key)[0]) + 1
    except KeyError:
        return otherwise


def _reason(error: Any) -> str:  # noqa: ANN401 - pydantic's error dict
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown key {place}"
    if error["type"] == "missing":
        return f"{place} is missing"
    return f"{place}: {error['msg'].removeprefix('Value error, ')}"
