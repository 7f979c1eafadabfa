"""Reads that make up the facts of a case: company, relatives, register, parameters, calendars."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.facts import Act, HeldLicense, OtherCase, Paper
from workflow.domain.workdays import YearNotice
from workflow.storage.columns import as_day
from workflow.storage.rows import folded
from workflow.storage.statements import rows


@dataclass(slots=True)
class Snapshot:
    """Everything outside the case row that a guard may look at, read in one statement."""

    company: tuple[str, str, str, str] = ("", "", "", "{}")
    papers: dict[str, Paper] = field(default_factory=dict)
    open_points: list[int] = field(default_factory=list)
    others: list[OtherCase] = field(default_factory=list)
    licenses: list[HeldLicense] = field(default_factory=list)
    parameters: list[tuple[str, str, str, Any, str]] = field(default_factory=list)
    waivers: list[tuple[str, date | None, str]] = field(default_factory=list)
    years: dict[int, YearNotice] = field(default_factory=dict)


_EVERYTHING = """
SELECT 'company' AS part, name AS a, uscc AS b, province AS c, facts AS d, '' AS e
  FROM companies WHERE id = :company
UNION ALL SELECT 'paper', code, CAST(version AS text), CAST(valid_until AS text), '', ''
  FROM material_versions m WHERE case_id = :case AND version = (SELECT MAX(version)
  FROM material_versions n WHERE n.case_id = :case AND n.code = m.code)
UNION ALL SELECT 'point', CAST(no AS text), '', '', '', ''
  FROM correction_points WHERE case_id = :case AND closed_on IS NULL AND answer IS NULL
UNION ALL SELECT 'other', number, procedure, kinds, coverage, ''
  FROM cases WHERE company_id = :company AND id <> :case
  AND state IN ('submitted', 'correction_requested')
UNION ALL SELECT 'license', number, kinds, coverage, status, CAST(valid_to AS text)
  FROM licenses WHERE company_id = :company AND (case_id IS NULL OR case_id <> :case)
UNION ALL SELECT 'parameter', province, kind, name, value, source FROM bureau_parameters
UNION ALL SELECT 'waiver', guard, CAST(until AS text), waived_by, '', ''
  FROM waivers WHERE case_id = :case
UNION ALL SELECT 'year', CAST(year AS text), off, workdays, notice,
  CASE WHEN provisional THEN '1' ELSE '' END FROM calendar_years
"""


def gather(session: Session, company_id: int, case_id: int) -> Snapshot:
    """The facts around one case; `case_id` 0 for a case that does not exist yet.

    Cases of the company that were filed and are not final, and its licenses but the case's own.
    """
    found = Snapshot()
    for part, *values in rows(session, _EVERYTHING, company=company_id, case=case_id):
        _ADD[part](found, *values)
    return found


def _add_company(found: Snapshot, *values: str) -> None:
    found.company = (values[0], values[1], values[2], values[3])


def _add_paper(found: Snapshot, code: str, version: str, until: str | None, *_: str) -> None:
    found.papers[code] = Paper(code, int(version), as_day(until))


def _add_point(found: Snapshot, no: str, *_: str) -> None:
    found.open_points.append(int(no))


def _add_other(found: Snapshot, number: str, procedure: str, *values: str) -> None:
    found.others.append(OtherCase(number, procedure, _set(values[0]), _set(values[1])))


def _add_license(found: Snapshot, number: str, *values: str) -> None:
    kinds, coverage, status, valid_to = values
    found.licenses.append(
        HeldLicense(number, _set(kinds), _set(coverage), status, as_day(valid_to))
    )


def _add_parameter(found: Snapshot, *values: str) -> None:
    province, kind, name, value, source = values
    found.parameters.append((province, kind, name, json.loads(value), source))


def _add_waiver(found: Snapshot, guard: str, until: str | None, by: str, *_: str) -> None:
    found.waivers.append((guard, as_day(until), by))


def _add_year(found: Snapshot, *values: str) -> None:
    year, off, workdays, notice, provisional = values
    found.years[int(year)] = YearNotice(
        int(year), _days(off), _days(workdays), notice, bool(provisional)
    )


_ADD: dict[str, Callable[..., None]] = {
    "company": _add_company,
    "paper": _add_paper,
    "point": _add_point,
    "other": _add_other,
    "license": _add_license,
    "parameter": _add_parameter,
    "waiver": _add_waiver,
    "year": _add_year,
}


def loaded_years(session: Session) -> dict[int, YearNotice]:
    """Holiday notices loaded over the shipped ones."""
    found = rows(session, "SELECT year, off, workdays, notice, provisional FROM calendar_years")
    return {
        year: YearNotice(year, _days(off), _days(workdays), notice, bool(provisional))
        for year, off, workdays, notice, provisional in found
    }


def unanswered_cases(session: Session, today: date) -> list[str]:
    """Submitted cases whose correction clock ran out before `today`, oldest first."""
    found = rows(
        session,
        "SELECT number FROM cases WHERE state = 'submitted' AND next_clock = 'K-CORR'"
        " AND next_due < :d ORDER BY next_due, id",
        d=today,
    )
    return [number for (number,) in found]


def acts_of(session: Session, number: str) -> tuple[Act, ...]:
    """The dated acts of a case, folded."""
    found = rows(session, "SELECT acts FROM cases WHERE number = :n", n=number)
    return folded(json.loads(found[0][0])) if found else ()


def _set(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


def _days(text: str) -> frozenset[date]:
    values: list[Any] = json.loads(text)
    return frozenset(date.fromisoformat(value) for value in values)
