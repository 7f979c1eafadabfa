"""What happened, for reading: events with the names and words kept beside the trail."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage import row_names
from workflow.storage.columns import as_day
from workflow.storage.scope import within
from workflow.storage.statements import numbers, row, rows

_COMMITMENT = re.compile(r'"(?:commitment|actor_name)":"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as stored, with the subject's name; `body` is the canonical `text`, parsed."""

    id: int
    chain: str
    subject: str
    seq: int
    at: str
    actor: str
    role: str
    action: str
    source: str | None
    target: str | None
    prev: str
    hash: str
    company: str
    body: dict[str, Any]
    text: str


def _event(v: tuple[Any, ...]) -> EventLine:
    return EventLine(*[*v[:13], json.loads(v[13]), v[13]])


_COLUMNS = (
    "e.id, e.chain, COALESCE(c.number, l.number, k.name, ''), e.seq, e.at, e.actor, e.role,"
    " e.action, e.source, e.target, e.prev, e.hash, COALESCE(k.name, ''), e.body"
)
_JOINED = (
    "events e LEFT JOIN companies k ON k.id = e.company_id LEFT JOIN cases c ON c.id = e.case_id"
    " LEFT JOIN licenses l ON e.chain = 'license' AND l.id = e.subject_id"
)
_EVENTS = f"SELECT {_COLUMNS} FROM {_JOINED}"


def events_page(
    session: Session,
    scope: Scope,
    *,
    case_number: str = "",
    company_id: int | None = None,
    action: str = "",
    actor: str = "",
    first: date | None = None,
    last: date | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[EventLine]:
    """Events newest first, starting below the id `before`; `first` and `last` are UTC days."""
    conditions = [within(scope, "e.company_id")]
    values: dict[str, Any] = {"limit": min(limit, 500)}
    for name, condition, part in (
        ("number", "c.number = :number", case_number or None),
        ("company", "e.company_id = :company", company_id),
        ("action", "e.action = :action", action or None),
        ("actor", "e.actor = :actor", actor or None),
        ("first", "e.at >= :first", first.isoformat() if first else None),
        ("last", "e.at < :last", f"{last.isoformat()}T24" if last else None),
        ("before", "e.id < :before", before),
    ):
        if part is not None:
            conditions.append(condition)
            values[name] = part
    found = rows(
        session,
        f"{_EVENTS} WHERE {' AND '.join(conditions)} ORDER BY e.id DESC LIMIT :limit",
        **values,
    )
    return [_event(v) for v in found]


def newest_event(session: Session) -> int:
    """The id of the last event of all."""
    return int((row(session, "SELECT COALESCE(MAX(id), 0) FROM events") or (0,))[0])


def moved_since(
    session: Session, scope: Scope, since: int, *, besides: str, handler_id: str | None, most: int
) -> int:
    """How many cases somebody else than `besides` moved after the event `since`.

    `handler_id` limits to one handler's cases. Looks at the newest `most` events only.
    """
    mine = " AND c.handler_id = :handler" if handler_id is not None else ""
    found = row(
        session,
        "SELECT COUNT(DISTINCT e.case_id) FROM (SELECT case_id, actor, company_id FROM events"
        " WHERE id > :since ORDER BY id DESC LIMIT :most) e JOIN cases c ON c.id = e.case_id"
        f" WHERE e.actor <> :me AND {within(scope, 'e.company_id')}{mine}",
        since=since,
        most=most,
        me=besides,
        **({"handler": handler_id} if handler_id is not None else {}),
    )
    return int((found or (0,))[0])


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an event: the next one on its chain, the first filing of its case."""

    next_prev: str | None
    next_hash: str | None
    filed_on: date | None


def events_around(session: Session, ids: Collection[int]) -> dict[int, tuple[EventLine, Around]]:
    """Event id -> the event and what stands around it. The caller has checked the scope."""
    found = rows(
        session,
        f"SELECT {_COLUMNS}, n.prev, n.hash, c.filed_on FROM {_JOINED} LEFT JOIN events n"
        " ON n.chain = e.chain AND n.subject_id = e.subject_id AND n.seq = e.seq + 1"
        f" WHERE e.id IN ({numbers(ids)})",
    )
    return {v[0]: (_event(v), Around(v[14], v[15], as_day(v[16]))) for v in found}


def case_until(session: Session, event_id: int) -> list[EventLine]:
    """Every event of the case of this event up to it, the oldest first; none for another chain."""
    found = rows(
        session,
        f"{_EVENTS} JOIN events upto ON upto.id = :i AND upto.case_id = e.case_id"
        " AND e.seq <= upto.seq WHERE e.chain = 'case' ORDER BY e.seq",
        i=event_id,
    )
    return [_event(v) for v in found]


def last_seq(session: Session, event_id: int) -> int:
    """How many events the chain of this event has by now."""
    found = row(
        session,
        "SELECT MAX(n.seq) FROM events e JOIN events n ON n.chain = e.chain"
        " AND n.subject_id = e.subject_id WHERE e.id = :i",
        i=event_id,
    )
    return int((found and found[0]) or 0)


def license_events(
    session: Session, license_id: int, *, before: int | None = None, limit: int = 20
) -> list[EventLine]:
    """Events of a license's own chain and of all its cases, newest first, below the id `before`.

    The caller has checked the scope.
    """
    found = rows(
        session,
        f"{_EVENTS} WHERE e.id < :before AND (e.chain = 'license' AND e.subject_id = :i"
        " OR e.case_id IN (SELECT id FROM cases WHERE license_id = :i))"
        " ORDER BY e.id DESC LIMIT :limit",
        i=license_id,
        before=before if before is not None else 2**62,
        limit=min(limit, 200),
    )
    return [_event(v) for v in found]


def opened_values(session: Session, events: list[EventLine]) -> dict[str, str]:
    """Commitment -> the value it promises, for every commitment in these events still kept.

    With them the names of rows that they mention by id, under `license_id:7`.
    """
    return {key: value for _, key, value in rows(session, " UNION ALL ".join(_opened(events)))}


def kept_beside(
    session: Session, events: Collection[EventLine]
) -> tuple[dict[str, str], dict[int, frozenset[str]]]:
    """`opened_values` of these events and, by event id, the marks they carry: one question."""
    marked = (
        "SELECT 'mark', CAST(id AS text), mark FROM event_marks"
        f" WHERE id IN ({numbers([event.id for event in events])})"
    )
    found = rows(session, " UNION ALL ".join([*_opened(events), marked]))
    marks: dict[int, frozenset[str]] = {}
    for what, key, mark in found:
        if what == "mark":
            marks[int(key)] = marks.get(int(key), frozenset()) | {mark}
    return {key: value for what, key, value in found if what == "value"}, marks


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of one material."""

    id: int
    code: str
    version: int
    file_hash: str | None
    file_name: str
    media_type: str
    size: int
    valid_until: date | None
    provided_by: str
    provided_on: date
    checked_by: str | None = None


def material_version(session: Session, case_id: int, version_id: int) -> VersionLine | None:
    """One version of a material of this case, None where it has no such."""
    v = row(
        session,
        "SELECT id, code, version, file_hash, file_name, media_type, size, valid_until,"
        " provided_by, provided_on FROM material_versions WHERE case_id = :c AND id = :i",
        c=case_id,
        i=version_id,
    )
    return VersionLine(*[*v[:7], as_day(v[7]), v[8], as_day(v[9])]) if v else None


@dataclass(frozen=True, slots=True)
class PointLine:
    """One point of one correction round."""

    round: int
    no: int
    about: str
    text: str
    notified_on: date
    reply_by: date | None
    answer: str | None
    answered_by: str | None
    answered_on: date | None
    closed_on: date | None


def account_names(session: Session) -> dict[str, tuple[str, str]]:
    """Account id as text -> name and role, active or not."""
    found = rows(session, "SELECT id, name, role FROM accounts")
    return {str(account_id): (name, role) for account_id, name, role in found}


def _opened(events: Collection[EventLine]) -> list[str]:
    """Where the personal values and the names of rows in these events are read."""
    values = (
        "SELECT 'value', commitment, value FROM personal_values"
        f" WHERE commitment IN ({_promised(events)}) AND value IS NOT NULL"
    )
    return [
        values,
        *row_names.selects([event.body for event in events]),
    ]


def _promised(events: Collection[EventLine]) -> str:
    """The commitments in these events, for an IN list."""
    wanted = {found for event in events for found in _COMMITMENT.findall(event.text)}
    return ", ".join(f"'{commitment}'" for commitment in sorted(wanted)) or "NULL"
