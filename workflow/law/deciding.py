"""Who decides a case: MIIT or the bureau of a province, by procedure, coverage, range and owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.domain.facts import Company, HeldLicense
from workflow.domain.procedure import Citation, Confidence
from workflow.law import changes
from workflow.law.authorities import MIIT, NATIONAL, authority_for
from workflow.law.foreign import share_that_counts
from workflow.law.number_ranges import range_of
from workflow.law.sources import NUMBERING, ORDER_42, TELECOM, cite

BY_AREA: tuple[Citation, ...] = (cite(TELECOM, "第九条", "Art. 9", Confidence.TEXT),)
BY_OWNER: tuple[Citation, ...] = (
    cite(ORDER_42, "第九条（外商投资）", "Art. 9 (foreign-invested)", Confidence.KNOWLEDGE),
)
BY_RANGE: tuple[Citation, ...] = (cite(NUMBERING, "第十一条", "Art. 11", Confidence.TEXT),)
"""Why it is this authority: its area, the foreign owners, or the range of the code."""

REPORTS = frozenset({"annual_report", "branch_report"})


def is_report(procedure: str, told: Mapping[str, Any]) -> bool:
    """True when the authority takes note and decides nothing: reports, and new contact data."""
    return procedure in REPORTS or (procedure == "change" and changes.is_report(told))


def authority_of(
    procedure: str,
    coverage: tuple[str, ...],
    company: Company,
    held: HeldLicense | None,
    told: Mapping[str, Any],
) -> str:
    """`MIIT` or a province code.

    Who issued a license decides about it, whatever coverage is asked for; a code belongs to MIIT
    or a province by its range.
    """
    if procedure == "number":
        return _of_range(coverage, company, told)
    share = share_that_counts(company)
    return authority_for(tuple(sorted(held.coverage)) if held else coverage, share)


def _of_range(coverage: tuple[str, ...], company: Company, told: Mapping[str, Any]) -> str:
    found = range_of(str(told.get("range") or told.get("code") or ""))
    if found is None or found.nationwide:
        return MIIT
    alone = len(coverage) == 1 and coverage[0] != NATIONAL
    return coverage[0] if alone else company.province
