"""Notes on a case, whom they name, and chasing whoever it waits for: recorded, never changed."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, NotOffered, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services import accounts
from workflow.services.advance import Moved, record
from workflow.services.sealing import Request
from workflow.services.step import Step
from workflow.storage import reads, together

MAY = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
CHASES = ("chase_client", "chase_reviewer", "client_replied")
_WAITS_FOR = {"chase_client": ("us", "client"), "chase_reviewer": ("reviewer",),
              "client_replied": ("client",)}  # fmt: skip
_NOT_WAITING = Text("这个案件现在不等这一方", "The case does not wait for them now")


def write(
    tx: Session,
    number: str,
    text: str,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008 - frozen
) -> tuple[str, ...]:
    """Keep a note and tell everybody it names with an @; the names of those who are told.

    Raises BadInput for an empty note.
    """
    _may(actor)
    if not text.strip():
        raise BadInput("text", Text("请填写备注", "Enter the note"))
    readers = _readers(tx, number, actor)
    named = {key: name for key, name in readers if f"@{name}" in text and key != actor.id}
    record(
        tx, number, "note", actor=actor, moment=moment, note=text, request=request,
        change=lambda step: _keep(step, "note"),
        also=("watchers", *(f"account:{key}" for key in named)),
    )  # fmt: skip
    return tuple(named.values())


def chase(
    tx: Session,
    number: str,
    kind: str,
    *,
    actor: Actor,
    moment: Moment,
    text: str = "",
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Record that the client or the reviewer was reminded, or that the client replied.

    From then on the case waits for the client until the pack changes or they reply. Raises
    NotOffered when it does not wait for them.
    """
    _may(actor)

    def change(step: Step) -> None:
        if not waits(step.case.turn, kind):
            raise NotOffered(_NOT_WAITING)
        _keep(step, kind)
        if kind != "chase_reviewer":
            asked = step.seq if kind == "chase_client" else None
            step.changed("asked", bool(step.case.pack.get("asked_seq")), asked is not None)
            step.case.pack = {**step.case.pack, "asked_seq": asked}

    sends = (Role.REVIEWER,) if kind == "chase_reviewer" else ()
    return record(
        tx, number, kind, actor=actor, moment=moment, change=change, note=text, request=request,
        sends=sends,
    )  # fmt: skip


def waits(turn: str, kind: str) -> bool:
    """True when a case whose turn it is can be chased so."""
    return turn in _WAITS_FOR[kind]


def _may(actor: Actor) -> None:
    if actor.role not in MAY:
        raise RoleMissing


def _keep(step: Step, kind: str) -> None:
    together.add_note(
        step.tx,
        company_id=step.case.company_id,
        case_id=step.case.id,
        seq=step.seq,
        kind=kind,
        text=step.note,
        by=step.actor.id,
        at=step.moment.stamp,
    )


def _readers(tx: Session, number: str, actor: Actor) -> list[tuple[str, str]]:
    """Id and name of everybody active who may see the case."""
    case = reads.case_by_number(tx, number)
    if not actor.scope.allows(case.company_id):
        raise NotFound
    return [
        (str(account.id), account.name)
        for account in accounts.everybody(tx)
        if account.active
        and account.role is not Role.ADMIN
        and account.scope.allows(case.company_id)
    ]
