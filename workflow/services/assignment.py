"""Who handles a case: assigning is recorded like anything else."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import RoleMissing
from workflow.domain.procedure import Role
from workflow.services.advance import Moved, record
from workflow.services.sealing import Request
from workflow.services.step import Step

_MAY = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)


def assign(
    tx: Session,
    number: str,
    *,
    actor: Actor,
    moment: Moment,
    handler_id: str | None = None,
    reviewer_id: str | None = None,
    version: int | None = None,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Give the case to another handler or reviewer; both are told."""
    if actor.role not in _MAY:
        raise RoleMissing

    def change(step: Step) -> None:
        for name, new in (("handler_id", handler_id), ("reviewer_id", reviewer_id)):
            if new:
                step.changed(name, getattr(step.case, name), new)
                setattr(step.case, name, new)

    return record(
        tx,
        number,
        "assign",
        actor=actor,
        moment=moment,
        change=change,
        version=version,
        request=request,
        sends=(Role.HANDLER, Role.REVIEWER),
    )
