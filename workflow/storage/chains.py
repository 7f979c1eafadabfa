"""The trail read chain by chain, beside the head and version its subject claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.domain.audit import Link
from workflow.storage.statements import row, run

_SUBJECTS = (
    ("case", "cases", "number", "id"),
    ("company", "companies", "id", "id"),
    ("license", "licenses", "id", "id"),
    ("account", "heads", "subject_id", "subject_id"),
    ("office", "heads", "subject_id", "subject_id"),
)
"""Chain, the table of its subjects, the column that names one, the column events refer to."""


COPIES = ("company_id", "at", "actor", "actor_role", "action", "from", "to")
"""The fields of a body that stand in columns too, for querying, in the order read here."""


@dataclass(frozen=True, slots=True)
class Copied(Link):
    """A link with the columns that copy fields of its body."""

    copies: tuple[Any, ...] = ()


def each(session: Session) -> Iterator[tuple[str, str, int, list[Copied]]]:
    """Every chain: its name, the head and version its row claims, its events in order."""
    for chain, table, name, key in _SUBJECTS:
        own = " WHERE s.chain = :chain" if table == "heads" else ""
        cursor = run(
            session,
            f"SELECT s.{name}, s.head, s.version, e.seq, e.prev, e.hash, e.body,"
            f" e.company_id, e.at, e.actor, e.role, e.action, e.source, e.target FROM {table} s"
            f" LEFT JOIN events e ON e.chain = :chain AND e.subject_id = s.{key}{own}"
            f" ORDER BY s.{key}, e.seq",
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
    """The first event whose subject is gone, or an empty text."""
    for chain, table, _, key in _SUBJECTS:
        own = " AND s.chain = :chain" if table == "heads" else ""
        found = row(
            session,
            f"SELECT e.subject_id, e.seq FROM events e LEFT JOIN {table} s"
            f" ON s.{key} = e.subject_id{own}"
            f" WHERE e.chain = :chain AND s.{key} IS NULL ORDER BY e.id LIMIT 1",
            chain=chain,
        )
        if found:
            return f"{chain}:{found[0]}:{found[1]}"
    return ""
