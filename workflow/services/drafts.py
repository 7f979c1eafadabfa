"""What a person was writing and has not sent: kept by account and place, gone once it was sent."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.storage import drafts as rows_of
from workflow.storage.drafts import Draft

__all__ = ["LONGEST", "Draft", "Place", "drop", "find", "keep", "kept"]

LONGEST = 200_000
"""Characters of one draft."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft belongs: the answer to one point of one round of one case."""

    number: str
    round: int
    no: int

    def __str__(self) -> str:
        return f"case:{self.number}:{self.round}:{self.no}"


def keep(tx: Session, account_id: int, place: Place | str, text: str, moment: Moment) -> None:
    """Keep `text` at `place`, over what stood there; an empty text is no draft."""
    if text.strip():
        rows_of.put(tx, account_id, str(place), text[:LONGEST], moment.stamp)
    else:
        rows_of.delete(tx, account_id, str(place))


def find(session: Session, account_id: int, place: Place | str) -> Draft | None:
    """What this person keeps at `place`."""
    return next(iter(rows_of.starting(session, account_id, str(place))), None)


def kept(session: Session, account_id: int, prefix: str) -> list[Draft]:
    """What this person keeps at all places that begin so, oldest first."""
    found = rows_of.starting(session, account_id, prefix)
    return sorted(found, key=lambda draft: (draft.saved_at, draft.place))


def drop(tx: Session, account_id: int, place: Place | str) -> None:
    """It was sent, or it is not wanted any more."""
    rows_of.delete(tx, account_id, str(place))
