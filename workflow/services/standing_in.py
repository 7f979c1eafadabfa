"""Handing over for an absence: who stands in, from when to when. It ends by itself."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services import accounts
from workflow.storage import absences
from workflow.storage.absences import Away

__all__ = ["Away"]

_MAY = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
_TAKES = (Role.HANDLER, Role.REVIEWER)


def enter(
    tx: Session,
    actor: Actor,
    moment: Moment,
    stand_in: str,
    days: tuple[date, date],
    *,
    who: str = "",
) -> None:
    """Hand the actor's cases over from the first to the last day, or as a manager those of `who`.

    The cases stay whose they are: nothing is assigned. Raises BadInput at the field: days that are
    over or turned round, a stand-in who handles nothing, is the same person, or a second absence.
    """
    away, (first, last) = who or actor.id, days
    if actor.role not in _MAY or (away != actor.id and actor.role is not Role.MANAGER):
        raise RoleMissing
    if last < first:
        raise BadInput("last", Text("最后一天不能早于第一天", "The last day is before the first"))
    if last < moment.today:
        raise BadInput("last", Text("这几天已经过去", "These days are over"))
    able = {key for key, _ in takers(tx)}
    if stand_in not in able or stand_in == away:
        says = Text("请选择另一位承办人或复核人", "Choose another handler or reviewer")
        raise BadInput("stand_in", says)
    for other in absences.later_than(tx, moment.today):
        if str(other.account_id) == away and other.first_day <= last and first <= other.last_day:
            says = Text(
                f"{other.first_day} 至 {other.last_day} 已经交接给{other.stand_in}",
                f"Handed over to {other.stand_in} from {other.first_day} to {other.last_day}",
            )
            raise BadInput("first", says)
    absences.add(tx, int(away), int(stand_in), first, last, by=actor.id, at=moment.stamp)


def end_early(tx: Session, actor: Actor, moment: Moment, absence_id: int) -> None:
    """Be back from today on. Raises NotFound for one of somebody else, or one that is over."""
    mine = [away for away in of(tx, actor, moment) if away.id == absence_id]
    if not mine:
        raise NotFound
    absences.end(tx, absence_id, moment.today)


def of(session: Session, actor: Actor, moment: Moment) -> list[Away]:
    """The actor's absences that are not over; for a manager everybody's."""
    found = absences.later_than(session, moment.today)
    return [a for a in found if actor.role is Role.MANAGER or str(a.account_id) == actor.id]


def takers(session: Session) -> list[tuple[str, str]]:
    """Id and name of everybody who can stand in."""
    return [
        (str(a.id), a.name) for a in accounts.everybody(session) if a.active and a.role in _TAKES
    ]
