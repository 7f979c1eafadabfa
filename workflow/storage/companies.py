"""Client companies: what we were told, as rows."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.errors import NotFound
from workflow.storage import words
from workflow.storage.statements import row, rows, run


def insert(
    session: Session, *, name: str, initials: str, uscc: str, province: str, facts: str
) -> int | None:
    """Add a company; returns its id, None when the credit code is taken. Its chain is empty."""
    found = row(
        session,
        "INSERT INTO companies (name, initials, uscc, province, facts, version, head, updated_at)"
        " VALUES (:name, :initials, :uscc, :province, :facts, 0, '', '')"
        " ON CONFLICT (uscc) DO NOTHING RETURNING id",
        name=name,
        initials=initials,
        uscc=uscc,
        province=province,
        facts=facts,
    )
    if found is None:
        return None
    words.keep(session, int(found[0]), name, initials)
    return int(found[0])


def change(
    session: Session,
    company_id: int,
    *,
    name: str,
    initials: str,
    uscc: str,
    province: str,
    facts: str,
) -> None:
    """Write the new facts of a company whose row is locked."""
    run(
        session,
        "UPDATE companies SET name = :name, initials = :initials, uscc = :uscc,"
        " province = :province, facts = :facts WHERE id = :id",
        name=name,
        initials=initials,
        uscc=uscc,
        province=province,
        facts=facts,
        id=company_id,
    )
    words.keep(session, company_id, name, initials)


def company_facts(session: Session, company_id: int) -> tuple[str, str, str, str]:
    """Name, credit code, province and facts (JSON) of one company."""
    found = row(
        session, "SELECT name, uscc, province, facts FROM companies WHERE id = :i", i=company_id
    )
    if found is None:
        raise NotFound
    return found[0], found[1], found[2], found[3]


def company_kept(session: Session, company_id: int) -> tuple[str, str, str, str, str]:
    """The same with the account in charge, empty while nobody is."""
    found = row(
        session,
        "SELECT name, uscc, province, facts, handler_id FROM companies WHERE id = :i",
        i=company_id,
    )
    if found is None:
        raise NotFound
    return found[0], found[1], found[2], found[3], found[4]


def exists_uscc(session: Session, uscc: str) -> bool:
    """True when any client has this credit code, in or out of scope."""
    return row(session, "SELECT 1 FROM companies WHERE uscc = :u", u=uscc) is not None


def open_case_numbers(session: Session, company_id: int) -> list[str]:
    """Numbers of the company's cases that are not final."""
    found = rows(
        session,
        "SELECT number FROM cases WHERE company_id = :c"
        " AND state NOT IN ('approved', 'rejected', 'withdrawn') ORDER BY id",
        c=company_id,
    )
    return [str(number) for (number,) in found]


def put_in_charge(session: Session, company_id: int, handler_id: str) -> str:
    """Write who looks after a company whose row is locked; returns who did before."""
    found = row(session, "SELECT handler_id FROM companies WHERE id = :i", i=company_id)
    run(session, "UPDATE companies SET handler_id = :h WHERE id = :i", h=handler_id, i=company_id)
    return str(found[0]) if found else ""
