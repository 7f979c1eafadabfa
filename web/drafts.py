"""Drafts of long answers, and coming back to a form whose session had ended."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from web.access import EVERYBODY, current_actor, needs
from web.kept_forms import HELD, posted
from web.ports import desk, now
from workflow.domain.procedure import Role
from workflow.services import case_view, drafts
from workflow.services.drafts import Place
from workflow.services.normalize import LONG_LIMIT

pages = Blueprint("drafts", __name__)
_UNSEEN = ("once", "version", "rows", "more")
_WRITERS = (Role.HANDLER, Role.REVIEWER)


@pages.post("/cases/<number>/points/<int:round_no>/<int:no>/draft")
@needs(*_WRITERS)
def keep(number: str, round_no: int, no: int) -> ResponseReturnValue:
    """Keep what is written about one point; nothing on the case changes.

    The page's script asks for it every half minute, the button 保存草稿 without script.
    """
    actor = current_actor()
    with desk().database.transaction() as tx:
        case_view.view(tx, number, actor, now())  # inside the scope, or not found
        text = request.form.get(f"answer-{no}", "")[:LONG_LIMIT]
        drafts.keep(tx, int(actor.id), Place(number, round_no, no), text, now())
    if "HX-Request" in request.headers:
        return render_template("drafts/saved.html", at=now().at)
    return redirect(
        url_for("cases.show", number=number, did="draft", _anchor=f"point-{round_no}-{no}"), 303
    )


@pages.get("/resume")
@needs(*EVERYBODY)
def resume() -> ResponseReturnValue:
    """The form that arrived after the session had ended, ready to be sent once more."""
    with desk().database.reading() as session:
        held = drafts.find(session, int(current_actor().id), HELD)
    if held is None:
        return redirect(url_for("shell.home"), 303)
    return _once_more(json.loads(held.text))


def ask_again() -> ResponseReturnValue | None:
    """A form of our own page with an old token: shown again with a new one. None for strangers."""
    if not current_user.is_authenticated or request.method != "POST":
        return None
    return _once_more(posted()), 400


def _once_more(form: dict[str, Any]) -> str:
    return render_template(
        "drafts/resume.html",
        to=form["to"],
        fields=form["fields"],
        shown=[(n, v) for n, v in form["fields"] if n not in _UNSEEN and v.strip()],
        files=form["files"],
    )


@pages.post("/resume/drop")
@needs(*EVERYBODY)
def drop() -> ResponseReturnValue:
    """Forget the form that was kept."""
    with desk().database.transaction() as tx:
        drafts.drop(tx, int(current_actor().id), HELD)
    return redirect(url_for("shell.home"), 303)


def sent(response: Response) -> Response:
    """After every request: the form that was kept has gone through, so it need not be kept."""
    if request.method == "POST" and response.status_code < 400 and "held" in request.form:  # noqa: PLR2004
        with desk().database.transaction() as tx:
            drafts.drop(tx, int(current_actor().id), HELD)
    return response
