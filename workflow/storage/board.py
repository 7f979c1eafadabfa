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
from workflow.storage.listings import AWAITED
from workflow.storage.risks import CANCELLATION, MARKED, RENEWAL
from workflow.storage.scope import within
from workflow.storage.statements import rows

_IN_REVIEW = "c.state = 'material_prep' AND c.turn = 'reviewer'"
STANDING = (
    f"CASE WHEN {_IN_REVIEW} THEN 'in_review'"
    " WHEN c.state = 'approved' THEN 'to_be_delivered'"
    " WHEN c.state <> 'submitted' THEN c.state"
    " WHEN c.procedure IN ('annual_report', 'branch_report') THEN 'reported'"
    " WHEN c.acts LIKE '%\"accept\"%' OR c.acts LIKE '%\"deem_accepted\"%'"
    " THEN 'under_examination' ELSE 'awaiting_acceptance' END"
)
SINCE = (
    f"CASE WHEN {_IN_REVIEW} THEN COALESCE(c.turn_since, x.state_since, c.opened_on)"
    " ELSE COALESCE(x.state_since, c.turn_since, c.opened_on) END"
)
"""The day since which it stands so; a review begins within a state, when its turn comes."""
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


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted by group, each line with its number last.

    `standing`: standing, day the state began, whose turn, overdue or not. `handler`: handler, turn,
    overdue. `kind`: kinds (none for a number), authority, overdue. `ending`: last day of a license,
    what is done about it (started, marked, nothing). `reason`: material or empty, authority.
    """

    standing: list[tuple[str, date, str, bool, int]]
    handler: list[tuple[str, str, bool, int]]
    kind: list[tuple[tuple[str, ...], str, bool, int]]
    ending: list[tuple[date, str, int]]
    reason: list[tuple[str, str, int]]


def counted(session: Session, choice: Choice, today: date, *, ends: date, reasons: date) -> Counted:
    """Open cases, licenses ending up to `ends`, points raised since `reasons`: one statement."""
    late = "CASE WHEN c.next_due < :today THEN 1 ELSE 0 END"
    mine = " AND k.handler_id = :handler" if choice.handler else ""
    of_open = f"{AWAITED} AND {choice.condition()}"
    found = rows(
        session,
        "SELECT 'standing' AS part, s AS a, CAST(since AS text) AS b, turn AS c, late AS d,"
        f" COUNT(*) AS n FROM (SELECT {STANDING} AS s, {SINCE} AS since, c.turn AS turn,"
        f" {late} AS late FROM cases c {_COURSE} WHERE {of_open}) AS open_cases"
        " GROUP BY s, since, turn, late"
        f" UNION ALL SELECT 'handler', c.handler_id, c.turn, '', {late}, COUNT(*) FROM cases c"
        f" WHERE {of_open} GROUP BY 2, 3, 5"
        f" UNION ALL SELECT 'kind', c.kinds, c.authority, '', {late}, COUNT(*) FROM cases c"
        f" WHERE {of_open} GROUP BY 2, 3, 5"
        f" UNION ALL SELECT 'ending', CAST(l.valid_to AS text), CASE WHEN {RENEWAL} THEN 'started'"
        f" WHEN {MARKED} OR {CANCELLATION} THEN 'marked' ELSE 'nothing' END, '', 0, COUNT(*)"
        " FROM licenses l JOIN companies k ON k.id = l.company_id WHERE l.status = 'valid'"
        " AND l.valid_to BETWEEN :today AND :ends"
        f" AND {within(choice.scope, 'l.company_id')}{mine} GROUP BY 2, 3"
        " UNION ALL SELECT 'reason', COALESCE(p.about, ''), c.authority, '', 0, COUNT(*)"
        " FROM correction_points p JOIN cases c ON c.id = p.case_id"
        f" WHERE p.notified_on >= :reasons AND {choice.condition()} GROUP BY 2, 3",
        today=today,
        ends=ends,
        reasons=reasons,
        **choice.values,
    )
    of = {part: [v[1:] for v in found if v[0] == part] for part in {v[0] for v in found}}
    return Counted(
        [(s, as_day(b), turn, bool(d), int(n)) for s, b, turn, d, n in of.get("standing", ())],
        [(who, turn, bool(d), int(n)) for who, turn, _, d, n in of.get("handler", ())],
        [(tuple(json.loads(k)), at, bool(d), int(n)) for k, at, _, d, n in of.get("kind", ())],
        [(as_day(day), done, int(n)) for day, done, _, _, n in of.get("ending", ())],
        [(about, at, int(n)) for about, at, _, _, n in of.get("reason", ())],
    )


def moved_since(session: Session, choice: Choice, stamp: str) -> list[tuple[int, date, list[Any]]]:
    """Id, opening day and acts of every case that was touched since an instant."""
    found = rows(
        session,
        "SELECT c.id, c.opened_on, c.acts FROM cases c"
        f" WHERE c.updated_at >= :stamp AND {choice.condition()}",
        stamp=stamp,
        **choice.values,
    )
    return [(int(id_), as_day(opened), json.loads(acts)) for id_, opened, acts in found]


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
