"""A case's own target and what its client was promised: typed by those who work on it, recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotOffered, RoleMissing
from workflow.domain.own_dates import FIELDS, own_dates
from workflow.domain.procedure import Role, State, Text
from workflow.services import judging
from workflow.services.advance import Moved, record
from workflow.services.sealing import Request
from workflow.services.step import Step

MAY = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
_WITH_THEM = Text("案件已提交或已结束，没有自定期限", "Filed or closed: no dates of our own")
_PAST = Text("日期不能早于今天", "The date cannot be before today")


def may_set(actor: Actor, state: str) -> bool:
    """True while the case is not filed, for those who work on cases."""
    return actor.role in MAY and State(state) in judging.FILING


def set_dates(
    tx: Session,
    number: str,
    dates: Mapping[str, date | None],
    *,
    actor: Actor,
    moment: Moment,
    note: str = "",
    version: int | None = None,
    request: Request = Request(),  # noqa: B008 - frozen
) -> Moved:
    """Set the named dates (`internal_by`, `promised_by`); None takes one away.

    They stand beside the dates of the law until the case is filed. Raises NotOffered once it is,
    BadInput at each new date that lies behind us.
    """
    if actor.role not in MAY:
        raise RoleMissing

    def change(step: Step) -> None:
        if State(step.case.state) not in judging.FILING:
            raise NotOffered(_WITH_THEM)
        held = own_dates(step.case.pack)
        for name, day in dates.items():
            if day and day != held.get(name) and day < moment.today:
                raise BadInput(name, _PAST)
        kept = {name: dates.get(name, held.get(name)) for name in FIELDS}
        for name in FIELDS:
            step.changed(name, _written(held.get(name)), _written(kept[name]))
        written = {name: day.isoformat() for name, day in kept.items() if day}
        step.case.pack = {**step.case.pack, "dates": written}

    return record(
        tx, number, "set_dates", actor=actor, moment=moment, change=change, version=version,
        note=note, request=request,
    )  # fmt: skip


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None
