"""Who handles a case: assigning is recorded like anything else."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services import accounts
from workflow.services.advance import Moved, record
from workflow.services.sealing import Request
from workflow.services.step import Step
from workflow.storage import people

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
                check_takes(step.tx, step.case.company_id, name, new)
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


def who_may_take(
    session: Session, company_id: int, roles: Collection[Role] = (Role.HANDLER, Role.REVIEWER)
) -> list[tuple[str, str]]:
    """Id and name of everybody active in these roles whose scope holds the client."""
    return who_may_take_each(session, (company_id,), roles)[company_id]


def who_may_take_each(
    session: Session, company_ids: Collection[int], roles: Collection[Role]
) -> dict[int, list[tuple[str, str]]]:
    """The same for several clients, the accounts read once."""
    able = [a for a in accounts.everybody(session) if a.active and a.role in roles]
    return {
        company_id: [(str(a.id), a.name) for a in able if a.scope.allows(company_id)]
        for company_id in company_ids
    }


def check_takes(tx: Session, company_id: int, field: str, account_id: str) -> None:
    """Only an active account that sees the client, a handler's for the handler and so on.

    Raises BadInput at the field.
    """
    found = people.by(tx, "id", int(account_id)) if account_id.isdecimal() else None
    roles = (Role.HANDLER, Role.REVIEWER) if field == "handler_id" else (Role.REVIEWER,)
    sees = found is not None and (found.scope is None or company_id in found.scope)
    if found is None or not found.active or found.role not in roles or not sees:
        raise BadInput(
            field,
            Text("这个人不能承接这家企业的事", "This person cannot take on this client"),
        )
