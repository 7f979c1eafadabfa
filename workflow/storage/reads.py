"""Single rows read by number or id; the caller has checked the scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.errors import NotFound
from workflow.storage.columns import as_day
from workflow.storage.rows import CASE_COLUMNS, CaseRow, case_row
from workflow.storage.statements import row


@dataclass(frozen=True, slots=True)
class LicenseRow:
    """One license of the register; lists are canonical JSON."""

    id: int
    company_id: int
    number: str
    kinds: str
    items: str
    coverage: str
    authority: str
    valid_from: date
    valid_to: date
    status: str
    opened: str
    facts: str
    case_id: int | None


def event_body(session: Session, case_id: int, seq: int) -> str | None:
    """The canonical text of one event of a case."""
    found = row(
        session, "SELECT body FROM events WHERE case_id = :c AND seq = :s", c=case_id, s=seq
    )
    return str(found[0]) if found else None


def case_by_number(session: Session, number: str) -> CaseRow:
    """One case without a lock. Raises NotFound."""
    found = row(session, f"SELECT {CASE_COLUMNS} FROM cases WHERE number = :n", n=number)
    if found is None:
        raise NotFound
    return case_row(found)


def license_row(
    session: Session, case_number: str | None, license_id: int | None
) -> LicenseRow | None:
    """A license by its own id, or the one a case created or is about."""
    found = row(
        session,
        "SELECT l.id, l.company_id, l.number, l.kinds, l.items, l.coverage, l.authority,"
        " l.valid_from, l.valid_to, l.status, l.opened, l.facts, l.case_id FROM licenses l"
        " WHERE l.id = COALESCE(CAST(:i AS integer),"
        " (SELECT license_id FROM cases WHERE number = :n))",
        i=license_id,
        n=case_number,
    )
    if found is None:
        return None
    return LicenseRow(*[*found[:7], as_day(found[7]), as_day(found[8]), *found[9:]])


def numbered(session: Session, chain: str, number: str) -> tuple[int, int] | None:
    """The id and the company of the case or license with this number."""
    table = {"case": "cases", "license": "licenses"}[chain]
    found = row(session, f"SELECT id, company_id FROM {table} WHERE number = :n", n=number)
    return (int(found[0]), int(found[1])) if found else None
