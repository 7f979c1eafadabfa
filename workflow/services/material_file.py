"""One file of one case, for who may see the case."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.errors import NotFound
from workflow.services.desk import case_scope
from workflow.storage import reads, stories
from workflow.storage.stories import VersionLine

__all__ = ["VersionLine", "version_of"]


def version_of(
    session: Session, number: str, version_id: int, actor: Actor
) -> tuple[VersionLine, int]:
    """One material version of a case the actor may see, and its client. Raises NotFound."""
    case = reads.case_by_number(session, number)
    if not case_scope(actor).allows(case.company_id):
        raise NotFound
    found = stories.material_version(session, case.id, version_id)
    if found is None:
        raise NotFound
    return found, case.company_id
