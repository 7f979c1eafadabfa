"""The queue of a reviewer: packs that wait, most urgent first, one's own told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.services import accounts
from workflow.services.desk import CaseLine, case_scope
from workflow.services.worklists import Key
from workflow.storage import reviews, worklists
from workflow.storage.worklists import Limits, Wanted, Whose

PAGE = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pack of the queue; `own` when this person prepared it, `by` names all who did."""

    line: CaseLine
    own: bool
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue; `found` counts all packs that wait, `after` is where the next begins.

    `skipped` packs stand before these.
    """

    waiting: tuple[Waiting, ...]
    found: int
    skipped: int
    after: Key | None


def queue(session: Session, actor: Actor, today: date, after: Key | None = None) -> Queue:
    """Packs that wait for a reviewer inside the scope, most urgent first, a page by key."""
    limits = Limits(session, case_scope(actor), Whose(reviewer=True), (today, today))
    lines = worklists.page(session, limits, Wanted(), after=after, limit=PAGE)
    first = lines[0] if lines else None
    found, skipped = worklists.place(session, limits, Wanted(), "", first)
    prepared = reviews.who_prepared(session, [line.id for line in lines])
    names = accounts.names(session)
    waiting = tuple(
        Waiting(
            line,
            actor.id in prepared[line.id],
            tuple(names[who][0] for who in sorted(prepared[line.id]) if who in names),
        )
        for line in lines
    )
    more = bool(lines) and skipped + len(lines) < found
    return Queue(waiting, found, skipped, worklists.key_of(lines[-1], "") if more else None)
