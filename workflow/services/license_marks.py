"""What people say of a license: it ends, a duty is done or new. And who looks after a client."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
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


def note_late_filing(
    tx: Session,
    license_id: int,
    words: str,
    on: date,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Note that the authority agreed to take a renewal filed late: evidence, no condition is met.

    `on` is the day it agreed. Raises BadInput for no words or a day to come.
    """
    note = {"words": _said("words", words), "on": _past("on", on, moment), "by": actor.name}
    _mark(
        tx,
        license_id,
        "late_notes",
        lambda notes: [*(notes or ()), note],
        actor,
        moment,
        request,
    )


def note_changes(
    tx: Session,
    license_id: int,
    changes: Mapping[str, date],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Note changes (C-codes) with the day of the registry change or decision, not reported yet.

    The thirty days run from the earliest day noted for a change. Raises BadInput for a day to come.
    """
    days = {code: _past("registered_on", day, moment) for code, day in changes.items()}

    def after(noted: Any) -> list[dict[str, str]]:  # noqa: ANN401 - stored JSON
        known = {change["change"]: change.get("registered_on") for change in noted or ()}
        for code, day in days.items():
            known[code] = min(known.get(code) or day, day)
        return [{"change": code, "registered_on": day} for code, day in sorted(known.items())]

    _mark(tx, license_id, "unreported_changes", after, actor, moment, request)


def note_branch(
    tx: Session,
    license_id: int,
    province: str,
    action: str,
    decided_on: date,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Note that a branch was decided on (open, change, close): to be reported within 30 days.

    Raises BadInput for an unknown province or action, or a day to come.
    """
    for field, value, known in (
        ("province", province, catalogue.PROVINCES),
        ("action", action, catalogue.labels("branch_action")),
    ):
        if value not in known:
            raise BadInput(field, Text("请从列表中选择", "Choose one from the list"))
    day = _past("decided_on", decided_on, moment)
    branch = {"province": province, "action": action, "decided_on": day}

    def after(noted: Any) -> list[dict[str, str]]:  # noqa: ANN401 - stored JSON
        return [*(known for known in noted or () if known != branch), branch]

    _mark(tx, license_id, "unreported_branches", after, actor, moment, request)


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


def _mark(  # noqa: PLR0917 - one private shape for all marks
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


def _past(field: str, day: date, moment: Moment) -> str:
    if day > moment.today:
        raise BadInput(field, Text(f"{day} 还没有到", f"{day} is in the future"))
    return day.isoformat()


def _said(field: str, words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise BadInput(field, Text("请填写理由", "Give a reason"))
    if len(said) > LONGEST:
        raise BadInput(
            field, Text(f"理由不超过 {LONGEST} 字", f"At most {LONGEST} characters, please")
        )
    return said
