"""The same act on several cases: foreseen for each, then taken one by one, each for itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.procedure import Role, State, Text
from workflow.services import agreed_dates, assignment, notes
from workflow.services.advance import advance
from workflow.services.desk import Entry
from workflow.services.sealing import Request

ACTS = ("chase", "assign", "dates", "progress")
MOST = 200
_NOT_CLIENT = Text("现在不等客户", "Not waiting for the client")
_DRAFT = Text("草稿还没有开始备料", "A draft; preparation has not started")
_CLOSED = Text("案件已结束", "The case is closed")
_NOT_YOURS = Text("你的角色不能办理", "Not for your role")
_SAME = Text("已经由这个人承办", "This person handles it already")
_WITH_THEM = Text("已提交或已结束", "Filed or closed")
_CANNOT = Text("这个人不能承接这家企业的事", "This person cannot take on this client")
_NOT_WAITING = Text("不在“已提交 · 待受理”", "Not submitted and awaiting acceptance")
_OTHER = Text("属于别的主管部门", "Before another authority")


@dataclass(frozen=True, slots=True)
class Told:
    """What was said once for all cases: handler, our own date, the authority and its day."""

    handler: str = ""
    internal_by: date | None = None
    authority: str = ""
    on: date | None = None

    def as_content(self) -> dict[str, Any]:
        """For the idempotency key."""
        days = {"internal_by": self.internal_by, "on": self.on}
        return {"handler": self.handler, "authority": self.authority, **days}


def foresee(
    entry: Entry, act: str, told: Told, *, actor: Actor, takes: Collection[str]
) -> Text | None:
    """Why this case is skipped, or None when it is included.

    `takes`: who may take on its client, by account id.
    """
    if act == "chase":
        return _chased(entry, actor)
    if act == "assign":
        return _assigned(entry, told, actor, takes)
    if act == "dates":
        return None if agreed_dates.may_set(actor, entry.line.state) else _WITH_THEM
    if actor.role not in (Role.HANDLER, Role.REVIEWER):
        return _NOT_YOURS
    if entry.standing != "submitted":
        return _NOT_WAITING
    return None if entry.line.authority == told.authority else _OTHER


def _chased(entry: Entry, actor: Actor) -> Text | None:
    if actor.role not in notes.MAY:
        return _NOT_YOURS
    if entry.line.state == State.DRAFT:
        return _DRAFT
    return None if notes.waits(entry.line.turn, "chase_client") else _NOT_CLIENT


def _assigned(entry: Entry, told: Told, actor: Actor, takes: Collection[str]) -> Text | None:
    if actor.role not in notes.MAY:
        return _NOT_YOURS
    if State(entry.line.state).final:
        return _CLOSED
    if told.handler and entry.line.handler_id == told.handler:
        return _SAME
    return _CANNOT if told.handler and told.handler not in takes else None


def take(
    tx: Session,
    number: str,
    act: str,
    told: Told,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008 - frozen
) -> int:
    """Take the act on one case; its new version. Raises what the act raises when taken alone."""
    who: dict[str, Any] = {"actor": actor, "moment": moment, "request": request}
    if act == "chase":
        return notes.chase(tx, number, "chase_client", **who).version
    if act == "assign":
        return assignment.assign(tx, number, handler_id=told.handler, **who).version
    if act == "dates":
        dates = {"internal_by": told.internal_by}
        return agreed_dates.set_dates(tx, number, dates, **who).version
    return advance(tx, number, "accept", on=told.on, **who).version


def takers(session: Session, entries: Sequence[Entry]) -> dict[int, list[tuple[str, str]]]:
    """Client -> id and name of the handlers who may take it on."""
    companies = {entry.line.company_id for entry in entries}
    return assignment.who_may_take_each(session, companies, (Role.HANDLER, Role.REVIEWER))
