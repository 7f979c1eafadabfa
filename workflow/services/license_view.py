"""One license as its page shows it: what it says, what it owes, its cases, its history."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound
from workflow.domain.facts import HeldLicense
from workflow.domain.ladder import Deadline
from workflow.domain.workdays import Calendar
from workflow.law.duties import Holding, deadlines, undated
from workflow.law.intended import renewed_kinds
from workflow.law.term import life_of
from workflow.services import judging, portfolio, reminder_ledger, reminding, trail
from workflow.services.desk import case_scope
from workflow.services.portfolio import Held
from workflow.services.reminder_ledger import Ledger
from workflow.storage import around
from workflow.storage import portfolio as stored
from workflow.storage.around import CaseOn
from workflow.storage.portfolio import Line

HISTORY = 20


class LicenseView:
    """Everything the license page needs; parts are read when the page asks for them."""

    def __init__(self, session: Session, line: Line, actor: Actor, moment: Moment) -> None:
        self.session, self.line, self.actor, self.moment = session, line, actor, moment

    @property
    def license(self) -> HeldLicense:
        """The license as the law looks at it."""
        return self.line.held

    @property
    def facts(self) -> dict[str, Any]:
        """What else is kept of it: holder as printed, marks, notes."""
        return self.line.facts

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar in use."""
        return judging.calendar_in_use(self.session)

    @cached_property
    def cases(self) -> list[CaseOn]:
        """Every case about it, newest first."""
        return around.cases_on(self.session, self.line.id)

    @cached_property
    def _holding(self) -> Holding:
        known = [(self.line.held, self.line.facts)]
        return reminding.holdings(self.session, known)[self.line.id]

    @cached_property
    def runs(self) -> tuple[Deadline, ...]:
        """Its live deadlines, the soonest first."""
        return deadlines(self._holding, self.calendar, self.moment.today)

    @property
    def tasks(self) -> tuple[Any, ...]:
        """Open tasks without a day, with the day each began."""
        return undated(self._holding)

    @cached_property
    def held(self) -> Held:
        """Its term, the standing of its renewal, its duties."""
        about = [found.case for found in reversed(self.cases) if found.open]
        return portfolio.held_of(self.line, about, self.runs, self.calendar, self.moment.today)

    @property
    def life(self) -> str:
        """What has become of it, a word of the law's list."""
        return life_of(
            self.held.term,
            status=self.line.status,
            today=self.moment.today,
            renewed_in_part=any(_in_part(found) for found in self.cases),
        )

    @property
    def proven(self) -> list[CaseOn]:
        """Cases that hold proof of services in use."""
        return [found for found in self.cases if found.proofs]

    @cached_property
    def ledger(self) -> Ledger:
        """Reminders planned, sent and skipped."""
        return reminder_ledger.of_license(
            self.session, self.line.id, self.line.company_id, self.runs, self.moment.today
        )

    def history(self, before: int | None) -> trail.TrailPage:
        """One page of its own entries and those of its cases."""
        return trail.of_license(self.session, self.line.id, before=before, limit=HISTORY)


def view(session: Session, actor: Actor, license_id: int, moment: Moment) -> LicenseView:
    """One license for one person. Raises NotFound outside the scope."""
    line = stored.one(session, case_scope(actor), license_id)
    if line is None:
        raise NotFound
    return LicenseView(session, line, actor, moment)


def _in_part(found: CaseOn) -> bool:
    """True for an approved renewal that went on with fewer kinds than it was opened for."""
    case = found.case
    if (case.procedure, case.state) != ("renewal", "approved"):
        return False
    granted = [given.get("kinds") for _, do, _, given in found.acts if do == "approve"]
    kept = (granted[-1] if granted else None) or renewed_kinds(case.facts, tuple(found.kinds))
    return bool(set(found.kinds) - set(kept))
