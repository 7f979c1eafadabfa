"""The portfolio of licenses as people read it: each with its term, its renewal and its duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.ladder import Deadline
from workflow.domain.workdays import Calendar
from workflow.law.duties import renewal_day, settles
from workflow.law.intended import ends_whole
from workflow.law.ladders import RENEWAL_LEAD, WINDOW
from workflow.law.term import AHEAD, Standing, Term, renewal_standing, term_of
from workflow.services import judging, reminding
from workflow.services.desk import case_scope
from workflow.storage import around, portfolio
from workflow.storage.around import OpenCase
from workflow.storage.portfolio import NOBODY, Asked, Line, Order
from workflow.storage.risks import Days, Risk, Totals
from workflow.storage.risks import totals as stored_totals

__all__ = ["NOBODY", "Asked", "Line", "Risk", "Totals", "renewal_day"]
PAGE = 50
MOST_COUNTED = 5_000
"""Licenses that a list with limits counts; beyond, it says that there are more."""
SEASON_ENDS = (4, 30)
"""Month and day until which an annual report of no known outcome is still asked for."""


@dataclass(frozen=True, slots=True)
class Held:
    """One license in the portfolio. `case` is the renewal or cancellation that is open on it.

    `cases` are all that are open on it.
    """

    line: Line
    term: Term
    standing: Standing
    case: OpenCase | None
    duties: tuple[Deadline, ...] = ()
    cases: tuple[OpenCase, ...] = ()

    def settling(self, run: Deadline) -> OpenCase | None:
        """The open case that settles this run of a duty, None while there is none."""
        return next((case for case in self.cases if settles(case.procedure, case.facts, run)), None)


def risk_days(today: date) -> Days:
    """The days that tell today's risks."""
    return Days(
        late=today + timedelta(RENEWAL_LEAD),
        window=today + timedelta(WINDOW),
        ahead=today + timedelta(AHEAD),
        report_year=today.year - 1,
        season_over=(today.month, today.day) > SEASON_ENDS,
    )


def totals(session: Session, actor: Actor, today: date) -> Totals:
    """The figures at the head of the register."""
    return stored_totals(session, case_scope(actor), risk_days(today))


def count(session: Session, actor: Actor, asked: Asked, most: int | None = None) -> tuple[int, int]:
    """Clients and licenses that these limits leave; counts `most` licenses and no further."""
    return portfolio.count(session, case_scope(actor), asked, most)


def page(
    session: Session,
    actor: Actor,
    asked: Asked,
    today: date,
    *,
    order: Order = "term",
    after: tuple[Any, ...] | None = None,
    duties: bool = True,
) -> list[Held]:
    """One page of the portfolio; `duties` asks for the deadlines of each license as well."""
    lines = portfolio.page(
        session, case_scope(actor), asked, order=order, after=after, limit=PAGE
    )  # fmt: skip
    return held(session, lines, today, duties=duties)


def held(
    session: Session, lines: Iterable[Line], today: date, *, duties: bool = False
) -> list[Held]:
    """What stands behind several licenses: a fixed number of statements, however many."""
    lines = list(lines)
    ids = [line.id for line in lines]
    calendar = judging.calendar_in_use(session)
    cases: dict[int, list[OpenCase]] = {}
    for case in around.open_cases(session, ids):
        cases.setdefault(case.license_id, []).append(case)
    known = [(line.held, line.facts) for line in lines]
    runs = reminding.deadlines_of(session, known, today) if duties else {}
    return [
        held_of(line, cases.get(line.id, ()), runs.get(line.id, ()), calendar, today)
        for line in lines
    ]


def held_of(
    line: Line,
    cases: Iterable[OpenCase],
    runs: tuple[Deadline, ...],
    calendar: Calendar,
    today: date,
) -> Held:
    """One license with its open cases and live deadlines, as they were read."""
    cases = tuple(cases)
    term = term_of(line.valid_to, calendar)
    about = {case.procedure: case for case in cases if _counts(case, line)}
    standing = renewal_standing(
        term,
        status=line.status,
        today=today,
        will_not_renew=line.will_not_renew,
        procedures=[(case.procedure, case.state) for case in about.values()],
    )
    shown = about.get("cancellation") or about.get("renewal")
    return Held(line, term, standing, shown, runs, cases)


def _counts(case: OpenCase, line: Line) -> bool:
    """A renewal, or a cancellation that leaves nothing of the license."""
    if case.procedure == "cancellation":
        return case.state != "approved" and ends_whole(case.facts, line.held)
    return case.procedure == "renewal"
