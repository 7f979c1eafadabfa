"""The filed cases of one procedure, kind and province, for counting what became of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.domain.facts import Act
from workflow.storage.columns import as_day
from workflow.storage.rows import folded
from workflow.storage.scope import within
from workflow.storage.statements import rows


@dataclass(frozen=True, slots=True)
class FiledCase:
    """One case that left the desk: where it stands, its first filing and its dated acts."""

    number: str
    state: str
    filed_on: date
    acts: tuple[Act, ...]


def filed_cases(
    session: Session, scope: Scope, *, procedure: str, kind: str, province: str, limit: int
) -> list[FiledCase]:
    """The newest `limit` of them inside the scope; an empty kind or province means every one."""
    conditions = ["c.procedure = :procedure", "c.filed_on IS NOT NULL"]
    values: dict[str, Any] = {"procedure": procedure, "limit": limit}
    for name, column, code in (("kind", "kinds", kind), ("province", "coverage", province)):
        if code:
            conditions.append(f"c.{column} LIKE :{name}")
            values[name] = f'%"{code}"%'
    found = rows(
        session,
        "SELECT c.number, c.state, c.filed_on, c.acts FROM cases c WHERE"
        f" {' AND '.join(conditions)} AND {within(scope, 'c.company_id')}"
        " ORDER BY c.id DESC LIMIT :limit",
        **values,
    )
    return [
        FiledCase(number, state, as_day(filed_on), folded(json.loads(acts)))
        for number, state, filed_on, acts in found
    ]
