"""What stands around a place where the trail does not hold, as it is stored now."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from workflow.storage.chains import SUBJECTS
from workflow.storage.statements import rows
from workflow.storage.tree import KEPT

Row = dict[str, Any]
SPAN = 3
"""Neighbors on either side."""
_EVENT = ("event", "chain", "subject_id", "seq", "at", "actor", "action", "prev", "hash", "body",
          "leaf", "leaf_hash")  # fmt: skip
_LEAF = ("leaf", "event", "leaf_hash")
_NOTE = ("checkpoint", "size", "root", "at", "previous", "hash", "key", "note")
_EVENTS = (
    "SELECT e.id, e.chain, e.subject_id, e.seq, e.at, e.actor, e.action, e.prev, e.hash, e.body,"
    " l.idx, l.hash FROM events e LEFT JOIN leaves l ON l.event_id = e.id"
)


def subject(session: Session, chain: str, name: str) -> list[Row]:
    """The subject of a chain as its row says: id, number of events, last hash."""
    known = next((found for found in SUBJECTS if found[0] == chain), None)
    if known is None or (known[2] != "number" and not name.isdecimal()):
        return []
    _, table, column, key = known
    own = " AND chain = :chain" if table == "heads" else ""
    value: int | str = name if column == "number" else int(name)
    found = rows(
        session,
        f"SELECT {key}, version, head FROM {table} WHERE {column} = :name{own}",
        name=value,
        **({"chain": chain} if own else {}),
    )
    return _named(("subject_id", "version", "head"), found)


def events_around(session: Session, chain: str, subject_id: int, seq: int) -> list[Row]:
    """The events of a chain about one place."""
    where = "e.chain = :chain AND e.subject_id = :i AND e.seq BETWEEN :first AND :last"
    sql = f"{_EVENTS} WHERE {where} ORDER BY e.seq, e.id"
    return _around(session, _EVENT, sql, seq, chain=chain, i=subject_id)


def events_named(session: Session, chain: str, name: str, seq: int) -> list[Row]:
    """The same in one question, by the name that a break gives the subject: nothing for none."""
    is_case = chain == "case"
    if not is_case and not name.isdecimal():
        return []
    subject_id = "(SELECT id FROM cases WHERE number = :i)" if is_case else ":i"
    where = f"e.chain = :chain AND e.subject_id = {subject_id} AND e.seq BETWEEN :first AND :last"
    sql = f"{_EVENTS} WHERE {where} ORDER BY e.seq, e.id"
    return _around(session, _EVENT, sql, seq, chain=chain, i=name if is_case else int(name))


def leaves_around(session: Session, idx: int) -> list[Row]:
    """The leaves of the tree about one place."""
    sql = "SELECT idx, event_id, hash FROM leaves WHERE idx BETWEEN :first AND :last ORDER BY idx"
    return _around(session, _LEAF, sql, idx)


def checkpoints_around(session: Session, id_: int | None) -> list[Row]:
    """The checkpoints about one of them; the last ones without."""
    if id_ is None:
        return _named(_NOTE, rows(session, f"{KEPT} ORDER BY id DESC LIMIT {SPAN}"))
    return _around(session, _NOTE, f"{KEPT} WHERE id BETWEEN :first AND :last ORDER BY id", id_)


def values_like(session: Session, start: str) -> list[Row]:
    """Commitments that begin so: of which field, whether the value is there; never the value."""
    found = rows(
        session,
        "SELECT p.commitment, p.field, CASE WHEN p.value IS NULL THEN 0 ELSE 1 END, r.seq"
        " FROM personal_values p LEFT JOIN removals r ON r.kind = 'value'"
        " AND r.what = p.commitment WHERE p.commitment >= :first AND p.commitment <= :last",
        first=start,
        last=f"{start}g",
    )
    return _named(("commitment", "field", "value_present", "removed_by"), found)


def _around(
    session: Session,
    names: tuple[str, ...],
    sql: str,
    place: int,
    **more: Any,  # noqa: ANN401 - parameters
) -> list[Row]:
    return _named(names, rows(session, sql, first=place - SPAN, last=place + SPAN, **more))


def _named(names: tuple[str, ...], found: Any) -> list[Row]:  # noqa: ANN401 - rows
    return [dict(zip(names, values, strict=True)) for values in found]
