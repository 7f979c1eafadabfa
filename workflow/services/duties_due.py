"""Duties of licenses by the day of their next reminder: a bounded page for people to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.ladder import Deadline
from workflow.domain.workdays import Calendar
from workflow.services import judging, reminding
from workflow.services.desk import case_scope
from workflow.services.portfolio import PAGE
from workflow.storage import portfolio
from workflow.storage.portfolio import Line


@dataclass(frozen=True, slots=True)
class Page:
    """Licenses with their live duties; `next` is the key of the last one, `day.id`."""

    found: tuple[tuple[Line, tuple[Deadline, ...]], ...]
    next: str
    calendar: Calendar


def page(
    session: Session, actor: Actor, today: date, *, after: tuple[date, int] | None = None
) -> Page:
    """Licenses in the order in which they have something to remind of, with what they owe."""
    found = portfolio.to_look_at(session, case_scope(actor), after=after, limit=PAGE)
    known = [(line.held, line.facts) for _, line in found]
    runs = reminding.deadlines_of(session, known, today)
    return Page(
        tuple((line, runs[line.id]) for _, line in found),
        f"{found[-1][0]}.{found[-1][1].id}" if found else "",
        judging.calendar_in_use(session),
    )
