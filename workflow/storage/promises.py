"""Personal values the trail promised and tombstones that name them: which stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import each, row, rows

PAGE = 500
_VALUE = re.compile(r'"commitment":"([0-9a-f]{64})"')
_NAME = '"actor_name":"'
_SUBJECT = re.compile(r'"seq":\d+,"subject":"([^"]+)"')


def _find(session: Session) -> str:
    """What each database calls the place of a text in another, from 1; 0 when it is not there."""
    return "instr" if session.info["sql"] == "sqlite" else "strpos"


def first_lost(session: Session) -> str:
    """The first event that promises a value of which even the row is gone, or an empty text.

    Erasing empties a row and never removes it.
    """
    return _lost_name(session) or _lost_value(session)


def _lost_name(session: Session) -> str:
    """Nearly every event names its actor, so this is asked where the rows are."""
    find = _find(session)
    start = f"{find}(e.body, '{_NAME}') + {len(_NAME)}"
    found = row(
        session,
        "SELECT e.chain, e.seq, e.body FROM events e"
        f" LEFT JOIN personal_values p ON p.commitment = substr(e.body, {start}, 64)"
        f" WHERE p.commitment IS NULL AND {find}(e.body, '{_NAME}') > 0"
        f" AND substr(e.body, {start} + 64, 1) = '\"' ORDER BY e.id LIMIT 1",
    )
    return _place(found) if found else ""


def _lost_value(session: Session) -> str:
    after = -(2**62)
    while found := _promising(session, after):
        promised = {value: event for event in found for value in _VALUE.findall(event[3])}
        known = {
            value
            for (value,) in each(
                session, "SELECT commitment FROM personal_values WHERE commitment IN", promised
            )
        }
        lost = [event for value, event in promised.items() if value not in known]
        if lost:
            return _place(min(lost)[1:])
        after = found[-1][0]
    return ""


def _promising(session: Session, after: int) -> Sequence[tuple[Any, ...]]:
    return rows(
        session,
        "SELECT id, chain, seq, body FROM events WHERE id > :after"
        ' AND body LIKE \'%"commitment":"%\' ORDER BY id LIMIT :limit',
        after=after,
        limit=PAGE,
    )


def _place(event: Sequence[Any]) -> str:
    chain, seq, body = event
    subject = _SUBJECT.search(body)
    return f"{chain}:{subject[1] if subject else ''}:{seq}"


def first_unfounded(session: Session) -> str:
    """The first tombstone that no event of the office backs, or an empty text."""
    find = _find(session)
    found = row(
        session,
        "SELECT r.kind, r.what FROM removals r LEFT JOIN events e ON e.chain = 'office'"
        " AND e.subject_id = 1 AND e.seq = r.seq AND e.action IN ('erase', 'remove_files')"
        f" AND {find}(e.body, '\"' || r.what || '\"') > 0"
        " WHERE e.id IS NULL ORDER BY r.kind, r.what LIMIT 1",
    )
    return f"{found[0]}:{found[1][:16]}" if found else ""
