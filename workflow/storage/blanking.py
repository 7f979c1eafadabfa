"""Take erased personal values out of a client's facts, and texts that name the person whole."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any

from sqlmodel import Session

from workflow.storage.rows import compact
from workflow.storage.statements import row, rows, run

Value = tuple[str, str]
"""The last part of a field's name, and what it says."""
NAMES = frozenset({"legal_representative", "from"})
"""Fields that say who somebody is: a text that repeats such a value names the person."""
SHORTEST = 2
"""A name of one character would be found everywhere."""
GONE = "［已依法删除 · erased］"
"""What stands where a text was; both languages, since it is what the row says from now on."""
_OWNERS = {"companies": "id", "licenses": "company_id", "cases": "company_id"}
_TEXTS = (
    ("correction_points", "text"),
    ("correction_points", "answer"),
    ("waivers", "reason"),
    ("item_reviews", "reason"),
    ("case_notes", "text"),
    ("holds", "reason"),
    ("material_versions", "file_name"),
)
"""Everything a person writes freely about a case or client, beside what the trail commits to."""


def naming(session: Session, company_id: int, commitments: Collection[str]) -> list[str]:
    """Commitments of this client's other values that name who these are about.

    Filters are nobody's client: what was looked for by that name counts too. The legal ground of
    an erasure stays.
    """
    names = _names(_opened(session, commitment) for commitment in commitments)
    if not names:
        return []
    found = rows(
        session,
        "SELECT commitment, value FROM personal_values WHERE value IS NOT NULL"
        " AND (company_id = :c AND field <> 'ground' OR company_id IS NULL AND field = 'filter')"
        " ORDER BY commitment",
        c=company_id,
    )
    known = set(commitments)
    return [str(c) for c, value in found if c not in known and _says(str(value), names)]


def in_clear(session: Session, company_id: int, commitments: Collection[str]) -> int:
    """How many sealed events of this client say such a name in clear.

    Events of the first formats do, for names on licenses; so does whoever puts a name where none
    is asked for. A sealed body cannot change, so this is counted and told.
    """
    told = 0
    for name in sorted(_names(_opened(session, commitment) for commitment in commitments)):
        like = re.sub(r"([%_\\])", r"\\\1", json.dumps(name, ensure_ascii=False)[1:-1])
        found = row(
            session,
            "SELECT COUNT(*) FROM events WHERE company_id = :c AND body LIKE :like ESCAPE '\\'",
            c=company_id,
            like=f"%{like}%",
        )
        told += int((found or (0,))[0])
    return told


def blank(session: Session, company_id: int, commitments: Collection[str]) -> None:
    """Empty every fact of this client that says what one of these commitments promises.

    And every text of its cases that is promised by one, or names who they are about. Call it while
    the values are still there.
    """
    gone = {_opened(session, commitment) for commitment in commitments}
    for table, owner in _OWNERS.items():
        found = rows(session, f"SELECT id, facts FROM {table} WHERE {owner} = :c", c=company_id)
        for id_, text in found:
            facts = json.loads(text or "{}")
            left = _without(facts, gone)
            if left != facts:
                run(session, f"UPDATE {table} SET facts = :f WHERE id = :i", f=compact(left), i=id_)
    names, texts = _names(gone), {value for _, value in gone}
    for table, column in _TEXTS:
        _blank_texts(session, company_id, (table, column), texts, names)


def _blank_texts(
    session: Session,
    company_id: int,
    where: tuple[str, str],
    texts: Collection[str],
    names: Collection[str],
) -> None:
    table, column = where
    found = rows(
        session,
        f"SELECT id, {column} FROM {table} WHERE company_id = :c AND {column} <> ''",
        c=company_id,
    )
    for id_, text in found:
        if text in texts or _says(text, names):
            ending = f".{text.rpartition('.')[2]}" if column == "file_name" else ""
            run(
                session,
                f"UPDATE {table} SET {column} = :gone WHERE id = :i",
                gone=GONE + ending,
                i=id_,
            )


def _names(values: Iterable[Value]) -> frozenset[str]:
    return frozenset(value for name, value in values if name in NAMES and len(value) >= SHORTEST)


def _says(text: str, names: Collection[str]) -> bool:
    return any(name in text for name in names)


def _opened(session: Session, commitment: str) -> Value:
    found = row(
        session,
        "SELECT field, value FROM personal_values WHERE commitment = :c AND value IS NOT NULL",
        c=commitment,
    ) or ("", "")
    return str(found[0]).rpartition(".")[2], str(found[1])


def _without(value: Any, gone: Collection[Value], name: str = "") -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _without(part, gone, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, gone, name) for part in value]
    return "" if (name, str(value)) in gone else value
