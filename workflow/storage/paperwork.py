"""Materials, correction points and waivers of a case: rows that stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.statements import row, rows, run


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """An accepted file: its SHA-256, cleaned name, media type and size in bytes."""

    hash: str
    name: str
    media_type: str
    size: int


def add_version(
    session: Session,
    *,
    company_id: int,
    case_id: int,
    code: str,
    seq: int,
    file: FileOnDisk | None,
    valid_until: date | None,
    by: str,
    on: date,
) -> int:
    """Add the next version of a material; returns its number, from 1."""
    last = row(
        session,
        "SELECT COALESCE(MAX(version), 0) FROM material_versions WHERE case_id = :c AND code = :m",
        c=case_id,
        m=code,
    )
    version = int((last or (0,))[0]) + 1
    run(
        session,
        "INSERT INTO material_versions (company_id, case_id, code, version, seq, file_hash,"
        " file_name, media_type, size, valid_until, provided_by, provided_on) VALUES (:company,"
        " :case, :code, :version, :seq, :hash, :name, :media, :size, :until, :by, :on)",
        company=company_id,
        case=case_id,
        code=code,
        version=version,
        seq=seq,
        hash=file.hash if file else None,
        name=file.name if file else "",
        media=file.media_type if file else "",
        size=file.size if file else 0,
        until=valid_until,
        by=by,
        on=on,
    )
    return version


def same_file(session: Session, case_id: int, file_hash: str) -> tuple[str, int] | None:
    """Material and version that already hold these bytes in this case, or None."""
    found = row(
        session,
        "SELECT code, version FROM material_versions WHERE case_id = :c AND file_hash = :h",
        c=case_id,
        h=file_hash,
    )
    return (found[0], found[1]) if found else None


def open_round(
    session: Session,
    *,
    company_id: int,
    case_id: int,
    on: date,
    reply_by: date | None,
    points: list[Mapping[str, Any]],
) -> int:
    """Open the next correction round with its points, numbered from 1; returns the round."""
    last = row(
        session,
        "SELECT COALESCE(MAX(round), 0) FROM correction_points WHERE case_id = :c",
        c=case_id,
    )
    number = int((last or (0,))[0]) + 1
    for no, point in enumerate(points, start=1):
        run(
            session,
            "INSERT INTO correction_points (company_id, case_id, round, no, about, text,"
            " notified_on, reply_by) VALUES (:company, :case, :round, :no, :about, :text, :on,"
            " :by)",
            company=company_id,
            case=case_id,
            round=number,
            no=no,
            about=point.get("material") or point.get("field") or "",
            text=point["text"],
            on=on,
            by=reply_by,
        )
    return number


def close_round(session: Session, case_id: int, on: date) -> None:
    """Close the open round on the day the full correction was handed in."""
    run(
        session,
        "UPDATE correction_points SET closed_on = :on WHERE case_id = :c AND closed_on IS NULL",
        c=case_id,
        on=on,
    )


def redate_round(
    session: Session, case_id: int, number: int, *, notified_on: str, reply_by: str | None
) -> None:
    """Correct the day of a round's notice and the day to reply by (ISO)."""
    run(
        session,
        "UPDATE correction_points SET notified_on = :on, reply_by = :by"
        " WHERE case_id = :c AND round = :n",
        c=case_id,
        n=number,
        on=date.fromisoformat(notified_on),
        by=date.fromisoformat(reply_by) if reply_by else None,
    )


def redate_closing(session: Session, case_id: int, number: int, closed_on: str) -> None:
    """Correct the day a round was closed (ISO)."""
    run(
        session,
        "UPDATE correction_points SET closed_on = :on WHERE case_id = :c AND round = :n",
        c=case_id,
        n=number,
        on=date.fromisoformat(closed_on),
    )


def answer_point(
    session: Session, case_id: int, no: int, *, answer: str, by: str, on: date
) -> None:
    """Write the answer to one point of the open round (answering again replaces)."""
    run(
        session,
        "UPDATE correction_points SET answer = :a, answered_by = :by, answered_on = :on"
        " WHERE case_id = :c AND no = :no AND closed_on IS NULL",
        c=case_id,
        no=no,
        a=answer,
        by=by,
        on=on,
    )


def point_numbers(session: Session, case_id: int) -> list[int]:
    """All point numbers of the open round, answered or not."""
    found = rows(
        session,
        "SELECT no FROM correction_points WHERE case_id = :c AND closed_on IS NULL ORDER BY no",
        c=case_id,
    )
    return [no for (no,) in found]


def waive(
    session: Session,
    *,
    company_id: int,
    case_id: int,
    guard: str,
    reason: str,
    until: date | None,
    by: str,
    on: date,
    seq: int,
) -> None:
    """Keep a waiver."""
    run(
        session,
        "INSERT INTO waivers (company_id, case_id, guard, reason, until, waived_by, waived_on,"
        " seq) VALUES (:company, :case, :guard, :reason, :until, :by, :on, :seq)",
        company=company_id,
        case=case_id,
        guard=guard,
        reason=reason,
        until=until,
        by=by,
        on=on,
        seq=seq,
    )


def reply_by(session: Session, case_id: int) -> date | None:
    """The day the authority asked the open round to be answered by, or None."""
    found = row(
        session,
        "SELECT MAX(reply_by) FROM correction_points WHERE case_id = :c AND closed_on IS NULL",
        c=case_id,
    )
    day: date | None = as_day(found[0]) if found else None
    return day
