"""Rectify: a recorded fact is superseded by a new event; the old one stays on the trail."""

from __future__ import annotations

from datetime import date
from typing import Any

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.domain.workdays import add_years
from workflow.services.step import Step
from workflow.storage import register

FIELDS = {"on", "receipt", "number", "valid_from", "valid_to", "reason", "reply_by"}
_ON_LICENSE = {"number", "valid_from", "valid_to"}
_DAYS = {"on", "valid_from", "valid_to", "reply_by"}
TERM_YEARS = 5


def rectify_fact(step: Step) -> None:
    """Supersede one field of an earlier act; clocks and the register follow.

    `event` is the number of the event, or the name of the act (then the last one is meant).
    """
    index = _find(step, str(step.given["event"]))
    seq, do, on, given = step.case.acts[index]
    name, value = str(step.given["field"]), _value(step)
    if name == "on":
        _in_order(step, index, date.fromisoformat(value))
        old, acted = on, [seq, do, value, given]
        if seq == step.case.pack.get("filed_seq"):
            step.case.filed_on = date.fromisoformat(value)
    elif name in given:
        old, acted = given[name], [seq, do, on, {**given, name: value}]
    else:
        raise BadInput("field", Text(f"这条记录没有 {name}", f"That record has no field {name}"))
    step.case.acts = [*step.case.acts[:index], acted, *step.case.acts[index + 1 :]]
    step.changed(f"{do}.{name}", old, value)
    step.kept = {"event": seq, "field": name}
    if do == "approve":
        _correct_license(step, name, value, given)


def _find(step: Step, event: str) -> int:
    for index in range(len(step.case.acts) - 1, -1, -1):
        seq, do, *_ = step.case.acts[index]
        if event in (str(seq), do) and do != "rectify":
            return index
    raise BadInput(
        "event", Text(f"没有可更正的记录 {event}", f"There is no record {event} to rectify")
    )


def _value(step: Step) -> Any:  # noqa: ANN401 - text in every case so far
    name, value = str(step.given["field"]), str(step.given["value"])
    if name not in FIELDS:
        raise BadInput(
            "field", Text(f"{name} 不能更正", f"{name} is not a field that can be rectified")
        )
    if name in _DAYS:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise BadInput("value", Text(f"{value} 不是日期", f"{value} is not a date")) from error
    return value


def _in_order(step: Step, index: int, day: date) -> None:
    """A rectified day must stay between its neighbours and not lie in the future."""
    facts = [date.fromisoformat(on) for _, do, on, _ in step.case.acts[:index] if do in _ORDERED]
    later = [
        date.fromisoformat(on) for _, do, on, _ in step.case.acts[index + 1 :] if do in _ORDERED
    ]
    earliest = max(facts, default=day)
    latest = min([*later, step.moment.today])
    if step.case.acts[index][1] not in _ORDERED:
        return
    if not earliest <= day <= latest:
        raise BadInput(
            "value",
            Text(
                f"日期应在 {earliest} 至 {latest} 之间",
                f"The day must lie between {earliest} and {latest}",
            ),
        )


def _correct_license(step: Step, name: str, value: str, given: dict[str, Any]) -> None:
    found = register.license_of_case(step.tx, step.case.id)
    if found is None:
        return
    if name == "number" and register.number_taken(step.tx, value):
        raise BadInput(
            "value",
            Text(f"台账里已有许可证 {value}", f"License {value} is already in the register"),
        )
    if name in _ON_LICENSE:
        register.correct(
            step.tx, found[0], name, date.fromisoformat(value) if name in _DAYS else value
        )
        step.changed(f"license.{name}", given.get(name), value)
    elif name == "on" and found[2].isoformat() == given.get("valid_from"):
        _move_term(step, found, date.fromisoformat(value))


def _move_term(step: Step, found: tuple[int, str, date, date], day: date) -> None:
    """A term that began on the day of the decision moves with it."""
    license_id, _, old_from, old_to = found
    if old_to != add_years(old_from, TERM_YEARS):
        return
    for name, old, new in (
        ("valid_from", old_from, day),
        ("valid_to", old_to, add_years(day, TERM_YEARS)),
    ):
        register.correct(step.tx, license_id, name, new)
        step.changed(f"license.{name}", old.isoformat(), new.isoformat())
    for act in step.case.acts:
        if act[1] == "approve":
            act[3] = {
                **act[3],
                "valid_from": day.isoformat(),
                "valid_to": add_years(day, TERM_YEARS).isoformat(),
            }


_ORDERED = {
    "submit",
    "resubmit",
    "request_correction",
    "accept",
    "pause_review",
    "resume_review",
    "approve",
    "reject",
    "decline",
}
