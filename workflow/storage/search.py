"""Looking for cases, clients and licenses by parts of names and starts of numbers: index ranges."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.columns import as_day
from workflow.storage.register import VOID
from workflow.storage.scope import within
from workflow.storage.statements import numbers, rows
from workflow.storage.words import CODE, LONGEST, limits, plain

FEW = 200
"""Clients that are named one by one in a list's question."""


@dataclass(frozen=True, slots=True)
class ClientHit:
    """A client that was found."""

    id: int
    name: str
    uscc: str
    province: str


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case that was found."""

    number: str
    company: str
    procedure: str
    state: str
    kinds: tuple[str, ...]
    coverage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LicenseHit:
    """A license that was found."""

    id: int
    number: str
    company: str
    kinds: tuple[str, ...]
    valid_to: date
    status: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers to look for: exactly these, and everything that starts with `start`."""

    exact: tuple[str, ...] = ()
    start: str = ""

    def condition(self, column: str) -> tuple[str, dict[str, Any]]:
        """SQL for a column in plain order, and its values."""
        parts, values = list[str](), dict[str, Any]()
        if self.start:
            parts.append(f"({column} >= :low AND {column} < :high)")
            values["low"], values["high"] = limits(self.start)
        if self.exact:
            names = [f"x{n}" for n in range(len(self.exact))]
            parts.append(f"{column} IN ({', '.join(f':{name}' for name in names)})")
            values |= dict(zip(names, self.exact, strict=True))
        return f"({' OR '.join(parts or ['1 = 0'])})", values


def clients_named(session: Session, scope: Scope, parts: Sequence[str], most: int) -> list[int]:
    """Clients whose name or initials hold every part, at most `most`; in no order."""
    if not parts:
        return []
    values: dict[str, Any] = {"most": most * 3}
    for n, part in enumerate(parts):
        values[f"low{n}"], values[f"high{n}"] = limits(part)
    more = "".join(
        f" AND EXISTS (SELECT 1 FROM company_words v WHERE v.company_id = w.company_id"
        f" AND v.word >= :low{n} AND v.word < :high{n})"
        for n in range(1, len(parts))
    )
    found = rows(
        session,
        "SELECT w.company_id FROM company_words w WHERE w.word >= :low0 AND w.word < :high0"
        f" AND {within(scope, 'w.company_id')}{more} LIMIT :most",
        **values,
    )
    return list(dict.fromkeys(int(company) for (company,) in found))[:most]


def clients_with_code(session: Session, scope: Scope, start: str, most: int) -> list[int]:
    """Clients whose credit code, or a code number they hold, starts like that."""
    low, high = limits(start)
    code_low, code_high = limits(CODE + start)
    found = rows(
        session,
        "SELECT k.id FROM companies k WHERE k.uscc >= :low AND k.uscc < :high"
        f" AND {within(scope, 'k.id')} UNION ALL SELECT w.company_id FROM company_words w"
        f" WHERE w.word >= :l AND w.word < :h AND {within(scope, 'w.company_id')} LIMIT :most",
        low=low,
        high=high,
        l=code_low,
        h=code_high,
        most=most,
    )
    return list(dict.fromkeys(int(company) for (company,) in found))


def clients(session: Session, ids: Collection[int], limit: int) -> list[ClientHit]:
    """These clients by name."""
    found = rows(
        session,
        f"SELECT id, name, uscc, province FROM companies WHERE id IN ({numbers(ids)})"
        " ORDER BY name, id LIMIT :limit",
        limit=limit,
    )
    return [ClientHit(*values) for values in found]


_LICENSES = (
    "SELECT l.id, l.number, k.name, l.kinds, l.valid_to, l.status FROM licenses l"
    " JOIN companies k ON k.id = l.company_id"
)


def looked_for(
    session: Session, scope: Scope, words: str, company: str, number: str = ""
) -> tuple[str, dict[str, Any]]:
    """SQL for a list: `company` is a client found by these words, or `number` starts so.

    Few clients are named, so that their index is used; many are asked for row by row.
    """
    parts = [plain(part)[:LONGEST] for part in words.split()] or [""]
    low, high = limits(words.upper())
    ids = clients_named(session, scope, parts, FEW + 1)
    ids += clients_with_code(session, scope, words.upper(), FEW + 1)
    condition = f"{company} IN ({numbers(ids)})"
    values: dict[str, Any] = {"low": low, "high": high} if number else {}
    if len(ids) > FEW:
        condition = (
            f"EXISTS (SELECT 1 FROM company_words w WHERE w.company_id = {company}"
            " AND w.word >= :part AND w.word < :end) OR (k.uscc >= :low AND k.uscc < :high)"
        )
        values = {"low": low, "high": high}
        values["part"], values["end"] = limits(parts[0])
    if number:
        condition += f" OR ({number} >= :low AND {number} < :high)"
    return f"({condition})", values


_CASES = (
    "SELECT c.number, k.name, c.procedure, c.state, c.kinds, c.coverage FROM cases c"
    " JOIN companies k ON k.id = c.company_id"
)


def cases_numbered(session: Session, scope: Scope, sought: Numbers, limit: int) -> list[CaseHit]:
    """Cases by their number."""
    condition, values = sought.condition("c.number")
    return _cases(
        session,
        f"{_CASES} WHERE {condition} AND {within(scope, 'c.company_id')}"
        " ORDER BY c.number LIMIT :limit",
        limit=limit,
        **values,
    )


def cases_of(session: Session, ids: Collection[int], limit: int) -> list[CaseHit]:
    """Cases of these clients, newest first."""
    return _cases(
        session,
        f"{_CASES} WHERE c.company_id IN ({numbers(ids)}) ORDER BY c.id DESC LIMIT :limit",
        limit=limit,
    )


def _cases(session: Session, sql: str, **values: Any) -> list[CaseHit]:  # noqa: ANN401
    return [
        CaseHit(v[0], v[1], v[2], v[3], tuple(json.loads(v[4])), tuple(json.loads(v[5])))
        for v in rows(session, sql, **values)
    ]


def licenses_numbered(
    session: Session, scope: Scope, sought: Numbers, limit: int
) -> list[LicenseHit]:
    """Licenses by their number."""
    condition, values = sought.condition("l.number_key")
    return _licenses(
        session,
        f"{_LICENSES} WHERE {condition} AND {within(scope, 'l.company_id')}"
        f" AND l.status <> '{VOID}' ORDER BY l.number LIMIT :limit",
        limit=limit,
        **values,
    )


def licenses_of(session: Session, ids: Collection[int], limit: int) -> list[LicenseHit]:
    """Licenses of these clients, the one that ends first at the head."""
    return _licenses(
        session,
        f"{_LICENSES} WHERE l.company_id IN ({numbers(ids)})"
        f" AND l.status <> '{VOID}' ORDER BY l.valid_to, l.id LIMIT :limit",
        limit=limit,
    )


def _licenses(session: Session, sql: str, **values: Any) -> list[LicenseHit]:  # noqa: ANN401
    return [
        LicenseHit(v[0], v[1], v[2], tuple(json.loads(v[3])), as_day(v[4]), v[5])
        for v in rows(session, sql, **values)
    ]
