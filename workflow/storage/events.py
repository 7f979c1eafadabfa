"""The trail's rows: append to a chain, read a chain, and the personal values beside it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any, Literal

from sqlmodel import Session

from workflow.domain.audit import GENESIS, commitment
from workflow.domain.errors import NotFound
from workflow.storage.cases import EVENT
from workflow.storage.rows import SealedEvent
from workflow.storage.statements import for_update, row, rows, run

Chain = Literal["company", "license", "account", "office"]
_TABLES = {"company": "companies", "license": "licenses"}
_MOVED = "version = :seq, head = :hash, updated_at = :at"
_HEAD = "WHERE chain = :chain AND subject_id = :i"


def lock_head(session: Session, chain: Chain, subject_id: int) -> tuple[int, str, int | None]:
    """Lock the subject of a chain and read it: version, head hash and company id, if it has one.

    An account's and the office's head is locked after every license, company and case.
    """
    if chain in _TABLES:
        return _lock_subject(session, chain, subject_id)
    names = {"chain": chain, "i": subject_id}
    run(
        session,
        "INSERT INTO heads (chain, subject_id, version, head, updated_at)"
        " VALUES (:chain, :i, 0, '', '') ON CONFLICT (chain, subject_id) DO NOTHING",
        **names,
    )
    found = row(
        session,
        f"SELECT version, head FROM heads {_HEAD}{for_update(session)}",
        **names,
    ) or (0, "")
    return int(found[0]), str(found[1] or GENESIS), None


def _lock_subject(session: Session, chain: Chain, subject_id: int) -> tuple[int, str, int]:
    """Lock a company or license.

    Every license of the company is locked first: open cases are looked at again afterwards, and
    locks are taken in the order license, company, case.
    """
    table = _TABLES[chain]
    owner = "id" if chain == "company" else "company_id"
    owned = row(session, f"SELECT {owner} FROM {table} WHERE id = :i", i=subject_id)
    if owned is None:
        raise NotFound
    rows(
        session,
        f"SELECT id FROM licenses WHERE company_id = :c ORDER BY id{for_update(session)}",
        c=owned[0],
    )
    found = row(
        session,
        f"SELECT version, head, {owner} FROM {table} WHERE id = :i{for_update(session)}",
        i=subject_id,
    )
    if found is None:  # pragma: no cover - companies and licenses are never deleted
        raise NotFound
    return int(found[0]), str(found[1] or GENESIS), int(found[2])


def append(session: Session, event: SealedEvent) -> None:
    """Append one event to any chain but a case's and move its head."""
    run(
        session,
        f"INSERT INTO events ({', '.join(EVENT)}) VALUES ({', '.join(f':{n}' for n in EVENT)})",
        **{name: getattr(event, name) for name in EVENT},
    )
    table = _TABLES.get(event.chain)
    where = f"{table} SET {_MOVED} WHERE id = :i" if table else f"heads SET {_MOVED} {_HEAD}"
    moved = {"seq": event.seq, "hash": event.hash, "at": event.at, "i": event.subject_id}
    run(session, f"UPDATE {where}", **moved, **({} if table else {"chain": event.chain}))


def commit_value(session: Session, company_id: int | None, field: str, value: str) -> str:
    """Keep a personal value beside the trail and return the commitment the trail may hold."""
    salt = secrets.token_hex(16)
    sealed = commitment(salt, field, value)
    run(
        session,
        "INSERT INTO personal_values (commitment, company_id, field, salt, value)"
        " VALUES (:c, :company, :f, :s, :v)",
        c=sealed,
        company=company_id,
        f=field,
        s=salt,
        v=value,
    )
    return sealed


def stream(session: Session) -> Iterator[tuple[Any, ...]]:
    """Every event, chain by chain in order: chain, subject, seq, prev, hash, body."""
    cursor = run(
        session,
        "SELECT chain, subject_id, seq, prev, hash, body FROM events"
        " ORDER BY chain, subject_id, seq",
    )
    while batch := cursor.fetchmany(500):
        yield from batch
    cursor.close()
