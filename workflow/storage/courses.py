"""The course of each case beside it: derived from its acts, rebuilt when its version moves."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.storage.rows import CASE_COLUMNS, CaseRow, case_row
from workflow.storage.statements import numbers, rows, run

Turn = tuple[int, date, bool]
"""Number of the event, its day, and whether the case waits for the client from then on."""


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a case so far; days by side add up from opening to `closed_on`."""

    case_id: int
    version: int
    state_since: date
    told_on: date
    closed_on: date | None
    ours: int
    client: int
    authority: int
    rounds: int
    late: Sequence[tuple[str, str | None]]


def behind(session: Session, *, after: int, limit: int) -> list[CaseRow]:
    """Cases whose course is missing or older than they are, in order of id, above `after`."""
    named = ", ".join(f"c.{name.strip()}" for name in CASE_COLUMNS.split(","))
    found = rows(
        session,
        f"SELECT {named} FROM cases c LEFT JOIN case_courses x ON x.case_id = c.id"
        " WHERE c.id > :after AND (x.case_id IS NULL OR x.version <> c.version)"
        " ORDER BY c.id LIMIT :limit",
        after=after,
        limit=limit,
    )
    return [case_row(values) for values in found]


def waiting_for_client(session: Session, ids: Collection[int]) -> dict[int, list[Turn]]:
    """By case: when the client was asked, and whatever ended the waiting, in order.

    Only cases whose client was ever chased are looked at.
    """
    chased = rows(
        session,
        "SELECT DISTINCT case_id FROM case_notes WHERE kind = 'chase_client'"
        f" AND case_id IN ({numbers(ids)})",
    )
    found = rows(
        session,
        "SELECT case_id, seq, action, body FROM events WHERE chain = 'case'"
        f" AND case_id IN ({numbers([ident for (ident,) in chased])}) AND action IN"
        " ('chase_client', 'client_replied', 'provide', 'answer', 'set_facts')"
        " ORDER BY case_id, seq",
    )
    turns: dict[int, list[Turn]] = {}
    for ident, seq, action, body in found:
        day = date.fromisoformat(json.loads(body)["today"])
        turns.setdefault(ident, []).append((int(seq), day, action == "chase_client"))
    return turns


def keep(session: Session, course: Course) -> None:
    """Write the course of one case over the one before."""
    run(
        session,
        "INSERT INTO case_courses (case_id, version, state_since, told_on, closed_on, ours, client,"
        " authority, rounds, late) VALUES (:case_id, :version, :since, :told, :closed, :ours,"
        " :client, :authority, :rounds, :late) ON CONFLICT (case_id) DO UPDATE SET"
        " version = :version, state_since = :since, told_on = :told, closed_on = :closed,"
        " ours = :ours, client = :client, authority = :authority, rounds = :rounds, late = :late",
        case_id=course.case_id,
        version=course.version,
        since=course.state_since,
        told=course.told_on,
        closed=course.closed_on,
        ours=course.ours,
        client=course.client,
        authority=course.authority,
        rounds=course.rounds,
        late=json.dumps(course.late, separators=(",", ":")),
    )
