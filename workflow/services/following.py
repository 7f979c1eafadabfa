"""Following a case, and what others did since one last looked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound
from workflow.services.desk import case_scope
from workflow.storage import own, reads, stories, together
from workflow.storage.together import Note

__all__ = ["Note"]

FIRST_LOOK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing somebody else did: on which case, who, what, when."""

    number: str
    company: str
    who: str
    action: str
    at: str


def follow(tx: Session, number: str, actor: Actor, moment: Moment, *, on: bool) -> None:
    """Follow a case, or stop. Raises NotFound outside the scope."""
    case_id = _case_id(tx, number, actor)
    if on:
        together.watch(tx, int(actor.id), case_id, moment.stamp)
    else:
        together.unwatch(tx, int(actor.id), case_id)


def followed(session: Session, actor: Actor) -> list[str]:
    """The numbers of the cases the actor follows, the last one first."""
    return together.watched(session, case_scope(actor), int(actor.id))


def beside(session: Session, case_id: int, actor: Actor) -> tuple[list[Note], bool]:
    """The notes of a case the actor may see, newest first, and whether they follow it."""
    return together.beside(session, case_id, int(actor.id))


def news(session: Session, actor: Actor, moment: Moment) -> tuple[str, list[Event]]:
    """Since when, and what others did since on cases the actor handles or follows, newest first.

    Who never said they have seen it is told of the last seven days.
    """
    week = replace(moment, at=moment.at - FIRST_LOOK).stamp
    since = own.seen_until(session, int(actor.id)) or week
    found = together.news(session, case_scope(actor), int(actor.id), since)
    names = stories.account_names(session) if found else {}
    return since, [
        Event(n.number, n.company, names.get(n.actor, ("", ""))[0], n.action, n.at) for n in found
    ]


def mark_seen(tx: Session, actor: Actor, until: str) -> None:
    """Everything up to the stamp `until` has been seen; never moved back."""
    own.mark_seen(tx, int(actor.id), until)


def _case_id(session: Session, number: str, actor: Actor) -> int:
    case = reads.case_by_number(session, number)
    if not case_scope(actor).allows(case.company_id):
        raise NotFound
    return case.id
