"""Who is away from when to when, and who stands in: rows that stay, ended by their own last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.statements import rows, run


@dataclass(frozen=True, slots=True)
class Away:
    """One absence. `ended_on` is the day it was ended early, which no longer counts."""

    id: int
    account_id: int
    name: str
    stand_in_id: int
    stand_in: str
    first_day: date
    last_day: date
    ended_on: date | None


_AWAY = (
    "SELECT a.id, a.account_id, p.name, a.stand_in_id, s.name, a.first_day, a.last_day,"
    " a.ended_on FROM absences a JOIN accounts p ON p.id = a.account_id"
    " JOIN accounts s ON s.id = a.stand_in_id"
)
AWAY_ON = "a.first_day <= :day AND a.last_day >= :day AND (a.ended_on IS NULL OR a.ended_on > :day)"


def add(
    session: Session,
    account_id: int,
    stand_in_id: int,
    first: date,
    last: date,
    *,
    by: str,
    at: str,
) -> None:
    """Enter an absence."""
    run(
        session,
        "INSERT INTO absences (account_id, stand_in_id, first_day, last_day, entered_by,"
        " entered_at) VALUES (:who, :stand_in, :first, :last, :by, :at)",
        who=account_id,
        stand_in=stand_in_id,
        first=first,
        last=last,
        by=by,
        at=at,
    )


def end(session: Session, absence_id: int, day: date) -> None:
    """End it early: from `day` on it no longer counts."""
    run(
        session,
        "UPDATE absences SET ended_on = :day WHERE id = :i AND ended_on IS NULL",
        i=absence_id,
        day=day,
    )


def later_than(session: Session, day: date) -> list[Away]:
    """Everybody's absences that are not over by then, the next one first."""
    found = rows(
        session,
        f"{_AWAY} WHERE a.last_day >= :day AND (a.ended_on IS NULL OR a.ended_on > :day)"
        " ORDER BY a.first_day, a.id",
        day=day,
    )
    return [_away(values) for values in found]


def stand_ins(session: Session, account_id: int, day: date) -> list[int]:
    """Who stands in for a person on a day."""
    found = rows(
        session, f"SELECT a.stand_in_id FROM absences a WHERE a.account_id = :who AND {AWAY_ON}",
        who=account_id, day=day,
    )  # fmt: skip
    return [int(stand_in) for (stand_in,) in found]


def _away(values: tuple[object, ...]) -> Away:
    key, who, name, stand_in, stood_by, first, last, ended = values
    return Away(
        int(str(key)), int(str(who)), str(name), int(str(stand_in)), str(stood_by),
        as_day(first), as_day(last), as_day(ended),
    )  # fmt: skip
