"""The reminder ledger of a license, for reading: what is planned, what was sent, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.ladder import Deadline, Rung, next_look, rungs
from workflow.domain.procedure import Role
from workflow.storage import reminders
from workflow.storage.reminders import About, Settled

__all__ = ["Ledger", "Planned", "Settled"]


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to come for one run: planned days, and every how many days once it is late.

    `every` 0: no more; `last` None: without end.
    """

    run: Deadline
    coming: tuple[Rung, ...]
    every: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Both halves: computed, and written down (newest first)."""

    planned: tuple[Planned, ...]
    settled: tuple[Settled, ...]


def of_license(
    session: Session, license_id: int, company_id: int, runs: Iterable[Deadline], today: date
) -> Ledger:
    """The ledger of one license whose live deadlines are `runs`: one statement."""
    settled = tuple(reminders.ledger(session, About("license", license_id, company_id)))
    return Ledger(tuple(_planned(run, settled, today) for run in runs), settled)


def why(line: Settled, reader: Actor) -> str:
    """Why this person got a reminder, or did not.

    `got`; `overtaken` (a later one went out instead); `nobody` (nobody to tell); `before` (it went
    to the person in charge, managers are told later); `others` (it went to whom it concerns).
    """
    if line.outcome == "skipped":
        return line.reason
    if reader.id in {str(inbox.account_id) for inbox in line.inboxes}:
        return "got"
    return "before" if reader.role is Role.MANAGER else "others"


def _planned(run: Deadline, settled: Iterable[Settled], today: date) -> Planned:
    steps = [s.step for s in settled if (s.deadline, s.cycle) == (run.code, run.cycle)]
    newest = max(steps, default=None)
    ahead = [
        rung
        for rung in rungs(run, max(run.due_on, today))
        if rung.on >= today and (newest is None or rung.step > newest)
    ]
    after = next_look(run, max(run.due_on, today))
    if after and run.due_on < today and not ahead:
        ahead = [Rung((after - run.due_on).days, after)]
    return Planned(run, tuple(ahead), run.ladder.every if after else 0, run.ladder.last)
