"""What a person keeps for themselves: saved views, which cases they opened, what they have seen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.scope import within
from workflow.storage.statements import row, rows, run


@dataclass(frozen=True, slots=True)
class View:
    """A saved view; `query` is the address after the `?`."""

    id: int
    account_id: int
    name: str
    query: str
    shared: bool


_VIEW = "SELECT id, account_id, name, query, shared FROM saved_views"


def views(session: Session, account_id: int) -> list[View]:
    """A person's own views and the shared ones of others, own first, by name."""
    found = rows(
        session,
        f"{_VIEW} WHERE account_id = :me OR shared"
        " ORDER BY CASE WHEN account_id = :me THEN 0 ELSE 1 END, name",
        me=account_id,
    )
    return [
        View(key, owner, name, query, bool(shared)) for key, owner, name, query, shared in found
    ]


def save_view(
    session: Session, account_id: int, name: str, query: str, *, shared: bool, at: str
) -> None:
    """Keep a view; one of the same name is replaced."""
    run(
        session,
        "INSERT INTO saved_views (account_id, name, query, shared, saved_at)"
        " VALUES (:me, :name, :query, :shared, :at) ON CONFLICT (account_id, name)"
        " DO UPDATE SET query = excluded.query, shared = excluded.shared,"
        " saved_at = excluded.saved_at",
        me=account_id,
        name=name,
        query=query,
        shared=_flag(session, shared),
        at=at,
    )


def rename_view(session: Session, account_id: int, view_id: int, name: str) -> bool:
    """False when it is not this person's, or another of theirs has the name."""
    cursor = run(
        session,
        "UPDATE saved_views SET name = :name WHERE id = :i AND account_id = :me AND NOT EXISTS"
        " (SELECT 1 FROM saved_views o WHERE o.account_id = :me AND o.name = :name AND o.id <> :i)",
        name=name,
        i=view_id,
        me=account_id,
    )
    return bool(cursor.rowcount == 1)


def remove_view(session: Session, account_id: int, view_id: int) -> bool:
    """False when it is not this person's."""
    cursor = run(
        session,
        "DELETE FROM saved_views WHERE id = :i AND account_id = :me",
        i=view_id,
        me=account_id,
    )
    return bool(cursor.rowcount == 1)


def visit(session: Session, account_id: int, number: str, at: str) -> None:
    """This person has opened the case."""
    run(
        session,
        "INSERT INTO case_visits (account_id, case_id, at)"
        " SELECT :me, id, CAST(:at AS text) FROM cases WHERE number = :number"
        " ON CONFLICT (account_id, case_id) DO UPDATE SET at = excluded.at",
        me=account_id,
        number=number,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A case somebody opened; `known` while nothing has happened on it since."""

    number: str
    company: str
    state: str
    known: bool


def recent(session: Session, scope: Scope, account_id: int, limit: int) -> list[Opened]:
    """The cases a person opened last, newest first."""
    found = rows(
        session,
        "SELECT c.number, k.name, c.state, CASE WHEN v.at >= c.updated_at THEN 1 ELSE 0 END"
        " FROM case_visits v JOIN cases c ON c.id = v.case_id"
        " JOIN companies k ON k.id = c.company_id"
        f" WHERE v.account_id = :me AND {within(scope, 'c.company_id')}"
        " ORDER BY v.at DESC, c.id DESC LIMIT :limit",
        me=account_id,
        limit=limit,
    )
    return [Opened(number, name, state, bool(known)) for number, name, state, known in found]


def seen_until(session: Session, account_id: int) -> str | None:
    """Up to which stamp a person has seen what others did; None when they never said."""
    found = row(session, "SELECT seen_at FROM desk_visits WHERE account_id = :me", me=account_id)
    return str(found[0]) if found else None


def mark_seen(session: Session, account_id: int, at: str) -> None:
    """Everything up to `at` is seen; never moved back."""
    run(
        session,
        "INSERT INTO desk_visits (account_id, seen_at) VALUES (:me, :at)"
        " ON CONFLICT (account_id) DO UPDATE SET seen_at = excluded.seen_at"
        " WHERE desk_visits.seen_at < excluded.seen_at",
        me=account_id,
        at=at,
    )


def _flag(session: Session, value: bool) -> int | bool:
    return int(value) if session.info["sql"] == "sqlite" else value
