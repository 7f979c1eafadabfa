"""What lies beside a case for its page: notes, versions, points, drafts, tasks, other matters."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.facts import OtherCase
from workflow.storage.columns import as_day
from workflow.storage.drafts import Draft
from workflow.storage.incidents import Incident
from workflow.storage.statements import rows
from workflow.storage.stories import PointLine, VersionLine
from workflow.storage.together import Note

NOTES = 50


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that lies beside one case.

    `names` are all accounts: id as text -> name and role. `others` are the open cases of the same
    client, each with its state; `followed` is about the person who looks.
    """

    names: dict[str, tuple[str, str]]
    notes: list[Note]
    followed: bool
    incidents: list[Incident]
    drafts: dict[str, Draft]
    points: list[PointLine]
    versions: list[VersionLine]
    tasks: list[tuple[str, date]]
    others: list[tuple[OtherCase, str]]


_NEWEST_NOTES = (
    "(SELECT seq, kind, text, written_by, at FROM case_notes WHERE case_id = :c"
    " ORDER BY seq DESC LIMIT :notes) AS newest"
)
_CHECKED_BY = (
    "(SELECT r.reviewer FROM item_reviews r WHERE r.case_id = :c AND r.version_id = m.id"
    " AND r.verdict = 'pass' ORDER BY r.id DESC LIMIT 1)"
)
_OPEN_OTHERS = (
    "cases WHERE company_id = :company AND id <> :c AND state IN"
    " ('draft', 'material_prep', 'submitted', 'correction_requested')"
)
_PARTS = {
    "name": ("#id, name, role", "accounts"),
    "followed": ("#account_id", "watches WHERE case_id = :c AND account_id = :me"),
    "note": ("#seq, kind, text, written_by, at", _NEWEST_NOTES),
    "incident": (
        "#id, #seq, kind, #attempt, error, not_before",
        "outbox WHERE state = 'incident' AND case_id = :c",
    ),
    "draft": (
        "place, text, saved_at",
        "drafts WHERE account_id = :me AND substr(place, 1, :size) = :place",
    ),
    "point": (
        (
            "#round, #no, about, text, #notified_on, #reply_by, answer, answered_by,"
            " #answered_on, #closed_on"
        ),
        "correction_points WHERE case_id = :c",
    ),
    "version": (
        (
            "#id, code, #version, file_hash, file_name, media_type, #size, #valid_until,"
            f" provided_by, #provided_on, {_CHECKED_BY}"
        ),
        "material_versions m WHERE m.case_id = :c",
    ),
    "task": ("#id, code, #opened_on", "follow_ups WHERE case_id = :c AND done_on IS NULL"),
    "other": (
        "#id, number, procedure, kinds, coverage, #license_id, facts, state",
        _OPEN_OTHERS,
    ),
}
"""By part: its columns (`#` is told as text) and where they come from."""
_WIDTH = max(len(columns.split(", ")) for columns, _ in _PARTS.values())


def _select(part: str, columns: str, source: str) -> str:
    named = [f"CAST({c[1:]} AS text)" if c[0] == "#" else c for c in columns.split(", ")]
    told = ", ".join([*named, *["NULL"] * (_WIDTH - len(named))])
    return f"SELECT '{part}', {told} FROM {source}"


_SQL = " UNION ALL ".join(_select(part, *told) for part, told in _PARTS.items())


def read(session: Session, company_id: int, case_id: int, number: str, account_id: int) -> Parts:
    """All of it in one statement; the caller has checked the scope."""
    place = f"case:{number}:"
    found: dict[str, list[Any]] = defaultdict(list)
    for part, *values in rows(
        session, _SQL, c=case_id, me=account_id, notes=NOTES, company=company_id,
        place=place, size=len(place),
    ):  # fmt: skip
        found[part].append(values)
    for part in ("note", "version"):
        found[part].sort(key=lambda v: -int(v[0]))
    for part in ("incident", "task", "other"):
        found[part].sort(key=lambda v: int(v[0]))
    found["point"].sort(key=lambda v: (-int(v[0]), int(v[1])))
    return Parts(
        {v[0]: (v[1], v[2]) for v in found["name"]},
        [Note(*v[1:5]) for v in found["note"]],
        bool(found["followed"]),
        [
            Incident(int(v[0]), company_id, case_id, number, int(v[1]), v[2], int(v[3]), v[4], v[5])
            for v in found["incident"]
        ],
        {v[0]: Draft(*v[:3]) for v in sorted(found["draft"])},
        [_point(v) for v in found["point"]],
        [_version(v) for v in found["version"]],
        [(v[1], as_day(v[2])) for v in found["task"]],
        [(_other(v), v[7]) for v in found["other"]],
    )


def _point(v: list[Any]) -> PointLine:
    return PointLine(
        int(v[0]), int(v[1]), v[2], v[3], as_day(v[4]), as_day(v[5]), v[6], v[7],
        as_day(v[8]), as_day(v[9]),
    )  # fmt: skip


def _version(v: list[Any]) -> VersionLine:
    return VersionLine(
        int(v[0]), v[1], int(v[2]), v[3], v[4], v[5], int(v[6]), as_day(v[7]), v[8],
        as_day(v[9]), v[10],
    )  # fmt: skip


def _other(v: list[Any]) -> OtherCase:
    kinds, coverage = (frozenset(json.loads(text)) for text in v[3:5])
    return OtherCase(v[1], v[2], kinds, coverage, int(v[5]) if v[5] else None, json.loads(v[6]))
