"""The whole trail as bytes, as fast as each database gives it out: for a check that all is well.

Nothing is decoded and no row becomes an object: a verifier hashes the bytes as they lie.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlmodel import Session

from workflow.storage.chains import SUBJECTS
from workflow.storage.statements import driver_of, numbers, row, run, streamed

Parts = Collection[int]
Row = tuple[int, bytes, bytes, bytes, bytes | None, bytes, bytes]
"""Number in its chain, previous hash and hash in hex, instant, leaf in hex when it has one, the
body, and the columns that copy it, one a line."""
PARTS = 4
"""Chains are shared out by the number of their subject, so that two cores may work at once."""
_COLUMNS = (
    "e.action",
    "e.actor",
    "e.role",
    "COALESCE(CAST(e.company_id AS text), 'null')",
    "COALESCE(e.source, '')",
    "COALESCE(e.target, '')",
    """CASE WHEN e.chain = 'case' AND e.case_id = e.subject_id
    OR e.chain <> 'case' AND e.case_id IS NULL THEN e.chain ELSE '' END""",
)
_ROWS = (
    "SELECT e.seq, {prev}, {hash}, {at}, (SELECT {leaf} FROM leaves l WHERE l.event_id = e.id),"
    " {body}, {said} FROM events e{where} ORDER BY e.chain, e.subject_id, e.seq"
)
_BATCH, _MOST_KNOWN = 500, 10_000
_SORTED_AT_ONCE = "64MB"
"""What PostgreSQL sorts in memory; the rest of a long trail it sorts on the disk."""
_SIGNATURE, _HEADER, _NULL = b"PGCOPY\n\xff\r\n\0", 19, b"\xff" * 4
"""How a binary COPY begins, how many bytes stand before its first row, a length of nothing."""


def ends(session: Session, parts: Parts) -> Iterator[tuple[str, str, int, str]]:
    """Chain, subject, events and last hash as each subject of these parts claims, in that order.

    A case is opened by an event, so it has one; a license may be older than the trail.
    """
    take_time(session)
    for chain, table, name, key in sorted(SUBJECTS):
        own = " AND chain = :chain" if table == "heads" else ""
        told = "" if chain == "case" else " AND version > 0"
        for subject, version, head in streamed(
            session,
            f"SELECT {name}, version, head FROM {table} WHERE abs({key}) % {PARTS} IN"
            f" ({numbers(parts)}){told}{own} ORDER BY {key}",
            **({"chain": chain} if own else {}),
        ):
            yield chain, str(subject), version, head


def take_time(session: Session) -> None:
    """One statement may look at everything, or wait: no timeout until the transaction ends."""
    if session.info["sql"] == "postgresql":
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            run(session, f"SET LOCAL {name} = 0").close()


def unsealed(session: Session, sealed: int) -> int:
    """How many events the first `sealed` leaves do not cover."""
    found = row(
        session,
        "SELECT (SELECT count(*) FROM events) - (SELECT count(*) FROM leaves WHERE idx < :size)",
        size=sealed,
    )
    return int((found or (0,))[0])


def told(session: Session, parts: Parts = range(PARTS)) -> Iterator[list[Row]]:
    """Every event of these parts of the chains, chain by chain in order, in batches."""
    driver: Any = driver_of(session)
    take_time(session)
    if session.info["sql"] == "sqlite":
        cursor = driver.cursor()
        said = " || '\n' || ".join(_COLUMNS)
        cursor.execute(_query("CAST({} AS BLOB)", f"CAST({said} AS BLOB)", parts))
        while batch := cursor.fetchmany(_BATCH):
            yield batch
        cursor.close()
        return
    run(session, f"SET LOCAL work_mem = '{_SORTED_AT_ONCE}'").close()
    query = _query("{}", ", ".join(_COLUMNS), parts)
    known: dict[bytes, bytes] = {}
    with driver.cursor() as cursor:
        found: list[Row] = []
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
            for block in copy:
                _parse(bytes(block), found, known)
                if len(found) >= _BATCH:
                    yield found
                    found = []
        yield found


def _query(as_bytes: str, said: str, parts: Parts) -> str:
    """The statement of one database, which gives texts out as bytes in its own words."""
    names = {n: as_bytes.format(f"e.{n}") for n in ("prev", "hash", "at", "body")}
    where = (
        f" WHERE abs(e.subject_id) % {PARTS} IN ({numbers(parts)})" if len(parts) < PARTS else ""
    )
    names |= {"leaf": as_bytes.format("l.hash"), "said": said}
    return _ROWS.format(**names, where=where)


def _parse(block: bytes, found: list[Row], known: dict[bytes, bytes]) -> None:
    """One row of a binary COPY: each field is its length in four bytes, then that many bytes.

    Texts come as they are sent to any client, in UTF-8; in another encoding no hash would agree.

    A number of four bytes, twice 64 bytes of hex, an instant of 27, 64 bytes more or none (the
    length is -1 then), the body, columns. What has another length is not sound.
    """
    at = _HEADER if block.startswith(_SIGNATURE) else 0
    if len(block) - at <= 2:  # noqa: PLR2004 - the trailer
        return
    leaf, start = None, at + 181
    if block[start - 4 : start] != _NULL:
        leaf, start = block[start : start + 64], start + 64
    body = start + 4 + int.from_bytes(block[start : start + 4], "big")
    columns = block[body:]
    found.append(
        (
            int.from_bytes(block[at + 6 : at + 10], "big"),
            block[at + 14 : at + 78],
            block[at + 82 : at + 146],
            block[at + 150 : at + 177],
            leaf,
            block[start + 4 : body],
            known.get(columns) or _said(columns, known),
        )
    )


def _said(columns: bytes, known: dict[bytes, bytes]) -> bytes:
    """The columns a line each, as SQLite gives them out; few sets of them recur all the time."""
    if len(known) > _MOST_KNOWN:
        known.clear()
    fields, at = [], 0
    while at < len(columns):
        end = at + 4 + int.from_bytes(columns[at : at + 4], "big")
        fields.append(columns[at + 4 : end])
        at = end
    known[columns] = b"\n".join(fields)
    return known[columns]
