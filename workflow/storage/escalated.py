"""Reminders that reached one manager: what was escalated, newest first, by the inbox's key."""

from __future__ import annotations

from sqlmodel import Session

from workflow.storage.statements import rows


def since(session: Session, account_id: int, stamp: str, limit: int) -> list[tuple[str, str, int]]:
    """Deadline, subject and its id of every reminder in one inbox since a stamp, each run once."""
    found = rows(
        session,
        "SELECT r.deadline, r.subject, r.subject_id FROM messages m"
        " JOIN reminders r ON r.id = m.reminder_id"
        " WHERE m.account_id = :a AND m.at >= :since ORDER BY m.id DESC LIMIT :limit",
        a=account_id,
        since=stamp,
        limit=limit,
    )
    return list(dict.fromkeys((code, subject, int(ident)) for code, subject, ident in found))
