"""Reads that make up the facts of a case: company, relatives, register, parameters, calendars."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.facts import Act, HeldLicense, OtherCase, Parameter
from workflow.domain.workdays import YearNotice
from workflow.storage.columns import as_day
from workflow.storage.rows import folded
from workflow.storage.statements import rows


def other_filed_cases(session: Session, company_id: int, case_id: int) -> tuple[OtherCase, ...]:
    """The company's other cases that were filed and are not final."""
    found = rows(
        session,
        "SELECT number, procedure, kinds, coverage FROM cases WHERE company_id = :c AND id <> :i"
        " AND state IN ('submitted', 'correction_requested') ORDER BY id",
        c=company_id,
        i=case_id,
    )
    return tuple(
        OtherCase(number, procedure, _set(kinds), _set(coverage))
        for number, procedure, kinds, coverage in found
    )


def held_licenses(session: Session, company_id: int, case_id: int) -> tuple[HeldLicense, ...]:
    """The company's licenses in the register, whatever their status, but the case's own."""
    found = rows(
        session,
        "SELECT number, kinds, coverage, status, valid_to FROM licenses WHERE company_id = :c"
        " AND (case_id IS NULL OR case_id <> :i) ORDER BY id",
        c=company_id,
        i=case_id,
    )
    return tuple(
        HeldLicense(number, _set(kinds), _set(coverage), status, as_day(valid_to))
        for number, kinds, coverage, status, valid_to in found
    )


def parameters(session: Session, provinces: Iterable[str]) -> dict[tuple[str, str], Parameter]:
    """Practice figures of the bureaus concerned, keyed (kind or '', name); the first bureau wins."""
    found = rows(session, "SELECT province, kind, name, value, source FROM bureau_parameters")
    wanted, chosen = list(provinces), {}
    for province, kind, name, value, source in found:
        if province in wanted:
            chosen.setdefault((kind, name), Parameter(json.loads(value), source))
    return chosen


def loaded_years(session: Session) -> dict[int, YearNotice]:
    """Holiday notices loaded over the shipped ones."""
    found = rows(
        session, "SELECT year, off, workdays, notice, provisional FROM calendar_years"
    )
    return {
        year: YearNotice(year, _days(off), _days(workdays), notice, bool(provisional))
        for year, off, workdays, notice, provisional in found
    }


def unanswered_cases(session: Session, today: date, limit: int = 500) -> list[str]:
    """Submitted cases whose correction clock ran out before `today`, oldest first."""
    found = rows(
        session,
        "SELECT number FROM cases WHERE state = 'submitted' AND next_clock = 'K-CORR'"
        " AND next_due < :d ORDER BY next_due, id LIMIT :n",
        d=today,
        n=limit,
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
