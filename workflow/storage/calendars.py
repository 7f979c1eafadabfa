"""Holiday notices by version, and the open cases whose dates were told by an older one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.workdays import YearNotice
from workflow.storage.rows import CASE_COLUMNS, CaseRow, case_row, compact
from workflow.storage.snapshot import year_notice
from workflow.storage.statements import row, rows, run

_OPEN = (
    "(state NOT IN ('approved', 'rejected', 'withdrawn')"
    " OR (state = 'approved' AND turn = 'authority'))"
)
_NOTICE = "year, off, workdays, notice, provisional, valid_through, version"


@dataclass(frozen=True, slots=True)
class Loaded:
    """One notice as it was loaded: by whom, when, and when every open case had followed it."""

    notice: YearNotice
    source: str
    loaded_by: str
    loaded_at: str
    recomputed_at: str


def versions(session: Session) -> list[Loaded]:
    """Every notice ever loaded, the newest year and version first."""
    found = rows(
        session,
        f"SELECT {_NOTICE}, source, loaded_by, loaded_at, recomputed_at FROM calendar_versions"
        " ORDER BY year DESC, version DESC",
    )
    return [Loaded(year_notice(*values[:7]), *values[7:]) for values in found]


def notices(session: Session, wanted: Mapping[int, int]) -> dict[int, YearNotice]:
    """The notices of these versions by year; one that was never loaded is left out."""
    found = rows(session, f"SELECT {_NOTICE} FROM calendar_versions")
    return {v[0]: year_notice(*v) for v in found if wanted.get(v[0]) == v[6]}


def keep(
    session: Session, notice: YearNotice, *, source: str, by: str, at: str, recomputed_at: str = ""
) -> bool:
    """Write a version and put it into use; False when somebody else wrote that version first."""
    session.info.pop("calendar", None)
    provisional = int(notice.provisional) if session.info["sql"] == "sqlite" else notice.provisional
    values = {
        "year": notice.year,
        "version": notice.version,
        "off": compact(sorted(day.isoformat() for day in notice.off)),
        "workdays": compact(sorted(day.isoformat() for day in notice.workdays)),
        "notice": notice.notice.zh,
        "provisional": provisional,
    }
    written = row(
        session,
        "INSERT INTO calendar_versions (year, version, off, workdays, notice, source, provisional,"
        " valid_through, loaded_by, loaded_at, recomputed_at) VALUES (:year, :version, :off,"
        " :workdays, :notice, :source, :provisional, :through, :by, :at, :done)"
        " ON CONFLICT (year, version) DO NOTHING RETURNING version",
        **values,
        source=source,
        through=notice.valid_through,
        by=by,
        at=at,
        done=recomputed_at,
    )
    if written is None:
        return False
    run(
        session,
        "INSERT INTO calendar_years (year, off, workdays, notice, provisional, version)"
        " VALUES (:year, :off, :workdays, :notice, :provisional, :version)"
        " ON CONFLICT (year) DO UPDATE SET off = :off, workdays = :workdays, notice = :notice,"
        " provisional = :provisional, version = :version",
        **values,
    )
    return True


def last_loaded(session: Session) -> tuple[int, str]:
    """How many notices were loaded, and when the last one was (empty: never)."""
    found = row(session, "SELECT COUNT(*), MAX(loaded_at) FROM calendar_versions") or (0, None)
    return int(found[0]), found[1] or ""


def is_waiting(session: Session) -> bool:
    """True while a loaded notice has not reached every open case."""
    return row(session, "SELECT 1 FROM calendar_versions WHERE recomputed_at = ''") is not None


def finish(session: Session, in_use: Mapping[int, YearNotice], at: str) -> None:
    """Every open case follows these notices; one loaded since then is left waiting."""
    for notice in in_use.values():
        run(
            session,
            "UPDATE calendar_versions SET recomputed_at = :at"
            " WHERE recomputed_at = '' AND year = :year AND version <= :version",
            at=at,
            year=notice.year,
            version=notice.version,
        )


def behind(session: Session, stamp: str, *, after: int = 0, limit: int = 200) -> list[CaseRow]:
    """Open cases told by other notices than `stamp`, in order of id, above `after`."""
    return _cases(session, "calendar <> :stamp AND ", after, limit, stamp=stamp)


def open_cases(session: Session, *, after: int = 0, limit: int = 500) -> list[CaseRow]:
    """Open cases in order of id, above `after`."""
    return _cases(session, "", after, limit)


def progress(session: Session, stamp: str) -> tuple[int, int]:
    """How many open cases follow `stamp`, and how many there are."""
    found = row(
        session,
        "SELECT COALESCE(SUM(CASE WHEN calendar = :stamp THEN 1 ELSE 0 END), 0), COUNT(*)"
        f" FROM cases WHERE {_OPEN}",
        stamp=stamp,
    ) or (0, 0)
    return int(found[0]), int(found[1])


def _cases(
    session: Session, condition: str, after: int, limit: int, **values: str
) -> list[CaseRow]:
    found = rows(
        session,
        f"SELECT {CASE_COLUMNS} FROM cases WHERE {condition}{_OPEN} AND id > :after"
        " ORDER BY id LIMIT :limit",
        after=after,
        limit=limit,
        **values,
    )
    return [case_row(values_) for values_ in found]
