"""Duties of licenses by the day of their next reminder: a bounded page for people to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.workdays import Calendar
from workflow.services import judging
from workflow.services.desk import case_scope
from workflow.services.portfolio import PAGE, Held, held
from workflow.storage import portfolio


@dataclass(frozen=True, slots=True)
class Page:
    """Licenses with their live duties; `next` is the key of the last one, `day.id`."""

    found: tuple[Held, ...]
    next: str
    calendar: Calendar


def page(
    session: Session, actor: Actor, today: date, *, after: tuple[date, int] | None = None
) -> Page:
    """Licenses in the order in which they have something to remind of, with what they owe."""
    found = portfolio.to_look_at(session, case_scope(actor), after=after, limit=PAGE)
    return Page(
        tuple(held(session, (line for _, line in found), today, duties=True)),
        f"{found[-1][0]}.{found[-1][1].id}" if found else "",
        judging.calendar_in_use(session),
    )
