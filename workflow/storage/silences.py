"""Cases with the authority whose nearest date has passed, or that count as accepted by silence."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.rows import CASE_COLUMNS, CaseRow, case_row
from workflow.storage.scope import within
from workflow.storage.statements import rows

_ASKED = (
    "(state = 'submitted' OR (state = 'approved' AND turn = 'authority')) AND"
    " (next_due < :today OR (next_due IS NOT NULL AND acts LIKE :deemed))"
)


def waiting(
    session: Session,
    scope: Scope,
    today: date,
    *,
    handler_id: str | None = None,
    number: str = "",
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[tuple[CaseRow, str]]:
    """Candidates with their client's name by (next date, id), above the key `after`.

    A pause that is still open may mean that nothing has passed: whoever asks reads the clocks.
    """
    conditions = [_ASKED, within(scope, "company_id")]
    values: dict[str, object] = {"today": today, "deemed": '%"deem_accepted"%', "limit": limit}
    if handler_id is not None:
        conditions.append("handler_id = :handler")
        values["handler"] = handler_id
    if number:
        conditions.append("number = :number")
        values["number"] = number
    if after is not None:
        conditions.append("(next_due > :day OR (next_due = :day AND id > :last))")
        values["day"], values["last"] = after
    found = rows(
        session,
        f"SELECT {CASE_COLUMNS}, (SELECT name FROM companies k WHERE k.id = company_id) FROM cases"
        f" WHERE {' AND '.join(conditions)} ORDER BY next_due, id LIMIT :limit",
        **values,
    )
    return [(case_row(values_[:-1]), values_[-1]) for values_ in found]
