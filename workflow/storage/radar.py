"""What the renewal radar counts: renewals nobody started yet, and how long our own took."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.columns import as_day
from workflow.storage.risks import UNSTARTED
from workflow.storage.scope import within
from workflow.storage.statements import rows


def unstarted_by_handler(
    session: Session, scope: Scope, first: date, last: date
) -> list[tuple[str, date, int]]:
    """Person in charge, last day and number of licenses nobody renews yet, ending in a span."""
    found = rows(
        session,
        "SELECT k.handler_id, l.valid_to, COUNT(*) FROM licenses l"
        " JOIN companies k ON k.id = l.company_id WHERE l.status = 'valid'"
        f" AND l.valid_to BETWEEN :first AND :last AND {UNSTARTED}"
        f" AND {within(scope, 'l.company_id')} GROUP BY k.handler_id, l.valid_to",
        first=first,
        last=last,
    )
    return [(handler, as_day(day), int(count_)) for handler, day, count_ in found]


def durations(session: Session, scope: Scope, limit: int) -> list[tuple[date, date, list[Any]]]:
    """Opening day, filing day and acts of the renewals filed last."""
    found = rows(
        session,
        "SELECT opened_on, filed_on, acts FROM cases WHERE procedure = 'renewal'"
        f" AND filed_on IS NOT NULL AND {within(scope, 'company_id')}"
        " ORDER BY filed_on DESC, id DESC LIMIT :limit",
        limit=limit,
    )
    return [(as_day(opened), as_day(filed), json.loads(acts)) for opened, filed, acts in found]
