"""The clients that a scope names, for whoever looks after accounts: names only, no content."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage import register_lists

MOST_SHOWN = 20


def of_scope(session: Session, scope: Scope) -> tuple[int, list[str]]:
    """How many clients a limited scope holds, and the names of the first; 0 and none without."""
    if scope.companies is None:
        return 0, []
    names = register_lists.company_names(session, sorted(scope.companies)[:MOST_SHOWN])
    return len(scope.companies), names
