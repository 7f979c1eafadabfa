"""What became of the agency's own cases: how many, how long, how often corrected or refused."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.procedure import State
from workflow.services.desk import case_scope
from workflow.storage.filed_cases import FiledCase, filed_cases

ENOUGH = 10
"""Below this many cases a median says more about chance than about the authority."""

NEWEST = 1000
_SHOWN = 5
_DECISIONS = ("approve", "deem_renewed", "reject")


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The filed cases of one procedure, kind and province inside a person's scope.

    `days` are calendar days from filing to decision, the median; None under ten decided cases.
    `corrected` counts cases with a correction round, `rounds` all rounds. `refused_cases` are the
    newest case numbers, so that their reasons can be read. `capped`: older cases are left out.
    """

    filed: int
    approved: int
    refused: int
    withdrawn: int
    corrected: int
    rounds: int
    days: int | None
    refused_cases: tuple[str, ...]
    capped: bool

    @property
    def enough(self) -> bool:
        """True when there are cases enough to compare anything."""
        return self.filed >= ENOUGH


def own_figures(
    session: Session, actor: Actor, *, procedure: str, kind: str = "", province: str = ""
) -> OwnFigures:
    """Count the newest thousand filed cases the actor may see, in one query."""
    found = filed_cases(
        session,
        case_scope(actor),
        procedure=procedure,
        kind=kind,
        province=province,
        limit=NEWEST,
    )
    refused = [case.number for case in found if case.state == State.REJECTED]
    rounds = [sum(act.do == "request_correction" for act in case.acts) for case in found]
    return OwnFigures(
        filed=len(found),
        approved=sum(case.state == State.APPROVED for case in found),
        refused=len(refused),
        withdrawn=sum(case.state == State.WITHDRAWN for case in found),
        corrected=sum(map(bool, rounds)),
        rounds=sum(rounds),
        days=_median_days(found),
        refused_cases=tuple(refused[:_SHOWN]),
        capped=len(found) == NEWEST,
    )


def _median_days(found: list[FiledCase]) -> int | None:
    taken = [
        (decision.on - case.filed_on).days
        for case in found
        if (decision := next((act for act in case.acts if act.do in _DECISIONS), None))
    ]
    return round(statistics.median(taken)) if len(taken) >= ENOUGH else None
