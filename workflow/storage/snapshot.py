"""Reads that make up the facts of a case: company, relatives, register, parameters, calendars."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.facts import Act, HeldLicense, OtherCase, Paper
from workflow.domain.procedure import Text
from workflow.domain.workdays import YearNotice
from workflow.storage.columns import as_day
from workflow.storage.rows import folded
from workflow.storage.statements import for_update, numbers, rows


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
UNION ALL SELECT 'other', number, procedure, kinds, coverage,
  CAST(COALESCE(license_id, 0) AS text) || ' ' || facts
  FROM cases WHERE company_id = :company AND id <> :case
  AND state IN ('submitted', 'correction_requested')
UNION ALL SELECT 'license', number, kinds, coverage, status, CAST(valid_to AS text)
  FROM licenses WHERE company_id = :company AND (case_id IS NULL OR case_id <> :case)
UNION ALL SELECT 'parameter', province, kind, name, value, source FROM bureau_parameters
UNION ALL SELECT 'waiver', guard, CAST(until AS text), waived_by, '', ''
  FROM waivers WHERE case_id = :case
UNION ALL SELECT 'year', CAST(y.year AS text), y.off, y.workdays, y.notice,
  CAST(y.version AS text) || CASE WHEN y.provisional THEN ' 1 ' ELSE ' 0 ' END
  || CAST(v.valid_through AS text)
  FROM calendar_years y JOIN calendar_versions v ON v.year = y.year AND v.version = y.version
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
    kinds, coverage, rest = values
    license_id, _, told = rest.partition(" ")
    found.others.append(
        OtherCase(
            number,
            procedure,
            _set(kinds),
            _set(coverage),
            int(license_id) or None,
            json.loads(told),
        )
    )


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
    year, off, workdays, notice, rest = values
    version, provisional, through = rest.split()
    told = (int(year), off, workdays, notice, provisional == "1", through, int(version))
    found.years[int(year)] = year_notice(*told)


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


HELD_COLUMNS = (
    "id", "number", "kinds", "items", "coverage", "status", "valid_from", "valid_to", "opened",
    "facts",
)  # fmt: skip
_HELD = f"SELECT {', '.join(HELD_COLUMNS)} FROM licenses WHERE id"


def held_license(
    session: Session, license_id: int, company_id: int | None = None
) -> HeldLicense | None:
    """One license with everything a guard or a clock may look at; of this holder, if named."""
    of_holder = "" if company_id is None else " AND company_id = :c"
    values = {} if company_id is None else {"c": company_id}
    found = rows(session, f"{_HELD} = :i{of_holder}", i=license_id, **values)
    return held_of(*found[0]) if found else None


def held_licenses(
    session: Session, ids: Collection[int]
) -> list[tuple[HeldLicense, dict[str, Any]]]:
    """Several licenses by id, each with its facts as stored."""
    found = rows(session, f"{_HELD} IN ({numbers(ids)})")
    return [(held_of(*values), json.loads(values[9])) for values in found]


def held_of(*values: Any) -> HeldLicense:  # noqa: ANN401 - a row as the driver gives it
    """A license from the values of `HELD_COLUMNS`."""
    ident, number, kinds, items, coverage, status, first, last, opened, told = values
    facts = json.loads(told)
    reports = facts.get("annual_reports")
    return HeldLicense(
        number=number,
        kinds=_set(kinds),
        coverage=_set(coverage),
        status=status,
        valid_to=as_day(last),
        id=ident,
        valid_from=as_day(first),
        items={kind: tuple(codes) for kind, codes in json.loads(items).items()},
        opened=_set(opened),
        annual_reports=None if reports is None else frozenset(reports),
        unreported_changes=tuple(c["change"] for c in facts.get("unreported_changes") or ()),
        codes=tuple(facts.get("codes") or ()),
        evaluated=frozenset(facts.get("evaluated") or ()),
        done=frozenset(
            (c, cycle) for c, all_ in (facts.get("done") or {}).items() for cycle in all_
        ),
    )


def loaded_years(session: Session) -> dict[int, YearNotice]:
    """Holiday notices loaded over the shipped ones: the newest of each year."""
    found = rows(
        session,
        "SELECT y.year, y.off, y.workdays, y.notice, y.provisional, v.valid_through, y.version"
        " FROM calendar_years y"
        " JOIN calendar_versions v ON v.year = y.year AND v.version = y.version",
    )
    return {values[0]: year_notice(*values) for values in found}


def year_notice(*values: Any) -> YearNotice:  # noqa: ANN401 - a row as the driver gives it
    """A notice from its year, days (JSON), number, whether provisional, last day and version."""
    year, off, workdays, notice, provisional, through, version = values
    return YearNotice(
        year,
        _days(off),
        _days(workdays),
        Text(notice, notice),
        bool(provisional),
        as_day(through),
        version,
    )


_UNANSWERED = (
    "SELECT number FROM cases WHERE state = 'submitted' AND next_clock = 'K-CORR'"
    " AND next_due < :d AND (:n = '' OR number = :n) ORDER BY next_due, id"
)
_EXPIRED = (
    "SELECT c.number FROM cases c JOIN licenses l ON l.id = c.license_id"
    " WHERE c.procedure = 'renewal' AND c.state = 'submitted' AND l.status = 'valid'"
    " AND l.valid_to < :d AND (:n = '' OR c.number = :n) ORDER BY l.valid_to, c.id"
)


def unanswered_cases(session: Session, today: date, number: str = "") -> list[str]:
    """Submitted cases whose correction clock ran out before `today`, oldest first."""
    return [found for (found,) in rows(session, _UNANSWERED, d=today, n=number)]


def expired_renewals(session: Session, today: date, number: str = "") -> list[str]:
    """Submitted renewals whose license ended before `today`: silence has granted them."""
    return [found for (found,) in rows(session, _EXPIRED, d=today, n=number)]


def expiry_of_case(session: Session, number: str) -> date | None:
    """The last day of the license a case is about."""
    found = rows(
        session,
        "SELECT l.valid_to FROM cases c JOIN licenses l ON l.id = c.license_id WHERE c.number = :n",
        n=number,
    )
    return as_day(found[0][0]) if found else None


_ENDED = (
    "SELECT l.id FROM licenses l WHERE l.status = 'valid' AND l.valid_to < :d"
    " AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.license_id = l.id"
    " AND c.procedure = 'renewal' AND c.state = 'submitted')"
)


def expired_licenses(session: Session, today: date) -> list[int]:
    """Licenses in force that ended before `today` with no renewal in the authority's hands."""
    found = rows(session, f"{_ENDED} ORDER BY l.valid_to, l.id", d=today)
    return [license_id for (license_id,) in found]


def is_expired(session: Session, license_id: int, today: date) -> bool:
    """True when this license, locked now, is one of them."""
    rows(session, f"SELECT id FROM licenses WHERE id = :i{for_update(session)}", i=license_id)
    return bool(rows(session, f"{_ENDED} AND l.id = :i", d=today, i=license_id))


def open_renewals(session: Session, license_id: int) -> list[str]:
    """Renewals of a license that are neither filed nor final."""
    found = rows(
        session,
        "SELECT number FROM cases WHERE license_id = :i AND procedure = 'renewal'"
        " AND state IN ('draft', 'material_prep', 'correction_requested') ORDER BY id",
        i=license_id,
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
