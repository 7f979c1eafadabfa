"""Incidents: outbox rows tried as often as allowed, which now wait for a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.storage.statements import for_update, row, rows, run


@dataclass(frozen=True, slots=True)
class Incident:
    """A row that was tried as often as allowed and waits for a person."""

    id: int
    company_id: int
    case_id: int
    number: str
    seq: int
    kind: str
    attempt: int
    error: str
    since: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A failed row of any kind; `about` is a case number or a person's name, as far as known."""

    id: int
    kind: str
    about: str
    attempt: int
    error: str
    since: str


def stuck(session: Session) -> list[Stuck]:
    """Every failed row, whatever it is about, oldest first, a hundred at most."""
    found = rows(
        session,
        "SELECT o.id, o.kind, COALESCE(c.number, a.name, ''), o.attempt, o.error, o.not_before"
        " FROM outbox o LEFT JOIN cases c ON c.id = o.case_id"
        " LEFT JOIN accounts a ON a.id = o.account_id"
        " WHERE o.state = 'incident' ORDER BY o.id LIMIT 100",
    )
    return [Stuck(*values) for values in found]


_INCIDENTS = (
    "SELECT o.id, o.company_id, o.case_id, c.number, o.seq, o.kind, o.attempt, o.error,"
    " o.not_before FROM outbox o JOIN cases c ON c.id = o.case_id WHERE o.state = 'incident'"
)


def incidents(session: Session, *, case_id: int | None = None) -> list[Incident]:
    """All incidents, or those of one case, oldest first."""
    one = "" if case_id is None else " AND o.case_id = :case_id"
    given = {} if case_id is None else {"case_id": case_id}
    found = rows(session, f"{_INCIDENTS}{one} ORDER BY o.id", **given)
    return [Incident(*values) for values in found]


def lock_incident(session: Session, outbox_id: int) -> Incident | None:
    """One incident under its lock, or None when it is none (any more)."""
    if row(
        session,
        f"SELECT id FROM outbox WHERE id = :id AND state = 'incident'{for_update(session)}",
        id=outbox_id,
    ):
        found = row(session, f"{_INCIDENTS} AND o.id = :id", id=outbox_id)
        return Incident(*found) if found else None
    return None


def reopen(session: Session, outbox_id: int) -> None:
    """Let the row be tried again from the start; every claim made before is stale."""
    run(
        session,
        "UPDATE outbox SET state = 'pending', attempt = 0, fence = fence + 1, lease_until = ''"
        " WHERE id = :id AND state = 'incident'",
        id=outbox_id,
    )


def close(session: Session, outbox_id: int, *, at: str) -> None:
    """A person took care of it: done, with the error kept for the record."""
    run(
        session,
        "UPDATE outbox SET state = 'done', fence = fence + 1, settled_at = :at"
        " WHERE id = :id AND state = 'incident'",
        id=outbox_id,
        at=at,
    )
