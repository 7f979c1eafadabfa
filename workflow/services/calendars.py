"""Holiday notices: what is loaded for each year, what may be loaded, and what it would move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.errors import BadInput
from workflow.domain.facts import HeldLicense
from workflow.domain.procedure import Text
from workflow.domain.workdays import SATURDAY, Calendar, YearNotice
from workflow.law import catalogue
from workflow.services import judging, redating
from workflow.services.redating import Move
from workflow.storage import calendars, outbox, register, snapshot
from workflow.storage.calendars import Loaded
from workflow.storage.rows import CaseRow

WORK = "calendar"
"""The kind of outbox row that asks for every open case to follow the notices in use."""
FIRST_YEAR, YEARS_AHEAD = 2010, 2
MOST_DAYS = 60
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


def faults(notice: YearNotice, today: date) -> list[BadInput]:
    """Everything that is wrong with a notice, each at its field; an empty list means it is fit."""
    last = today.year + YEARS_AHEAD
    if not FIRST_YEAR <= notice.year <= last:
        return [_bad("year", f"年份应在 {FIRST_YEAR} 至 {last} 之间",
                     f"The year lies between {FIRST_YEAR} and {last}")]  # fmt: skip
    return [
        *_faults_of_days("off", notice.off, notice.year),
        *_faults_of_days("workdays", notice.workdays, notice.year),
        *_faults_between(notice),
    ]


def refuse_the_same(session: Session, notice: YearNotice) -> None:
    """Raises BadInput when this very notice counts already: loading it again changes nothing."""
    now = judging.calendar_in_use(session).year(notice.year)
    if replace(now, version=0, valid_through=_end(now)) == replace(
        notice, version=0, valid_through=_end(notice)
    ):
        raise _bad(
            "notice",
            f"{notice.year} 年的这份安排已在使用，没有新建版本",
            f"This notice for {notice.year} is in use already; no new version was made",
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
        raise _bad(
            "year",
            f"另有人刚刚载入了 {notice.year} 年的安排，请核对后再确认",
            f"Somebody else has just loaded a notice for {notice.year}. Check, then confirm again",
        )
    register.look_where_days_count(tx)
    outbox.ask(tx, WORK, at=moment.stamp)
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
        held = _held(session, batch)
        for case in batch:
            yield case, None if case.procedure == "new" else held.get(case.license_id or 0)


def _held(session: Session, cases: list[CaseRow]) -> Mapping[int, HeldLicense]:
    ids = {case.license_id for case in cases if case.license_id}
    return {held.id: held for held, _ in snapshot.held_licenses(session, ids)} if ids else {}


def _faults_of_days(field: str, days: frozenset[date], year: int) -> Iterator[BadInput]:
    if field == "off" and not days:
        yield _bad(field, "请填写放假日期", "Enter the days off")
    if len(days) > MOST_DAYS:
        yield _bad(field, f"共 {len(days)} 天，最多 {MOST_DAYS} 天，请核对",
                   f"These are {len(days)} days; a notice has {MOST_DAYS} at most")  # fmt: skip
    foreign = sorted(day for day in days if day.year != year)
    if foreign:
        yield _bad(field, f"{foreign[0]} 不在 {year} 年，请填到那一年的安排里",
                   f"{foreign[0]} is not in {year}; it belongs to the notice of its own year")  # fmt: skip


def _faults_between(notice: YearNotice) -> Iterator[BadInput]:
    both = sorted(notice.off & notice.workdays)
    if both:
        yield _bad("workdays", f"{both[0]} 既是放假日又是调休上班日",
                   f"{both[0]} is both a day off and a make-up day")  # fmt: skip
    weekdays = sorted(day for day in notice.workdays if day.weekday() < SATURDAY)
    if weekdays:
        yield _bad("workdays", f"{weekdays[0]} 是周{'一二三四五'[weekdays[0].weekday()]}，本来就上班",
                   f"{weekdays[0]} is a {weekdays[0]:%A}, a working day anyway")  # fmt: skip
    through, last = notice.valid_through, max(notice.off | notice.workdays, default=None)
    if through and through.year != notice.year:
        yield _bad("valid_through", f"应在 {notice.year} 年内", f"This day lies in {notice.year}")
    elif through and last and through < last:
        yield _bad("valid_through", f"安排里最后一天是 {last}，不能早于它",
                   f"The last day of the notice is {last}; this cannot be before it")  # fmt: skip


def _end(notice: YearNotice) -> date:
    return notice.valid_through or date(notice.year, 12, 31)


def _bad(field: str, zh: str, en: str) -> BadInput:
    return BadInput(field, Text(zh, en))
