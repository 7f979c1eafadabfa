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
from workflow.services import long_work, publishing, trail
from workflow.services.long_work import Work
from workflow.services.trail import Check
from workflow.services.trail_work import VERIFY
from workflow.storage import ticks, tree
from workflow.storage.tree import Kept

__all__ = ["Kept", "Seal", "TrailState", "of"]

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
    """Everything the card of the chain says. `good_at`: when the trail was last found intact.

    `off_system`: the newest published checkpoint against the ones in the database; `told_at` its
    own time.
    """

    check: Check | None
    good_at: str | None
    work: Work | None
    seals: Sequence[Seal]
    head: Kept | None
    off_system: Compared
    told_at: str

    @property
    def unfinished(self) -> bool:
        """True when a verification after the last verdict did not come to an end by itself."""
        stopped = self.work and self.work.stage in ("failed", "cancelled", "interrupted")
        return bool(
            stopped and self.work and (not self.check or self.work.asked_at > self.check.at)
        )


def of(session: Session, moment: Moment, *, zone: str, published: Path) -> TrailState:
    """As it stands now. `published` is the file that checkpoints are appended to."""
    check = trail.last_check(session)
    compared, told_at = _compared(session, published)
    return TrailState(
        check,
        ticks.last_good(session),
        long_work.newest(session, VERIFY, moment),
        _seals(session, moment.today, zone, check),
        tree.last_checkpoint(session),
        compared,
        told_at,
    )


def _seals(session: Session, today: date, zone: str, check: Check | None) -> list[Seal]:
    """The last `DAYS` days, the oldest first."""
    days = [today - timedelta(back) for back in range(DAYS - 1, -1, -1)]
    found = tree.last_of_days(session, [(_start(d, zone), _start(d + _DAY, zone)) for d in days])
    covered = check.at if check and check.verdict.intact else ""
    return [
        Seal(day, at, size, at is not None and at <= covered)
        for day, (at, size) in zip(days, found, strict=True)
    ]


_DAY = timedelta(1)


def _start(day: date, zone: str) -> str:
    local = datetime.combine(day, time(), ZoneInfo(zone))
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _compared(session: Session, path: Path) -> tuple[Compared, str]:
    """The newest note of the file: is it one of ours?"""
    try:
        note = publishing.last_note(path)
    except (OSError, publishing.NotesDamaged):
        return "unreadable", ""
    if note is None:
        return "none", ""
    known = tree.checkpoint_of(session, note.checkpoint.digest)
    return ("same" if known else "differs"), note.checkpoint.time
