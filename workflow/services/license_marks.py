"""What people say of a license: it will not be renewed, a duty is done; and who is in charge."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.law.duties import DUTIES
from workflow.services import reminding
from workflow.services.advance import record_about
from workflow.services.assignment import check_takes
from workflow.services.sealing import Request
from workflow.storage import companies, reads, register

_WRITERS = (Role.HANDLER, Role.REVIEWER)
_KEEPERS = (*_WRITERS, Role.MANAGER)
LONGEST = 500


def will_not_renew(
    tx: Session,
    license_id: int,
    reason: str,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """The client lets the license end: the renewal reminders stop. Raises BadInput without reason.

    42号令 27 asks to tell the authority 90 days before as well; the mark does not do that.
    """
    said = _said("reason", reason)
    mark = {"reason": said, "on": moment.today.isoformat(), "by": actor.name}
    _mark(tx, license_id, "will_not_renew", lambda _: mark, actor, moment, request)


def will_renew(
    tx: Session,
    license_id: int,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Take the mark back: the reminders run again from the next step on."""
    _mark(tx, license_id, "will_not_renew", lambda _: None, actor, moment, request)


def duty_done(
    tx: Session,
    license_id: int,
    deadline: str,
    cycle: str,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """One run of a duty was done outside the desk: a fee was paid, a report was filed.

    Raises BadInput for a run the license does not have now, or one only a case can settle.
    """
    runs = reminding.license_deadlines(tx, [license_id], moment.today).get(license_id, ())
    if deadline == "K-RENEW" or (deadline, cycle) not in {(run.code, run.cycle) for run in runs}:
        name = DUTIES.get(deadline, Text(deadline, deadline))
        raise BadInput(
            "deadline",
            Text(f"现在没有可登记的「{name.zh}」", f"There is no open duty '{name.en}' to mark"),
        )

    def after(done: Any) -> dict[str, list[str]]:  # noqa: ANN401 - stored JSON
        known = dict(done or {})
        return {**known, deadline: sorted({*known.get(deadline, ()), cycle})}

    _mark(tx, license_id, "done", after, actor, moment, request)


def put_in_charge(
    tx: Session,
    company_id: int,
    handler_id: str,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Say who looks after a client: the reminders of its licenses go there. Empty: nobody.

    Raises BadInput for somebody who cannot take the client on.
    """
    if actor.role not in _KEEPERS:
        raise RoleMissing
    if handler_id:
        check_takes(tx, company_id, "handler_id", handler_id)

    def change() -> list[dict[str, Any]]:
        before = companies.put_in_charge(tx, company_id, handler_id)
        return [{"field": "handler_id", "old": before, "new": handler_id}]

    record_about(
        tx,
        "company",
        company_id,
        "assign",
        actor=actor,
        moment=moment,
        change=change,
        request=request,
    )


def _mark(  # noqa: PLR0917 - one private shape for three marks
    tx: Session,
    license_id: int,
    name: str,
    after: Callable[[Any], Any],
    actor: Actor,
    moment: Moment,
    request: Request,
) -> None:
    if actor.role not in _WRITERS:
        raise RoleMissing

    def change() -> list[dict[str, Any]]:
        found = reads.license_row(tx, None, license_id)
        if found is None:  # pragma: no cover - its chain was just locked
            raise NotFound
        facts = json.loads(found.facts)
        old, new = facts.get(name), after(facts.get(name))
        register.change_facts(tx, license_id, {"facts": {**facts, name: new}})
        return [{"field": name, "old": old, "new": new}]

    record_about(
        tx,
        "license",
        license_id,
        "set_facts",
        actor=actor,
        moment=moment,
        change=change,
        request=request,
    )


def _said(field: str, words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise BadInput(field, Text("请填写理由", "Give a reason"))
    if len(said) > LONGEST:
        raise BadInput(
            field, Text(f"理由不超过 {LONGEST} 字", f"At most {LONGEST} characters, please")
        )
    return said
