"""Which deadlines of a case move when another holiday notice counts: computed, not written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.domain.facts import HeldLicense
from workflow.domain.procedure import State
from workflow.domain.workdays import Calendar
from workflow.services import judging
from workflow.storage.rows import CaseRow


@dataclass(frozen=True, slots=True)
class Move:
    """One running clock of one case: its last day before and after."""

    number: str
    code: str
    old: date
    new: date

    def into_past(self, today: date) -> bool:
        """True when a date that was still to come would lie behind us."""
        return self.new < today <= self.old


def moves(
    case: CaseRow, held: HeldLicense | None, before: Calendar, after: Calendar, today: date
) -> tuple[Move, ...]:
    """Every running clock of an open case whose last day differs, in the order of the law."""
    if State(case.state).final and case.turn != "authority":
        return ()
    then = judging.readings_of(case, held, before, today)
    now = {reading.code: reading for reading in judging.readings_of(case, held, after, today)}
    return tuple(
        Move(case.number, old.code, old.due, new.due)
        for old in then
        if old.running and (new := now.get(old.code)) and new.running and new.due != old.due
    )
