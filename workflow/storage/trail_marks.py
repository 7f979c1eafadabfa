"""Marks beside events: put them, and what is asked of a case to decide on one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import numbers, row, rows, run, streamed

PREPARING = ("open", "prepare", "provide", "answer", "set_facts")
_PREPARING = ", ".join(f"'{action}'" for action in PREPARING)


def put(session: Session, chain: str, subject_id: int, seq: int, marks: Iterable[str]) -> None:
    """Mark one event; a mark it carries already stays one mark."""
    for mark in marks:
        run(
            session,
            "INSERT INTO event_marks (mark, at, id) SELECT CAST(:mark AS text), at, id FROM events"
            " WHERE chain = :chain AND subject_id = :subject AND seq = :seq"
            " ON CONFLICT DO NOTHING",
            mark=mark,
            chain=chain,
            subject=subject_id,
            seq=seq,
        )


def pairs(session: Session) -> Iterator[tuple[Any, ...]]:
    """Events that tell marks or have some, by id: id, body, at, mark, the instant of the mark.

    A mark without an event has neither body nor `at`, an event without a mark no mark.
    """
    told = (
        "instr(e.body, '\"marks\":[')"
        if session.info["sql"] == "sqlite"
        else ("strpos(e.body, '\"marks\":[')")
    )
    return streamed(
        session,
        "SELECT e.id, e.body, e.at, m.mark, m.at FROM events e LEFT JOIN event_marks m"
        f" ON m.id = e.id WHERE {told} > 0 OR m.id IS NOT NULL UNION ALL"
        " SELECT m.id, NULL, NULL, m.mark, m.at FROM event_marks m LEFT JOIN events e"
        " ON e.id = m.id WHERE e.id IS NULL ORDER BY 1, 4",
    )


def prepared_by(session: Session, case_id: int, actor: str) -> bool:
    """True when this person also opened the case, handed in materials or answered in it."""
    found = row(
        session,
        "SELECT 1 FROM events WHERE case_id = :c AND actor = :a"
        f" AND action IN ({_PREPARING}) LIMIT 1",
        c=case_id,
        a=actor,
    )
    return found is not None


@dataclass(frozen=True, slots=True)
class Told:
    """What is counted of an event: when it was, its act, the marks it carries."""

    at: str
    act: str
    marks: frozenset[str]


def acts_and_marks(session: Session, ids: list[int]) -> dict[int, Told]:
    """The instant, the act and the marks of each of these events that is there."""
    listed = numbers(ids)
    found: dict[int, Told] = {}
    for event_id, at, act, mark in rows(
        session,
        "SELECT e.id, e.at, e.action, m.mark FROM events e LEFT JOIN event_marks m ON m.id = e.id"
        f" WHERE e.id IN ({listed})",
    ):
        marks = found[event_id].marks if event_id in found else frozenset()
        found[event_id] = Told(str(at), act, marks | {mark} if mark else marks)
    return found
