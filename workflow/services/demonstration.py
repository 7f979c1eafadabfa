"""The demo: one account per role and the demo files, played through the same services."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import SYSTEM, Actor, Moment, Scope
from workflow.domain.procedure import Role
from workflow.services import account_admin, accounts
from workflow.services.database import Database
from workflow.services.scenario import play, stand_in
from workflow.services.scenario_acts import Cast
from workflow.services.scenario_file import BadScenario, read_scenario
from workflow.storage import people, register_lists

PEOPLE = (
    ("wangfang", "王芳", Role.HANDLER),
    ("liqiang", "李强", Role.REVIEWER),
    ("zhaomin", "赵敏", Role.MANAGER),
    ("zhoujing", "周静", Role.AUDITOR),
    ("admin", "管理员", Role.ADMIN),
)


def is_empty(session: Session) -> bool:
    """True when no company was ever entered."""
    return not register_lists.companies_page(session, Scope(), limit=1)


def add_people(tx: Session, moment: Moment) -> list[tuple[str, str, str]]:
    """One account per role with a random password each; login, role, password.

    Nobody is added where accounts exist already.
    """
    if people.everybody(tx):
        return []
    made = []
    for login, name, role in PEOPLE:
        password = secrets.token_urlsafe(12)
        account_admin.add(tx, login, role.value, password, name=name, actor=SYSTEM, moment=moment)
        made.append((login, role.value, password))
    return made


def play_files(
    database: Database, files: Iterable[tuple[str, str]], today: date
) -> list[tuple[str, str]]:
    """Play demo files (name, text) one after the other; returns what went wrong, by file.

    Days written T-40 count back from `today`, so the demo never ages.
    """
    with database.reading() as session:
        cast = _cast(session)
    wrong = []
    for name, text in files:
        try:
            outcome = play(database, read_scenario(text, today=today), cast=cast)
            wrong += [
                (name, f"step {f.step}, {f.key}: expected {f.expected}, actual {f.actual}")
                for f in outcome.failures
            ]
        except BadScenario as error:
            wrong.append((name, str(error)))
    return wrong


def _cast(session: Session) -> Cast:
    """Roles are played by the first account of each; a given name by the account of that login."""
    found = [a for a in accounts.everybody(session) if a.active]

    def cast(role: Role, name: str) -> Actor:
        for account in found:
            if account.role is role and name in ("", account.login):
                return accounts.actor(session, account)
        return stand_in(role, name)

    return cast
