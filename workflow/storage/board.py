"""What the dashboard counts, inside a scope and a choice of handler and procedure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.columns import as_day
from workflow.storage.risks import CANCELLATION, MARKED, RENEWAL
from workflow.storage.scope import within
from workflow.storage.statements import rows

AWAITED = (
    "(c.state NOT IN ('approved', 'rejected', 'withdrawn')"
    " OR (c.state = 'approved' AND c.turn = 'authority'))"
)
"""A case somebody still has to do something about, as the worklist counts it."""
STANDING = (
    "CASE WHEN c.state = 'material_prep' AND c.turn = 'reviewer' THEN 'in_review'"
    " WHEN c.state = 'approved' THEN 'to_be_delivered'"
    " WHEN c.state <> 'submitted' THEN c.state"
    " WHEN c.procedure IN ('annual_report', 'branch_report') THEN 'reported'"
    " WHEN c.acts LIKE '%\"accept\"%' OR c.acts LIKE '%\"deem_accepted\"%'"
    " THEN 'under_examination' ELSE 'awaiting_acceptance' END"
)
SINCE = "COALESCE(x.state_since, c.turn_since, c.opened_on)"
_COURSE = "LEFT JOIN case_courses x ON x.case_id = c.id"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose cases, and of which procedure; empty is all."""

    scope: Scope
    handler: str = ""
    procedure: str = ""

    def condition(self) -> str:
        """On the cases `c`."""
        return (
            within(self.scope, "c.company_id")
            + (" AND c.handler_id = :handler" if self.handler else "")
            + (" AND c.procedure = :procedure" if self.procedure else "")
        )

    @property
    def values(self) -> dict[str, str]:
        """The parameters that the condition names."""
        named = {"handler": self.handler, "procedure": self.procedure}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Recent:
    """One case of the last months, open or closed, with its course."""

    opened_on: date
    closed_on: date | None
    state: str
    rounds: int
    ours: int
    client: int
    authority: int
    late: Sequence[Sequence[str | None]]


def by_standing(
    session: Session, choice: Choice, today: date
) -> list[tuple[str, date, str, bool, int]]:
    """Standing, day the state began, whose turn, overdue or not, and number of open cases."""
    found = rows(
        session,
        f"SELECT s, since, turn, late, COUNT(*) FROM (SELECT {STANDING} AS s, {SINCE} AS since,"
        " c.turn AS turn, CASE WHEN c.next_due < :today THEN 1 ELSE 0 END AS late"
        f" FROM cases c {_COURSE} WHERE {AWAITED} AND {choice.condition()}) AS open_cases"
        " GROUP BY s, since, turn, late",
        today=today,
        **choice.values,
    )
    return [(s, as_day(since), turn, bool(late), int(n)) for s, since, turn, late, n in found]


def by_handler(session: Session, choice: Choice, today: date) -> list[tuple[str, str, bool, int]]:
    """Handler, whose turn, overdue or not, and number of open cases."""
    found = rows(
        session,
        "SELECT c.handler_id, c.turn, CASE WHEN c.next_due < :today THEN 1 ELSE 0 END, COUNT(*)"
        f" FROM cases c WHERE {AWAITED} AND {choice.condition()} GROUP BY 1, 2, 3",
        today=today,
        **choice.values,
    )
    return [(handler, turn, bool(late), int(n)) for handler, turn, late, n in found]


def by_kind(
    session: Session, choice: Choice, today: date
) -> list[tuple[tuple[str, ...], str, bool, int]]:
    """Kinds of a case (none for a number), authority, overdue or not, and number of open cases."""
    found = rows(
        session,
        "SELECT c.kinds, c.authority, CASE WHEN c.next_due < :today THEN 1 ELSE 0 END, COUNT(*)"
        f" FROM cases c WHERE {AWAITED} AND {choice.condition()} GROUP BY 1, 2, 3",
        today=today,
        **choice.values,
    )
    return [
        (tuple(json.loads(kinds)), place, bool(late), int(n)) for kinds, place, late, n in found
    ]


def moved_since(session: Session, choice: Choice, stamp: str) -> list[tuple[date, list[Any]]]:
    """Opening day and acts of every case that was touched since an instant."""
    found = rows(
        session,
        "SELECT c.opened_on, c.acts FROM cases c"
        f" WHERE c.updated_at >= :stamp AND {choice.condition()}",
        stamp=stamp,
        **choice.values,
    )
    return [(as_day(opened), json.loads(acts)) for opened, acts in found]


def recent(session: Session, choice: Choice, since: date) -> list[Recent]:
    """Cases that are open or were closed since a day, as far as their course is known."""
    found = rows(
        session,
        "SELECT c.opened_on, x.closed_on, c.state, x.rounds, x.ours, x.client, x.authority, x.late"
        " FROM case_courses x JOIN cases c ON c.id = x.case_id"
        f" WHERE (x.closed_on IS NULL OR x.closed_on >= :since) AND {choice.condition()}",
        since=since,
        **choice.values,
    )
    return [
        Recent(as_day(opened), as_day(closed), state, n, ours, client, authority, json.loads(late))
        for opened, closed, state, n, ours, client, authority, late in found
    ]


def reasons(session: Session, choice: Choice, since: date) -> list[tuple[str, str, int]]:
    """Material (empty: none named), authority and number of points raised since a day."""
    found = rows(
        session,
        "SELECT p.about, c.authority, COUNT(*) FROM correction_points p"
        f" JOIN cases c ON c.id = p.case_id WHERE p.notified_on >= :since AND {choice.condition()}"
        " GROUP BY 1, 2",
        since=since,
        **choice.values,
    )
    return [(material or "", place, int(n)) for material, place, n in found]


def ending(
    session: Session, choice: Choice, first: date, last: date
) -> list[tuple[date, str, int]]:
    """Last day, what is done about it (started, marked, nothing) and number of licenses."""
    mine = " AND k.handler_id = :handler" if choice.handler else ""
    given = {"handler": choice.handler} if choice.handler else {}
    found = rows(
        session,
        f"SELECT l.valid_to, CASE WHEN {RENEWAL} THEN 'started'"
        f" WHEN {MARKED} OR {CANCELLATION} THEN 'marked'"
        " ELSE 'nothing' END, COUNT(*) FROM licenses l JOIN companies k ON k.id = l.company_id"
        " WHERE l.status = 'valid' AND l.valid_to BETWEEN :first AND :last"
        f" AND {within(choice.scope, 'l.company_id')}{mine} GROUP BY 1, 2",
        first=first,
        last=last,
        **given,
    )
    return [(as_day(day), done, int(n)) for day, done, n in found]
