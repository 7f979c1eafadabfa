"""Drafts of long answers, and coming back to a form whose session had ended."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_security import current_user

from web.access import EVERYBODY, current_actor, needs
from web.field_words import field_word
from web.kept_forms import HELD, posted
from web.ports import desk, now
from workflow.domain.procedure import Role
from workflow.services import case_view, drafts
from workflow.services.drafts import Place
from workflow.services.normalize import LONG_LIMIT

pages = Blueprint("drafts", __name__)
_UNSEEN = ("once", "version", "rows", "more")
NAMED: Mapping[str, LazyString] = {
    "answer": lazy_gettext("答复内容"), "note": lazy_gettext("备注"), "q": lazy_gettext("搜索"),
}  # fmt: skip
"""Fields of forms that the trail never names."""
_COUNT = re.compile(r"-\d+$")
_CASE = re.compile(r"/(?:cases|reviews)/([A-Z]+-\d{4}-\d+)")
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
    """The forms that arrived after the session had ended, each ready to be sent once more."""
    with desk().database.reading() as session:
        kept = drafts.kept(session, int(current_actor().id), HELD)
    if not kept:
        return redirect(url_for("shell.home"), 303)
    return _once_more({draft.place.removeprefix(HELD): json.loads(draft.text) for draft in kept})


def ask_again() -> ResponseReturnValue | None:
    """A form of our own page with an old token: shown again with a new one. None for strangers."""
    if not current_user.is_authenticated or request.method != "POST":
        return None
    return _once_more({"": posted()}), 400


def _once_more(forms: dict[str, dict[str, Any]]) -> str:
    return render_template("drafts/resume.html", forms=forms, shown=_shown, about=_about)


def _shown(form: dict[str, Any]) -> list[tuple[str, str]]:
    """What the person typed or chose, each with the name of its field."""
    return [
        (NAMED.get(_COUNT.sub("", name)) or field_word(_COUNT.sub("", name)), value)
        for name, value in form["fields"]
        if name not in _UNSEEN and value.strip()
    ]


def _about(form: dict[str, Any]) -> str:
    """The number of the case the form is about, empty for another page."""
    found = _CASE.match(form["to"])
    return found[1] if found else ""


@pages.post("/resume/drop")
@needs(*EVERYBODY)
def drop() -> ResponseReturnValue:
    """Forget one form that was kept; back to the others."""
    with desk().database.transaction() as tx:
        drafts.drop(tx, int(current_actor().id), HELD + request.form.get("held", ""))
    return redirect(url_for(".resume"), 303)


def sent(response: Response) -> Response:
    """After every request: the form that was kept has gone through, so it need not be kept."""
    if request.method == "POST" and response.status_code < 400 and "held" in request.form:  # noqa: PLR2004
        with desk().database.transaction() as tx:
            drafts.drop(tx, int(current_actor().id), HELD + request.form["held"])
    return response
