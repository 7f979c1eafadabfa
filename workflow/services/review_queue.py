"""The queue of a reviewer: packs that wait, most urgent first, one's own told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.services.desk import CaseLine, case_scope
from workflow.storage import reviews, worklists
from workflow.storage.worklists import Limits, Wanted, Whose


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pack of the queue; `own` when this person prepared it."""

    line: CaseLine
    own: bool


def queue(session: Session, actor: Actor, today: date) -> list[Waiting]:
    """Packs that wait for a reviewer inside the scope, most urgent first."""
    limits = Limits(session, case_scope(actor), Whose(reviewer=True), (today, today))
    lines = worklists.page(session, limits, Wanted())
    prepared = reviews.who_prepared(session, [line.id for line in lines])
    return [Waiting(line, actor.id in prepared[line.id]) for line in lines]
