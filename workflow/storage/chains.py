"""The trail read chain by chain, page by page, beside the head and version its subject claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from workflow.storage.statements import row, rows, streamed

SUBJECTS = (
    ("case", "cases", "number", "id"),
    ("company", "companies", "id", "id"),
    ("license", "licenses", "id", "id"),
    ("account", "heads", "subject_id", "subject_id"),
    ("office", "heads", "subject_id", "subject_id"),
)
"""Chain, the table of its subjects, the column that names one, the column events refer to."""
_OWN_NUMBER = re.compile(r'"seq":(\d{1,9}),"subject":"')
CHAINS = tuple(chain for chain, *_ in SUBJECTS)
START = (-(2**62), -(2**62))
"""Before every subject, and before every event of one."""
_COPIES = "e.case_id, e.company_id, e.at, e.actor, e.role, e.action, e.source, e.target"


class Line(NamedTuple):
    """One event beside what its subject claims and its leaf; `seq` None: the subject has no more.

    `body` is the stored text in UTF-8, as it was hashed; `case_id` to `target` are the columns
    that copy fields of it, for querying.
    """

    subject_id: int
    name: Any
    head: str
    version: int
    seq: int | None
    prev: str
    hash: str
    body: bytes
    case_id: int | None
    company_id: int | None
    at: str
    actor: str
    role: str
    action: str
    source: str | None
    target: str | None
    idx: int | None
    leaf: str | None


def page(
    session: Session, chain: str, after: tuple[int, int], limit: int
) -> Sequence[tuple[Any, ...]]:
    """Events of a chain behind subject and seq `after`, subject by subject: the fields of `Line`.

    One statement: head, version and events are of one instant. PostgreSQL gives the body as text,
    SQLite spares it the way through text.
    """
    body = "CAST(e.body AS blob)" if session.info["sql"] == "sqlite" else "e.body"
    _, table, name, key = next(known for known in SUBJECTS if known[0] == chain)
    own = " AND s.chain = :chain" if table == "heads" else ""
    return rows(
        session,
        f"SELECT s.{key}, s.{name}, s.head, s.version, e.seq, e.prev, e.hash, {body}, {_COPIES},"
        f" l.idx, l.hash FROM {table} s LEFT JOIN events e ON e.chain = :chain"
        f" AND e.subject_id = s.{key} AND e.seq > CASE WHEN s.{key} = :id THEN :seq"
        f" ELSE {START[1]} END LEFT JOIN leaves l ON l.event_id = e.id"
        f" WHERE s.{key} >= :id{own} ORDER BY s.{key}, e.seq LIMIT :limit",
        chain=chain,
        id=after[0],
        seq=after[1],
        limit=limit,
    )


def own_numbers(session: Session, chain: str, subject_id: int) -> list[int | None]:
    """The number that each event of one chain says it has, in the order of the column `seq`."""
    found = streamed(
        session,
        "SELECT body FROM events WHERE chain = :chain AND subject_id = :i ORDER BY seq",
        chain=chain,
        i=subject_id,
    )
    said = (_OWN_NUMBER.search(body) for (body,) in found)
    return [int(own[1]) if own else None for own in said]


def count(session: Session) -> int:
    """How many events there are."""
    return int((row(session, "SELECT count(*) FROM events") or (0,))[0])


def without_subject(session: Session) -> str:
    """The first event whose subject is gone, or an empty text."""
    for chain, table, _, key in SUBJECTS:
        own = " AND s.chain = :chain" if table == "heads" else ""
        found = row(
            session,
            f"SELECT e.subject_id, e.seq FROM events e LEFT JOIN {table} s"
            f" ON s.{key} = e.subject_id{own}"
            f" WHERE e.chain = :chain AND s.{key} IS NULL ORDER BY e.subject_id, e.seq LIMIT 1",
            chain=chain,
        )
        if found:
            return f"{chain}:{found[0]}:{found[1]}"
    known = ", ".join(f"'{chain}'" for chain in CHAINS)
    strange = row(
        session,
        f"SELECT chain, subject_id, seq FROM events WHERE chain NOT IN ({known}) LIMIT 1",
    )
    return ":".join(map(str, strange)) if strange else ""
