"""What others did while a page was open: how many cases moved, how many messages wait."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.procedure import Role
from workflow.services.desk import case_scope
from workflow.storage import register_lists, stories

MOST = 500


def newest(session: Session) -> int:
    """The id of the last event of all, 0 while there is none."""
    return stories.newest_event(session)


def moved(session: Session, actor: Actor, since: int) -> int:
    """Cases of this person's list that others moved after the event `since`.

    A handler's own cases; inside the scope for everybody else. Looks at the newest `MOST` events.
    """
    handler = actor.id if actor.role is Role.HANDLER else None
    return stories.moved_since(
        session, case_scope(actor), since, besides=actor.id, handler_id=handler, most=MOST
    )


def unread(session: Session, actor: Actor) -> int:
    """Messages nobody has read yet."""
    return register_lists.unread(session, int(actor.id)) if actor.id.isdigit() else 0
