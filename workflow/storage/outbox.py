"""The outbox: rows claimed under a lease, settled only by whoever holds the current fence.

Lists in a row are JSON. A claim is `(id, fence)`; a claim with an older fence changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import for_update, row, rows, run


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one row, until somebody claims it again."""

    id: int
    fence: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """A locked row with what its event says: who acted, and what they did."""

    id: int
    company_id: int
    case_id: int
    seq: int
    recipients: tuple[str, ...]
    handler_id: str
    reviewer_id: str | None
    actor: str
    action: str


_DUE = "state = 'pending' AND not_before <= :now AND lease_until <= :now AND attempt < :most"
_MINE = "id = :id AND fence = :fence AND state = 'pending'"


def is_due(session: Session, *, now: str, most: int) -> bool:
    """True when a row waits that nobody holds; a plain read, so an idle relay locks nothing."""
    sql = f"SELECT 1 FROM outbox WHERE {_DUE} LIMIT 1"
    return row(session, sql, now=now, most=most) is not None


def in_flight(session: Session, *, now: str) -> int:
    """How many rows are under a live lease."""
    found = row(
        session,
        "SELECT count(*) FROM outbox WHERE state = 'pending' AND lease_until > :now",
        now=now,
    )
    return int((found or (0,))[0])


def claim(session: Session, *, now: str, lease_until: str, limit: int, most: int) -> list[Claim]:
    """Take up to `limit` due rows; rivals never get the same row at the same time."""
    skip = "" if session.info["sql"] == "sqlite" else " FOR UPDATE SKIP LOCKED"
    taken = rows(
        session,
        f"WITH due AS (SELECT id FROM outbox WHERE {_DUE}"
        f" ORDER BY not_before, id LIMIT :limit{skip})"
        " UPDATE outbox SET fence = fence + 1, lease_until = :until FROM due"
        " WHERE outbox.id = due.id RETURNING outbox.id, outbox.fence",
        now=now,
        most=most,
        limit=limit,
        until=lease_until,
    )
    return sorted((Claim(*values) for values in taken), key=lambda found: found.id)


def begin(session: Session, mine: Claim, *, lease_until: str) -> int | None:
    """Count an attempt and renew the lease; None when the claim is stale or the row settled."""
    found = row(
        session,
        f"UPDATE outbox SET attempt = attempt + 1, lease_until = :until WHERE {_MINE}"
        " RETURNING attempt",
        id=mine.id,
        fence=mine.fence,
        until=lease_until,
    )
    return int(found[0]) if found else None


def open_envelope(session: Session, mine: Claim) -> Envelope | None:
    """Lock the claimed row and read what it is about; None when the claim is stale."""
    held = row(
        session,
        f"SELECT company_id, case_id, seq, recipients FROM outbox WHERE {_MINE}"
        f"{for_update(session)}",
        id=mine.id,
        fence=mine.fence,
    )
    if held is None:
        return None
    company_id, case_id, seq, recipients = held
    about = row(
        session,
        "SELECT c.handler_id, c.reviewer_id, e.actor, e.action FROM cases c JOIN events e"
        " ON e.chain = 'case' AND e.subject_id = c.id AND e.seq = :seq WHERE c.id = :case_id",
        case_id=case_id,
        seq=seq,
    )
    if about is None:
        message = f"outbox row {mine.id} tells of event {seq}, which the trail does not have"
        raise LookupError(message)
    return Envelope(mine.id, company_id, case_id, seq, tuple(json.loads(recipients)), *about)


def active_accounts(session: Session, *, id: str = "", role: str = "") -> list[tuple[int, Any]]:  # noqa: A002
    """Active accounts with this id (as text) or this role: id and list of companies or None."""
    found = rows(
        session,
        "SELECT id, scope FROM accounts WHERE active AND (CAST(id AS text) = :id OR role = :role)"
        " ORDER BY id",
        id=id,
        role=role,
    )
    return [(account, None if scope is None else json.loads(scope)) for account, scope in found]


def post(session: Session, envelope: Envelope, account_id: int, *, at: str) -> bool:
    """Put the message into one inbox; False when it lies there already."""
    cursor = run(
        session,
        "INSERT INTO messages (company_id, outbox_id, account_id, case_id, seq, action, at)"
        " VALUES (:company, :outbox, :account, :case_id, :seq, :action, :at)"
        " ON CONFLICT (outbox_id, account_id) DO NOTHING",
        company=envelope.company_id,
        outbox=envelope.id,
        account=account_id,
        case_id=envelope.case_id,
        seq=envelope.seq,
        action=envelope.action,
        at=at,
    )
    return bool(cursor.rowcount == 1)


def settle(session: Session, mine: Claim, *, at: str) -> bool:
    """Mark the row done; False, and nothing changed, when the claim is stale."""
    cursor = run(
        session,
        f"UPDATE outbox SET state = 'done', settled_at = :at, error = '' WHERE {_MINE}",
        id=mine.id,
        fence=mine.fence,
        at=at,
    )
    return bool(cursor.rowcount == 1)


def ask(session: Session, kind: str, *, at: str) -> int:
    """A row that has nobody to tell: work to be done once, as soon as may be; its id."""
    made = row(
        session,
        "INSERT INTO outbox (kind, recipients, not_before, state, attempt, fence, lease_until,"
        " error, settled_at) VALUES (:kind, '[]', :at, 'pending', 0, 0, '', '', '') RETURNING id",
        kind=kind,
        at=at,
    )
    return int((made or (0,))[0])


def kind_of(session: Session, outbox_id: int) -> str:
    """What a row asks for; empty when there is no such row."""
    found = row(session, "SELECT kind FROM outbox WHERE id = :i", i=outbox_id)
    return str(found[0]) if found else ""


def newest_of(session: Session, number: str) -> int:
    """The newest row that tells of this case; 0 when there is none."""
    found = row(
        session,
        "SELECT MAX(o.id) FROM outbox o JOIN cases c ON c.id = o.case_id WHERE c.number = :n",
        n=number,
    )
    return int((found or (0,))[0] or 0)


def go_on(session: Session, mine: Claim, *, at: str) -> bool:
    """A part of the work is done: the rest is due now, from the first attempt, without error."""
    cursor = run(
        session,
        "UPDATE outbox SET attempt = 0, error = '', lease_until = '', not_before = :at"
        f" WHERE {_MINE}",
        id=mine.id,
        fence=mine.fence,
        at=at,
    )
    return bool(cursor.rowcount == 1)


def fail(session: Session, mine: Claim, *, error: str, lease_until: str, most: int) -> None:
    """Record why it failed; it may be claimed again after `lease_until`, `most` times in all."""
    run(
        session,
        "UPDATE outbox SET error = :error, lease_until = :until,"
        f" state = CASE WHEN attempt >= :most THEN 'incident' ELSE state END WHERE {_MINE}",
        id=mine.id,
        fence=mine.fence,
        error=error,
        until=lease_until,
        most=most,
    )


def sweep(session: Session, *, now: str, most: int) -> int:
    """Rows whose last allowed attempt ended without a word become incidents; returns how many."""
    spent = "state = 'pending' AND attempt >= :most AND lease_until <= :now"
    cursor = run(
        session,
        "UPDATE outbox SET state = 'incident',"
        " error = CASE WHEN error = '' THEN 'the worker ended before it was done' ELSE error END"
        f" WHERE {spent}",
        now=now,
        most=most,
    )
    return int(cursor.rowcount)


def is_spent(session: Session, *, now: str, most: int) -> bool:
    """True when `sweep` would find something; a plain read."""
    return (
        row(
            session,
            "SELECT 1 FROM outbox WHERE state = 'pending' AND attempt >= :most"
            " AND lease_until <= :now LIMIT 1",
            now=now,
            most=most,
        )
        is not None
    )


def by_state(session: Session, *, late: str) -> tuple[dict[str, int], int]:
    """How many rows are in each state, and how many pending ones were due by `late`."""
    overdue = "SUM(CASE WHEN state = 'pending' AND not_before <= :late THEN 1 ELSE 0 END)"
    found = rows(
        session, f"SELECT state, COUNT(*), {overdue} FROM outbox GROUP BY state", late=late
    )
    return {state: int(n) for state, n, _ in found}, sum(int(n or 0) for _, _, n in found)


def tally(session: Session, *, late: str) -> dict[str, int]:
    """Counts for reconciliation: by state, late since `late`, silent, and rows without an event."""
    by_state = dict(rows(session, "SELECT state, count(*) FROM outbox GROUP BY state"))
    counted = {state: int(by_state.get(state, 0)) for state in ("pending", "done", "incident")}
    for name, sql in _DIFFERENCES.items():
        found = row(session, sql, **({"late": late} if ":late" in sql else {}))
        counted[name] = int((found or (0,))[0])
    return counted


_DIFFERENCES = {
    "late": "SELECT count(*) FROM outbox WHERE state = 'pending' AND not_before <= :late",
    "messages": "SELECT count(*) FROM messages",
    "silent": (
        "SELECT count(*) FROM outbox o WHERE o.state = 'done' AND o.kind = 'notify'"
        " AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.outbox_id = o.id)"
    ),
    "without_event": (
        "SELECT count(*) FROM outbox o WHERE o.kind = 'notify'"
        " AND NOT EXISTS (SELECT 1 FROM events e"
        " WHERE e.chain = 'case' AND e.subject_id = o.case_id AND e.seq = o.seq)"
    ),
    "early": (
        "SELECT count(*) FROM messages m JOIN outbox o ON o.id = m.outbox_id"
        " WHERE o.state <> 'done'"
    ),
}


def unsent(session: Session, acts: Iterable[str]) -> int:
    """How many events of these acts have no row: there must be none."""
    names = ", ".join(f"'{act}'" for act in sorted(acts))
    found = row(
        session,
        "SELECT COUNT(*) FROM events e LEFT JOIN outbox o ON o.case_id = e.case_id"
        f" AND o.seq = e.seq WHERE e.chain = 'case' AND e.action IN ({names}) AND o.id IS NULL",
    )
    return int((found or (0,))[0])
