"""A message that could not be delivered: a person has it tried again, or says it is handled."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment, Scope
from workflow.domain.errors import NotFound, RoleMissing
from workflow.domain.procedure import Role
from workflow.services import delivery
from workflow.services.advance import Moved, record
from workflow.services.delivery import Incident
from workflow.services.sealing import Request
from workflow.services.step import Step

_MAY = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)


def retry(
    tx: Session,
    number: str,
    outbox_id: int,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Try the message again from the first attempt; the act is on the trail of its case."""
    return _record(tx, number, "retry_message", outbox_id, actor, moment, request, delivery.retry)


def mark_handled(
    tx: Session,
    number: str,
    outbox_id: int,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Close it: somebody told the people concerned; the act is on the trail of its case."""

    def close(session: Session, scope: Scope, incident_id: int) -> Incident:
        return delivery.mark_handled(session, scope, incident_id, moment=moment)

    return _record(tx, number, "handle_message", outbox_id, actor, moment, request, close)


def _record(  # noqa: PLR0917 - one private shape for two acts
    tx: Session,
    number: str,
    action: str,
    outbox_id: int,
    actor: Actor,
    moment: Moment,
    request: Request,
    act: Callable[[Session, Scope, int], Incident],
) -> Moved:
    if actor.role not in _MAY:
        raise RoleMissing

    def change(step: Step) -> None:
        incident = act(step.tx, actor.scope, outbox_id)
        if incident.number != step.case.number:
            raise NotFound
        step.given = {"event": incident.seq, "attempts": incident.attempt}
        step.changed(f"message.{incident.seq}", "incident", action)

    return record(tx, number, action, actor=actor, moment=moment, change=change, request=request)
