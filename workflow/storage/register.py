"""The license register: what an approval or an import writes.

Every write lets the clock look at the license at once: its deadlines may have moved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.license_number import stripped
from workflow.storage.columns import as_day
from workflow.storage.rows import compact
from workflow.storage.statements import row, rows, run

VOID = "void"
"""The status of a license whose entry was undone: in no list, and its number is free again."""
AT_ONCE = date(2000, 1, 1)
"""A day long past: due at the next tick, whatever day it is."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a license says when it is granted or imported."""

    company_id: int
    number: str
    kinds: list[str]
    items: dict[str, list[str]]
    coverage: list[str]
    authority: str
    valid_from: date
    valid_to: date
    status: str = "valid"
    opened: tuple[str, ...] = ()
    facts: dict[str, Any] | None = None
    case_id: int | None = None


def grant(session: Session, license_: Grant) -> int | None:
    """Enter a license into the register; returns its id, None when the number is taken.

    A number is taken however it was typed. A license whose entry was undone keeps its row and its
    history: it is entered again there.
    """
    found = row(
        session,
        "INSERT INTO licenses (company_id, number, number_key, kinds, items, coverage, authority,"
        " valid_from, valid_to, status, opened, facts, case_id, next_look, version, head,"
        " updated_at) VALUES (:company_id, :number, :key, :kinds, :items, :coverage, :authority,"
        " :valid_from, :valid_to, :status, :opened, :facts, :case_id, :look, 0, '', '')"
        " ON CONFLICT (number_key) DO UPDATE SET company_id = excluded.company_id,"
        " number = excluded.number, kinds = excluded.kinds, items = excluded.items,"
        " coverage = excluded.coverage, authority = excluded.authority,"
        " valid_from = excluded.valid_from, valid_to = excluded.valid_to,"
        " status = excluded.status, opened = excluded.opened, facts = excluded.facts,"
        " case_id = excluded.case_id, next_look = excluded.next_look"
        f" WHERE licenses.status = '{VOID}' RETURNING id",
        company_id=license_.company_id,
        number=license_.number,
        key=stripped(license_.number),
        kinds=compact(license_.kinds),
        items=compact(license_.items),
        coverage=compact(license_.coverage),
        authority=license_.authority,
        valid_from=license_.valid_from,
        valid_to=license_.valid_to,
        status=license_.status,
        opened=compact(list(license_.opened)),
        facts=compact(license_.facts or {}),
        case_id=license_.case_id,
        look=AT_ONCE,
    )
    return int(found[0]) if found else None


def number_taken(session: Session, number: str, but: int) -> bool:
    """True when a license other than `but` has this number, an undone one included."""
    sql = "SELECT 1 FROM licenses WHERE number_key = :k AND id <> :but"
    return row(session, sql, k=stripped(number), but=but) is not None


def undone(session: Session, number: str) -> int | None:
    """The undone entry that keeps this number, or None: entered again, it is written over."""
    sql = f"SELECT id FROM licenses WHERE number_key = :k AND status = '{VOID}'"
    found = row(session, sql, k=stripped(number))
    return int(found[0]) if found else None


def holder_of(session: Session, number: str) -> int | None:
    """The company that holds the license with this number, or None."""
    sql = f"SELECT company_id FROM licenses WHERE number_key = :k AND status <> '{VOID}'"
    found = row(session, sql, k=stripped(number))
    return int(found[0]) if found else None


def correct(session: Session, license_id: int, field: str, value: Any) -> None:  # noqa: ANN401
    """Correct one field of a license after a rectification of its decision."""
    if field not in {"number", "valid_from", "valid_to"}:
        message = f"not a field a rectification may correct: {field}"
        raise ValueError(message)
    change_facts(session, license_id, {field: value})


def change_facts(session: Session, license_id: int, values: dict[str, Any]) -> None:
    """Write changed columns of a license whose row is locked (names from `Grant`)."""
    if "number" in values:
        values = {**values, "number_key": stripped(values["number"])}
    sets = ", ".join(f"{name} = :{name}" for name in values)
    stored = {
        name: compact(list(value) if isinstance(value, tuple) else value)
        if isinstance(value, (list, dict, tuple))
        else value
        for name, value in values.items()
    }
    run(
        session,
        f"UPDATE licenses SET {sets}, next_look = :look WHERE id = :i",
        look=AT_ONCE,
        i=license_id,
        **stored,
    )


def look_at_once(session: Session, license_id: int) -> None:
    """A case on the license moved: its deadlines may have stopped, or run again."""
    run(session, "UPDATE licenses SET next_look = :l WHERE id = :i", l=AT_ONCE, i=license_id)


def look_where_days_count(session: Session) -> None:
    """Licenses with a deadline that rolls over rest days: a holiday notice may have moved it."""
    run(
        session,
        "UPDATE licenses SET next_look = :l WHERE facts LIKE :told OR id IN"
        " (SELECT license_id FROM follow_ups WHERE done_on IS NULL)",
        l=AT_ONCE,
        told='%"registered_on"%',
    )


def license_of_case(session: Session, case_id: int) -> tuple[int, str, date, date] | None:
    """Id, number, first and last day of the license a case created, or None."""
    found = row(
        session,
        "SELECT id, number, valid_from, valid_to FROM licenses WHERE case_id = :c",
        c=case_id,
    )
    return (found[0], found[1], as_day(found[2]), as_day(found[3])) if found else None


def evaluation_in_hand(session: Session, license_id: int) -> bool:
    """True when a case of this license holds the evaluation report, or says it was passed."""
    paper = row(
        session,
        "SELECT 1 FROM material_versions m JOIN cases c ON c.id = m.case_id"
        " WHERE c.license_id = :i AND m.code = 'M-EVAL'",
        i=license_id,
    )
    if paper:
        return True
    told = rows(session, "SELECT facts FROM cases WHERE license_id = :i", i=license_id)
    return any(json.loads(facts).get("evaluation_passed") for (facts,) in told)


def open_follow_up(
    session: Session, *, company_id: int, case_id: int, license_id: int | None, code: str, on: date
) -> None:
    """Open one follow-up task."""
    run(
        session,
        "INSERT INTO follow_ups (company_id, case_id, license_id, code, opened_on)"
        " VALUES (:company, :case, :license, :code, :on)",
        company=company_id,
        case=case_id,
        license=license_id,
        code=code,
        on=on,
    )


def license_term(session: Session, license_id: int) -> tuple[int, str, date, date] | None:
    """Id, number, first and last day of a license, or None."""
    found = row(
        session,
        "SELECT id, number, valid_from, valid_to FROM licenses WHERE id = :i",
        i=license_id,
    )
    return (found[0], found[1], as_day(found[2]), as_day(found[3])) if found else None


def close_follow_ups(session: Session, license_id: int, code: str, on: date) -> None:
    """The duty is done: close every open task of this sort on the license."""
    run(
        session,
        "UPDATE follow_ups SET done_on = :on WHERE license_id = :l AND code = :code"
        " AND done_on IS NULL",
        on=on,
        l=license_id,
        code=code,
    )
    look_at_once(session, license_id)


def open_follow_ups(session: Session, case_id: int) -> list[tuple[str, date]]:
    """Codes and opening days of the follow-up tasks of a case that are not done."""
    found = rows(
        session,
        "SELECT code, opened_on FROM follow_ups WHERE case_id = :c AND done_on IS NULL ORDER BY id",
        c=case_id,
    )
    return [(code, as_day(on)) for code, on in found]
