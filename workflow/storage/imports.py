"""Imports: files as they were read and checked, and what became of each row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.storage.columns import as_day
from workflow.storage.register import VOID
from workflow.storage.rows import compact
from workflow.storage.statements import each, for_update, row, rows, run


@dataclass(frozen=True, slots=True)
class Batch:
    """One import as it stands; `lines` are number, cells and note of each row of the file."""

    id: int
    account_id: int
    file_name: str
    state: str
    head: list[str]
    lines: list[Any]
    columns: list[str]
    checked: dict[str, Any]
    made_at: str
    confirmed_at: str
    undone_at: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import in a list, with how many of its rows are in the register."""

    id: int
    file_name: str
    state: str
    made_at: str
    confirmed_at: str
    entered: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one row. `says`: why it was refused or kept, by language."""

    no: int
    outcome: str
    company_id: int | None
    license_id: int | None
    version: int
    new_company: bool
    says: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """A license of the register; `told` by the names it is entered with."""

    id: int
    company_id: int
    version: int
    number: str
    told: dict[str, Any]


_LISTS = ("head", "lines", "columns", "checked")
_BATCH = (
    "id", "account_id", "file_name", "state", *_LISTS, "made_at", "confirmed_at", "undone_at",
)  # fmt: skip
_ENTRY = ("no", "outcome", "company_id", "license_id", "version", "new_company", "says")


def open_batch(session: Session, **values: Any) -> int:  # noqa: ANN401 - columns of the table
    """Keep a file that was read; returns its id."""
    found = row(
        session,
        "INSERT INTO imports (account_id, file_name, state, head, lines, columns, checked, made_at,"
        " confirmed_at, undone_at) VALUES (:account_id, :file_name, 'draft', :head, :lines,"
        " :columns, :checked, :made_at, '', '') RETURNING id",
        **{n: compact(v) if isinstance(v, list | dict) else v for n, v in values.items()},
    )
    return int((found or (0,))[0])


def drop_drafts(session: Session, account_id: int, before: str) -> None:
    """Forget files of one person that were read before `before` and never confirmed."""
    run(
        session,
        "DELETE FROM imports WHERE account_id = :a AND state = 'draft' AND made_at < :b",
        a=account_id,
        b=before,
    )


def batch(session: Session, ident: int, *, lock: bool = False) -> Batch | None:
    """One import."""
    held = for_update(session) if lock else ""
    found = row(session, f"SELECT {', '.join(_BATCH)} FROM imports WHERE id = :i{held}", i=ident)
    if found is None:
        return None
    values = dict(zip(_BATCH, found, strict=True))
    return Batch(**values | {name: json.loads(values[name]) for name in _LISTS})


def batches(session: Session, account_id: int, limit: int) -> list[BatchLine]:
    """The newest imports of one person."""
    found = rows(
        session,
        "SELECT i.id, i.file_name, i.state, i.made_at, i.confirmed_at, (SELECT COUNT(*)"
        " FROM import_entries e WHERE e.import_id = i.id"
        " AND e.outcome IN ('entered', 'updated', 'kept'))"
        " FROM imports i WHERE i.account_id = :a ORDER BY i.id DESC LIMIT :limit",
        a=account_id,
        limit=limit,
    )
    return [BatchLine(*values) for values in found]


def change(session: Session, ident: int, **values: Any) -> None:  # noqa: ANN401
    """Write columns of an import (names from the table)."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    stored = {n: compact(v) if isinstance(v, list | dict) else v for n, v in values.items()}
    run(session, f"UPDATE imports SET {sets} WHERE id = :i", i=ident, **stored)


def state_of(session: Session, ident: int) -> str:
    """Where an import stands."""
    found = row(session, "SELECT state FROM imports WHERE id = :i", i=ident)
    return str(found[0]) if found else ""


def finish(session: Session, ident: int, before: str, after: str) -> None:
    """Move an import on from `before`; one that somebody moved meanwhile stays."""
    run(
        session,
        "UPDATE imports SET state = :after WHERE id = :i AND state = :before",
        i=ident,
        before=before,
        after=after,
    )


def keep_entry(
    session: Session,
    ident: int,
    no: int,
    outcome: str,
    *,
    company_id: int | None = None,
    new_company: bool = False,
    says: Mapping[str, str] | None = None,
) -> bool:
    """Note what becomes of a row; False when that was noted before."""
    cursor = run(
        session,
        "INSERT INTO import_entries (import_id, no, outcome, company_id, version, new_company,"
        " says) VALUES (:i, :no, :outcome, :company, 0, :fresh, :says)"
        " ON CONFLICT (import_id, no) DO NOTHING",
        i=ident,
        no=no,
        outcome=outcome,
        company=company_id,
        fresh=_flag(session, new_company),
        says=compact(dict(says or {})),
    )
    return bool(cursor.rowcount == 1)


def settle_entry(session: Session, ident: int, no: int, **values: Any) -> None:  # noqa: ANN401
    """Change what a row came to."""
    if "new_company" in values:
        values["new_company"] = _flag(session, values["new_company"])
    if "says" in values:
        values["says"] = compact(values["says"])
    sets = ", ".join(f"{name} = :{name}" for name in values)
    run(
        session,
        f"UPDATE import_entries SET {sets} WHERE import_id = :i AND no = :n",
        i=ident,
        n=no,
        **values,
    )


def entries(session: Session, ident: int, outcome: str = "", *, limit: int = -1) -> list[Entry]:
    """What became of the rows so far, in the order of the file."""
    only = " AND outcome = :outcome" if outcome else ""
    most = f" LIMIT {int(limit)}" if limit >= 0 else ""
    found = rows(
        session,
        f"SELECT {', '.join(_ENTRY)} FROM import_entries WHERE import_id = :i{only}"
        f" ORDER BY no{most}",
        i=ident,
        **({"outcome": outcome} if outcome else {}),
    )
    return [_entry(dict(zip(_ENTRY, values, strict=True))) for values in found]


def _entry(values: dict[str, Any]) -> Entry:
    fresh, says = bool(values["new_company"]), json.loads(values["says"])
    return Entry(**values | {"new_company": fresh, "says": says})


def tally(session: Session, ident: int) -> dict[str, int]:
    """How many rows came to what; `new_companies` counts the clients that came with them."""
    found = rows(
        session,
        "SELECT outcome, COUNT(*), SUM(CASE WHEN new_company THEN 1 ELSE 0 END)"
        " FROM import_entries WHERE import_id = :i GROUP BY outcome",
        i=ident,
    )
    counted = {str(outcome): int(count) for outcome, count, _ in found}
    return {**counted, "new_companies": sum(int(fresh) for *_, fresh in found)}


def version_of(session: Session, license_id: int) -> tuple[int, int]:
    """The version of a license whose row is locked, and how many cases are about it."""
    found = row(
        session,
        "SELECT version, (SELECT COUNT(*) FROM cases c WHERE c.license_id = l.id)"
        f" FROM licenses l WHERE l.id = :i{for_update(session)}",
        i=license_id,
    )
    return (int(found[0]), int(found[1])) if found else (0, 0)


def held(session: Session, wanted: Sequence[str]) -> dict[str, Stored]:
    """Licenses of the register by their number as it is compared."""
    sql = (
        "SELECT number_key, id, company_id, version, number, status, valid_from, valid_to, facts,"
        f" kinds, items, coverage, opened FROM licenses WHERE status <> '{VOID}'"
        " AND number_key IN"
    )
    return {key: _stored(values) for key, *values in each(session, sql, wanted)}


def _stored(values: Sequence[Any]) -> Stored:
    ident, company_id, version, number, status, first, last, facts, *lists = values
    kinds, items, coverage, opened = map(json.loads, lists)
    more = json.loads(facts)
    told = {
        "kinds": kinds, "items": items, "coverage": coverage, "opened": opened, "status": status,
        "valid_from": as_day(first).isoformat(), "valid_to": as_day(last).isoformat(),
        "annual_reports": more.get("annual_reports"), "special": more.get("special"),
    }  # fmt: skip
    return Stored(ident, company_id, version, number, told)


def clients(session: Session, wanted: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Clients by credit code: id and name."""
    sql = "SELECT uscc, id, name FROM companies WHERE uscc IN"
    return {code: (int(ident), name) for code, ident, name in each(session, sql, wanted)}


def _flag(session: Session, value: bool) -> Any:  # noqa: ANN401 - as the driver wants it
    return int(value) if session.info["sql"] == "sqlite" else value
