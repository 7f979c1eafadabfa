"""Lists of client companies, licenses and messages: by key, inside a scope."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.columns import as_day
from workflow.storage.listings import OPEN
from workflow.storage.register import VOID
from workflow.storage.scope import within
from workflow.storage.search import looked_for
from workflow.storage.statements import numbers, row, rows


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """One client company in a list."""

    id: int
    name: str
    uscc: str
    province: str
    open_cases: int
    licenses: int


def companies_page(
    session: Session, scope: Scope, *, words: str = "", after: int = 0, limit: int = 50
) -> list[CompanyLine]:
    """Client companies in order of entry, starting above the id `after`."""
    values: dict[str, Any] = {"after": after, "limit": min(limit, 500)}
    condition = ""
    if words:
        found_by, more = looked_for(session, scope, words, "k.id")
        condition = f" AND {found_by}"
        values |= more
    found = rows(
        session,
        "SELECT k.id, k.name, k.uscc, k.province,"
        f" (SELECT COUNT(*) FROM cases c WHERE c.company_id = k.id AND {OPEN}),"
        " (SELECT COUNT(*) FROM licenses l WHERE l.company_id = k.id AND l.status = 'valid')"
        f" FROM companies k WHERE k.id > :after AND {within(scope, 'k.id')}{condition}"
        " ORDER BY k.id LIMIT :limit",
        **values,
    )
    return [CompanyLine(*values_) for values_ in found]


def company_ids(
    session: Session, provinces: Collection[str], codes: Collection[str]
) -> tuple[set[int], dict[str, int]]:
    """Clients registered in these provinces, and clients by these credit codes."""
    placed = {f"p{n}": province for n, province in enumerate(provinces)}
    coded = {f"u{n}": code for n, code in enumerate(codes)}
    found = rows(
        session,
        "SELECT id, province, uscc FROM companies WHERE"
        f" province IN ({_named(placed)}) OR uscc IN ({_named(coded)})",
        **placed,
        **coded,
    )
    wanted = set(provinces)
    by_code = {uscc: int(ident) for ident, _, uscc in found if uscc in set(codes)}
    return {int(ident) for ident, province, _ in found if province in wanted}, by_code


def _named(values: Mapping[str, str]) -> str:
    return ", ".join(f":{name}" for name in values) or "NULL"


def company_names(session: Session, ids: Collection[int]) -> list[str]:
    """Names of these clients, in order of entry."""
    found = rows(session, f"SELECT name FROM companies WHERE id IN ({numbers(ids)}) ORDER BY id")
    return [str(name) for (name,) in found]


@dataclass(frozen=True, slots=True)
class LicenseLine:
    """One license in the register."""

    id: int
    number: str
    company_id: int
    company: str
    kinds: list[str]
    items: dict[str, list[str]]
    coverage: list[str]
    authority: str
    valid_from: date
    valid_to: date
    status: str
    case_number: str | None


def licenses_page(
    session: Session,
    scope: Scope,
    *,
    status: str = "",
    company_id: int | None = None,
    license_id: int | None = None,
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[LicenseLine]:
    """Licenses by their last day, soonest first, starting after the key (valid_to, id)."""
    conditions = [within(scope, "l.company_id")]
    if license_id is None:
        conditions.append(f"l.status <> '{VOID}'")
    values: dict[str, Any] = {"limit": min(limit, 200)}
    for name, column, part in (
        ("status", "l.status", status or None),
        ("company", "l.company_id", company_id),
        ("license", "l.id", license_id),
    ):
        if part is not None:
            conditions.append(f"{column} = :{name}")
            values[name] = part
    if after is not None:
        conditions.append("(l.valid_to > :day OR (l.valid_to = :day AND l.id > :last))")
        values["day"], values["last"] = after
    found = rows(
        session,
        "SELECT l.id, l.number, l.company_id, k.name, l.kinds, l.items, l.coverage, l.authority,"
        " l.valid_from, l.valid_to, l.status, c.number FROM licenses l"
        " JOIN companies k ON k.id = l.company_id LEFT JOIN cases c ON c.id = l.case_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY l.valid_to, l.id LIMIT :limit",
        **values,
    )
    return [
        LicenseLine(
            *[
                *v[:4],
                json.loads(v[4]),
                json.loads(v[5]),
                json.loads(v[6]),
                v[7],
                as_day(v[8]),
                as_day(v[9]),
                v[10],
                v[11],
            ]
        )
        for v in found
    ]


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message in an inbox: a case's event, a reminder, an alarm, a file that is ready.

    `deadline` and `due_on` are set for reminders alone, `broken` for the alarm of a broken trail,
    `work` (its kind) and `work_id` for long work that made a file; `number` is empty for a
    license's.
    """

    id: int
    action: str
    at: str
    read_at: str | None
    number: str
    company: str
    seq: int | None
    license_id: int | None = None
    license: str = ""
    deadline: str = ""
    due_on: date | None = None
    broken: str = ""
    work: str = ""
    work_id: int | None = None


def messages_page(
    session: Session, account_id: int, scope: Scope, *, before: int | None = None, limit: int = 50
) -> list[MessageLine]:
    """One person's messages, newest first, starting below the id `before`."""
    found = rows(
        session,
        "SELECT m.id, m.action, m.at, m.read_at, COALESCE(c.number, ''), COALESCE(k.name, ''),"
        " m.seq, m.license_id, COALESCE(l.number, ''), COALESCE(r.deadline, ''), r.due_on,"
        " COALESCE(t.broken, ''), COALESCE(w.kind, ''), w.id FROM messages m"
        " LEFT JOIN companies k ON k.id = m.company_id"
        " LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN licenses l ON l.id = m.license_id"
        " LEFT JOIN reminders r ON r.id = m.reminder_id"
        " LEFT JOIN trail_alarms t ON t.outbox_id = m.outbox_id"
        " LEFT JOIN long_work w ON w.outbox_id = m.outbox_id WHERE m.account_id = :me"
        f" AND (m.company_id IS NULL OR {within(scope, 'm.company_id')})"
        " AND m.id < :before ORDER BY m.id DESC LIMIT :limit",
        me=account_id,
        before=before if before is not None else 2**62,
        limit=min(limit, 200),
    )
    return [MessageLine(*[*values[:10], as_day(values[10]), *values[11:]]) for values in found]


def unread(session: Session, account_id: int) -> int:
    """How many messages one person has not read."""
    found = row(
        session,
        "SELECT COUNT(*) FROM messages WHERE account_id = :me AND read_at IS NULL",
        me=account_id,
    )
    return int((found or (0,))[0])
