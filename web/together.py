"""Working together on a case: notes, chasing, following; what others did, marked as seen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, get_flashed_messages, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web import absence
from web.access import current_actor, needs
from web.forms import Answers, FormRefused
from web.links import list_link
from web.ports import desk, now
from web.side_bar import asked_of
from web.worklist_row import chase_label
from web.writes import write_once
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Text
from workflow.services import case_view, following, notes
from workflow.services.case_view import CaseView
from workflow.services.following import Note

pages = Blueprint("together", __name__)
_NOTE = Text("备注", "the note")
NOTED, LONGEST = "together", 2000


@pages.post("/cases/<number>/notes")
@needs(*notes.MAY)
def note(number: str) -> ResponseReturnValue:
    """Add a note; the people it names are told. A fault shows the case page with what was typed."""
    form = Answers(request.form, {"text": _NOTE})
    text = form.long("text", limit=LONGEST) or ""
    try:
        form.check()
        told = write_once(
            form.typed("once"),
            {"note": number, "text": text},
            lambda tx, asked: {
                "told": notes.write(
                    tx, number, text, actor=current_actor(), moment=now(), request=asked
                )
            },
        )["told"]
    except FormRefused:
        return _again(number, form)
    except BadInput as error:
        form.take(error)
        return _again(number, form)
    flash({"did": "note", "told": list(told), "number": number}, NOTED)  # type: ignore[arg-type]
    return redirect(url_for("cases.show", number=number, _anchor="notes"), 303)


@pages.post("/cases/<number>/chase/<whom>")
@needs(*notes.MAY)
def chase(number: str, whom: str) -> ResponseReturnValue:
    """Record a chase, once for each form; a case that waits for somebody else says so."""
    if whom not in notes.CHASES:
        raise NotFound
    form = Answers(request.form, {"text": _NOTE})
    text = form.long("text", required=False, limit=LONGEST) or ""
    try:
        form.check()
    except FormRefused:
        return _again(number, form)
    key = form.typed("once")
    write_once(
        f"{key}:{number}:{whom}"[:200] if key else "",
        {"chase": number, "whom": whom, "text": text},
        lambda tx, asked: {
            "version": notes.chase(
                tx, number, whom, actor=current_actor(), moment=now(), text=text, request=asked
            ).version
        },
    )
    return _back(number, whom)


@pages.post("/cases/<number>/follow/<on>")
@needs(*notes.MAY)
def follow(number: str, on: str) -> ResponseReturnValue:
    """Follow a case, or stop following it."""
    if on not in ("yes", "no"):
        raise NotFound
    with desk().database.transaction() as tx:
        following.follow(tx, number, current_actor(), now(), on=on == "yes")
    return _back(number, "follow" if on == "yes" else "unfollow")


@pages.post("/work/seen")
@needs(*notes.MAY)
def seen() -> ResponseReturnValue:
    """What others did up to the newest line in sight is seen; younger things stay new."""
    until = Answers(request.form).typed("until")[:40]
    with desk().database.transaction() as tx:
        following.mark_seen(tx, current_actor(), min(until, now().stamp))
    return redirect(list_link("worklist.show", asked_of(request.form.get("query", ""))), 303)


def _back(number: str, did: str) -> ResponseReturnValue:
    """To the row the button stood in, or to the notes of the case."""
    flash({"did": did, "number": number, "told": []}, NOTED)  # type: ignore[arg-type]
    if "query" in request.form:
        address = list_link("worklist.show", asked_of(request.form["query"]))
        return redirect(f"{address}#c-{number}", 303)
    return redirect(url_for("cases.show", number=number, _anchor="notes"), 303)


def just_told() -> dict[str, Any] | None:
    """What the last note, chase or follow of this person did; told once."""
    found: list[Any] = list(get_flashed_messages(category_filter=[NOTED]))
    return found[-1] if found else None


def _again(number: str, form: Answers) -> ResponseReturnValue:
    from web.case_page import Refused, render_case  # noqa: PLC0415 - it uses this module's words

    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        return render_case(view, Refused("note", form))


def beside(view: CaseView) -> tuple[list[tuple[Note, str]], bool]:
    """The notes of a case with who wrote them, and whether this person follows it."""
    notes_of = view.parts.notes
    return [(n, view.names.get(n.by, (n.by, ""))[0]) for n in notes_of], view.parts.followed


def may_note(view: CaseView) -> bool:
    """True for those who write notes."""
    return view.actor.role in notes.MAY


def may_chase(view: CaseView) -> list[str]:
    """The chases that make sense now."""
    return [kind for kind in notes.CHASES if notes.waits(view.case.turn, kind)]


for rule, endpoint, view, methods in (
    ("/me/absence", "absence", absence.show, ["GET"]),
    ("/me/absence", "enter_absence", absence.enter, ["POST"]),
    ("/me/absence/<int:absence_id>/end", "end_absence", absence.end, ["POST"]),
):
    pages.add_url_rule(rule, endpoint, view, methods=methods)

for _global in (beside, may_note, may_chase, just_told, chase_label):
    pages.add_app_template_global(_global)
