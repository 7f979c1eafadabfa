"""Rectify: a recorded fact is superseded by a new event; the old one stays on the trail."""

from __future__ import annotations

from datetime import date
from typing import Any

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Ask, Text
from workflow.domain.workdays import add_working, add_years
from workflow.law import catalogue
from workflow.law.term import TERM_YEARS
from workflow.services import asks, judging
from workflow.services.intake import check_term
from workflow.services.step import Step
from workflow.storage import paperwork, register

FIELDS = {"on", "receipt", "number", "valid_from", "valid_to", "reason", "reply_by"}
_ON = Ask("on", Text("日期", "Day"), "date")
_RECEIPTS = ("submit", "resubmit")
_ON_LICENSE = ("number", "valid_from", "valid_to")
# acts whose days follow one another; what is done at the desk may be dated in any order
_DATED = {
    "submit",
    "resubmit",
    "request_correction",
    "accept",
    "pause_review",
    "resume_review",
    "approve",
    "reject",
    "decline",
    "withdraw",
    "deliver",
}


def rectify_fact(step: Step) -> None:
    """Supersede one field of an earlier act; clocks, rounds and the register follow.

    `event` is the number of the event, or the name of the act (then the last one is meant).
    """
    index = _find(step, str(step.given["event"]))
    seq, do, on, given = step.case.acts[index]
    name = str(step.given["field"])
    value = _value(step, do, name, given)
    if name == "on":
        _in_order(step, index, date.fromisoformat(value))
        old, acted = on, [seq, do, value, given]
    else:
        old, acted = given.get(name), [seq, do, on, {**given, name: value}]
    step.case.acts = [*step.case.acts[:index], acted, *step.case.acts[index + 1 :]]
    step.changed(f"{do}.{name}", old, value)
    step.kept = {"event": seq, "field": name}
    if do in _RECEIPTS and name == "on":
        _move_receipt(step, index, value)
    elif do == "request_correction":
        _correct_round(step, acted)
    if do == "resubmit" and name == "on":
        paperwork.redate_closing(step.tx, step.case.id, _round_before(step, index), value)
    if do == "approve":
        _correct_license(step, name, value, old)


def _find(step: Step, event: str) -> int:
    for index in range(len(step.case.acts) - 1, -1, -1):
        seq, do, *_ = step.case.acts[index]
        if event in (str(seq), do) and do != "rectify":
            return index
    raise BadInput(
        "event", Text(f"没有可更正的记录 {event}", f"There is no record {event} to rectify")
    )


def _value(step: Step, do: str, name: str, given: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The correct value, checked as it would have been when it was first recorded."""
    if name not in FIELDS:
        raise BadInput(
            "field", Text(f"{name} 不能更正", f"{name} is not a field that can be rectified")
        )
    if name == "on" and do == "deem_accepted":
        raise BadInput(
            "field",
            Text(
                "视为受理的日期随收到日期：请更正提交", "That day follows the receipt: rectify it"
            ),
        )
    rules = catalogue.procedure(step.case.procedure).rules
    asked = (ask for rule in rules if rule.trigger == do for ask in rule.asks if not ask.personal)
    ask = _ON if name == "on" else next((ask for ask in asked if ask.name == name), None)
    if ask is None and name not in given:
        raise BadInput("field", Text(f"这条记录没有 {name}", f"That record has no field {name}"))
    try:
        return asks.answer(ask or Ask(name, Text(name, name)), step.given["value"], step.case)
    except BadInput as error:
        raise BadInput("value", error.says) from error


def _in_order(step: Step, index: int, day: date) -> None:
    """A rectified day must stay between its neighbours and not lie in the future."""
    acts, today = step.case.acts, step.moment.today
    neighbours = acts[index][1] in _DATED
    before = [_day(act) for act in acts[:index] if act[1] in _DATED] if neighbours else []
    later = [_day(act) for act in acts[index + 1 :] if act[1] in _DATED] if neighbours else []
    earliest, latest = max(before, default=date.min), min([*later, today])
    if not earliest <= day <= latest:
        raise BadInput(
            "value",
            Text(f"日期不能晚于 {latest}", f"The day cannot be after {latest}")
            if not before
            else Text(
                f"日期应在 {earliest} 至 {latest} 之间",
                f"The day must lie between {earliest} and {latest}",
            ),
        )


def _move_receipt(step: Step, index: int, value: str) -> None:
    """The filing date is that of the first receipt; silence counts from the receipt's day."""
    acts = step.case.acts
    if acts[index][0] == step.case.pack.get("filed_seq"):
        step.case.filed_on = date.fromisoformat(value)
    for later in acts[index + 1 :]:
        if later[1] in _RECEIPTS:
            break
        if later[1] == "deem_accepted":
            _move_silence(step, later, value)


def _move_silence(step: Step, act: list[Any], receipt: str) -> None:
    """Silence counts from the right receipt; where its five days have not passed, it is undone."""
    clock = catalogue.LAW.clocks["K-CORR"]
    due = add_working(judging.calendar_in_use(step.tx), date.fromisoformat(receipt), clock.length)
    if step.moment.today > due:
        step.changed("deem_accepted.on", act[2], receipt)
        act[2] = receipt
    else:
        step.changed("deem_accepted", act[2], None)
        step.case.acts = [other for other in step.case.acts if other is not act]


def _correct_round(step: Step, act: list[Any]) -> None:
    """The round's points carry the day of the notice and the day to reply by."""
    _, _, on, given = act
    reply_by = given.get("reply_by")
    if reply_by and reply_by < on:
        raise BadInput(
            "value",
            Text(
                f"截止日期不能早于收到日期：{reply_by}，{on}",
                f"The deadline cannot be before the notice: {reply_by}, {on}",
            ),
        )
    paperwork.redate_round(step.tx, step.case.id, given["round"], notified_on=on, reply_by=reply_by)


def _round_before(step: Step, index: int) -> int:
    rounds = [a[3]["round"] for a in step.case.acts[:index] if a[1] == "request_correction"]
    return int(rounds[-1]) if rounds else 0


def _correct_license(step: Step, name: str, value: str, old: str | None) -> None:
    found = register.license_of_case(step.tx, step.case.id)
    if found is None and step.case.license_id is not None and name != "on":
        found = register.license_term(step.tx, step.case.license_id)
    if found is None or value == old:
        return
    license_id, _, first, last = found
    if name == "number" and register.number_taken(step.tx, value, license_id):
        raise BadInput(
            "value",
            Text(f"台账里已有许可证 {value}", f"License {value} is already in the register"),
        )
    term = {"valid_from": first.isoformat(), "valid_to": last.isoformat(), name: value}
    check_term(_iso(term["valid_from"]), _iso(term["valid_to"]), "value")
    if name in _ON_LICENSE:
        register.correct(step.tx, license_id, name, value if name == "number" else _iso(value))
        step.changed(f"license.{name}", old, value)
    elif name == "on" and first.isoformat() == old:
        _move_term(step, found, date.fromisoformat(value))


def _move_term(step: Step, found: tuple[int, str, date, date], day: date) -> None:
    """A term of five years that began on the day of the decision moves with it."""
    license_id, _, old_from, old_to = found
    if old_to != add_years(old_from, TERM_YEARS):
        return
    moved = {"valid_from": (old_from, day), "valid_to": (old_to, add_years(day, TERM_YEARS))}
    for name, (old, new) in moved.items():
        register.correct(step.tx, license_id, name, new)
        step.changed(f"license.{name}", old.isoformat(), new.isoformat())
    for act in step.case.acts:
        if act[1] == "approve":
            act[3] = {**act[3], **{name: new.isoformat() for name, (_, new) in moved.items()}}


def _day(act: list[Any]) -> date:
    return date.fromisoformat(act[2])


def _iso(value: str) -> date:
    return date.fromisoformat(value)
