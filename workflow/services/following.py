"""Following a case, and what others did since one last looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound
from workflow.services.desk import Entry, case_scope
from workflow.storage import own, reads, together
from workflow.storage.together import Covered, Marks, News, Note

__all__ = ["Covered", "Marks", "News", "Note"]

FIRST_LOOK = timedelta(days=7)


def follow(tx: Session, number: str, actor: Actor, moment: Moment, *, on: bool) -> None:
    """Follow a case, or stop. Raises NotFound outside the scope."""
    case_id = _case_id(tx, number, actor)
    if on:
        together.watch(tx, int(actor.id), case_id, moment.stamp)
    else:
        together.unwatch(tx, int(actor.id), case_id)


def marks(session: Session, actor: Actor, moment: Moment) -> Marks:
    """What the actor follows, what others did since on cases of theirs, whom they stand in for.

    Who never said they have seen it is told of the last seven days.
    """
    week = replace(moment, at=moment.at - FIRST_LOOK).stamp
    return together.marks(session, case_scope(actor), int(actor.id), week=week, day=moment.today)


def returned_because(session: Session, entries: Iterable[Entry]) -> dict[int, str]:
    """By case id: why the pack of each row that was returned came back; one statement at most."""
    places = [(e.line.id, int(e.line.acts[-1][0])) for e in entries if e.standing == "returned"]
    return together.returned_because(session, places)


def mark_seen(tx: Session, actor: Actor, until: str) -> None:
    """Everything up to the stamp `until` has been seen; never moved back."""
    own.mark_seen(tx, int(actor.id), until)


def _case_id(session: Session, number: str, actor: Actor) -> int:
    case = reads.case_by_number(session, number)
    if not case_scope(actor).allows(case.company_id):
        raise NotFound
    return case.id
