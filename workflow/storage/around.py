"""The cases around a license or a client: open ones, all about one license, those that may meet."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.facts import OtherCase
from workflow.storage.columns import as_day
from workflow.storage.listings import AWAITED
from workflow.storage.statements import numbers, rows


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One case on a license that is not over, or whose license is not delivered yet."""

    license_id: int
    number: str
    procedure: str
    state: str
    facts: dict[str, Any]


def open_cases(session: Session, ids: Collection[int]) -> list[OpenCase]:
    """The open cases of several licenses, oldest first."""
    if not ids:
        return []
    found = rows(
        session,
        "SELECT c.license_id, c.number, c.procedure, c.state, c.facts FROM cases c"
        f" WHERE c.license_id IN ({numbers(ids)}) AND {AWAITED} ORDER BY c.id",
    )
    return [OpenCase(*[*values[:4], json.loads(values[4])]) for values in found]


@dataclass(frozen=True, slots=True)
class CaseOn:
    """One case about a license, over or not. `proofs` counts its proofs that a kind is in use."""

    case: OpenCase
    open: bool
    kinds: list[str]
    acts: list[Any]
    opened_on: date
    handler_id: str
    proofs: int


def cases_on(session: Session, license_id: int, limit: int = 100) -> list[CaseOn]:
    """The cases about one license, newest first."""
    found = rows(
        session,
        "SELECT c.license_id, c.number, c.procedure, c.state, c.facts, CASE WHEN"
        f" {AWAITED} THEN 1 ELSE 0 END, c.kinds, c.acts, c.opened_on, c.handler_id,"
        " (SELECT COUNT(*) FROM material_versions m WHERE m.case_id = c.id"
        " AND m.code = 'M-OPENPROOF') FROM cases c WHERE c.license_id = :i"
        " ORDER BY c.id DESC LIMIT :limit",
        i=license_id,
        limit=limit,
    )
    return [
        CaseOn(
            OpenCase(*[*v[:4], json.loads(v[4])]),
            bool(v[5]),
            json.loads(v[6]),
            json.loads(v[7]),
            as_day(v[8]),
            *v[9:],
        )
        for v in found
    ]


def open_others(session: Session, company_id: int, case_id: int) -> list[tuple[OtherCase, str]]:
    """The other cases of a company that are not final, drafts too, each with its state."""
    found = rows(
        session,
        "SELECT number, procedure, kinds, coverage, license_id, facts, state FROM cases"
        " WHERE company_id = :c AND id <> :i"
        " AND state IN ('draft', 'material_prep', 'submitted', 'correction_requested') ORDER BY id",
        c=company_id,
        i=case_id,
    )
    return [
        (OtherCase(v[0], v[1], _names(v[2]), _names(v[3]), v[4], json.loads(v[5])), v[6])
        for v in found
    ]


def _names(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))
