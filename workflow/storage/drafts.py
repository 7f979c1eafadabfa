"""Drafts by account and place."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.storage.statements import rows, run


@dataclass(frozen=True, slots=True)
class Draft:
    """One text that was not sent; `saved_at` is a UTC stamp."""

    place: str
    text: str
    saved_at: str


def put(session: Session, account_id: int, place: str, text: str, at: str) -> None:
    """Keep a text at a place, over what stood there."""
    run(
        session,
        "INSERT INTO drafts (account_id, place, text, saved_at) VALUES (:a, :p, :t, :at)"
        " ON CONFLICT (account_id, place) DO UPDATE SET text = excluded.text,"
        " saved_at = excluded.saved_at",
        a=account_id,
        p=place,
        t=text,
        at=at,
    )


def starting(session: Session, account_id: int, prefix: str) -> list[Draft]:
    """The drafts whose place is `prefix` or begins with it."""
    found = rows(
        session,
        "SELECT place, text, saved_at FROM drafts WHERE account_id = :a"
        " AND substr(place, 1, :n) = :p ORDER BY place",
        a=account_id,
        p=prefix,
        n=len(prefix),
    )
    return [Draft(*values) for values in found]


def delete(session: Session, account_id: int, place: str) -> None:
    """Forget one draft."""
    run(session, "DELETE FROM drafts WHERE account_id = :a AND place = :p", a=account_id, p=place)
