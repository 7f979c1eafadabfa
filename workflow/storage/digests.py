"""Digests: one mail a person a day, made of the inbox messages that no mail has told of yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.statements import row, rows, run

KIND = "digest"
_FRESH = "digest_id IS NULL AND read_at IS NULL AND at >= :since"


@dataclass(frozen=True, slots=True)
class Letter:
    """Whom a digest goes to, and for which day."""

    id: int
    address: str
    name: str
    language: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a digest. `deadline` is empty for an event of a case.

    `broken` is set for the alarm of a broken trail alone, `work_id` for a file that is ready.
    """

    company: str
    case_number: str
    license_id: int | None
    license_number: str
    action: str
    deadline: str
    due_on: date | None
    broken: str
    work_id: int | None


@dataclass(frozen=True, slots=True)
class Failing:
    """A digest that is late or was given up, for those who look after the mail."""

    id: int
    name: str
    day: date
    state: str
    attempt: int
    error: str


def open_digests(session: Session, day: date, *, since: str, at: str) -> int:
    """One row for everybody with an address and unread news, unless the day has one; how many."""
    made = rows(
        session,
        "INSERT INTO outbox (account_id, day, kind, recipients, not_before, state, attempt, fence,"
        " lease_until, error, settled_at) SELECT a.id, CAST(:day AS "
        + ("text" if session.info["sql"] == "sqlite" else "date")
        + f"), '{KIND}', '[]', :at, 'pending', 0, 0, '', '', '' FROM accounts a"
        " WHERE a.active AND a.email <> '' AND EXISTS (SELECT 1 FROM messages m"
        f" WHERE m.account_id = a.id AND {_FRESH})"
        " ON CONFLICT (account_id, day) DO NOTHING RETURNING id, account_id",
        day=day,
        since=since,
        at=at,
    )
    for digest, account in made:
        run(
            session,
            f"UPDATE messages SET digest_id = :digest WHERE account_id = :account AND {_FRESH}",
            digest=digest,
            account=account,
            since=since,
        )
    return len(made)


def letter(session: Session, digest_id: int) -> Letter | None:
    """The head of a digest; None for an outbox row of another kind."""
    found = row(
        session,
        "SELECT o.id, a.email, a.name, a.language, o.day FROM outbox o"
        f" JOIN accounts a ON a.id = o.account_id WHERE o.id = :i AND o.kind = '{KIND}'",
        i=digest_id,
    )
    return Letter(*[*found[:4], as_day(found[4])]) if found else None


def lines(session: Session, digest_id: int) -> list[Line]:
    """What a digest tells, in the order it happened."""
    found = rows(
        session,
        "SELECT COALESCE(k.name, ''), COALESCE(c.number, ''), l.id, COALESCE(l.number, ''),"
        " m.action, COALESCE(r.deadline, ''), r.due_on, COALESCE(t.broken, ''), w.id"
        " FROM messages m"
        " LEFT JOIN companies k ON k.id = m.company_id LEFT JOIN cases c ON c.id = m.case_id"
        " LEFT JOIN licenses l ON l.id = m.license_id LEFT JOIN reminders r ON r.id = m.reminder_id"
        " LEFT JOIN trail_alarms t ON t.outbox_id = m.outbox_id"
        " LEFT JOIN long_work w ON w.outbox_id = m.outbox_id"
        " WHERE m.digest_id = :d ORDER BY m.id",
        d=digest_id,
    )
    return [Line(*[*values[:6], as_day(values[6]), *values[7:]]) for values in found]


def failing(session: Session) -> list[Failing]:
    """Digests that were tried and have not left, oldest first."""
    found = rows(
        session,
        "SELECT o.id, a.name, o.day, o.state, o.attempt, o.error FROM outbox o"
        f" JOIN accounts a ON a.id = o.account_id WHERE o.kind = '{KIND}'"
        " AND o.state <> 'done' AND o.attempt > 0 ORDER BY o.id LIMIT 200",
    )
    return [Failing(v[0], v[1], as_day(v[2]), *v[3:]) for v in found]


def status(session: Session, account_id: int) -> Failing | None:
    """How the newest digest of a person fares, None when there was none."""
    found = row(
        session,
        "SELECT o.id, a.name, o.day, o.state, o.attempt, o.error FROM outbox o"
        f" JOIN accounts a ON a.id = o.account_id WHERE o.kind = '{KIND}' AND a.id = :a"
        " ORDER BY o.id DESC LIMIT 1",
        a=account_id,
    )
    return Failing(found[0], found[1], as_day(found[2]), *found[3:]) if found else None
