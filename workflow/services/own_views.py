"""A person's own views of the worklist and the trail, and the cases they opened last."""

from __future__ import annotations

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.services.desk import case_scope, last_day_of_week
from workflow.services.worklists import whose
from workflow.storage import own
from workflow.storage.own import Beside, Opened, View

__all__ = ["Beside", "Opened", "View"]

RECENT = 3
MOST = 30
PRECHECK = "precheck"
"""The place of a pre-check that was kept: it counts apart from the views of lists."""
_TAKEN = Text("已有同名的视图", "Another view has this name")


def views(session: Session, actor: Actor) -> list[View]:
    """The actor's own views of every list, then those that managers share."""
    return own.views(session, int(actor.id))


def save(
    tx: Session,
    actor: Actor,
    moment: Moment,
    name: str,
    query: str,
    *,
    shared: bool = False,
    place: str = "work",
) -> None:
    """Keep a view under a name; an own one of that name is replaced. Only managers share.

    Raises BadInput beyond the thirtieth, or for the name of a view of another list; RoleMissing
    for a shared one of anybody else.
    """
    if shared and actor.role is not Role.MANAGER:
        raise RoleMissing
    mine = [view for view in views(tx, actor) if view.account_id == int(actor.id)]
    beside = [view for view in mine if (view.place == PRECHECK) == (place == PRECHECK)]
    if len(beside) >= MOST and all(view.name != name for view in mine):
        says = Text(f"最多保存 {MOST} 个视图", f"At most {MOST} views can be saved")
        raise BadInput("name", says)
    if any(view.name == name and view.place != place for view in mine):
        raise BadInput("name", _TAKEN)
    own.save_view(tx, int(actor.id), name, query, shared=shared, at=moment.stamp, place=place)


def rename(tx: Session, actor: Actor, view_id: int, name: str) -> None:
    """Give an own view another name. Raises NotFound, or BadInput for a name already taken."""
    mine = [view for view in views(tx, actor) if view.account_id == int(actor.id)]
    if all(view.id != view_id for view in mine):
        raise NotFound
    if not own.rename_view(tx, int(actor.id), view_id, name):
        raise BadInput("name", _TAKEN)


def remove(tx: Session, actor: Actor, view_id: int) -> None:
    """Remove an own view. Raises NotFound when it is somebody else's or gone."""
    if not own.remove_view(tx, int(actor.id), view_id):
        raise NotFound


def opened(tx: Session, actor: Actor, moment: Moment, number: str) -> None:
    """The actor has opened a case they may see."""
    own.visit(tx, int(actor.id), number, moment.stamp)


def beside(session: Session, actor: Actor, moment: Moment) -> Beside:
    """What stands beside every page, in one statement. Only those with a worklist have views."""
    readers = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
    if not actor.id.isdigit():
        return Beside([], [], [], 0, 0, 0)
    return own.beside(
        session,
        case_scope(actor),
        int(actor.id),
        whose(actor, moment) if actor.role in readers else None,
        until=last_day_of_week(moment.today),
        limit=RECENT,
    )
