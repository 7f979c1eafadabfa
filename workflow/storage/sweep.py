"""The whole trail as bytes, as fast as each database gives it out: for a check that all is well.

Nothing is decoded and no row becomes an object: a verifier hashes the bytes as they lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from workflow.storage.chains import SUBJECTS
from workflow.storage.statements import driver_of, row, run, streamed

Row = tuple[int, bytes, bytes | None, bytes]
"""Number in its chain, hash in hex, leaf in hex when it has one, body."""
PARTS = 2
"""Chains are shared out by the number of their subject, so that two cores may work at once."""
_ROWS = (
    "SELECT e.seq, {hash}, (SELECT {leaf} FROM leaves l WHERE l.event_id = e.id), {body}"
    " FROM events e{where} ORDER BY e.chain, e.subject_id, e.seq"
)
_SQLITE = {
    "hash": "CAST(e.hash AS BLOB)",
    "leaf": "CAST(l.hash AS BLOB)",
    "body": "CAST(e.body AS BLOB)",
}
_POSTGRESQL = {
    "hash": "convert_to(e.hash, 'UTF8')",
    "leaf": "convert_to(l.hash, 'UTF8')",
    "body": "convert_to(e.body, 'UTF8')",
}
_BATCH = 500
_SIGNATURE, _HEADER, _NULL = b"PGCOPY\n\xff\r\n\0", 19, b"\xff" * 4
"""How a binary COPY begins, how many bytes stand before its first row, a length of nothing."""


def ends(session: Session, part: int) -> Iterator[tuple[int, str]]:
    """Events and last hash of every chain of a part as its subject claims them, in that order.

    A case is opened by an event, so it has one; a license may be older than the trail.
    """
    for chain, table, _, key in sorted(SUBJECTS):
        own = " AND chain = :chain" if table == "heads" else ""
        told = "" if chain == "case" else " AND version > 0"
        yield from streamed(
            session,
            f"SELECT version, head FROM {table} WHERE abs({key}) % {PARTS} = :part{told}{own}"
            f" ORDER BY {key}",
            part=part,
            **({"chain": chain} if own else {}),
        )


def take_time(session: Session) -> None:
    """One statement may look at everything: no timeout until the transaction ends."""
    if session.info["sql"] == "postgresql":
        run(session, "SET LOCAL statement_timeout = 0").close()


def leaves(session: Session) -> int:
    """How many leaves there are."""
    return int((row(session, "SELECT count(*) FROM leaves") or (0,))[0])


def unsealed(session: Session, sealed: int) -> int:
    """How many events the first `sealed` leaves do not cover."""
    found = row(
        session,
        "SELECT (SELECT count(*) FROM events) - (SELECT count(*) FROM leaves WHERE idx < :size)",
        size=sealed,
    )
    return int((found or (0,))[0])


def false_copy(session: Session) -> bool:
    """True when a column says other than its body, or the body is of another chain.

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
    named = (
        "COALESCE((SELECT number FROM cases WHERE id = subject_id AND chain = 'case'),"
        " CAST(subject_id AS text))"
    )
    number = f"""',"seq":' || CAST(seq AS text) || ',"subject":"' || {named} || '","'"""
    case = f"""CASE chain WHEN 'case' THEN '"' || {named} || '"' ELSE 'null' END"""
    whose = f"""',"case_id":' || {case} || ',"chain":"' || chain || '","'"""
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
            f"{find.format('body', whose)} > 0",
            f"(chain <> 'case' AND case_id IS NULL OR chain = 'case' AND {moved})",
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


def told(session: Session, part: int | None = None) -> Iterator[list[Row]]:
    """Every event (of one part of the chains), chain by chain in order, in batches."""
    driver: Any = driver_of(session)
    where = "" if part is None else f" WHERE abs(e.subject_id) % {PARTS} = {part}"
    take_time(session)
    if session.info["sql"] == "sqlite":
        cursor = driver.cursor()
        cursor.execute(_ROWS.format(**_SQLITE, where=where))
        while batch := cursor.fetchmany(_BATCH):
            yield batch
        cursor.close()
        return
    query = _ROWS.format(**_POSTGRESQL, where=where)
    with driver.cursor() as cursor:
        found: list[Row] = []
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
            for block in copy:
                _parse(bytes(block), found)
                if len(found) >= _BATCH:
                    yield found
                    found = []
        yield found


def _parse(block: bytes, found: list[Row]) -> None:
    """One row of a binary COPY: each field is its length in four bytes, then that many bytes.

    A number of four bytes, 64 bytes of hex, 64 more or none (its length is -1 then), the body.
    """
    at = _HEADER if block.startswith(_SIGNATURE) else 0
    if len(block) - at <= 2:  # noqa: PLR2004 - the trailer
        return
    seq, hash_ = int.from_bytes(block[at + 6 : at + 10], "big"), block[at + 14 : at + 78]
    at += 82
    if block[at - 4 : at] == _NULL:
        found.append((seq, hash_, None, block[at + 4 :]))
    else:
        found.append((seq, hash_, block[at : at + 64], block[at + 68 :]))
