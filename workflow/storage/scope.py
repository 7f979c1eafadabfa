"""The one scope every listing goes through: which client companies a person may see."""

from __future__ import annotations

from workflow.domain.acting import Scope


def within(scope: Scope, column: str) -> str:
    """An SQL condition on the company id; company ids are our own whole numbers."""
    if scope.companies is None:
        return "1 = 1"
    ids = ", ".join(str(int(company)) for company in sorted(scope.companies))
    return f"{column} IN ({ids})" if ids else "1 = 0"
