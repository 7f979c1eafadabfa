"""Accounts: add people, know them again, and say who they are to the services."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlmodel import Session

from workflow.domain.acting import Actor, Scope
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Role, Text
from workflow.services.advance import seal_name
from workflow.storage import people, stories
from workflow.storage.people import AccountRow

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
EMAIL = re.compile(r"[^@\s<>,;\"']+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
SHORTEST, LONGEST = 12, 256
_HASHER = PasswordHasher()
PEOPLE = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may sign in."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    uniquifier: str
    password_hash: str
    language: str
    theme: str
    scope: Scope
    seal: str
    email: str


def by_login(session: Session, login: str) -> Account | None:
    """The account with this login name, or None."""
    return _account(people.by(session, "login", login.strip().lower()))


def by_id(session: Session, account_id: int) -> Account | None:
    """The account with this id, or None."""
    return _account(people.by(session, "id", account_id))


def by_uniquifier(session: Session, uniquifier: str) -> Account | None:
    """The account a session belongs to, or None."""
    return _account(people.by(session, "fs_uniquifier", uniquifier))


def everybody(session: Session) -> list[Account]:
    """All accounts, in order of entry."""
    return [account for row in people.everybody(session) if (account := _account(row))]


def names(session: Session) -> dict[str, tuple[str, str]]:
    """Account id -> name and role, of everybody who ever had an account."""
    return stories.account_names(session)


def password_fits(account: Account, password: str) -> bool:
    """True when the password is the one; never raises."""
    try:
        return _HASHER.verify(account.password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False


def actor(_session: Session, account: Account) -> Actor:
    """The person as the services know them."""
    return Actor(str(account.id), account.name, account.role, account.scope, "person", account.seal)


def add(
    tx: Session,
    login: str,
    role: str,
    password: str,
    *,
    name: str = "",
    companies: list[int] | None = None,
) -> int:
    """Add an account; returns its id.

    Raises BadInput for a login that is taken or not plain, an unknown role, a short password.
    """
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise BadInput(
            "login",
            Text(
                "账号用小写字母开头，只含字母、数字和 . _ -，2 至 32 位",
                "An account name starts with a letter and has letters, digits, . _ - only",
            ),
        )
    if role not in {r.value for r in PEOPLE}:
        names = ", ".join(r.value for r in PEOPLE)
        raise BadInput("role", Text(f"角色应为 {names}", f"The role is one of {names}"))
    password_hash = hashed(password)
    if people.by(tx, "login", login):
        raise BadInput("login", Text(f"账号 {login} 已存在", f"Account {login} already exists"))
    shown = name.strip() or login
    return people.insert(
        tx,
        login=login,
        name=shown,
        role=role,
        password=password_hash,
        uniquifier=secrets.token_urlsafe(32),
        seal=seal_name(tx, shown),
        scope=companies,
    )


def set_email(tx: Session, account_id: int, address: str) -> str:
    """Where a person's digest goes; empty ends the mails. Raises BadInput for no address."""
    address = address.strip()
    if address and (len(address) > LONGEST or not EMAIL.fullmatch(address)):
        raise BadInput(
            "email",
            Text("请填写邮箱地址，如 name@example.cn", "Enter an address, like name@example.cn"),
        )
    people.change(tx, account_id, "email", address)
    return address


def end_sessions(tx: Session, account_id: int) -> None:
    """End every open session of a person."""
    people.change(tx, account_id, "fs_uniquifier", secrets.token_urlsafe(32))


def hashed(password: str) -> str:
    """A password as it is stored. Raises BadInput for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            "password",
            Text(
                f"密码至少 {SHORTEST} 位，至多 {LONGEST} 位",
                f"A password has {SHORTEST} to {LONGEST} characters",
            ),
        )
    return _HASHER.hash(password)


def _account(row: AccountRow | None) -> Account | None:
    if row is None:
        return None
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        active=row.active,
        uniquifier=row.uniquifier,
        password_hash=row.password,
        language=row.language,
        theme=row.theme,
        scope=Scope(None if row.scope is None else frozenset(row.scope)),
        seal=row.seal,
        email=row.email,
    )
