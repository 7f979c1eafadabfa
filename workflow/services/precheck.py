"""Would this application stand? Everything that can be judged before a case exists. Read only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.facts import Company
from workflow.domain.guard import Finding
from workflow.domain.procedure import State
from workflow.law import catalogue
from workflow.law.catalogue import Requirement
from workflow.services import conflicts, judging, opening
from workflow.services.conflicts import Met
from workflow.storage import listings
from workflow.storage.listings import CaseLine
from workflow.storage.rows import CaseRow

AFTER_OPENING = frozenset(
    {"G-MATERIALS", "G-SERVICE", "G-INFOSEC", "G-SIGNOFF", "G-PREAPP", "G-POINTS"}
)
"""Guards that ask for papers or people a case does not have before it is opened."""


@dataclass(frozen=True, slots=True)
class Precheck:
    """What can be said before anything is written.

    `twins` are open cases of the same company that apply for the same, not filed yet or filed;
    `meetings` those that will stand in each other's way, with the order to file them in.
    """

    case: CaseRow
    company: Company
    findings: tuple[Finding, ...]
    required: tuple[Requirement, ...]
    twins: tuple[CaseLine, ...]
    meetings: tuple[Met, ...] = ()

    @property
    def unmet(self) -> int:
        """How many conditions refuse a filing as things stand."""
        return sum(finding.refuses for finding in self.findings)

    @property
    def earliest(self) -> date | None:
        """The first day on which the conditions that only time can cure are met, if any is not."""
        cures = [
            date.fromisoformat(finding.values["earliest"])
            for finding in self.findings
            if finding.refuses and "earliest" in finding.values
        ]
        return max(cures, default=None)


def precheck(
    session: Session,
    company_id: int,
    procedure: str,
    *,
    kinds: list[str],
    coverage: list[str],
    items: Mapping[str, list[str]],
    facts: Mapping[str, Any],
    actor: Actor,
    moment: Moment,
) -> Precheck:
    """Judge an application as if it were filed today. Raises what `opening.open_for` does."""
    case = opening.drafted(
        session, company_id, procedure, kinds=kinds, coverage=coverage, items=items, facts=facts,
        actor=actor, moment=moment,
    )  # fmt: skip
    known = judging.facts_of(session, case, moment.today)
    definition = catalogue.procedure(procedure)
    rule = definition.rule("submit", State.MATERIAL_PREP)
    codes = [code for code in (rule.guards if rule else ()) if code not in AFTER_OPENING]
    return Precheck(
        case,
        known.company,
        judging.findings_of(case, known, codes),
        catalogue.required(definition, known),
        _twins(session, case, actor),
        conflicts.of_case(session, case, known.license),
    )


def _twins(session: Session, case: CaseRow, actor: Actor) -> tuple[CaseLine, ...]:
    lines = listings.cases_page(
        session, actor.scope, procedure=case.procedure, company_id=case.company_id
    )
    return tuple(
        line
        for line in lines
        if not State(line.state).final
        and set(line.kinds) & set(case.kinds)
        and set(line.coverage) & set(case.coverage)
    )
