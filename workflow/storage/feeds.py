"""Personal calendar addresses, and the dates such a feed shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.statements import row, rows, run


@dataclass(frozen=True, slots=True)
class Feed:
    """One person's address: since when, and when a calendar last read it (empty: never)."""

    made_at: str
    read_at: str


@dataclass(frozen=True, slots=True)
class Dated:
    """One open case of a person with its nearest date."""

    number: str
    clock: str
    due_on: date
    version: int


def replace(session: Session, account_id: int, token_hash: str, at: str) -> None:
    """Give a person a new address; the old one is gone."""
    revoke(session, account_id)
    run(
        session,
        "INSERT INTO calendar_feeds (account_id, token_hash, made_at, read_at)"
        " VALUES (:a, :t, :at, '')",
        a=account_id,
        t=token_hash,
        at=at,
    )


def revoke(session: Session, account_id: int) -> None:
    """Take the address away."""
    run(session, "DELETE FROM calendar_feeds WHERE account_id = :a", a=account_id)


def of_account(session: Session, account_id: int) -> Feed | None:
    """The address a person has, without its token: nobody can read that again."""
    found = row(
        session, "SELECT made_at, read_at FROM calendar_feeds WHERE account_id = :a", a=account_id
    )
    return Feed(*found) if found else None


def owner(session: Session, token_hash: str) -> int | None:
    """Whose feed this token opens."""
    found = row(
        session, "SELECT account_id FROM calendar_feeds WHERE token_hash = :t", t=token_hash
    )
    return int(found[0]) if found else None


def was_read(session: Session, account_id: int, at: str) -> None:
    """Remember that a calendar fetched the feed."""
    run(
        session,
        "UPDATE calendar_feeds SET read_at = :at WHERE account_id = :a",
        at=at,
        a=account_id,
    )


def case_dates(session: Session, handler_id: str, limit: int) -> list[Dated]:
    """The nearest date of every open case a person handles, soonest first."""
    found = rows(
        session,
        "SELECT number, next_clock, next_due, version FROM cases WHERE handler_id = :h"
        " AND next_due IS NOT NULL ORDER BY next_due, id LIMIT :limit",
        h=handler_id,
        limit=limit,
    )
    return [Dated(number, clock, as_day(due), version) for number, clock, due, version in found]


def licenses_in_charge(session: Session, handler_id: str, limit: int) -> list[tuple[int, str]]:
    """Licenses in force of the clients a person looks after: id and number."""
    found = rows(
        session,
        "SELECT l.id, l.number FROM licenses l JOIN companies k ON k.id = l.company_id"
        " WHERE k.handler_id = :h AND l.status = 'valid' ORDER BY l.valid_to, l.id LIMIT :limit",
        h=handler_id,
        limit=limit,
    )
    return [(ident, number) for ident, number in found]
