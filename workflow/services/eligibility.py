"""Can this company have this license? The pre-check in one verdict, with ways out. Read only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.facts import Company, crosses_provinces
from workflow.domain.guard import Finding, Result
from workflow.law import catalogue
from workflow.law.eligibility_notes import (
    NO_AGE_CONDITION,
    RAISE_FIRST,
    CapitalGap,
    Clause,
    capital_gap,
    is_young,
)
from workflow.services.precheck import Precheck, cured_by_time, precheck

PROCEDURE = "new"
Verdict = Literal["may", "wait", "confirm", "verify", "not_yet"]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Everything that can be said before a case exists.

    `gap` is what the registered capital lacks, `province` the one to apply for instead where that
    would suffice.
    """

    checked: Precheck
    on: date
    clauses: tuple[Clause, ...]
    gap: CapitalGap | None
    province: str | None

    @property
    def refusing(self) -> tuple[Finding, ...]:
        """The conditions that a filing on that day would fail on."""
        return tuple(finding for finding in self.checked.findings if finding.refuses)

    @property
    def failed(self) -> int:
        """How many conditions are not met."""
        return self._count(Result.FAIL)

    @property
    def unknown(self) -> int:
        """How many conditions nobody can judge yet, because a fact is missing or unconfirmed."""
        return self._count(Result.UNKNOWN)

    @property
    def warned(self) -> int:
        """How many conditions are met and deserve a look all the same."""
        return self._count(Result.WARN)

    @property
    def verdict(self) -> Verdict:
        """may; wait: only time is missing; confirm: ask the authority; verify; not_yet."""
        refusing = self.refusing
        if not refusing:
            return "may"
        if all(cured_by_time(finding) for finding in refusing):
            return "wait"
        if self.failed:
            return "not_yet"
        return "confirm" if any(f.says == "unconfirmed" for f in refusing) else "verify"

    def _count(self, result: Result) -> int:
        return sum(finding.result is result for finding in self.checked.findings)


def judge_eligibility(
    session: Session,
    company: int | Company,
    *,
    kinds: list[str],
    coverage: list[str],
    items: Mapping[str, list[str]],
    facts: Mapping[str, Any],
    papers: Collection[str],
    actor: Actor,
    moment: Moment,
    on: date,
) -> Eligibility:
    """Judge a first license for a client (its id) or for a company that is none, filed on `on`.

    Raises NotFound for a client outside the actor's scope, BadInput for unknown names.
    """
    client = company if isinstance(company, int) else 0
    checked = precheck(
        session, client, PROCEDURE, kinds=kinds, coverage=coverage, items=items, facts=facts,
        actor=actor, moment=moment, on=on, stranger=None if isinstance(company, int) else company,
        papers=papers,
    )  # fmt: skip
    known = checked.company
    gap = capital_gap(known.registered_capital, nationwide=crosses_provinces(coverage))
    young = is_young(known.established_on, on)
    return Eligibility(
        checked,
        on,
        (*((NO_AGE_CONDITION,) if young else ()), *((RAISE_FIRST,) if gap else ())),
        gap,
        _instead(known.province, coverage) if gap and gap.one_province else None,
    )


def _instead(home: str, coverage: list[str]) -> str | None:
    """One province to apply for: the company's own if it was asked for, else the first named."""
    named = [code for code in coverage if code in catalogue.PROVINCES]
    if home in catalogue.PROVINCES and (home in named or not named):
        return home
    return named[0] if named else None
