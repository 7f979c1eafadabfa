"""What was escalated to a manager lately, as the words of one banner."""

from __future__ import annotations

from sqlmodel import Session

from web.case_words import deadline_name
from web.ports import now
from workflow.domain.acting import Actor
from workflow.domain.procedure import Role, Text
from workflow.services import escalations


def escalated_to(session: Session, actor: Actor) -> list[tuple[Text, int]]:
    """Each deadline and on how many licenses and cases it was; nothing for who manages nobody."""
    if actor.role is not Role.MANAGER:
        return []
    found = escalations.lately(session, actor, now())
    return [(deadline_name(line.deadline), line.licenses + line.cases) for line in found]
