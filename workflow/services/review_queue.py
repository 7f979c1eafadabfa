"""The queue of a reviewer: packs that wait, most urgent first, one's own told apart."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.services.desk import CaseLine, case_scope
from workflow.storage import listings, reviews


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pack of the queue; `own` when this person prepared it."""

    line: CaseLine
    own: bool


def queue(session: Session, actor: Actor) -> list[Waiting]:
    """Packs that wait for a reviewer inside the scope, most urgent first."""
    lines = listings.open_cases(session, case_scope(actor), handler_id=None, reviewer=True)
    prepared = reviews.who_prepared(session, [line.id for line in lines])
    return [Waiting(line, actor.id in prepared[line.id]) for line in lines]
