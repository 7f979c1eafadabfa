"""What leaves the outbox for no account: a letter of a kind a day, a copy of each checkpoint."""

from __future__ import annotations

import json
from datetime import date

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.statements import row, run


def post_once(session: Session, *, kind: str, to: str, day: date, at: str) -> bool:
    """One letter of this kind to an address of no account, unless the day has one."""
    text = "text" if session.info["sql"] == "sqlite" else "date"
    made = run(
        session,
        "INSERT INTO outbox (day, kind, recipients, not_before, state, attempt, fence,"
        f" lease_until, error, settled_at) SELECT CAST(:day AS {text}), CAST(:kind AS text),"
        " CAST(:to AS text), CAST(:at AS text), 'pending', 0, 0, '', '', '' WHERE NOT EXISTS"
        f" (SELECT 1 FROM outbox WHERE kind = :kind AND day = CAST(:day AS {text}))",
        day=day,
        kind=kind,
        to=json.dumps([to]),
        at=at,
    )
    return bool(made.rowcount)


def addressed(session: Session, outbox_id: int, kind: str) -> tuple[str, date] | None:
    """Address and day of such a letter, None for a row of another kind."""
    found = row(
        session,
        "SELECT recipients, day FROM outbox WHERE id = :id AND kind = :kind",
        id=outbox_id,
        kind=kind,
    )
    return (str(json.loads(found[0])[0]), as_day(found[1])) if found else None


def post_copies(session: Session, *, kind: str, day: date, at: str) -> int:
    """A row for each checkpoint behind the last that has one, at first for the newest; how many."""
    text = "text" if session.info["sql"] == "sqlite" else "date"
    made = run(
        session,
        "INSERT INTO outbox (day, kind, seq, recipients, not_before, state, attempt, fence,"
        f" lease_until, error, settled_at) SELECT CAST(:day AS {text}), CAST(:kind AS text), c.id,"
        " '[]', CAST(:at AS text), 'pending', 0, 0, '', '', '' FROM checkpoints c"
        " WHERE c.id > COALESCE((SELECT MAX(seq) FROM outbox WHERE kind = :kind),"
        " (SELECT MAX(id) - 1 FROM checkpoints)) ORDER BY c.id",
        day=day,
        kind=kind,
        at=at,
    )
    return int(made.rowcount)


def to_copy(session: Session, outbox_id: int, kind: str) -> tuple[int, str, str] | None:
    """Number, instant and note of the checkpoint such a row is for, None for another kind."""
    found = row(
        session,
        "SELECT c.id, c.at, c.note FROM outbox o JOIN checkpoints c ON c.id = o.seq"
        " WHERE o.id = :id AND o.kind = :kind",
        id=outbox_id,
        kind=kind,
    )
    return (int(found[0]), str(found[1]), str(found[2])) if found else None
