"""What reviewers found about single versions of materials: rows that stay."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from workflow.storage.statements import numbers, rows, run


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding about one version: `verdict` is pass or return; `points` those ticked."""

    code: str
    version_id: int
    verdict: str
    reason: str
    points: tuple[str, ...]
    reviewer_id: str
    reviewer: str
    at: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One version as it lies on the shelf; `seq` is the event it came with."""

    id: int
    code: str
    seq: int
    file_hash: str | None


def verdicts(session: Session, case_id: int) -> list[Verdict]:
    """Everything ever found about a case's materials, newest first."""
    found = rows(
        session,
        "SELECT code, version_id, verdict, reason, points, reviewer_id, reviewer, at"
        " FROM item_reviews WHERE case_id = :c ORDER BY id DESC",
        c=case_id,
    )
    return [
        Verdict(v[0], v[1], v[2], v[3], tuple(json.loads(v[4])), v[5], v[6], v[7]) for v in found
    ]


def versions(session: Session, case_id: int) -> list[Stored]:
    """Every version of a case's materials with the event it came with, newest first."""
    found = rows(
        session,
        "SELECT id, code, seq, file_hash FROM material_versions WHERE case_id = :c"
        " ORDER BY id DESC",
        c=case_id,
    )
    return [Stored(*values) for values in found]


def add(session: Session, company_id: int, case_id: int, found: Verdict) -> None:
    """Write one finding."""
    run(
        session,
        "INSERT INTO item_reviews (company_id, case_id, code, version_id, verdict, reason, points,"
        " reviewer_id, reviewer, at) VALUES (:company, :case, :code, :version, :verdict, :reason,"
        " :points, :by, :name, :at)",
        company=company_id,
        case=case_id,
        code=found.code,
        version=found.version_id,
        verdict=found.verdict,
        reason=found.reason,
        points=json.dumps(found.points, ensure_ascii=False),
        by=found.reviewer_id,
        name=found.reviewer,
        at=found.at,
    )


def who_prepared(session: Session, case_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Case id -> everybody who changed its pack."""
    found = rows(session, f"SELECT id, pack FROM cases WHERE id IN ({numbers(case_ids)})")
    return {
        int(case_id): frozenset(json.loads(pack).get("changed_by") or ()) for case_id, pack in found
    }
