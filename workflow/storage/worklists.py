"""Worklists in the database: whose open cases, what of them, a page by key, the whole counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.domain.own_dates import kind_of
from workflow.storage.absences import AWAY_ON
from workflow.storage.columns import as_day
from workflow.storage.listings import AWAITED, LINE, CaseLine, line
from workflow.storage.scope import within
from workflow.storage.statements import row, rows

NEVER = "9999-12-31"
_COVERED = (
    f"SELECT CAST(a.account_id AS text) FROM absences a WHERE a.stand_in_id = :me AND {AWAY_ON}"
)
"""Whom an account stands in for on a day, as cases name their handlers."""
_CODE = re.compile(r"\w{1,40}", re.ASCII)
_FOLLOWED = "EXISTS (SELECT 1 FROM watches w WHERE w.case_id = c.id AND w.account_id = :watcher)"
READY = (
    "(c.state = 'draft' OR c.state IN ('material_prep', 'correction_requested')"
    " AND c.turn <> 'reviewer'"
    " AND (c.blockers = 0 OR c.blockers = 1 AND c.first_blocker = 'G-SIGNOFF'))"
)
"""Nothing stands in the way of the next act, as `services.desk` tells it of one row."""
_BUCKET = (
    "CASE WHEN c.next_due < :today THEN 'overdue' WHEN c.next_due <= :sunday THEN 'this_week'"
    " WHEN c.turn IN ('client', 'authority') THEN c.turn ELSE 'later' END"
)
ORDERS = {
    "": (f"COALESCE(CAST(c.next_due AS text), '{NEVER}')", ""),
    "waiting": (f"COALESCE(CAST(c.turn_since AS text), '{NEVER}')", ""),
    "updated": ("c.updated_at", " DESC"),
    "company": ("k.name", ""),
}
"""What a worklist can be read by; the case id comes last, so that no page repeats a row."""


@dataclass(frozen=True, slots=True)
class Whose:
    """A handler's own cases, a reviewer's packs, or everybody's inside the scope of `account`.

    `stand_in`, an account and a day, adds the cases of whoever that account stands in for.
    """

    account: int = 0
    handler_id: str | None = None
    reviewer: bool = False
    stand_in: tuple[int, date] | None = None

    def condition(self, scope: Scope) -> tuple[str, dict[str, Any]]:
        """On the cases `c`, with its parameters."""
        conditions, values = [AWAITED, within(scope, "c.company_id")], dict[str, Any]()
        mine, names = [], []
        if self.handler_id is not None:
            names.append("SELECT CAST(:handler AS text)")
            values["handler"] = self.handler_id
        if self.reviewer:
            mine.append("c.turn = 'reviewer'")
        if (mine or names) and self.stand_in:
            names.append(_COVERED)
            values["me"], values["day"] = self.stand_in
        if names:  # one list of names and no OR: an index finds the cases of each
            mine.append(f"c.handler_id IN ({' UNION ALL '.join(names)})")
        if mine:
            conditions.append(f"({' OR '.join(mine)})")
        return " AND ".join(conditions), values


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a worklist an address asks for; empty is all. `named` limits to some numbers.

    `everybody`: the named cases whosever they are, open or closed; without names those that the
    person follows.
    """

    limits: dict[str, str] = field(default_factory=dict)
    named: Collection[str] | None = None
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of open cases that share a bucket, their nearest day in sight, and its kind."""

    bucket: str
    ready: bool
    day: date | None
    kind: str
    first: date | None
    n: int


class Limits:
    """The conditions of one question, with the parameters they name."""

    def __init__(
        self, session: Session, scope: Scope, whose: Whose, week: tuple[date, date]
    ) -> None:
        self.dialect, self.scope = session.info["sql"], scope
        self.mine, values = whose.condition(scope)
        self.values: dict[str, Any] = {**values, "today": week[0], "sunday": week[1]}
        self.values["watcher"] = whose.account

    def of(self, wanted: Wanted) -> str:
        """Whose and what, as one condition."""
        base = self.mine
        if wanted.everybody:
            followed = f" AND {_FOLLOWED}" if wanted.named is None else ""
            base = within(self.scope, "c.company_id") + followed
        return " AND ".join([base, *self.what(wanted)])

    def what(self, wanted: Wanted) -> Iterator[str]:
        """The limits of the address; one that nobody knows leaves nothing."""
        for name, value in wanted.limits.items():
            yield self._one(name, value)
        if wanted.named is not None:
            listed = ", ".join(self._value(number) for number in sorted(wanted.named))
            yield f"c.number IN ({listed or 'NULL'})"

    def _one(self, name: str, value: str) -> str:
        if name == "view":
            return {"ready": READY, "returned": self._returned()}.get(value, "1 = 1")
        if name == "bucket":
            return f"{_BUCKET} = {self._value(value)}"
        if name == "due":
            try:
                return f"c.next_due = {self._value(date.fromisoformat(value))}"
            except ValueError:
                return "1 = 0"
        if name in ("kind", "province"):
            column = {"kind": "kinds", "province": "coverage"}[name]
            quoted = f'%"{value}"%'
            known = _CODE.fullmatch(value) and "_" not in value
            return f"c.{column} LIKE {self._value(quoted)}" if known else "1 = 0"
        return f"c.{name} = {self._value(value)}" if name in ("procedure", "turn") else "1 = 1"

    def _value(self, value: Any) -> str:  # noqa: ANN401 - a parameter
        name = f"w{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _returned(self) -> str:
        last = (
            "json_extract(c.acts, '$[#-1][1]')"
            if self.dialect == "sqlite"
            else "(CAST(c.acts AS json) -> -1 ->> 1)"
        )
        return f"(c.state = 'material_prep' AND c.turn <> 'reviewer' AND {last} = 'return_pack')"


def page(
    session: Session,
    limits: Limits,
    wanted: Wanted,
    *,
    order: str = "",
    after: tuple[str, int] | None = None,
    before: tuple[str, int] | None = None,
    limit: int = 200,
) -> list[CaseLine]:
    """A page of the list, from below the key `after`, or the one that ends above `before`."""
    by, way = ORDERS.get(order, ORDERS[""])
    where, values = limits.of(wanted), dict(limits.values)
    key = after or before
    if key:
        values["by"], values["id"] = key
        sign = "<" if bool(way) == bool(after) else ">"
        where += f" AND ({by} {sign} :by OR {by} = :by AND c.id {sign} :id)"
    back = before is not None and after is None
    turned = (" DESC" if not way else "") if back else way
    found = rows(
        session,
        f"{LINE} WHERE {where} ORDER BY {by}{turned}, c.id{turned} LIMIT :limit",
        limit=limit,
        **values,
    )
    lines = [line(values_) for values_ in found]
    return lines[::-1] if back else lines


def key_of(shown: CaseLine, order: str) -> tuple[str, int]:
    """The key of a row in this order."""
    value = {
        "waiting": shown.turn_since.isoformat() if shown.turn_since else NEVER,
        "updated": shown.updated_at,
        "company": shown.company,
    }.get(order, shown.next_due.isoformat() if shown.next_due else NEVER)
    return value, shown.id


def counts(session: Session, limits: Limits, many: Sequence[Wanted]) -> list[int]:
    """How many rows each of several lists has: one statement, one look at the cases."""
    if not many:
        return []
    told = [
        f"(SELECT COUNT(*) FROM cases c WHERE {limits.of(one)})"
        if one.everybody
        else f"COALESCE(SUM(CASE WHEN {' AND '.join(['1 = 1', *limits.what(one)])}"
        " THEN 1 ELSE 0 END), 0)"
        for one in many
    ]
    sql = f"SELECT {', '.join(told)} FROM cases c WHERE {limits.mine}"
    return [int(n) for n in row(session, sql, **limits.values) or ()]


def place(
    session: Session, limits: Limits, wanted: Wanted, order: str, first: CaseLine | None
) -> tuple[int, int]:
    """How many rows the list has, and how many stand before its row `first`."""
    by, way = ORDERS.get(order, ORDERS[""])
    where, values = limits.of(wanted), dict(limits.values)
    values["by"], values["id"] = key_of(first, order) if first else ("", 0)
    sign = ">" if way else "<"
    sql = (
        f"SELECT COUNT(*), COALESCE(SUM(CASE WHEN {by} {sign} :by OR {by} = :by AND c.id {sign} :id"
        " THEN 1 ELSE 0 END), 0) FROM cases c JOIN companies k ON k.id = c.company_id"
        f" WHERE {where}"
    )
    found = row(session, sql, **values) or (0, 0)
    return int(found[0]), int(found[1])


def figures(session: Session, limits: Limits, until: date) -> list[Figure]:
    """All open cases of a worklist in a few lines; days up to `until` are told one by one."""
    sql = (
        "SELECT bucket, ready, day, clock, MIN(due), COUNT(*) FROM"
        f" (SELECT {_BUCKET} AS bucket, CASE WHEN {READY} THEN 1 ELSE 0 END AS ready,"
        " CASE WHEN c.next_due BETWEEN :today AND :until THEN c.next_due END AS day,"
        " CASE WHEN c.next_clock IN ('REPLY-BY', 'TARGET', 'PROMISE') THEN c.next_clock END"
        " AS clock, c.next_due AS due"
        f" FROM cases c WHERE {limits.mine}) AS listed GROUP BY bucket, ready, day, clock"
    )
    found = rows(session, sql, **limits.values, until=until)
    return [
        Figure(bucket, bool(ready), as_day(day), kind_of(clock), as_day(first), int(n))
        for bucket, ready, day, clock, first, n in found
    ]
