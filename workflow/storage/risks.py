"""What is at risk in the register: a condition for each tile, every figure in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage import json_facts
from workflow.storage.columns import as_day
from workflow.storage.listings import AWAITED
from workflow.storage.scope import within
from workflow.storage.statements import row

Risk = Literal[
    "", "late", "window", "under_way", "reports", "unreported", "unstarted", "ahead", "marked"
]

RENEWAL = (
    "EXISTS (SELECT 1 FROM cases c WHERE c.license_id = l.id AND c.procedure = 'renewal'"
    f" AND {AWAITED})"
)
CANCELLATION = (
    "EXISTS (SELECT 1 FROM cases c WHERE c.license_id = l.id AND c.procedure = 'cancellation'"
    f' AND {AWAITED} AND c.facts NOT LIKE \'%"end_kinds":["%\')'
)
# A stored mark is an object with a reason; taken back it is null.
MARKED = "l.facts LIKE '%\"will_not_renew\":{%'"
UNSTARTED = f"NOT {MARKED} AND NOT {RENEWAL} AND NOT {CANCELLATION}"
_UNREPORTED = "l.facts LIKE '%\"unreported_changes\":[{%'"


@dataclass(frozen=True, slots=True)
class Days:
    """The days that the risks of today are told by, as last days of licenses.

    `late`: before it, the latest filing day is past; `window`: up to it, the renewal may be filed;
    `ahead`: up to it, the license ends within a year. `report_year` is the year whose annual report
    is looked for, `season_over` whether a license of unknown reports counts as complete.
    """

    late: date
    window: date
    ahead: date
    report_year: int
    season_over: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures at the head of the register; every one is the length of a list behind it."""

    clients: int
    valid: int
    ending: int
    late: int
    window: int
    nearest: date | None
    reports: int
    unreported: int
    under_way: int
    to_deliver: int


def totals(session: Session, scope: Scope, days: Days) -> Totals:
    """Every figure in one statement over the licenses in force."""
    late, window = (f"CASE WHEN {condition(session, name)} THEN 1 ELSE 0 END" for name in _BY_TERM)
    missing = f"CASE WHEN {condition(session, 'reports')} THEN 1 ELSE 0 END"
    nearest = f"CASE WHEN {condition(session, 'window')} THEN l.valid_to END"
    mine = within(scope, "c.company_id")
    under_way = (
        "SELECT COUNT(DISTINCT c.license_id) FROM cases c JOIN licenses l ON l.id = c.license_id"
        f" WHERE c.procedure = 'renewal' AND {AWAITED} AND l.status = 'valid' AND {mine}"
    )
    found = row(
        session,
        "SELECT COUNT(DISTINCT l.company_id), COUNT(*),"
        f" SUM(CASE WHEN l.valid_to <= :ahead THEN 1 ELSE 0 END), SUM({late}), SUM({window}),"
        f" MIN({nearest}), SUM({missing}), (SELECT COUNT(*) FROM licenses l WHERE"
        f" l.status = 'valid' AND {_UNREPORTED} AND {within(scope, 'l.company_id')}),"
        f" ({under_way}), ({under_way} AND c.state = 'approved')"
        f" FROM licenses l WHERE l.status = 'valid' AND {within(scope, 'l.company_id')}",
        **values_of(days),
    ) or (0, 0, 0, 0, 0, None, 0, 0, 0, 0)
    clients, valid, ending, late_, window_, nearest_, *rest = found
    reports, unreported, open_, to_deliver = (int(value or 0) for value in rest)
    return Totals(
        clients=int(clients or 0),
        valid=int(valid or 0),
        ending=int(ending or 0),
        late=int(late_ or 0),
        window=int(window_ or 0),
        nearest=as_day(nearest_),
        reports=reports,
        unreported=unreported,
        under_way=open_,
        to_deliver=to_deliver,
    )


_BY_TERM: tuple[Risk, Risk] = ("late", "window")


def condition(session: Session, risk: Risk) -> str:
    """The condition of one tile on a license in force."""
    filed = (
        "EXISTS (SELECT 1 FROM cases c WHERE c.license_id = l.id AND c.procedure = 'annual_report'"
        " AND c.state IN ('submitted', 'correction_requested', 'approved')"
        f" AND {json_facts.number(session, 'c.facts', 'year')} = :report_year)"
    )
    known = json_facts.knows(session, "l.facts", "annual_reports")
    listed = json_facts.lists(session, "l.facts", ("annual_reports",), "report_year")
    done = json_facts.lists(session, "l.facts", ("done", "K-AR"), "report_word", "text")
    return {
        "": "1 = 1",
        "late": f"l.valid_to < :late AND {UNSTARTED}",
        "window": f"l.valid_to BETWEEN :late AND :window AND {UNSTARTED}",
        "unstarted": UNSTARTED,
        "ahead": f"l.valid_to > :window AND {UNSTARTED}",
        "marked": f"({MARKED} OR {CANCELLATION}) AND NOT {RENEWAL}",
        "under_way": RENEWAL,
        "unreported": _UNREPORTED,
        "reports": (
            "l.valid_from <= :year_end AND l.valid_to >= :year_start"
            f" AND ({known} OR :season_over = 0) AND NOT {listed} AND NOT {done} AND NOT {filed}"
        ),
    }[risk]


def values_of(days: Days) -> dict[str, Any]:
    """The parameters that the conditions name."""
    year = days.report_year
    return {
        "late": days.late,
        "window": days.window,
        "ahead": days.ahead,
        "report_year": year,
        "report_word": str(year),
        "year_start": date(year, 1, 1),
        "year_end": date(year, 12, 31),
        "season_over": int(days.season_over),
    }
