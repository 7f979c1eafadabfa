"""The page on which a client company is chosen, carrying along what was said of the application."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor
from web.forms import Answers
from web.keys import page_key
from web.ports import desk
from workflow.services import lists
from workflow.services.normalize import FormError, words


def clients_page(
    template: str, here: str, onward: str, kept: list[tuple[str, str]]
) -> ResponseReturnValue:
    """The clients in scope, sought by the words in the address.

    `here` is the endpoint of this page, `onward` takes the client that is chosen; both get `kept`.
    """
    form = Answers(request.args)
    try:
        sought = words(form.typed("q"), "q")
    except FormError as error:
        form.errors.append(error)
        sought = ""
    with desk().database.reading() as session:
        found = lists.client_companies(
            session, current_actor(), words=sought, after=page_key(form.typed("after")) or 0
        )

    def address(endpoint: str, **more: str | int) -> str:
        return url_for(endpoint) + "?" + urlencode([*kept, *more.items()])

    full = len(found) == lists.PAGE
    body = render_template(
        template,
        form=form,
        clients=found,
        kept=kept,
        here=url_for(here),
        pick=lambda client_id: address(onward, company=client_id),
        all=address(here),
        following=address(here, q=sought, after=found[-1].id) if full else None,
    )
    return make_response(body)
