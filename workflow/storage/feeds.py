"""Personal calendar addresses, and what a person handles or is in charge of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.rows import CASE_COLUMNS, CaseRow, case_row
from workflow.storage.statements import numbers, row, rows, run

MOST = 1000


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One person's address: the hash of its token, when it was made and last read."""

    account_id: int
    token_hash: str
    made_at: str
    read_at: str


@dataclass(frozen=True, slots=True)
class LicenseHead:
    """What a calendar entry says of a license, and when it last changed."""

    id: int
    company_id: int
    number: str
    version: int
    updated_at: str


def replace(session: Session, account_id: int, token_hash: str, at: str) -> None:
    """Give a person a new address; the one before no longer answers."""
    run(
        session,
        "INSERT INTO calendar_feeds (account_id, token_hash, made_at, read_at)"
        " VALUES (:a, :h, :at, '') ON CONFLICT (account_id) DO UPDATE"
        " SET token_hash = :h, made_at = :at, read_at = ''",
        a=account_id,
        h=token_hash,
        at=at,
    )


def revoke(session: Session, account_id: int) -> None:
    """Take the address away."""
    run(session, "DELETE FROM calendar_feeds WHERE account_id = :a", a=account_id)


def by(session: Session, column: str, value: str | int) -> FeedRow | None:
    """The address whose `column` (account_id or token_hash) is `value`."""
    if column not in {"account_id", "token_hash"}:
        message = f"feeds are not looked up by {column}"
        raise ValueError(message)
    found = row(
        session,
        f"SELECT account_id, token_hash, made_at, read_at FROM calendar_feeds WHERE {column} = :v",
        v=value,
    )
    return FeedRow(*found) if found else None


def note_reading(session: Session, account_id: int, at: str) -> None:
    """Keep when the address was last read."""
    run(
        session,
        "UPDATE calendar_feeds SET read_at = :at WHERE account_id = :a",
        a=account_id,
        at=at,
    )


def handled(session: Session, account_id: int) -> list[CaseRow]:
    """Cases a person handles that still have something ahead, the nearest date first."""
    found = rows(
        session,
        f"SELECT {CASE_COLUMNS} FROM cases WHERE handler_id = :h"
        " AND (state NOT IN ('approved', 'rejected', 'withdrawn') OR next_due IS NOT NULL)"
        " ORDER BY next_due IS NULL, next_due, id LIMIT :limit",
        h=str(account_id),
        limit=MOST,
    )
    return [case_row(values) for values in found]


def reply_days(session: Session, cases: Collection[int]) -> dict[int, date]:
    """The day the open correction round of a case must be answered by, where one was set."""
    found = rows(
        session,
        "SELECT case_id, MIN(reply_by) FROM correction_points"
        f" WHERE case_id IN ({numbers(cases)}) AND closed_on IS NULL AND reply_by IS NOT NULL"
        " GROUP BY case_id",
    )
    return {int(case_id): as_day(day) for case_id, day in found}


def in_charge(session: Session, account_id: int) -> list[LicenseHead]:
    """Licenses of the clients a person is in charge of, the soonest last day first."""
    found = rows(
        session,
        "SELECT l.id, l.company_id, l.number, l.version, l.updated_at FROM licenses l"
        " JOIN companies k ON k.id = l.company_id WHERE k.handler_id = :h"
        " ORDER BY l.valid_to, l.id LIMIT :limit",
        h=str(account_id),
        limit=MOST,
    )
    return [LicenseHead(*values) for values in found]
