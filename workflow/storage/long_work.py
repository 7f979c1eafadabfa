"""Rows of long work: asked for, carried on under a fence, cancelled, finished, its file in parts.

A share of work writes under the fence of its outbox claim; with an older one nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from workflow.storage.statements import numbers, row, rows, run

_COLUMNS = (
    "w.id, w.outbox_id, w.kind, w.account_id, w.grounds, w.given, w.state, w.done, w.total,"
    " w.cursor, w.figures, w.parts, w.size, w.file_name, w.file_type, w.asked_at, w.started_at,"
    " w.beat_at, w.ended_at, w.expires_at, o.state, o.attempt, o.error"
)
_FROM = "FROM long_work w JOIN outbox o ON o.id = w.outbox_id"
_LIVE = "state IN ('waiting', 'running')"
_MINE = "id = :id AND state = 'running' AND fence = :fence"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One piece of long work with the state of its outbox row."""

    id: int
    outbox_id: int
    kind: str
    account_id: int | None
    grounds: str
    given: str
    state: str
    done: int
    total: int | None
    cursor: str
    figures: str
    parts: int
    size: int
    file_name: str
    file_type: str
    asked_at: str
    started_at: str
    beat_at: str
    ended_at: str
    expires_at: str
    sent: str
    attempt: int
    error: str


def insert(
    session: Session,
    *,
    outbox_id: int,
    kind: str,
    account_id: int | None,
    grounds: str,
    given: str,
    file_name: str,
    file_type: str,
    at: str,
) -> int:
    """Ask for work; its id."""
    made = row(
        session,
        "INSERT INTO long_work (outbox_id, kind, account_id, grounds, given, state, fence, done,"
        " total, cursor, figures, parts, size, file_name, file_type, asked_at, started_at,"
        " beat_at, ended_at, expires_at) VALUES (:outbox, :kind, :account, :grounds, :given,"
        " 'waiting', 0, 0, NULL, '', '{}', 0, 0, :name, :type, :at, '', '', '', '') RETURNING id",
        outbox=outbox_id,
        kind=kind,
        account=account_id,
        grounds=grounds,
        given=given,
        name=file_name,
        type=file_type,
        at=at,
    )
    return int((made or (0,))[0])


def by_id(session: Session, work_id: int) -> WorkRow | None:
    """One piece of work, or None."""
    found = row(session, f"SELECT {_COLUMNS} {_FROM} WHERE w.id = :id", id=work_id)
    return WorkRow(*found) if found else None


def of_account(
    session: Session, account_id: int | None, *, before: int | None, limit: int
) -> list[WorkRow]:
    """The newest work of one account (None: of everybody), below the id `before`."""
    whose = "1 = 1" if account_id is None else "w.account_id = :account"
    below = "" if before is None else " AND w.id < :before"
    given = {"account": account_id} if account_id is not None else {}
    found = rows(
        session,
        f"SELECT {_COLUMNS} {_FROM} WHERE {whose}{below} ORDER BY w.id DESC LIMIT :limit",
        limit=limit,
        **given,
        **({} if before is None else {"before": before}),
    )
    return [WorkRow(*values) for values in found]


def newest(session: Session, kind: str) -> WorkRow | None:
    """The newest work of a kind, of anybody."""
    found = row(
        session,
        f"SELECT {_COLUMNS} {_FROM} WHERE w.kind = :kind ORDER BY w.id DESC LIMIT 1",
        kind=kind,
    )
    return WorkRow(*found) if found else None


def live(session: Session, kind: str, account_id: int | None, given: str) -> int | None:
    """The id of the same work asked for by the same person and not ended, or None."""
    whose = "account_id IS NULL" if account_id is None else "account_id = :account"
    found = row(
        session,
        f"SELECT w.id {_FROM} WHERE w.kind = :kind AND w.{whose} AND w.given = :given"
        " AND w.state IN ('waiting', 'running') AND o.state = 'pending'"
        " ORDER BY w.id DESC LIMIT 1",
        kind=kind,
        given=given,
        **({} if account_id is None else {"account": account_id}),
    )
    return int(found[0]) if found else None


def start(session: Session, outbox_id: int, *, fence: int, at: str) -> WorkRow | None:
    """Take the work up under this fence; None when it has ended or a later claim has it."""
    taken = row(
        session,
        "UPDATE long_work SET state = 'running', fence = :fence, beat_at = :at,"
        " started_at = CASE WHEN started_at = '' THEN :at ELSE started_at END"
        f" WHERE outbox_id = :outbox AND {_LIVE} AND fence <= :fence RETURNING id",
        outbox=outbox_id,
        fence=fence,
        at=at,
    )
    return by_id(session, int(taken[0])) if taken else None


def report(
    session: Session,
    work_id: int,
    *,
    fence: int,
    done: int,
    total: int | None,
    cursor: str,
    figures: str,
    part: bytes | None,
    at: str,
) -> bool:
    """Keep how far it has come, with the part made; False when it is no longer ours."""
    no = row(
        session,
        "UPDATE long_work SET done = :done, total = :total, cursor = :cursor,"
        " figures = :figures, beat_at = :at, parts = parts + :more, size = size + :size"
        f" WHERE {_MINE} RETURNING parts",
        id=work_id,
        fence=fence,
        done=done,
        total=total,
        cursor=cursor,
        figures=figures,
        at=at,
        more=0 if part is None else 1,
        size=0 if part is None else len(part),
    )
    if no is not None and part is not None:
        run(
            session,
            "INSERT INTO long_work_parts (work_id, no, content) VALUES (:id, :no, :content)",
            id=work_id,
            no=no[0],
            content=part,
        )
    return no is not None


def finish(session: Session, work_id: int, *, fence: int, at: str, expires_at: str) -> bool:
    """All of it is done; False when it is no longer ours."""
    cursor = run(
        session,
        "UPDATE long_work SET state = 'finished', ended_at = :at, beat_at = :at,"
        f" expires_at = :until WHERE {_MINE}",
        id=work_id,
        fence=fence,
        at=at,
        until=expires_at,
    )
    return bool(cursor.rowcount == 1)


def tell(session: Session, work_id: int, *, at: str) -> None:
    """Put word of a file that is ready into the inbox of who asked for it, once."""
    run(
        session,
        "INSERT INTO messages (outbox_id, account_id, action, at)"
        " SELECT outbox_id, account_id, 'work', CAST(:at AS text) FROM long_work"
        " WHERE id = :id AND account_id IS NOT NULL AND file_name <> ''"
        " ON CONFLICT (outbox_id, account_id) DO NOTHING",
        id=work_id,
        at=at,
    )


def cancel(session: Session, work_id: int, *, at: str) -> bool:
    """End it where it is and drop what was made; False when it has ended."""
    cursor = run(
        session,
        f"UPDATE long_work SET state = 'cancelled', ended_at = :at WHERE id = :id AND {_LIVE}",
        id=work_id,
        at=at,
    )
    if cursor.rowcount:
        drop_parts(session, [work_id])
    return bool(cursor.rowcount == 1)


def part(session: Session, work_id: int, no: int) -> bytes | None:
    """One part of the file, from 1; None behind the last."""
    found = row(
        session,
        "SELECT content FROM long_work_parts WHERE work_id = :id AND no = :no",
        id=work_id,
        no=no,
    )
    return bytes(found[0]) if found else None


def expired(session: Session, *, now: str) -> list[int]:
    """Finished work whose file is past its day and still there."""
    found = rows(
        session,
        "SELECT id FROM long_work WHERE state = 'finished' AND parts > 0 AND expires_at <= :now"
        " ORDER BY id LIMIT 500",
        now=now,
    )
    return [int(found_[0]) for found_ in found]


def drop_parts(session: Session, ids: list[int]) -> None:
    """Remove files; that there was one stays."""
    run(session, f"DELETE FROM long_work_parts WHERE work_id IN ({numbers(ids)})")
    run(session, f"UPDATE long_work SET parts = 0 WHERE id IN ({numbers(ids)})")


def parts_of(session: Session, work_id: int) -> Iterator[bytes]:
    """Every part in order, one statement each, so that memory stays small."""
    no = 1
    while (content := part(session, work_id, no)) is not None:
        yield content
        no += 1
