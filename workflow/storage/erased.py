"""Erasures as the trail tells them, and what of the erased is here all the same."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from workflow.storage.retention import on_hold
from workflow.storage.statements import each, row, rows


def newest_erasure(session: Session) -> str | None:
    """The hash of the newest event that erased values."""
    found = row(
        session, "SELECT hash FROM events WHERE action = 'erase' ORDER BY at DESC, id DESC LIMIT 1"
    )
    return str(found[0]) if found else None


def erase_events(session: Session) -> list[tuple[str, str, str]]:
    """Hash, instant and body of every event that erased values, oldest first."""
    found = rows(session, "SELECT hash, at, body FROM events WHERE action = 'erase' ORDER BY id")
    return [(str(v[0]), str(v[1]), str(v[2])) for v in found]


def still_there(session: Session, commitments: Sequence[str]) -> list[tuple[str, int | None, bool]]:
    """Of these commitments those whose value is here, its client, and whether that is on hold."""
    found = each(
        session,
        f"SELECT p.commitment, p.company_id, {on_hold('p.company_id')} FROM personal_values p"
        " WHERE p.value IS NOT NULL AND p.commitment IN",
        commitments,
    )
    return [(str(what), company_id, bool(held)) for what, company_id, held in found]
