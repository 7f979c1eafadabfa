"""Take erased personal values out of the facts of a client, its licenses and its cases too."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlmodel import Session

from workflow.storage.rows import compact
from workflow.storage.statements import row, rows, run

Value = tuple[str, str]
"""The last part of a field's name, and what it says."""
_OWNERS = {"companies": "id", "licenses": "company_id", "cases": "company_id"}


def blank(session: Session, company_id: int, commitments: Collection[str]) -> None:
    """Empty every fact of this client that says what one of these commitments promises.

    Call it while the values are still there.
    """
    gone = {_opened(session, commitment) for commitment in commitments}
    for table, owner in _OWNERS.items():
        found = rows(session, f"SELECT id, facts FROM {table} WHERE {owner} = :c", c=company_id)
        for id_, text in found:
            facts = json.loads(text or "{}")
            left = _without(facts, gone)
            if left != facts:
                run(session, f"UPDATE {table} SET facts = :f WHERE id = :i", f=compact(left), i=id_)


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
