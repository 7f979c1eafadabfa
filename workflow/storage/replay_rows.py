"""Events and tables side by side, a batch of clients at a time, and the outcomes of comparing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.reads import LicenseRow
from workflow.storage.rows import CASE_COLUMNS, CaseRow, case_row
from workflow.storage.statements import row, rows, run, streamed

CLIENTS = 100
"""Clients that are in memory at a time."""


@dataclass(slots=True)
class Batch:
    """The rows of some clients, by id; materials by case, code and version."""

    cases: dict[int, CaseRow] = field(default_factory=dict)
    licenses: dict[int, LicenseRow] = field(default_factory=dict)
    materials: dict[tuple[int, str, int], tuple[int, str | None, date | None]] = field(
        default_factory=dict
    )
    values: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replay that was kept. `found`: subject and field of the first differences."""

    at: str
    cases: int
    licenses: int
    older: int
    differences: int
    found: list[list[str]]


def clients(session: Session) -> Iterator[tuple[int, int]]:
    """Ranges of company ids, first and last, that hold every client."""
    after = 0
    while True:
        found = rows(
            session,
            "SELECT id FROM companies WHERE id > :after ORDER BY id LIMIT :n",
            after=after,
            n=CLIENTS,
        )
        if not found:
            return
        yield after + 1, found[-1][0]
        after = found[-1][0]


def bodies(session: Session, first: int, last: int) -> Iterator[tuple[str, int, str, str]]:
    """Events of cases and licenses in the order they were written: chain, subject, hash, body."""
    return streamed(
        session,
        "SELECT chain, subject_id, hash, body FROM events WHERE company_id BETWEEN :f AND :l"
        " AND chain IN ('case', 'license') ORDER BY id",
        f=first,
        l=last,
    )


def batch(session: Session, first: int, last: int) -> Batch:
    """What the tables say of the same clients."""
    of = {"f": first, "l": last}
    between = "company_id BETWEEN :f AND :l"
    found = Batch()
    for values in streamed(session, f"SELECT {CASE_COLUMNS} FROM cases WHERE {between}", **of):
        found.cases[values[0]] = case_row(values)
    for values in rows(
        session,
        "SELECT id, company_id, number, kinds, items, coverage, authority, valid_from, valid_to,"
        f" status, opened, facts, case_id FROM licenses WHERE {between}",
        **of,
    ):
        found.licenses[values[0]] = LicenseRow(
            *[*values[:7], as_day(values[7]), as_day(values[8]), *values[9:]]
        )
    for case_id, code, version, seq, file_hash, until in streamed(
        session,
        "SELECT case_id, code, version, seq, file_hash, valid_until FROM material_versions"
        f" WHERE {between}",
        **of,
    ):
        found.materials[case_id, code, version] = (seq, file_hash, as_day(until))
    kept = rows(session, f"SELECT commitment, value FROM personal_values WHERE {between}", **of)
    found.values = dict(kept)
    return found


def keep(session: Session, outcome: Outcome) -> None:
    """Keep the outcome of one replay."""
    run(
        session,
        "INSERT INTO replays (at, cases, licenses, older, differences, found)"
        " VALUES (:at, :cases, :licenses, :older, :differences, :found)",
        at=outcome.at,
        cases=outcome.cases,
        licenses=outcome.licenses,
        older=outcome.older,
        differences=outcome.differences,
        found=json.dumps(outcome.found, ensure_ascii=False),
    )


def last(session: Session) -> Outcome | None:
    """The newest replay that was kept."""
    found = row(
        session,
        "SELECT at, cases, licenses, older, differences, found FROM replays"
        " ORDER BY id DESC LIMIT 1",
    )
    return Outcome(*[*found[:5], json.loads(found[5])]) if found else None
