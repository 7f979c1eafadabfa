"""What a job works with: the database and the clock, opened once and inherited by every fork."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from workflow.domain.acting import Moment
from workflow.domain.errors import Unavailable
from workflow.jobs.locked_store import LockedStore
from workflow.jobs.mailer import Mailer
from workflow.settings import Settings
from workflow.storage.database import Database, open_database


def machine_clock() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Equipment:
    """The database of this installation, its clock, and who carries its letters, if anybody.

    `files_url` is the shelf of accepted files, `published` the file of checkpoints outside, `store`
    where copies of them are locked.
    """

    database: Database
    timezone: str
    clock: Callable[[], datetime] = machine_clock
    mailer: Mailer | None = None
    base_url: str | None = None
    files_url: str = ""
    published: Path | None = None
    store: LockedStore | None = None

    @property
    def database_errors(self) -> tuple[type[Exception], ...]:
        """What a database that is away, busy or in a wrong shape raises, whoever noticed it."""
        driver = self.database.engine.dialect.dbapi
        assert driver is not None  # noqa: S101 - for mypy; an open engine has loaded its driver
        return (Unavailable, DBAPIError, driver.Error)

    def now(self) -> Moment:
        """This moment, in the agency's time zone."""
        return Moment.of(self.clock(), self.timezone)


_equipment: Equipment | None = None


def equip(equipment: Equipment | None) -> None:
    """Give every job of this process, and of its forks, this equipment."""
    global _equipment  # noqa: PLW0603 - RQ calls jobs by name and can hand them nothing
    _equipment = equipment


def equipment() -> Equipment:
    """What was given, else what the environment says."""
    if _equipment is None:
        equip(from_settings(Settings.from_env(os.environ)))
    assert _equipment is not None  # noqa: S101 - for mypy
    return _equipment


def from_settings(settings: Settings) -> Equipment:
    """Open the configured database; letters need a server and an address to come from."""
    mailer = (
        Mailer(settings.smtp_url, settings.mail_from)
        if settings.smtp_url and settings.mail_from
        else None
    )
    return Equipment(
        open_database(settings.database_url),
        settings.timezone,
        mailer=mailer,
        base_url=settings.base_url,
        files_url=settings.files_url,
        published=settings.checkpoint_path,
        store=LockedStore(settings.checkpoint_store) if settings.checkpoint_store else None,
    )
