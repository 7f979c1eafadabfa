"""Licenses whose renewal window is open and that nobody renews: lines of a worklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.procedure import Role
from workflow.services import portfolio
from workflow.services.desk import case_scope, last_day_of_week
from workflow.services.portfolio import Asked, Held, risk_days
from workflow.storage import portfolio as stored

MOST = 100


@dataclass(frozen=True, slots=True)
class ToRenew:
    """One license to be renewed, in the bucket of its latest filing day."""

    held: Held
    bucket: str

    @property
    def due(self) -> date:
        """The latest filing day."""
        return self.held.term.latest


def to_renew(session: Session, actor: Actor, moment: Moment) -> tuple[ToRenew, ...]:
    """A handler's or reviewer's own clients', a manager's whole team's; the most urgent first."""
    days = risk_days(moment.today)
    asked = Asked(
        status="valid",
        charge="" if actor.role is Role.MANAGER else actor.id,
        last=days.window,
        risk="unstarted",
        days=days,
    )
    lines = stored.page(session, case_scope(actor), asked, limit=MOST)
    held = portfolio.held(session, lines, moment.today)
    return tuple(ToRenew(found, _bucket(found.term.latest, moment.today)) for found in held)


def _bucket(latest: date, today: date) -> str:
    if latest < today:
        return "overdue"
    return "this_week" if latest <= last_day_of_week(today) else "later"
