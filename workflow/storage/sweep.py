"""The whole trail as bytes, as fast as each database gives it out: for a check that all is well.

Nothing is decoded and no row becomes an object: a verifier hashes the bytes as they lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from workflow.storage.chains import SUBJECTS
from workflow.storage.statements import driver_of, row, rows, run, streamed

Links = tuple[int, bytes, bytes]
"""Number in its chain, hash in hex, body."""
Leaves = tuple[bytes, bytes, bytes]
"""Leaf hash in hex, hash of the event in hex, body."""
_LINKS = ("{seq}, {hash}, {body}", "events e ORDER BY e.chain, e.subject_id, e.seq")
_LEAVES = (
    "{leaf}, {hash}, {body}",
    "leaves l CROSS JOIN events e WHERE e.id = l.event_id ORDER BY l.idx",
)
_SQLITE = {
    "seq": "e.seq",
    "hash": "CAST(e.hash AS BLOB)",
    "body": "CAST(e.body AS BLOB)",
    "leaf": "CAST(l.hash AS BLOB)",
}
_POSTGRESQL = {
    "seq": "e.seq",
    "hash": "convert_to(e.hash, 'UTF8')",
    "body": "convert_to(e.body, 'UTF8')",
    "leaf": "convert_to(l.hash, 'UTF8')",
}
_BATCH = 500
_SIGNATURE, _HEADER = b"PGCOPY\n\xff\r\n\0", 19
"""How a binary COPY begins, and how many bytes stand before its first row."""


def links(session: Session) -> Iterator[list[Links]]:
    """Every event, chain by chain in order, in batches."""
    return _batches(session, _LINKS)


def leaves(session: Session) -> Iterator[list[Leaves]]:
    """Every leaf of the tree in order, with its event, in batches."""
    return _batches(session, _LEAVES)


def ends(session: Session) -> Iterator[tuple[int, str]]:
    """Events and last hash of every chain as its subject claims them, in the same order.

    A case is opened by an event, so it has one; a license may be older than the trail.
    """
    for chain, table, _, key in sorted(SUBJECTS):
        own = " AND chain = :chain" if table == "heads" else ""
        told = "1 = 1" if chain == "case" else "version > 0"
        yield from streamed(
            session,
            f"SELECT version, head FROM {table} WHERE {told}{own} ORDER BY {key}",
            **({"chain": chain} if own else {}),
        )


def take_time(session: Session) -> None:
    """One statement may look at everything: no timeout until the transaction ends."""
    if session.info["sql"] == "postgresql":
        run(session, "SET LOCAL statement_timeout = 0").close()


def counts(session: Session, sealed: int) -> tuple[int, int]:
    """Leaves there are, and events that the first `sealed` of them do not cover."""
    found = rows(
        session,
        "SELECT (SELECT count(*) FROM leaves), (SELECT count(*) FROM events) - (SELECT count(*)"
        " FROM leaves WHERE idx < :size)",
        size=sealed,
    )
    return int(found[0][0]), int(found[0][1])


def false_copy(session: Session) -> bool:
    """True when a column says other than its body.

    Compared where the rows are; the canonical text has its keys in order, so that each part is
    looked for in a short piece of it.
    """
    sqlite = session.info["sql"] == "sqlite"
    find = "instr({}, {})" if sqlite else "strpos({}, {})"
    front = '\'{"action":"\' || action || \'","actor":"\' || actor || \'","actor_kind":"\''
    role = '\'"actor_role":"\' || role || \'","alg":"sha-256","at":"\' || at || \'","\''
    client = "',\"company_id\":' || COALESCE(CAST(company_id AS text), 'null') || ',\"'"
    source = "',\"from\":' || COALESCE('\"' || source || '\"', 'null') || ',\"g'"
    target = "',\"to\":' || COALESCE('\"' || target || '\"', 'null') || ',\"today\":\"'"
    link = '\'"prev":"\' || prev || \'","\''
    number = '\',"seq":\' || CAST(seq AS text) || \',"subject":"\''
    end = "substr(body, length(body) - 300)"
    moved = (
        f"{find.format('body', source)} > 0 AND {find.format(end, target)} > 0"
        " AND case_id = subject_id"
    )
    right = " AND ".join(
        [
            f"substr(body, 1, length({front})) = {front}",
            f"{find.format('substr(body, 1, 400)', role)} > 0",
            f"{find.format('body', client)} > 0",
            f"{find.format(end, link)} > 0",
            f"{find.format(end, number)} > 0",
            f"(chain <> 'case' OR ({moved}))",
        ]
    )
    return row(session, f"SELECT 1 FROM events WHERE NOT ({right}) LIMIT 1") is not None


def clock_back(session: Session) -> bool:
    """True when an event of a chain is earlier than the one before it."""
    found = row(
        session,
        "SELECT 1 FROM events e JOIN events b ON b.chain = e.chain AND b.subject_id = e.subject_id"
        " AND b.seq = e.seq - 1 WHERE e.at < b.at LIMIT 1",
    )
    return found is not None


def _batches(session: Session, what: tuple[str, str]) -> Iterator[list[Any]]:
    driver: Any = driver_of(session)
    columns, source = what
    take_time(session)
    if session.info["sql"] == "sqlite":
        cursor = driver.cursor()
        cursor.execute(f"SELECT {columns.format(**_SQLITE)} FROM {source}")
        while batch := cursor.fetchmany(_BATCH):
            yield batch
        cursor.close()
        return
    query = f"SELECT {columns.format(**_POSTGRESQL)} FROM {source}"
    with driver.cursor() as cursor:
        found: list[Any] = []
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
            for block in copy:
                _parse(bytes(block), found)
                if len(found) >= _BATCH:
                    yield found
                    found = []
        yield found


def _parse(block: bytes, found: list[Any]) -> None:
    """One row of a binary COPY: each field is its length in four bytes, then that many bytes.

    The first is a number of four bytes or a text, the second 64 bytes of hex, the third the body.
    """
    at = _HEADER if block.startswith(_SIGNATURE) else 0
    if len(block) - at <= 2:  # noqa: PLR2004 - the trailer
        return
    at += 6
    size = int.from_bytes(block[at - 4 : at], "big")
    first = block[at : at + size]
    at += size + 4
    hash_ = block[at : at + 64]
    key = int.from_bytes(first, "big") if size == 4 else first  # noqa: PLR2004 - an integer
    found.append((key, hash_, block[at + 68 :]))
