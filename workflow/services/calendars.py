"""Holiday notices: what is loaded for each year, what may be loaded, and what it would move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.errors import BadInput
from workflow.domain.facts import HeldLicense
from workflow.domain.procedure import Text
from workflow.domain.workdays import Calendar, YearNotice
from workflow.law import catalogue
from workflow.services import judging, long_work, redating
from workflow.services.redating import Move
from workflow.storage import calendars, register, snapshot
from workflow.storage.calendars import Loaded
from workflow.storage.rows import CaseRow

RECOUNT = "calendar"
"""The kind of long work that lets every open case follow the notices in use."""
YEARS_AHEAD = 2
NOVEMBER = 11


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year as it counts now: its notice, where it comes from, earlier versions."""

    notice: YearNotice
    loaded: Loaded | None
    earlier: tuple[Loaded, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a notice would do to the open cases: the deadlines that move, the soonest new first."""

    moves: tuple[Move, ...]
    cases: int
    today: date

    @property
    def into_past(self) -> tuple[Move, ...]:
        """Deadlines still to come that would lie behind us."""
        return tuple(move for move in self.moves if move.into_past(self.today))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the open cases have come: `done` of `total` follow the notices in use."""

    done: int
    total: int
    waiting: bool


def years(session: Session, today: date) -> list[YearLine]:
    """Every year from two back to two ahead, and every year with a loaded notice, newest first."""
    found: dict[int, list[Loaded]] = {}
    for loaded in calendars.versions(session):
        found.setdefault(loaded.notice.year, []).append(loaded)
    shown = {*found, *range(today.year - 2, today.year + YEARS_AHEAD + 1)}
    shipped = catalogue.CALENDAR
    return [
        YearLine(mine[0].notice, mine[0], tuple(mine[1:]))
        if (mine := found.get(year))
        else YearLine(shipped.year(year), None, ())
        for year in sorted(shown, reverse=True)
    ]


def version_in_use(session: Session, year: int) -> int:
    """The version that counts for a year; 0 for the shipped one."""
    return judging.calendar_in_use(session).year(year).version


def missing_year(session: Session, today: date) -> int | None:
    """From November on: next year, while no published notice of it is loaded or shipped."""
    following = judging.calendar_in_use(session).year(today.year + 1)
    return following.year if today.month >= NOVEMBER and following.provisional else None


def refuse_the_same(session: Session, notice: YearNotice) -> None:
    """Raises BadInput when this very notice counts already: loading it again changes nothing."""
    now = judging.calendar_in_use(session).year(notice.year)
    same_number = now.notice.zh == notice.notice.zh
    if same_number and replace(now, version=0, valid_through=_end(now)) == replace(
        notice, version=0, valid_through=_end(notice), notice=now.notice
    ):
        raise BadInput(
            "notice",
            Text(
                f"{notice.year} 年的这份安排已在使用，没有新建版本",
                f"This notice for {notice.year} is in use already; no new version was made",
            ),
        )


def load(
    tx: Session,
    notice: YearNotice,
    *,
    by: str,
    moment: Moment,
    source: str = "",
    seen: int | None = None,
) -> int:
    """Put a notice into use and ask for every open case to follow it; the version it became.

    `seen` is the version the person saw. Raises BadInput when somebody loaded another meanwhile.
    """
    version = version_in_use(tx, notice.year)
    fresh = replace(notice, version=version + 1, valid_through=_end(notice))
    stale = seen is not None and seen != version
    if stale or not calendars.keep(tx, fresh, source=source, by=by, at=moment.stamp):
        raise BadInput(
            "year",
            Text(
                f"另有人刚刚载入了 {notice.year} 年的安排，请核对后再确认",
                f"Somebody else has just loaded a notice for {notice.year}. Check, then confirm",
            ),
        )
    register.look_where_days_count(tx)
    given = {"year": fresh.year, "version": fresh.version}
    long_work.ask(tx, RECOUNT, given, actor=None, moment=moment)
    return fresh.version


def impact(session: Session, notice: YearNotice, today: date) -> Impact:
    """Which deadlines of open cases the notice would move; computed in memory, nothing written."""
    before = judging.calendar_in_use(session)
    after = with_notice(before, notice)
    found: list[Move] = []
    cases = 0
    for case, held in _open_cases(session):
        cases += 1
        found += redating.moves(case, held, before, after, today)
    found.sort(key=lambda move: (move.new, move.number, move.code))
    return Impact(tuple(found), cases, today)


def with_notice(calendar: Calendar, notice: YearNotice) -> Calendar:
    """The same calendar with another notice for one year."""
    return Calendar(calendar.shipped, {**calendar.loaded, notice.year: notice})


def progress(session: Session) -> Progress:
    """How many open cases follow the notices in use."""
    done, total = calendars.progress(session, judging.calendar_version(session))
    return Progress(done, total, calendars.is_waiting(session))


def _open_cases(session: Session) -> Iterator[tuple[CaseRow, HeldLicense | None]]:
    after = 0
    while batch := calendars.open_cases(session, after=after):
        after = batch[-1].id
        held = held_of(session, batch)
        for case in batch:
            yield case, None if case.procedure == "new" else held.get(case.license_id or 0)


def held_of(session: Session, cases: Iterable[CaseRow]) -> Mapping[int, HeldLicense]:
    """The licenses these cases are about, by id, in one statement."""
    ids = {case.license_id for case in cases if case.license_id}
    return {held.id: held for held, _ in snapshot.held_licenses(session, ids)} if ids else {}


def _end(notice: YearNotice) -> date:
    return notice.valid_through or date(notice.year, 12, 31)
