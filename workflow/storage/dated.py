"""Cases by the day of their nearest deadline, between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.domain.procedure import State
from workflow.storage.columns import as_day
from workflow.storage.scope import within
from workflow.storage.statements import rows

_STATES = ", ".join(f"'{state.value}'" for state in State)
"""All of them, so that the index by state and day is walked and not every case."""


@dataclass(frozen=True, slots=True)
class DatedCase:
    """One case with its nearest deadline; `turn` says who has to act by then."""

    number: str
    clock: str
    due_on: date
    turn: str
    company: str


def between(
    session: Session, scope: Scope, handler_id: str, *, first: date, last: date, limit: int
) -> list[DatedCase]:
    """Deadlines from `first` to `last`; of one person's cases, of all in scope when empty."""
    whose = "c.handler_id = :handler" if handler_id else f"c.state IN ({_STATES})"
    found = rows(
        session,
        "SELECT c.number, c.next_clock, c.next_due, c.turn, k.name FROM cases c"
        f" JOIN companies k ON k.id = c.company_id WHERE {whose} AND c.next_due >= :first"
        f" AND c.next_due <= :last AND {within(scope, 'c.company_id')}"
        " ORDER BY c.next_due, c.id LIMIT :limit",
        first=first,
        last=last,
        limit=limit,
        **({"handler": handler_id} if handler_id else {}),
    )
    return [DatedCase(n, clock, as_day(due), turn, name) for n, clock, due, turn, name in found]
