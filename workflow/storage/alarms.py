"""Alarms of a broken trail: one for each break, its letter to every person, who got it when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.storage import outbox
from workflow.storage.outbox import Claim
from workflow.storage.statements import row, rows, run

KIND, LETTER = "alarm", "alarm_letter"


@dataclass(frozen=True, slots=True)
class Told:
    """One person who has the alarm: in the inbox since `at`, by mail since `mailed_at`.

    `mail` is the state of the letter, empty when there is none.
    """

    name: str
    role: str
    at: str
    mail: str
    mailed_at: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """The alarm of one break: pending, done or given up (incident, with the error)."""

    at: str
    state: str
    error: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """An alarm on its way to one address."""

    address: str
    name: str
    language: str
    broken: str
    good_at: str
    at: str


def raise_once(session: Session, *, broken: str, good_at: str, at: str) -> bool:
    """An alarm with its row in the outbox; False when this break has one."""
    made = row(
        session,
        "INSERT INTO trail_alarms (broken, good_at, at) VALUES (:broken, :good_at, :at)"
        " ON CONFLICT (broken, good_at) DO NOTHING RETURNING id",
        broken=broken,
        good_at=good_at,
        at=at,
    )
    if made:
        run(
            session,
            "UPDATE trail_alarms SET outbox_id = :row WHERE id = :id",
            row=outbox.ask(session, KIND, at=at),
            id=made[0],
        )
    return made is not None


def post(session: Session, mine: Claim, account_id: int, *, at: str, by_mail: bool) -> bool:
    """Put the alarm into one inbox and, for who has an address, a letter into the outbox.

    False when it lies there already.
    """
    made = row(
        session,
        "INSERT INTO messages (outbox_id, account_id, action, at)"
        " VALUES (:outbox, :account, 'alarm', :at)"
        " ON CONFLICT (outbox_id, account_id) DO NOTHING RETURNING id",
        outbox=mine.id,
        account=account_id,
        at=at,
    )
    if made and by_mail:
        _write(session, int(made[0]), account_id, at)
    return made is not None


def _write(session: Session, message_id: int, account_id: int, at: str) -> None:
    letter = row(
        session,
        "INSERT INTO outbox (account_id, kind, recipients, not_before, state, attempt, fence,"
        f" lease_until, error, settled_at) SELECT id, '{LETTER}', '[]', CAST(:at AS text),"
        " 'pending', 0, 0, '', '', '' FROM accounts WHERE id = :account AND email <> ''"
        " RETURNING id",
        account=account_id,
        at=at,
    )
    if letter:  # the digest leaves out what a letter of its own tells
        run(
            session,
            "UPDATE messages SET digest_id = :letter WHERE id = :id",
            letter=letter[0],
            id=message_id,
        )


def letter(session: Session, outbox_id: int) -> Letter | None:
    """The letter of an alarm; None for an outbox row of another kind."""
    found = row(
        session,
        "SELECT a.email, a.name, a.language, t.broken, t.good_at, t.at FROM outbox o"
        " JOIN accounts a ON a.id = o.account_id JOIN messages m ON m.digest_id = o.id"
        " JOIN trail_alarms t ON t.outbox_id = m.outbox_id"
        f" WHERE o.id = :id AND o.kind = '{LETTER}'",
        id=outbox_id,
    )
    return Letter(*found) if found else None


def newest(session: Session, broken: str) -> Alarm | None:
    """The newest alarm of this break and who has it; None when none was raised."""
    found = rows(
        session,
        "SELECT t.at, o.state, o.error, a.name, a.role, m.at, COALESCE(l.state, ''),"
        " COALESCE(l.settled_at, '') FROM trail_alarms t JOIN outbox o ON o.id = t.outbox_id"
        " LEFT JOIN messages m ON m.outbox_id = o.id LEFT JOIN accounts a ON a.id = m.account_id"
        " LEFT JOIN outbox l ON l.id = m.digest_id WHERE t.id ="
        " (SELECT MAX(id) FROM trail_alarms WHERE broken = :broken) ORDER BY a.name, a.id",
        broken=broken,
    )
    if not found:
        return None
    told = tuple(Told(*values[3:]) for values in found if values[3] is not None)
    at, state, error = found[0][:3]
    return Alarm(at, state, error, told)
