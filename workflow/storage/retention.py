"""Holds, requests to erase, and what has been removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.storage.statements import for_update, row, rows, run

Promise = tuple[str, str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class HoldLine:
    """One hold; `case_number` empty: of the whole client."""

    id: int
    company_id: int
    company: str
    case_number: str
    reason: str
    set_by: str
    set_at: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to erase values of a client; `field` empty: every field."""

    id: int
    company_id: int
    field: str
    ground: str
    requested_by: str
    state: str
    company: str = ""
    decided_by: str = ""
    decided_at: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """One file of a case that has ended."""

    hash: str
    company_id: int
    number: str
    ended: str


def hold(
    session: Session, *, company_id: int, case_id: int | None, reason: str, by: str, at: str
) -> int:
    """Put a client, or one case, on hold; the id."""
    found = row(
        session,
        "INSERT INTO holds (company_id, case_id, reason, set_by, set_at, released_by, released_at)"
        " VALUES (:company, :case_id, :reason, :by, :at, '', '') RETURNING id",
        company=company_id,
        case_id=case_id,
        reason=reason,
        by=by,
        at=at,
    )
    return int((found or (0,))[0])


def holds(session: Session) -> list[HoldLine]:
    """Every hold that stands."""
    found = rows(
        session,
        "SELECT h.id, h.company_id, k.name, COALESCE(c.number, ''), h.reason, h.set_by, h.set_at"
        " FROM holds h JOIN companies k ON k.id = h.company_id"
        " LEFT JOIN cases c ON c.id = h.case_id WHERE h.released_at = '' ORDER BY h.id",
    )
    return [HoldLine(*values) for values in found]


def release(session: Session, hold_id: int, *, by: str, at: str) -> None:
    """End a hold; the row stays."""
    run(
        session,
        "UPDATE holds SET released_by = :by, released_at = :at WHERE id = :i",
        by=by,
        at=at,
        i=hold_id,
    )


def case_of(session: Session, number: str) -> tuple[int, int] | None:
    """Id and client of a case."""
    found = row(session, "SELECT id, company_id FROM cases WHERE number = :n", n=number)
    return (int(found[0]), int(found[1])) if found else None


def open_or_last(session: Session, company_id: int, final: str) -> tuple[int, str]:
    """How many cases of a client are open, and the instant at which the last one moved."""
    found = row(
        session,
        f"SELECT SUM(CASE WHEN state IN ({final}) THEN 0 ELSE 1 END), MAX(updated_at)"
        " FROM cases WHERE company_id = :c",
        c=company_id,
    ) or (0, "")
    return int(found[0] or 0), str(found[1] or "")


def ask(session: Session, *, company_id: int, field: str, ground: str, by: str, at: str) -> int:
    """Keep a request; the id."""
    found = row(
        session,
        "INSERT INTO erasures (company_id, field, ground, requested_by, requested_at, state,"
        " decided_by, decided_at) VALUES (:c, :f, :g, :by, :at, 'asked', '', '') RETURNING id",
        c=company_id,
        f=field,
        g=ground,
        by=by,
        at=at,
    )
    return int((found or (0,))[0])


def asked(session: Session, erasure_id: int) -> Asked | None:
    """One request under its lock."""
    found = row(
        session,
        "SELECT id, company_id, field, ground, requested_by, state FROM erasures WHERE id = :i"
        f"{for_update(session)}",
        i=erasure_id,
    )
    return Asked(*found) if found else None


ASKED = (
    "SELECT q.id, q.company_id, q.field, q.ground, q.requested_by, q.state, k.name, q.decided_by,"
    " q.decided_at FROM erasures q JOIN companies k ON k.id = q.company_id"
)


def waiting(session: Session) -> list[Asked]:
    """Requests that nobody has decided."""
    found = rows(session, f"{ASKED} WHERE q.state = 'asked' ORDER BY q.id")
    return [Asked(*values) for values in found]


def decide(session: Session, erasure_id: int, *, state: str, by: str, at: str) -> None:
    """Keep what was decided."""
    run(
        session,
        "UPDATE erasures SET state = :state, decided_by = :by, decided_at = :at WHERE id = :i",
        state=state,
        by=by,
        at=at,
        i=erasure_id,
    )


def values_of(session: Session, company_id: int, field: str) -> list[str]:
    """Commitments of a client whose values are still there; why things were kept is left out."""
    found = rows(
        session,
        "SELECT commitment FROM personal_values WHERE company_id = :c AND value IS NOT NULL"
        " AND (field = :f OR field LIKE '%.' || :f AND :f <> ''"
        " OR :f = '' AND field NOT IN ('ground', 'reason'))"
        " ORDER BY commitment",
        c=company_id,
        f=field,
    )
    return [str(value) for (value,) in found]


def forget(session: Session, commitment: str) -> None:
    """Remove a value and its salt; what is left promises something nobody can open any more."""
    run(
        session,
        "UPDATE personal_values SET value = NULL, salt = NULL WHERE commitment = :c",
        c=commitment,
    )


def remove(
    session: Session, kind: str, what: str, *, company_id: int | None, day: date, seq: int
) -> None:
    """Leave a tombstone: a value or a file that is gone, and the office's event that says why.

    One that stands already stays: what it names was put back and is removed again.
    """
    run(
        session,
        "INSERT INTO removals (kind, what, company_id, day, seq)"
        " SELECT :kind, :what, :c, :day, :seq WHERE NOT EXISTS"
        " (SELECT 1 FROM removals WHERE kind = :kind AND what = :what)",
        kind=kind,
        what=what,
        c=company_id,
        day=day,
        seq=seq,
    )


def on_hold(company: str, more: str = "") -> str:
    """True while a hold stands on this client (a column), narrowed by `more`."""
    return (
        "EXISTS (SELECT 1 FROM holds h WHERE h.released_at = ''"
        f" AND h.company_id = {company}{more})"
    )


def ended(final: str) -> str:
    """Of a group of cases `c`: all are final, the last one since before `:before`."""
    return (
        f"MAX(c.updated_at) < :before AND MIN(CASE WHEN c.state IN ({final}) THEN 1 ELSE 0 END) = 1"
    )


_OF_CASE = " AND (h.case_id IS NULL OR h.case_id = m.case_id)"
HELD = f"MAX(CASE WHEN {on_hold('m.company_id', _OF_CASE)} THEN 1 ELSE 0 END)"


def over(final: str) -> str:
    """Files not removed yet, all of whose cases ended before `:before`."""
    return (
        " FROM material_versions m JOIN cases c ON c.id = m.case_id"
        " LEFT JOIN removals r ON r.kind = 'file' AND r.what = m.file_hash"
        " WHERE m.file_hash IS NOT NULL AND r.what IS NULL GROUP BY m.file_hash"
        f" HAVING {ended(final)}"
    )


def ended_files(session: Session, before: str, final: str) -> list[Ended]:
    """Files not removed yet, all of whose cases ended before an instant, none of them on hold."""
    found = rows(
        session,
        "SELECT m.file_hash, MIN(m.company_id), MIN(c.number), MAX(c.updated_at)"
        f"{over(final)} AND {HELD} = 0 ORDER BY m.file_hash LIMIT 500",
        before=before,
    )
    return [Ended(*values) for values in found]


def removed_files(session: Session) -> list[str]:
    """Hashes of every file that has a tombstone."""
    found = rows(session, "SELECT what FROM removals WHERE kind = 'file' ORDER BY what")
    return [str(value) for (value,) in found]


def page_of_values(
    session: Session, after: str, limit: int
) -> list[tuple[str, str, str | None, str | None, str | None]]:
    """Commitment, field, salt, value and the office's event that removed it, by commitment."""
    found = rows(
        session,
        "SELECT p.commitment, p.field, p.salt, p.value, e.body FROM personal_values p"
        " LEFT JOIN removals r ON r.kind = 'value' AND r.what = p.commitment"
        " LEFT JOIN events e ON e.chain = 'office' AND e.subject_id = 1 AND e.seq = r.seq"
        " AND e.action = 'erase' WHERE p.commitment > :after ORDER BY p.commitment LIMIT :limit",
        after=after,
        limit=limit,
    )
    return [(v[0], v[1], v[2], v[3], v[4]) for v in found]
