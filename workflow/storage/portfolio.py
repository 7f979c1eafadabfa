"""The portfolio: licenses by client or by last day, one keyed page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.domain.facts import HeldLicense
from workflow.domain.license_number import stripped
from workflow.storage.columns import as_day
from workflow.storage.register import VOID
from workflow.storage.risks import Days, Risk, condition, values_of
from workflow.storage.scope import within
from workflow.storage.search import looked_for
from workflow.storage.snapshot import HELD_COLUMNS, held_of
from workflow.storage.statements import row, rows
from workflow.storage.words import limits as span_of

Order = Literal["client", "term"]
NOBODY = "nobody"
"""Asks for clients without a person in charge."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of licenses is limited to; empty means no limit.

    `first` and `last` bound the last day of the license. `charge` is an account id, `nobody` for
    clients without a person in charge. `risk` is one of the tiles; it needs `days`. `spans`, where
    there are any, are the days one of which the last day of the license must be in.
    """

    words: str = ""
    province: str = ""
    kind: str = ""
    status: str = ""
    charge: str = ""
    first: date | None = None
    last: date | None = None
    risk: Risk = ""
    days: Days | None = None
    company_id: int | None = None
    spans: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One license with its client; lists in the order they were entered."""

    company_id: int
    company: str
    uscc: str
    company_province: str
    handler_id: str
    authority: str
    case_id: int | None
    kinds: list[str]
    items: dict[str, list[str]]
    coverage: list[str]
    facts: dict[str, Any]
    held: HeldLicense

    @property
    def id(self) -> int:
        """The license's id."""
        return self.held.id

    @property
    def number(self) -> str:
        """The number it prints."""
        return self.held.number

    @property
    def valid_to(self) -> date:
        """Its last day."""
        return self.held.valid_to

    @property
    def status(self) -> str:
        """valid, lapsed, cancelled or revoked."""
        return self.held.status

    @property
    def will_not_renew(self) -> bool:
        """True when somebody noted that it is to end."""
        return bool(self.facts.get("will_not_renew"))


_COLUMNS = (
    "l.company_id, k.name, k.uscc, k.province, k.handler_id, l.authority, l.case_id, "
    + ", ".join(f"l.{name}" for name in HELD_COLUMNS)
)
_FROM = " FROM licenses l JOIN companies k ON k.id = l.company_id"
_LINE = f"SELECT {_COLUMNS}{_FROM}"


def page(
    session: Session,
    scope: Scope,
    asked: Asked,
    *,
    order: Order = "term",
    after: tuple[Any, ...] | None = None,
    limit: int = 50,
) -> list[Line]:
    """Licenses by last day (key: day, id) or by client (key: client, day, id), above `after`."""
    key = ("l.company_id", "l.valid_to", "l.id")[0 if order == "client" else 1 :]
    conditions, values = _conditions(session, scope, asked)
    if after is not None:
        marks = [f":after_{n}" for n in range(len(key))]
        conditions.append(f"({', '.join(key)}) > ({', '.join(marks)})")
        values |= {mark[1:]: part for mark, part in zip(marks, after, strict=True)}
    found = rows(
        session,
        f"{_LINE} WHERE {' AND '.join(conditions)} ORDER BY {', '.join(key)} LIMIT :limit",
        limit=min(limit, 200),
        **values,
    )
    return [_line(values_) for values_ in found]


def count(session: Session, scope: Scope, asked: Asked, most: int | None = None) -> tuple[int, int]:
    """How many clients and licenses these limits leave; counts `most` licenses and no further."""
    conditions, values = _conditions(session, scope, asked)
    found = row(
        session,
        "SELECT COUNT(DISTINCT company_id), COUNT(*) FROM (SELECT l.company_id AS company_id"
        f"{_FROM} WHERE {' AND '.join(conditions)}{' LIMIT :most' if most else ''}) f",
        **({"most": most} if most else {}),
        **values,
    ) or (0, 0)
    return int(found[0]), int(found[1])


def one(session: Session, scope: Scope, license_id: int) -> Line | None:
    """One license inside the scope."""
    condition_ = within(scope, "l.company_id")
    found = rows(session, f"{_LINE} WHERE l.id = :i AND {condition_}", i=license_id)
    return _line(found[0]) if found else None


def to_look_at(
    session: Session, scope: Scope, *, after: tuple[date, int] | None = None, limit: int = 50
) -> list[tuple[date, Line]]:
    """Licenses with something to remind of, by the day of the next reminder (key: day, id)."""
    start = "(l.next_look, l.id) > (:day, :last)" if after else "l.next_look IS NOT NULL"
    found = rows(
        session,
        f"SELECT {_COLUMNS}, l.next_look{_FROM} WHERE {start}"
        f" AND {within(scope, 'l.company_id')} ORDER BY l.next_look, l.id LIMIT :limit",
        limit=min(limit, 200),
        **({"day": after[0], "last": after[1]} if after else {}),
    )
    return [(as_day(values[-1]), _line(values[:-1])) for values in found]


def _conditions(session: Session, scope: Scope, asked: Asked) -> tuple[list[str], dict[str, Any]]:
    conditions = [within(scope, "l.company_id")]
    if not asked.status:
        conditions.append(f"l.status <> '{VOID}'")
    values: dict[str, Any] = {}
    for name, limits, part in (
        ("status", "l.status = :status", asked.status),
        ("first", "l.valid_to >= :first", asked.first),
        ("last", "l.valid_to <= :last", asked.last),
        ("charge", "k.handler_id = :charge", asked.charge),
        ("company", "l.company_id = :company", asked.company_id),
        ("kind", "l.kinds LIKE :kind", asked.kind and f'%"{asked.kind}"%'),
        ("province", "l.coverage LIKE :province", asked.province and f'%"{asked.province}"%'),
    ):
        if part:
            conditions.append(limits)
            values[name] = "" if (name, part) == ("charge", NOBODY) else part
    if asked.spans:
        conditions.append(f"({' OR '.join(_span(n) for n in range(len(asked.spans)))})")
        values |= {f"from_{n}": first for n, (first, _) in enumerate(asked.spans)}
        values |= {f"to_{n}": last for n, (_, last) in enumerate(asked.spans)}
    if asked.words:
        known = session.info.setdefault("sought", {})  # the page and its count ask the same
        if (scope, asked.words) not in known:
            known[scope, asked.words] = looked_for(session, scope, asked.words, "l.company_id")
        named, more = known[scope, asked.words]
        conditions.append(f"({named} OR (l.number_key >= :key_low AND l.number_key < :key_high))")
        values |= more
        values["key_low"], values["key_high"] = span_of(stripped(asked.words))
    if asked.risk and asked.days:
        conditions.append(f"l.status = 'valid' AND {condition(session, asked.risk)}")
        values |= values_of(asked.days)
    return conditions, values


def _span(n: int) -> str:
    return f"l.valid_to BETWEEN :from_{n} AND :to_{n}"


def _line(values: Sequence[Any]) -> Line:
    company_id, company, uscc, province, handler_id, authority, case_id, *held = values
    return Line(
        company_id,
        company,
        uscc,
        province,
        handler_id,
        authority,
        case_id,
        kinds=json.loads(held[2]),
        items=json.loads(held[3]),
        coverage=json.loads(held[4]),
        facts=json.loads(held[9]),
        held=held_of(*held),
    )
