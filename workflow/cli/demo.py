"""The demo of `run --demo` and `seed`: accounts with random passwords, cases that never age."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from workflow.domain.acting import Moment
from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text
from workflow.services import courses, demonstration
from workflow.services.database import Database
from workflow.settings import Settings

FIXTURES = Path(__file__).parents[2] / "fixtures" / "demo"
PASSWORDS = "demo-accounts.json"


class CannotSeed(DeskError):
    """The demo cannot be played here."""

    code = "CANNOT-SEED"


def prepare(database: Database, settings: Settings) -> list[tuple[str, str, str]]:
    """Accounts and cases for a first look; login, role, password of each account.

    Safe to call again: accounts and cases that exist stay as they are.
    """
    with database.transaction() as tx:
        made = demonstration.add_people(tx, Moment.of(datetime.now(UTC), settings.timezone))
    if made:
        _keep(settings.data_dir / PASSWORDS, made)
    with database.reading() as session:
        empty = demonstration.is_empty(session)
    if empty:
        seed(database, settings)
    return _kept(settings.data_dir / PASSWORDS)


def seed(database: Database, settings: Settings) -> int:
    """Play every demo file into an empty database; returns how many.

    Raises CannotSeed when the database is not empty or a file does not hold.
    """
    with database.reading() as session:
        if not demonstration.is_empty(session):
            raise CannotSeed(
                Text(
                    "数据库里已有企业，演示数据只能导入空库",
                    "the database already has companies; the demo needs an empty one",
                )
            )
    files = [
        (path.name, path.read_text(encoding="utf-8")) for path in sorted(FIXTURES.glob("*.yaml"))
    ]
    moment = Moment.of(datetime.now(UTC), settings.timezone)
    wrong = demonstration.play_files(database, files, moment.today)
    if wrong:
        name, reason = wrong[0]
        raise CannotSeed(Text(f"{name}：{reason}", f"{name}: {reason}"))
    courses.follow(database, moment)  # the dashboard knows them before the first quarter of an hour
    return len(files)


def _keep(path: Path, made: list[tuple[str, str, str]]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(made, file, ensure_ascii=False)


def _kept(path: Path) -> list[tuple[str, str, str]]:
    if not path.exists():
        return []
    return [(login, role, word) for login, role, word in json.loads(path.read_text("utf-8"))]
