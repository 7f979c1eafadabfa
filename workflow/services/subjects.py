"""What a number names: a case or a license inside the reader's scope."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.services.desk import case_scope
from workflow.storage import reads


def by_number(session: Session, reader: Actor, number: str) -> tuple[str, int] | None:
    """`case` or `license` and its id, None when neither has this number."""
    for chain in ("case", "license"):
        found = reads.numbered(session, chain, number)
        if found is not None and case_scope(reader).allows(found[1]):
            return chain, found[0]
    return None
