"""Filing the changes a ripple asks for: noted on every license, a case each, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.law.changes import AFTER_DECISION, AFTER_REGISTRY
from workflow.law.ripples import PRINTED
from workflow.services import assignment, license_marks, opening, ripple
from workflow.services.client_view import ClientView
from workflow.services.ripple import Filing, Ripple
from workflow.services.sealing import Request

NOTHING = Text("没有需要新开的变更办件", "There is no change left to open a case for")


def note(
    tx: Session,
    company_id: int,
    fields: Collection[str],
    days: Mapping[str, date | None],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> int:
    """Note on every license what happened and when; how many licenses were marked.

    `days`: `registered_on` and `decided_on`. Raises BadInput at the one that is missing.
    """
    found = ripple.of(tx, actor, company_id, fields, moment.today)
    _check(found, fields, days)
    for touched in found.to_open:
        changes = {
            filing.change: day
            for filing in touched.missing
            if filing.change in AFTER_REGISTRY | AFTER_DECISION
            and (day := ripple.day_of(filing.change, days))
        }
        if changes:
            license_marks.note_changes(
                tx, touched.held.line.id, changes, actor=actor, moment=moment, request=request
            )
    return len(found.to_open)


def open_changes(
    tx: Session,
    company_id: int,
    fields: Collection[str],
    days: Mapping[str, date | None],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> list[str]:
    """Note the changes and open one case for each license; their numbers.

    All or nothing: what refuses one case undoes the rest. Raises what `note` and `open_for` do.
    """
    found = ripple.of(tx, actor, company_id, fields, moment.today)
    note(tx, company_id, fields, days, actor=actor, moment=moment, request=request)
    handler = _handler(tx, found.client, actor)
    return [
        opening.open_for(
            tx,
            company_id,
            "change",
            license_id=touched.held.line.id,
            changes=[filing.change for filing in touched.missing],
            facts=_facts(found.client, touched.missing, days),
            handler_id=handler,
            actor=actor,
            moment=moment,
            request=request,
        ).number
        for touched in found.to_open
    ]


def _check(found: Ripple, fields: Collection[str], days: Mapping[str, date | None]) -> None:
    if not found.to_open or not set(fields) & set(ripple.CHANGE_OF):
        raise BadInput("field", NOTHING)
    for name, says in (
        ("registered_on", Text("请填写工商变更日期", "Enter the day of the registry change")),
        ("decided_on", Text("请填写公司决定日期", "Enter the day of the company's decision")),
    ):
        if found.asks(name) and days.get(name) is None:
            raise BadInput(name, says)


def _facts(
    client: ClientView, missing: Iterable[Filing], days: Mapping[str, date | None]
) -> dict[str, Any]:
    """What the case is told: the days, and the new values of what a change writes."""
    new = {
        filing.field: client.told[filing.field]
        for filing in missing
        if filing.field in (*PRINTED, "foreign_share") and client.told.get(filing.field) is not None
    }
    told: dict[str, Any] = {name: day for name, day in days.items() if day}
    return {**told, **({"new": new} if new else {})}


def _handler(tx: Session, client: ClientView, actor: Actor) -> str:
    """The person in charge of the client, else whoever opens the cases."""
    if client.handler_id:
        takers = {ident for ident, _ in assignment.who_may_take(tx, client.id)}
        if client.handler_id in takers:
            return client.handler_id
    return actor.id
