"""The trail read chain by chain, beside the head and version its subject claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.domain.audit import Link
from workflow.storage.statements import row, run

_SUBJECTS = (
    ("case", "cases", "number"),
    ("company", "companies", "id"),
    ("license", "licenses", "id"),
)


COPIES = ("company_id", "at", "actor", "actor_role", "action", "from", "to")
"""The fields of a body that stand in columns too, for querying, in the order read here."""


@dataclass(frozen=True, slots=True)
class Copied(Link):
    """A link with the columns that copy fields of its body."""

    copies: tuple[Any, ...] = ()


def each(session: Session) -> Iterator[tuple[str, str, int, list[Copied]]]:
    """Every chain: its name, the head and version its row claims, its events in order."""
    for chain, table, name in _SUBJECTS:
        cursor = run(
            session,
            f"SELECT s.{name}, s.head, s.version, e.seq, e.prev, e.hash, e.body,"
            f" e.company_id, e.at, e.actor, e.role, e.action, e.source, e.target FROM {table} s"
            " LEFT JOIN events e ON e.chain = :chain AND e.subject_id = s.id"
            " ORDER BY s.id, e.seq",
            chain=chain,
        )
        current: tuple[str, str, int] | None = None
        links: list[Copied] = []
        while batch := cursor.fetchmany(1000):
            for subject, head, version, *event in batch:
                if current is None or current[0] != f"{chain}:{subject}":
                    if current:
                        yield (*current, links)
                    current, links = (f"{chain}:{subject}", head, version), []
                if event[0] is not None:
                    seq, prev, hash_, body, *copies = event
                    links.append(Copied(seq, prev, hash_, body, tuple(copies)))
        cursor.close()
        if current:
            yield (*current, links)


def without_subject(session: Session) -> str:
    """The first event whose case, company or license is gone, or an empty text."""
    for chain, table, _ in _SUBJECTS:
        found = row(
            session,
            f"SELECT e.subject_id, e.seq FROM events e LEFT JOIN {table} s ON s.id = e.subject_id"
            " WHERE e.chain = :chain AND s.id IS NULL ORDER BY e.id LIMIT 1",
            chain=chain,
        )
        if found:
            return f"{chain}:{found[0]}:{found[1]}"
    return ""
