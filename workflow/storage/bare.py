"""The bare driver taking the same step as the pen, without guards: the limit we measure against.

Lock, every fact read, the update, the event and the outbox row with the same bytes, one statement
each, one transaction; prepared on PostgreSQL, cached by the driver on SQLite.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from workflow.storage import cases as pen
from workflow.storage.rows import CASE_COLUMNS
from workflow.storage.statements import in_dialect, names_in, row

_READS = (
    "SELECT name, uscc, province, facts FROM companies WHERE id = :company_id",
    "SELECT year, off, workdays, notice, provisional FROM calendar_years",
    (
        "SELECT code, version, valid_until FROM material_versions m WHERE case_id = :case_id"
        " AND version = (SELECT MAX(version) FROM material_versions n WHERE n.case_id = :case_id"
        " AND n.code = m.code)"
    ),
    (
        "SELECT no FROM correction_points WHERE case_id = :case_id AND closed_on IS NULL"
        " AND answer IS NULL ORDER BY no"
    ),
    (
        "SELECT number, procedure, kinds, coverage, license_id, facts FROM cases"
        " WHERE company_id = :company_id AND id <> :case_id"
        " AND state IN ('submitted', 'correction_requested') ORDER BY id"
    ),
    (
        "SELECT number, kinds, coverage, status, valid_to FROM licenses"
        " WHERE company_id = :company_id"
        " AND (case_id IS NULL OR case_id <> :case_id) ORDER BY id"
    ),
    "SELECT province, kind, name, value, source FROM bureau_parameters",
    "SELECT guard, until, waived_by FROM waivers WHERE case_id = :case_id ORDER BY id",
)


def captured(session: Session, number: str) -> dict[str, Any]:
    """What the pen just wrote for a case, as parameters of the bare statements.

    Call it after `advance` in the same transaction, then roll back.
    """
    case = row(session, f"SELECT {CASE_COLUMNS} FROM cases WHERE number = :n", n=number) or ()
    values = dict(zip(CASE_COLUMNS.replace(" ", "").split(","), case, strict=True))
    names = ", ".join(pen.EVENT)
    event = (
        row(
            session,
            f"SELECT {names} FROM events WHERE case_id = :c AND seq = :s",
            c=values["id"],
            s=values["version"],
        )
        or ()
    )
    sent = row(
        session,
        "SELECT kind, recipients FROM outbox WHERE case_id = :c AND seq = :s",
        c=values["id"],
        s=values["version"],
    ) or ("", "")
    taken = {name: values[name] for name in pen.MUTABLE}
    taken |= {f"e_{name}": value for name, value in zip(pen.EVENT, event, strict=True)}
    taken |= {"case_id": values["id"], "company_id": values["company_id"], "number": number}
    return taken | {"was": values["version"] - 1, "kind": sent[0], "recipients": sent[1]}


def stepper(connection: Any, dialect: str) -> Callable[[dict[str, Any]], None]:  # noqa: ANN401
    """A function that takes one captured step on a driver connection in autocommit mode."""
    lock = " FOR UPDATE" if dialect == "postgresql" else ""
    begin = "BEGIN" if dialect == "postgresql" else "BEGIN IMMEDIATE"
    texts = [
        "SELECT id, company_id, license_id FROM cases WHERE number = :number",
        f"SELECT id FROM companies WHERE id = :company_id{lock}",
        f"SELECT {CASE_COLUMNS} FROM cases WHERE id = :case_id{lock}",
        *_READS,
        pen.TELL,
        pen.MOVE,
        pen.SEND,
    ]
    statements = [(in_dialect(text, dialect), names_in(text)) for text in texts]
    prepared = {"prepare": True} if dialect == "postgresql" else {}
    cursor = connection.cursor()

    def step(values: dict[str, Any]) -> None:
        cursor.execute(begin)
        for text, names in statements:
            cursor.execute(text, {name: values[name] for name in names}, **prepared)
            if cursor.description is not None:
                cursor.fetchall()
        cursor.execute("COMMIT")

    return step
