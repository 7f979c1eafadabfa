"""The copy of each checkpoint that goes to a store where nobody can change or delete it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.storage import letters

KIND = "checkpoint_copy"


@dataclass(frozen=True, slots=True)
class Copy:
    """A signed note under a name that sorts by its number; `signed` is the instant in it."""

    name: str
    note: str
    signed: datetime


def post(tx: Session, moment: Moment) -> int:
    """Put into the outbox what has not been copied since the last time; how many."""
    return letters.post_copies(tx, kind=KIND, day=moment.today, at=moment.stamp)


def copy_of(session: Session, outbox_id: int) -> Copy | None:
    """The copy a row of the outbox is for, None for a row of another kind."""
    found = letters.to_copy(session, outbox_id, KIND)
    if found is None:
        return None
    number, at, note = found
    return Copy(f"checkpoint-{number:010}.note", note, datetime.fromisoformat(at))
