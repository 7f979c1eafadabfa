"""Lists of cases and their counts: by key, inside a scope, no query per row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.columns import as_day
from workflow.storage.scope import within
from workflow.storage.search import looked_for
from workflow.storage.statements import row, rows

OPEN = "c.state NOT IN ('approved', 'rejected', 'withdrawn')"
AWAITED = f"({OPEN} OR (c.state = 'approved' AND c.turn = 'authority'))"
"""A case somebody still has to do something about; a partial index has these very words."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list."""

    id: int
    number: str
    company_id: int
    company: str
    procedure: str
    state: str
    kinds: list[str]
    coverage: list[str]
    authority: str
    handler_id: str
    turn: str
    turn_since: date | None
    next_due: date | None
    next_clock: str | None
    blockers: int
    first_blocker: str | None
    version: int
    updated_at: str
    acts: list[Any]


_COLUMNS = (
    "c.id, c.number, c.company_id, k.name, c.procedure, c.state, c.kinds, c.coverage,"
    " c.authority, c.handler_id, c.turn, c.turn_since, c.next_due, c.next_clock, c.blockers,"
    " c.first_blocker, c.version, c.updated_at, c.acts"
)
LINE = f"SELECT {_COLUMNS} FROM cases c JOIN companies k ON k.id = c.company_id"


def case_line(session: Session, scope: Scope, number: str) -> CaseLine | None:
    """One case as a list shows it, open or not; None outside the scope."""
    found = row(
        session,
        f"{LINE} WHERE c.number = :number AND {within(scope, 'c.company_id')}",
        number=number,
    )
    return line(found) if found else None


def lines_named(session: Session, scope: Scope, numbers: Sequence[str]) -> list[CaseLine]:
    """These cases as a list shows them, open or not; those outside the scope are left out."""
    if not numbers:
        return []
    names = {f"n{place}": number for place, number in enumerate(numbers)}
    listed = ", ".join(f":{name}" for name in names)
    found = rows(
        session,
        f"{LINE} WHERE c.number IN ({listed}) AND {within(scope, 'c.company_id')}",
        **names,
    )
    return [line(values) for values in found]


def cases_page(
    session: Session,
    scope: Scope,
    *,
    state: str = "",
    procedure: str = "",
    kind: str = "",
    province: str = "",
    words: str = "",
    company_id: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[CaseLine]:
    """Cases newest first, `limit` at a time, starting below the id `before`."""
    conditions = [within(scope, "c.company_id")]
    values: dict[str, Any] = {"limit": min(limit, 200)}
    if state:
        conditions.append("c.state = :state")
        values["state"] = state
    if procedure:
        conditions.append("c.procedure = :procedure")
        values["procedure"] = procedure
    for name, column, part in (("kind", "kinds", kind), ("province", "coverage", province)):
        if part:
            conditions.append(f"c.{column} LIKE :{name}")
            values[name] = f'%"{part}"%'
    if words:
        condition, more = looked_for(session, scope, words, "c.company_id", "c.number")
        conditions.append(condition)
        values |= more
    if company_id is not None:
        conditions.append("c.company_id = :company")
        values["company"] = company_id
    if before is not None:
        conditions.append("c.id < :before")
        values["before"] = before
    found = rows(
        session,
        f"{LINE} WHERE {' AND '.join(conditions)} ORDER BY c.id DESC LIMIT :limit",
        **values,
    )
    return [line(values_) for values_ in found]


def client_with_open_cases(
    session: Session, scope: Scope, company_id: int, *, limit: int = 10
) -> tuple[tuple[str, str, str, str], list[CaseLine]] | None:
    """Name, code, province and facts of one client with its open cases, the soonest due first.

    One statement; None outside the scope.
    """
    found = rows(
        session,
        f"SELECT k.name, k.uscc, k.province, k.facts, {_COLUMNS} FROM companies k"
        f" LEFT JOIN cases c ON c.company_id = k.id AND {OPEN}"
        f" WHERE k.id = :i AND {within(scope, 'k.id')}"
        " ORDER BY c.next_due IS NULL, c.next_due, c.id LIMIT :limit",
        i=company_id,
        limit=limit,
    )
    if not found:
        return None
    return tuple(found[0][:4]), [line(values[4:]) for values in found if values[4] is not None]


def line(values: Sequence[Any]) -> CaseLine:
    return CaseLine(
        *[
            *values[:6],
            json.loads(values[6]),
            json.loads(values[7]),
            *values[8:11],
            as_day(values[11]),
            as_day(values[12]),
            *values[13:18],
            json.loads(values[18]),
        ]
    )
