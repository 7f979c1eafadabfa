"""Erasures as the trail tells them, and what of the erased is here all the same."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from workflow.storage.statements import row, rows

_AT_ONCE = 500


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
    found: list[tuple[str, int | None, bool]] = []
    for start in range(0, len(commitments), _AT_ONCE):
        named = {f"c{n}": what for n, what in enumerate(commitments[start : start + _AT_ONCE])}
        listed = ", ".join(f":{name}" for name in named)
        found += [
            (str(what), company_id, bool(held))
            for what, company_id, held in rows(
                session,
                "SELECT p.commitment, p.company_id, EXISTS (SELECT 1 FROM holds h"
                " WHERE h.released_at = '' AND h.company_id = p.company_id) FROM personal_values p"
                f" WHERE p.value IS NOT NULL AND p.commitment IN ({listed})",
                **named,
            )
        ]
    return found
