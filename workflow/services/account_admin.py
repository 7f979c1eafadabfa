"""What an administrator changes about accounts; every change is an event on the account's chain.

A change of role, clients or password ends the person's sessions: what they may do is decided anew.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Role, Text
from workflow.services import accounts
from workflow.services.accounts import Account
from workflow.services.advance import record_about
from workflow.services.sealing import Request
from workflow.storage import people, register_lists

SET_ACCESS = "set_access"
_NO_REQUEST = Request()


def add(
    tx: Session,
    login: str,
    role: str,
    password: str,
    *,
    name: str,
    actor: Actor,
    moment: Moment,
    request: Request = _NO_REQUEST,
) -> int:
    """Add an account with every client in its scope; its id. Raises BadInput as `accounts.add`."""
    account_id = accounts.add(tx, login, role, password, name=name)
    changes = [_change("role", None, role), _change("active", None, True)]
    _record(tx, account_id, lambda: changes, actor, moment, request)
    return account_id


def set_role(
    tx: Session, account_id: int, role: str, *, actor: Actor, moment: Moment,
    request: Request = _NO_REQUEST,
) -> bool:  # fmt: skip
    """Give another role; False when it is the one already. Raises BadInput, NotFound."""
    account = _locked(tx, account_id)
    if role not in {known.value for known in accounts.PEOPLE}:
        raise BadInput("role", Text("请从列表中选择角色", "Choose a role from the list"))
    if role == account.role.value:
        return False
    if account.role is Role.ADMIN:
        _keep_an_admin(tx, account, actor, "role")
    changes = [_change("role", account.role.value, role)]
    _record(tx, account_id, _writing(tx, account_id, "role", role, changes), actor, moment, request)
    return True


def set_active(
    tx: Session, account_id: int, active: bool, *, actor: Actor, moment: Moment,
    request: Request = _NO_REQUEST,
) -> bool:  # fmt: skip
    """Lock an account, or let it in again; False when it is so already."""
    account = _locked(tx, account_id)
    if account.active is active:
        return False
    if not active and account.role is Role.ADMIN:
        _keep_an_admin(tx, account, actor, "active")
    value = active if tx.info["sql"] != "sqlite" else int(active)
    changes = [_change("active", account.active, active)]
    writing = _writing(tx, account_id, "active", value, changes)
    _record(tx, account_id, writing, actor, moment, request)
    return True


def set_password(
    tx: Session, account_id: int, password: str, *, actor: Actor, moment: Moment,
    request: Request = _NO_REQUEST,
) -> None:  # fmt: skip
    """Set a password for a person who lost theirs; the trail says that, never which."""
    _locked(tx, account_id)
    hashed = accounts.hashed(password)
    changes = [_change("password", None, "set")]
    writing = _writing(tx, account_id, "password", hashed, changes)
    _record(tx, account_id, writing, actor, moment, request)


def set_scope(
    tx: Session, account_id: int, companies: Iterable[int] | None, *, actor: Actor,
    moment: Moment, request: Request = _NO_REQUEST,
) -> bool:  # fmt: skip
    """Limit an account to these clients (None: all); False when nothing changes."""
    account = _locked(tx, account_id)
    before = account.scope.companies
    after = None if companies is None else frozenset(companies)
    if before == after:
        return False
    changes = [_change("scope", _listed(before), _listed(after))]
    value = None if after is None else json.dumps(sorted(after))
    writing = _writing(tx, account_id, "scope", value, changes)
    _record(tx, account_id, writing, actor, moment, request)
    return True


def clients_of(
    session: Session, provinces: Iterable[str], codes: Iterable[str]
) -> tuple[set[int], list[str]]:
    """Clients registered in these provinces or with these credit codes; codes nobody has."""
    wanted = {code.upper() for code in codes}
    by_province, by_code = register_lists.company_ids(session, list(provinces), sorted(wanted))
    return by_province | set(by_code.values()), sorted(wanted - set(by_code))


def _listed(companies: frozenset[int] | None) -> list[int] | None:
    return None if companies is None else sorted(companies)


def _keep_an_admin(tx: Session, account: Account, actor: Actor, field: str) -> None:
    """Nobody shuts the last door from outside, nor their own."""
    if str(account.id) == actor.id:
        raise BadInput(
            field,
            Text(
                "不能停用自己或改自己的角色，请由另一位管理员办理",
                "You cannot lock yourself or change your own role; another administrator has to",
            ),
        )
    others = [
        a for a in accounts.everybody(tx)
        if a.role is Role.ADMIN and a.active and a.id != account.id
    ]  # fmt: skip
    if not others:
        raise BadInput(
            field,
            Text("这是最后一位管理员，不能停用", "This is the last administrator and must stay"),
        )


def _locked(tx: Session, account_id: int) -> Account:
    people.lock_everybody(tx)
    account = accounts.by_id(tx, account_id)
    if account is None:
        raise NotFound
    return account


def _writing(
    tx: Session,
    account_id: int,
    column: str,
    value: str | int | None,
    changes: list[dict[str, Any]],
) -> Callable[[], list[dict[str, Any]]]:
    def write() -> list[dict[str, Any]]:
        people.change(tx, account_id, column, value)
        people.change(tx, account_id, "fs_uniquifier", secrets.token_urlsafe(32))
        return changes

    return write


def _change(field: str, old: Any, new: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"field": field, "old": old, "new": new}


def _record(  # noqa: PLR0917 - one private shape for every act
    tx: Session,
    account_id: int,
    change: Callable[[], list[dict[str, Any]]],
    actor: Actor,
    moment: Moment,
    request: Request,
) -> None:
    record_about(
        tx, "account", account_id, SET_ACCESS,
        actor=actor, moment=moment, change=change, request=request,
    )  # fmt: skip
