"""What a scenario expects, compared with what is: every difference with step, key and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.errors import DeskError
from workflow.law import catalogue
from workflow.services import standing
from workflow.services.scenario_shape import Expected, Part, StepPart


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not hold. `step` counts from 1."""

    step: int
    key: str
    expected: Any
    actual: Any

    def as_json(self) -> dict[str, Any]:
        """The form of the command's JSON output."""
        return {
            "step": self.step,
            "key": self.key,
            "expected": _plain(self.expected),
            "actual": _plain(self.actual),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """The step just played: its number, its text, the story's day and the case it was on."""

    number: int
    step: StepPart
    today: date
    case_number: str | None


def check(
    session: Session, place: Place, refused: tuple[str, ...] | None, license_id: int | None
) -> list[Failure]:
    """Every expectation of one step that does not hold."""
    expected = place.step.expect
    failures = [
        Failure(place.number, key, wanted, found)
        for key, wanted, found in _refusal(expected, refused)
    ]
    failures += [
        Failure(place.number, key, wanted, found)
        for key, wanted, found in _differences(session, place, license_id)
    ]
    return failures


Difference = tuple[str, Any, Any]


def _refusal(expected: Expected, refused: tuple[str, ...] | None) -> Iterator[Difference]:
    codes = list(refused or ())
    if not expected.refusal:
        if refused is not None:
            yield "refused", [], codes
        return
    if expected.refused is not None and (
        refused is None or not set(expected.refused) <= set(codes)
    ):
        yield "refused", expected.refused, codes
    if expected.refused_exactly is not None and (
        refused is None or set(expected.refused_exactly) != set(codes)
    ):
        yield "refused_exactly", expected.refused_exactly, codes


def _differences(session: Session, place: Place, license_id: int | None) -> Iterator[Difference]:
    expected = place.step.expect
    if expected.license is not None:
        found = standing.license_now(session, place.case_number, license_id)
        yield from _fields("license", expected.license, found)
    if place.case_number is None:  # not open yet: nothing can be true of it
        yield from ((name, getattr(expected, name), None) for name in sorted(expected.about_case))
        return
    yield from _of_case(session, place)


def _of_case(session: Session, place: Place) -> Iterator[Difference]:
    expected = place.step.expect
    now = standing.of_case(session, place.case_number or "", place.today)
    if expected.state is not None and expected.state != now.state:
        yield "state", expected.state, now.state
    if expected.authority is not None and expected.authority != now.authority:
        yield "authority", expected.authority, now.authority
    yield from _triggers(expected, now.offered(place.step.role))
    yield from _guards(expected, now)
    for code, wanted in (expected.clocks or {}).items():
        yield from _fields(f"clocks.{code}", wanted, now.clock(code))
    if expected.materials is not None:
        yield from _materials(expected, now)
    yield from _looked_at(expected, now)
    if expected.earliest_filing not in (None, now.earliest_filing):
        yield "earliest_filing", expected.earliest_filing, now.earliest_filing
    if expected.case is not None:
        yield from _fields("case", expected.case, now.dates)
    open_tasks = now.tasks
    if expected.tasks is not None and not set(expected.tasks) <= set(open_tasks):
        yield "tasks", expected.tasks, open_tasks


def _looked_at(expected: Expected, now: standing.Standing) -> Iterator[Difference]:
    """The self-check and the kinds proposed; no kinds expected means none may be proposed."""
    found = now.self_check if expected.self_check else {}
    for code, wanted in (expected.self_check or {}).items():
        if wanted != found.get(code, "absent"):
            yield f"self_check.{code}", wanted, found.get(code, "absent")
    if expected.proposes is not None:
        proposed = list(now.proposes)
        if not set(expected.proposes) <= set(proposed) or (proposed and not expected.proposes):
            yield "proposes", expected.proposes, proposed


def _triggers(expected: Expected, offered: set[str]) -> Iterator[Difference]:
    for trigger in expected.allowed or ():
        if trigger not in offered:
            yield "allowed", trigger, sorted(offered)
    for trigger in expected.not_allowed or ():
        if trigger in offered:
            yield "not_allowed", trigger, sorted(offered)


def _guards(expected: Expected, now: standing.Standing) -> Iterator[Difference]:
    if expected.guards is None:
        return
    results = {finding.code: finding.result.value for finding in now.findings}
    for code, wanted in expected.guards.items():
        found = results.get(code, "absent")
        if wanted != found:
            yield f"guards.{code}", wanted, found


def _materials(expected: Expected, now: standing.Standing) -> Iterator[Difference]:
    wanted, listed, missing = expected.materials, now.required, now.missing
    if wanted is None:
        return
    if set(wanted.required or ()) - set(listed):
        yield "materials.required", wanted.required, listed
    if set(wanted.absent or ()) & set(listed):
        yield "materials.absent", wanted.absent, listed
    if wanted.missing is not None and set(wanted.missing) - set(missing):
        yield "materials.missing", wanted.missing, missing


def _fields(prefix: str, wanted: Part, found: dict[str, Any]) -> Iterator[Difference]:
    for name in sorted(wanted.model_fields_set):
        value, actual = getattr(wanted, name), found.get(name)
        if isinstance(value, dict):
            value = {kind: [_item(kind, item) for item in value[kind]] for kind in value}
        same = sorted(value) == sorted(actual or []) if isinstance(value, list) else value == actual
        if not same:
            yield f"{prefix}.{name}", value, actual


def _item(kind: str, written: str) -> str:
    """An item's code; the Chinese name is accepted as well."""
    try:
        return catalogue.item_code(kind, written)
    except DeskError:
        return written


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Part):
        return value.model_dump(mode="json", exclude_unset=True)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
