"""Would this application stand? Everything that can be judged before a case exists. Read only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Unpack

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.facts import Company, Facts, HeldLicense, Paper
from workflow.domain.guard import Finding
from workflow.domain.procedure import State
from workflow.law import catalogue
from workflow.law.catalogue import Requirement
from workflow.law.content import PriorApproval, approvals_for
from workflow.law.tracks import Eligibility, second_class
from workflow.services import conflicts, judging, opening, self_checking
from workflow.services.conflicts import Met
from workflow.services.opening import Application
from workflow.services.self_checking import Line
from workflow.storage import listings
from workflow.storage.listings import CaseLine
from workflow.storage.rows import CaseRow

AFTER_OPENING = frozenset(
    {"G-MATERIALS", "G-SERVICE", "G-INFOSEC", "G-SIGNOFF", "G-PREAPP", "G-POINTS"}
)
"""Guards that ask for papers or people a case does not have before it is opened."""
ASKED_WITH_PAPERS = frozenset({"G-PREAPP"})
"""Those of them that can be judged beforehand once somebody says which papers are in hand."""
APPROVAL = "M-PREAPP"


@dataclass(frozen=True, slots=True)
class Precheck:
    """What can be said before anything is written.

    `company` is the client as it is now, `license` what the case is about, `self_check` the
    look-back of a renewal; `first` are documents of other authorities that content may need and
    that are not said to be in hand; `twins` are open cases of the same company that apply for the
    same, not filed yet or filed; `meetings` those that will stand in each other's way, with the
    order to file them in. `track` says how it stands to approval on an undertaking, None where that
    track is never a question; it blocks nothing.
    """

    case: CaseRow
    company: Company
    license: HeldLicense | None
    self_check: tuple[Line, ...]
    findings: tuple[Finding, ...]
    required: tuple[Requirement, ...]
    first: tuple[PriorApproval, ...]
    twins: tuple[CaseLine, ...]
    meetings: tuple[Met, ...]
    track: Eligibility | None

    @property
    def unmet(self) -> int:
        """How many conditions refuse a filing as things stand."""
        return sum(finding.refuses for finding in self.findings)

    @property
    def earliest(self) -> date | None:
        """The first day on which the conditions that only time can cure are met, if any is not."""
        cures = [day for finding in self.findings if (day := cured_by_time(finding))]
        return max(cures, default=None)


def cured_by_time(finding: Finding) -> date | None:
    """The day on which this refusal ends by itself; None when somebody has to do something."""
    if not finding.refuses or "earliest" not in finding.values:
        return None
    return date.fromisoformat(finding.values["earliest"])


def precheck(
    session: Session,
    company_id: int,
    procedure: str,
    *,
    actor: Actor,
    moment: Moment,
    on: date | None = None,
    stranger: Company | None = None,
    papers: Collection[str] | None = None,
    **applied: Unpack[Application],
) -> Precheck:
    """Judge an application as if it were filed `on` that day (today). Raises what `open_for` does.

    `stranger` is a company that is no client, with `company_id` 0. `papers` are the materials said
    to be in hand; where nobody was asked for them (None), what needs a paper first is left out.
    """
    case = opening.drafted(
        session, company_id, procedure, actor=actor, moment=moment, stranger=stranger, **applied
    )
    known = judging.facts_of(session, case, on or moment.today, stranger)
    known = replace(known, papers={code: Paper(code, 1) for code in papers or ()})
    definition = catalogue.procedure(procedure)
    rule = definition.rule("submit", State.MATERIAL_PREP)
    left_out = AFTER_OPENING if papers is None else AFTER_OPENING - ASKED_WITH_PAPERS
    codes = [code for code in (rule.guards if rule else ()) if code not in left_out]
    return Precheck(
        case,
        known.fixed["applicant"],
        known.license,
        self_checking.lines(known) if procedure == "renewal" else (),
        judging.findings_of(case, known, codes),
        catalogue.required(definition, known),
        ()
        if APPROVAL in known.papers
        else approvals_for(known.case.get("content") or (), known.on),
        _twins(session, case, actor),
        conflicts.of_case(session, case, known.license),
        _track(known),
    )


def _track(facts: Facts) -> Eligibility | None:
    if facts.procedure != "new" or not second_class(facts.kinds):
        return None
    return catalogue.undertaking(facts)


def _twins(session: Session, case: CaseRow, actor: Actor) -> tuple[CaseLine, ...]:
    if not case.company_id:
        return ()
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
