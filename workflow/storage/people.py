"""Accounts: the people who sign in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import for_update, row, rows, run

_COLUMNS = (
    "id, login, name, role, password, active, fs_uniquifier, language, theme, scope, seal, seen_at,"
    " email"
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as stored; `scope` None means every client."""

    id: int
    login: str
    name: str
    role: str
    password: str
    active: bool
    uniquifier: str
    language: str
    theme: str
    scope: list[int] | None
    seal: str
    seen_at: str
    email: str


def by(session: Session, column: str, value: Any) -> AccountRow | None:  # noqa: ANN401
    """The account whose `column` (id, login or fs_uniquifier) is `value`."""
    if column not in {"id", "login", "fs_uniquifier"}:
        message = f"accounts are not looked up by {column}"
        raise ValueError(message)
    found = row(session, f"SELECT {_COLUMNS} FROM accounts WHERE {column} = :v", v=value)
    return _account(found) if found else None


def everybody(session: Session) -> list[AccountRow]:
    """All accounts, in order of entry."""
    return [
        _account(found) for found in rows(session, f"SELECT {_COLUMNS} FROM accounts ORDER BY id")
    ]


def lock_everybody(session: Session) -> None:
    """Lock all accounts, in order: who changes one looks at the others first."""
    rows(session, f"SELECT id FROM accounts ORDER BY id{for_update(session)}")


def insert(
    session: Session,
    *,
    login: str,
    name: str,
    role: str,
    password: str,
    uniquifier: str,
    seal: str,
    scope: list[int] | None,
) -> int:
    """Add an account; returns its id."""
    active = 1 if session.info["sql"] == "sqlite" else True
    found = row(
        session,
        "INSERT INTO accounts (login, name, role, password, active, fs_uniquifier, language,"
        " theme, scope, seal, seen_at) VALUES (:login, :name, :role, :password, :active, :uniq,"
        " 'zh', '', :scope, :seal, '') RETURNING id",
        login=login,
        name=name,
        role=role,
        password=password,
        active=active,
        uniq=uniquifier,
        scope=None if scope is None else json.dumps(scope),
        seal=seal,
    )
    return int((found or (0,))[0])


def change(session: Session, account_id: int, column: str, value: Any) -> None:  # noqa: ANN401
    """Change one column of an account."""
    if column not in {
        "password",
        "fs_uniquifier",
        "language",
        "theme",
        "seen_at",
        "active",
        "email",
        "role",
        "scope",
    }:
        message = f"not a column that changes: {column}"
        raise ValueError(message)
    run(session, f"UPDATE accounts SET {column} = :v WHERE id = :i", v=value, i=account_id)


def mark_read(session: Session, account_id: int, message_id: int | None, at: str) -> None:
    """Mark one message read, or (None) all of them."""
    run(
        session,
        "UPDATE messages SET read_at = :at WHERE account_id = :me AND read_at IS NULL"
        " AND (CAST(:m AS integer) IS NULL OR id = :m)",
        at=at,
        me=account_id,
        m=message_id,
    )


def _account(values: tuple[Any, ...]) -> AccountRow:
    scope = json.loads(values[9]) if values[9] else None
    return AccountRow(*[*values[:5], bool(values[5]), *values[6:9], scope, *values[10:13]])
