"""How the trail stands: the last verification and the one under way, seals by day, the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.checkpoint import Checkpoint
from workflow.services import alarm, long_work, publishing, trail
from workflow.services.alarm import Alarm
from workflow.services.long_work import Work
from workflow.services.sequencing import waited
from workflow.services.trail import Check
from workflow.services.trail_work import VERIFY
from workflow.storage import tree

DAYS = 30
Compared = Literal["none", "same", "differs", "unreadable"]


@dataclass(frozen=True, slots=True)
class Seal:
    """One day: the last checkpoint of it, None when it has none; whether a check has covered it."""

    day: date
    at: str | None
    size: int
    verified: bool


@dataclass(frozen=True, slots=True)
class TrailState:
    """Everything the card of the chain says. `head`: root and size of the newest checkpoint.

    `off_system`: the newest published checkpoint against the ones in the database; `told_at` its
    own time. `waiting`: events without a leaf, seconds since the oldest. `alarm`: who was told of
    the break. `stale`: the nightly verification did not come to an end lately.
    """

    check: Check | None
    work: Work | None
    seals: Sequence[Seal]
    head: tuple[str, int] | None
    off_system: Compared
    told_at: str
    waiting: tuple[int, float]
    alarm: Alarm | None
    stale: bool

    @property
    def good_at(self) -> str | None:
        """When the trail was last found intact."""
        return self.check.good_at if self.check else None

    @property
    def unfinished(self) -> bool:
        """True when a verification after the last verdict did not come to an end by itself."""
        stopped = self.work and self.work.stage in ("failed", "cancelled", "interrupted")
        return bool(
            stopped and self.work and (not self.check or self.work.asked_at > self.check.at)
        )


def of(session: Session, moment: Moment, *, zone: str, published: Path) -> TrailState:
    """As it stands now. `published` is the file that checkpoints are appended to."""
    check, told = trail.last_check(session), _told(published)
    days = [moment.today - timedelta(back) for back in range(DAYS - 1, -1, -1)]
    spans = [(_start(day, zone), _start(day + _DAY, zone)) for day in days]
    digest, told_at = (told.digest, told.time) if isinstance(told, Checkpoint) else ("", "")
    sealed = tree.sealed(session, spans, digest)
    waiting, oldest = sealed.waiting
    compared: Compared = "same" if sealed.known else "differs"
    return TrailState(
        check,
        long_work.newest(session, VERIFY, moment),
        _seals(days, sealed.days, check),
        sealed.head,
        told if isinstance(told, str) else compared,
        told_at,
        (waiting, waited(oldest, moment) if waiting else 0.0),
        alarm.of(session, check.broken) if check and check.broken else None,
        bool(check and check.is_stale(moment)),
    )


def _seals(
    days: list[date], found: list[tuple[str | None, int]], check: Check | None
) -> list[Seal]:
    """The last `DAYS` days, the oldest first."""
    covered = check.at if check and check.verdict.intact else ""
    return [
        Seal(day, at, size, at is not None and at <= covered)
        for day, (at, size) in zip(days, found, strict=True)
    ]


_DAY = timedelta(1)


def _start(day: date, zone: str) -> str:
    local = datetime.combine(day, time(), ZoneInfo(zone))
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _told(path: Path) -> Checkpoint | Compared:
    """The newest checkpoint of the file, or why there is none to compare with."""
    try:
        note = publishing.last_note(path)
    except (OSError, publishing.NotesDamaged):
        return "unreadable"
    return note.checkpoint if note else "none"
