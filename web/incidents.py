"""A message that was not delivered: have it tried again, or say it is handled."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web.access import current_actor, needs
from web.headers import request_id
from web.ports import desk, now, ring
from workflow.domain.procedure import Role
from workflow.services import incident_acts
from workflow.services.sealing import Request

pages = Blueprint("incidents", __name__)
ACTS = {"retry": incident_acts.retry, "handled": incident_acts.mark_handled}


@pages.post("/cases/<number>/incidents/<int:outbox_id>/<act>")
@needs(Role.HANDLER, Role.REVIEWER, Role.MANAGER)
def settle(number: str, outbox_id: int, act: str) -> ResponseReturnValue:
    """Take one of the two acts; both are on the trail."""
    if act not in ACTS:
        raise NotFound
    with desk().database.transaction() as tx:
        ACTS[act](
            tx,
            number,
            outbox_id,
            actor=current_actor(),
            moment=now(),
            request=Request(request_id()),
        )
    if act == "retry":
        ring()
    return redirect(url_for("cases.show", number=number), 303)
