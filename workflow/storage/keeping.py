"""What the page of retention counts and lists: what is past its term, what was decided, is gone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.retention import ASKED, HELD, Asked, ended, on_hold, over
from workflow.storage.statements import row, rows


def files_over(session: Session, before: str, final: str) -> tuple[int, int]:
    """How many files have their term behind them: those that go next, and those on hold."""
    return _split(session, f"SELECT {HELD} AS held{over(final)}", before)


def clients_over(session: Session, before: str, final: str) -> tuple[int, int]:
    """How many clients hold personal values nobody has to keep any more; and those on hold."""
    return _split(
        session,
        f"SELECT CASE WHEN {on_hold('c.company_id')} THEN 1 ELSE 0 END AS held FROM cases c"
        f" GROUP BY c.company_id HAVING {ended(final)} AND EXISTS (SELECT 1 FROM personal_values p"
        " WHERE p.company_id = c.company_id AND p.value IS NOT NULL"
        " AND p.field NOT IN ('ground', 'reason'))",
        before,
    )


def _split(session: Session, each: str, before: str) -> tuple[int, int]:
    """Of rows with a flag `held`: how many are not, how many are."""
    found = row(
        session,
        f"SELECT COALESCE(SUM(1 - held), 0), COALESCE(SUM(held), 0) FROM ({each}) o",
        before=before,
    ) or (0, 0)
    return int(found[0]), int(found[1])


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What one event of the office removed: how many values or files, when, by whom.

    `in_clear`: sealed events that say an erased name in clear and cannot change.
    """

    kind: str
    day: date
    seq: int
    event_id: int
    actor: str
    count: int
    company: str
    in_clear: int


def tombstones(session: Session, most: int, kind: str = "") -> list[Tombstone]:
    """The newest removals (of one kind), one for each event."""
    found = rows(
        session,
        "SELECT r.kind, r.day, r.seq, e.id, e.actor, COUNT(*), COALESCE(MIN(k.name), ''),"
        " MIN(e.body) FROM removals r JOIN events e ON e.chain = 'office' AND e.subject_id = 1"
        " AND e.seq = r.seq LEFT JOIN companies k ON k.id = e.company_id"
        " WHERE :kind = '' OR r.kind = :kind"
        " GROUP BY r.kind, r.day, r.seq, e.id, e.actor ORDER BY r.seq DESC LIMIT :most",
        most=most,
        kind=kind,
    )
    return [
        Tombstone(kind, as_day(day), seq, event_id, actor, count, company, _in_clear(body))
        for kind, day, seq, event_id, actor, count, company, body in found
    ]


def _in_clear(body: str) -> int:
    return int(json.loads(body).get("given", {}).get("in_clear", 0))


def client_of(session: Session, words: str) -> int | None:
    """The client of exactly this name or credit code."""
    found = row(
        session,
        "SELECT id FROM companies WHERE name = :w OR uscc = :w ORDER BY id LIMIT 1",
        w=words,
    )
    return int(found[0]) if found else None


def decided(session: Session, most: int) -> list[Asked]:
    """The requests that were decided last."""
    found = rows(
        session, f"{ASKED} WHERE q.state <> 'asked' ORDER BY q.id DESC LIMIT :most", most=most
    )
    return [Asked(*values) for values in found]
