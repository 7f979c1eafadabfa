"""How a case stands on a day: what it offers, what blocks it, its clocks, materials, license."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlmodel import Session

from workflow.domain.clock import Reading
from workflow.domain.facts import Facts
from workflow.domain.guard import Finding
from workflow.domain.machine import offers
from workflow.domain.procedure import Procedure, Role, Rule, State
from workflow.domain.time_limit import Unit
from workflow.domain.workdays import Calendar
from workflow.law import catalogue
from workflow.law.finder import proposed_kinds
from workflow.law.self_check import verdicts
from workflow.services import judging
from workflow.services.filed import fixed_findings, last_findings
from workflow.storage import reads, register
from workflow.storage.reads import LicenseRow
from workflow.storage.rows import CaseRow


@dataclass
class Standing:
    """One case as it stands on `today`; everything is computed when asked for, and kept."""

    session: Session
    case: CaseRow
    today: date

    @property
    def state(self) -> str:
        """The state's code."""
        return self.case.state

    @property
    def authority(self) -> str:
        """`MIIT` or a province code."""
        return self.case.authority

    @cached_property
    def procedure(self) -> Procedure:
        """The procedure's definition."""
        return catalogue.procedure(self.case.procedure)

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar in use."""
        return judging.calendar_in_use(self.session)

    @cached_property
    def facts(self) -> Facts:
        """What the guards may look at, for a filing today."""
        return judging.facts_of(self.session, self.case, self.today)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every act the case offers now, whoever asks, guards aside."""
        acts = self.case.folded
        return tuple(
            rule
            for rule in offers(self.procedure, State(self.case.state))
            if rule.while_ is None or rule.while_(acts)
        )

    def offered(self, role: Role) -> set[str]:
        """Triggers the case offers to a role, guards aside."""
        return {rule.trigger for rule in self.rules if role in rule.by}

    @cached_property
    def filing(self) -> str | None:
        """The act whose guards this case works towards, None once it is with the authority."""
        return judging.FILING.get(State(self.case.state))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Judged for a filing today, or as recorded with the last filing."""
        if self.filing is None:
            return last_findings(self.session, self.case)
        state = State.CORRECTION_REQUESTED if self.filing == "resubmit" else State.MATERIAL_PREP
        rule = self.procedure.rule(self.filing, state)
        return judging.findings_of(
            self.case,
            self.facts,
            rule.guards if rule else (),
            fixed_findings(self.session, self.case),
        )

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every clock that was started."""
        return judging.clocks_of(self.session, self.case, self.today, self.facts)

    def clock(self, code: str) -> dict[str, Any]:
        """One clock as a scenario sees it; empty when nothing started it."""
        if code not in self.procedure.clocks_for(self.case.facts):
            return {}
        clock = catalogue.LAW.clocks[code]
        reading = next((r for r in self.readings if r.code == code), None)
        ahead = clock.backward and code != "K-RENEW"
        first = (self.case.filed_on or self.today) + timedelta(clock.length)
        return (as_told(reading) if reading else {}) | ({"earliest": first} if ahead else {})

    @cached_property
    def required(self) -> list[str]:
        """Codes of the materials on the list."""
        return [r.code for r in catalogue.required(self.procedure, self.facts)]

    @cached_property
    def missing(self) -> list[str]:
        """Codes on the list that are not in hand (nor an alternative)."""
        return [
            r.code
            for r in catalogue.required(self.procedure, self.facts)
            if not any(code in self.facts.papers for code in r.codes)
        ]

    @property
    def earliest_filing(self) -> date:
        """The first day on which no condition that only time can cure stands in the way."""
        cures = [
            date.fromisoformat(finding.values["earliest"])
            for finding in self.findings
            if finding.refuses and "earliest" in finding.values
        ]
        return max([self.today, *cures])

    @property
    def dates(self) -> dict[str, Any]:
        """Acceptance of the case, as a scenario sees it."""
        accepted = next(
            (a for a in reversed(self.case.folded) if a.do in ("accept", "deem_accepted")), None
        )
        return {
            "accepted_on": accepted.on if accepted else None,
            "deemed_accepted": bool(accepted and accepted.do == "deem_accepted"),
            "late_by": self.late_by,
        }

    @property
    def late_by(self) -> int | None:
        """Days the filing is late by the procedure's own clocks; None where it has none."""
        wanted = self.procedure.filing_clocks
        return max((r.late_by for r in self.readings if r.code in wanted), default=None)

    @property
    def self_check(self) -> dict[str, str]:
        """The look-back self-check of a renewal: `red` or `green` by item."""
        return verdicts(self.facts)

    @property
    def proposes(self) -> tuple[str, ...]:
        """The kinds that the activities told would need."""
        return proposed_kinds(self.case.facts.get("activities") or ())

    @property
    def tasks(self) -> list[str]:
        """Codes of the follow-up tasks that are open."""
        return [code for code, _ in register.open_follow_ups(self.session, self.case.id)]


def as_told(reading: Reading) -> dict[str, Any]:
    """One reading in the words of a scenario."""
    found = {
        "due": reading.due,
        "estimated": reading.estimated,
        "late_by": reading.late_by,
    }
    if reading.clock.unit is Unit.WORKING:
        found["calendar"] = reading.calendar
    if reading.safe is not None:
        found |= {"latest": reading.due, "safe": reading.safe}
    return found


def of_case(session: Session, number: str, today: date) -> Standing:
    """The standing of a case; the caller has checked the scope."""
    return Standing(session, reads.case_by_number(session, number), today)


def license_now(
    session: Session, case_number: str | None, license_id: int | None
) -> dict[str, Any]:
    """A license as the register holds it, by its case or by itself; empty when there is none."""
    found = reads.license_row(session, case_number, license_id)
    if found is None:
        return {}
    holder = json.loads(found.facts)
    return {
        **license_columns(found),
        "name": holder.get("name"),
        "legal_representative": holder.get("legal_representative"),
        "registered_capital": holder.get("registered_capital"),
    }


def license_columns(found: LicenseRow) -> dict[str, Any]:
    """What the register keeps of every license, by the names it is told with."""
    return {
        "number": found.number,
        "kinds": json.loads(found.kinds),
        "items": json.loads(found.items),
        "coverage": json.loads(found.coverage),
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
        "status": found.status,
    }
