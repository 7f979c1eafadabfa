"""What of a case goes on paper: on the trail when it is printed, by our button or the browser's."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web import downloads
from web.access import current_actor, needs
from web.case_page import READERS
from web.downloads import Leaving
from web.ports import desk, now
from workflow.services import case_view

PAPERS = {
    "summary": ("case_print", "cases.show"),
    "index": ("index_print", "cases.pack"),
    "letter": ("letter_print", "silent.letter"),
}
"""What may be printed -> how the trail names it, and its page."""


@needs(*READERS)
def tell(number: str, paper: str) -> ResponseReturnValue:
    """Told before it is printed; a script that prints by itself is answered with nothing."""
    if paper not in PAPERS:
        raise NotFound
    what, page = PAPERS[paper]
    with desk().database.reading() as session:
        company_id = case_view.view(session, number, current_actor(), now()).case.company_id
    downloads.tell(Leaving(what, 1, number, company_id))
    if request.headers.get("HX-Request"):
        return "", 204
    return redirect(url_for(page, number=number, printed=1), 303)
