"""Following a case, and what others did since one last looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound
from workflow.services.desk import case_scope
from workflow.storage import own, reads, together
from workflow.storage.together import News, Note

__all__ = ["News", "Note"]

FIRST_LOOK = timedelta(days=7)


def follow(tx: Session, number: str, actor: Actor, moment: Moment, *, on: bool) -> None:
    """Follow a case, or stop. Raises NotFound outside the scope."""
    case_id = _case_id(tx, number, actor)
    if on:
        together.watch(tx, int(actor.id), case_id, moment.stamp)
    else:
        together.unwatch(tx, int(actor.id), case_id)


def marks(session: Session, actor: Actor, moment: Moment) -> tuple[list[str], str, list[News]]:
    """The numbers the actor follows; since when, and what others did since on cases of theirs.

    Who never said they have seen it is told of the last seven days.
    """
    week = replace(moment, at=moment.at - FIRST_LOOK).stamp
    return together.marks(session, case_scope(actor), int(actor.id), week)


def mark_seen(tx: Session, actor: Actor, until: str) -> None:
    """Everything up to the stamp `until` has been seen; never moved back."""
    own.mark_seen(tx, int(actor.id), until)


def _case_id(session: Session, number: str, actor: Actor) -> int:
    case = reads.case_by_number(session, number)
    if not case_scope(actor).allows(case.company_id):
        raise NotFound
    return case.id
