"""Saving the worklist as it stands under a name; renaming and removing what was saved."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

from web.access import current_actor
from web.forms import Answers, FormRefused
from web.links import list_link
from web.ports import desk, now
from web.side_bar import asked_of
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Role, Text
from workflow.services import own_views

_NAME = Text("视图名称", "the name of the view")
LONGEST_NAME = 40


def save() -> Answers | str:
    """Keep the posted view; the address it is at, or the form with what is wrong with it."""
    form = Answers(request.form, {"name": _NAME})
    asked = asked_of(form.typed("query"))
    shared = form.ticked("shared") and current_actor().role is Role.MANAGER
    name = form.line("name", limit=LONGEST_NAME)
    try:
        form.check()
        with desk().database.transaction() as tx:
            own_views.save(tx, current_actor(), now(), name or "", urlencode(asked), shared=shared)
    except BadInput as error:
        form.take(error)
        return form
    except FormRefused:
        return form
    return list_link("worklist.show", asked)


def change(view_id: int) -> Answers | str:
    """Rename a view, or remove it with the button of that name; the same answers as saving."""
    form = Answers(request.form, {"name": _NAME})
    asked = asked_of(form.typed("query"))
    try:
        with desk().database.transaction() as tx:
            if form.ticked("remove"):
                own_views.remove(tx, current_actor(), view_id)
            else:
                name = form.line("name", limit=LONGEST_NAME)
                form.check()
                own_views.rename(tx, current_actor(), view_id, name or "")
    except NotFound:
        return list_link("worklist.show", asked)  # gone already: removed in another window
    except BadInput as error:
        form.take(error)
        return form
    except FormRefused:
        return form
    return list_link("worklist.show", asked)
