"""The worklist: what to do next, by urgency; every figure opens the cases behind it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web import saved_views, worklist_bulk, worklist_export
from web.access import EVERYBODY, current_actor, needs
from web.actions import Refusal
from web.bookmarks import carries, pass_over
from web.downloads import FORMS
from web.forms import Answers
from web.i18n import language
from web.links import kept_filters
from web.ports import desk, now
from web.side_bar import asked_of, beside, keep_side
from web.wording import weekday
from web.worklist_filters import (
    KEPT,
    OFFERED,
    PLACE,
    beside_page,
    built_in,
    chips_of,
    choices_of,
    groups_of,
    link_with,
    read_page,
    views_of,
    wanted_of,
    wanted_renewal,
)
from web.worklist_marks import marks
from web.worklist_overview import GROUPS, fortnight_of, tiles_of
from web.worklist_row import chase_of, next_button, steps_done
from web.worklist_step import just_done, take, unfold
from web.writes import fresh_key
from workflow.domain.procedure import Role
from workflow.services import calendars, following, judging
from workflow.services import desk as desk_service
from workflow.services.bulk import ACTS
from workflow.services.desk import BUCKETS, Entry
from workflow.services.to_renew import to_renew

pages = Blueprint("worklist", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)


@pages.get("/")
@needs(*EVERYBODY)
def root() -> ResponseReturnValue:
    """The bare address: the worklist, or for those who have none their first page."""
    return show() if current_actor().role in READERS else redirect(url_for("shell.home"), 303)


@pages.get("/work")
@needs(*READERS)
@carries({**OFFERED, "all": BUCKETS})
def show() -> ResponseReturnValue:
    """A handler's own cases, a reviewer's packs to review, a manager's team.

    `open` names a case whose row is unfolded; alone, for a script, that row is the answer.
    """
    with desk().database.reading() as session:
        asked_row = request.headers.get("HX-Target", "").removeprefix("c-")
        if "HX-Request" in request.headers and asked_row:
            return _row(session, asked_row, unfolded=bool(request.args.get("open")))
        return _page(session, request.args.get("open", ""))


@pages.post("/work/<number>/<trigger>")
@needs(*READERS)
def act(number: str, trigger: str) -> ResponseReturnValue:
    """Take the next act of a row in place; back to the same place of the same list."""
    refusal = take(number, trigger)
    scripted = "HX-Request" in request.headers
    if refusal is None and not scripted:
        return redirect(_back(number), 303)
    with desk().database.reading() as session:
        if scripted:
            return _row(session, number, refusal, trigger, unfolded=refusal is not None)
        return _page(session, number, refusal, trigger)


@pages.post("/work/views")
@needs(*READERS)
def save_view() -> ResponseReturnValue:
    """Keep the list as it stands, filters and shape, under a name."""
    return _after_view(saved_views.save(saved_views.WORK_LIST))


@pages.post("/work/views/<int:view_id>")
@needs(*READERS)
def change_view(view_id: int) -> ResponseReturnValue:
    """Rename or remove a view of one's own."""
    return _after_view(saved_views.change(saved_views.WORK_LIST, view_id))


@pages.get("/work/bulk")
@needs(*READERS)
@carries({**OFFERED, "do": ACTS})
def bulk() -> ResponseReturnValue:
    """What an act would do to each of the ticked cases."""
    with desk().database.reading() as session:
        return worklist_bulk.show(session)


@pages.post("/work/bulk")
@needs(*READERS)
def take_in_bulk() -> ResponseReturnValue:
    """Take the act on each of them, with a result for each."""
    return worklist_bulk.run()


@pages.get("/work/export")
@needs(*READERS)
@carries({**OFFERED, "form": FORMS}, file=True)
def export() -> ResponseReturnValue:
    """The list of this address, or its ticked cases, as a file."""
    return worklist_export.export()


def _after_view(found: Answers | str) -> ResponseReturnValue:
    if isinstance(found, str):
        return redirect(found, 303)
    with desk().database.reading() as session:
        return _page(session, "", view_form=found)


def _back(number: str) -> str:
    return f"{link_with()}#c-{number}"


def _row(
    session: Session,
    number: str,
    refusal: Refusal | None = None,
    trigger: str = "",
    *,
    unfolded: bool,
) -> ResponseReturnValue:
    """One row alone, as the script swaps it in."""
    entry = desk_service.entry_of(session, current_actor(), now(), number)
    done = None
    if request.method == "POST" and refusal is None:
        done = just_done(session, list(read_page(session, request.args).entries))
    body = render_template(
        "worklist/row.html",
        entry=entry,
        opened=unfold(session, entry, refusal, trigger) if unfolded else None,
        folds=request.method == "POST" or not unfolded,
        done=done,
        **_of_rows(session, [entry]),
    )
    return make_response(body, refusal.status if refusal else 200)


def _of_rows(session: Session, entries: Iterable[Entry]) -> dict[str, object]:
    role = current_actor().role
    return {
        "because": following.returned_because(session, entries),
        "step_of": lambda entry: next_button(entry, role),
        "steps_done": steps_done,
        "link_with": link_with,
        "kept": kept_filters((*KEPT, *PLACE)),
        "query": urlencode(kept_filters(KEPT)),
        "marks": marks(),
        "chase_of": chase_of,
        "chooses": True,
        "ticked": request.args.get("tick") == "page",
    }


def _page(
    session: Session,
    number: str,
    refusal: Refusal | None = None,
    trigger: str = "",
    view_form: Answers | None = None,
) -> ResponseReturnValue:
    """The whole page; with a row unfolded, or the form of a view that could not be kept."""
    actor, asked = current_actor(), request.args
    own = built_in(actor.role)
    saved = [asked_of(view.query) for view in beside(session).views]
    many = [*({"view": name} for name, _ in own), *saved]
    page = read_page(session, asked, [wanted_of(one) for one in many])
    renewals = to_renew(session, actor, now())
    told = actor.role is Role.MANAGER
    entries = list(page.entries)
    if refusal and all(entry.line.number != number for entry in entries):
        entries.insert(0, desk_service.entry_of(session, actor, now(), number))
    first = not page.skipped
    lines = [line for line in renewals if first and wanted_renewal(line, asked)]
    row = next((entry for entry in entries if entry.line.number == number), None)
    if number and row is None:
        pass_over("open", number)
    side = keep_side(page.counts[len(own) :])
    views = views_of(actor.role, page.counts[: len(own)], len(renewals), asked)
    earlier, later = beside_page(page)
    body = render_template(
        "worklist/show.html",
        figures=page.figures,
        page=page,
        earlier=earlier,
        later=later,
        renewals=renewals,
        found=page.found + len(lines),
        groups=groups_of(entries, lines, asked),
        looks=GROUPS,
        tiles=tiles_of(page.figures, renewals),
        fortnight=fortnight_of(page.figures, renewals, judging.calendar_in_use(session)),
        missing_year=calendars.missing_year(session, now().today) if told else None,
        views=[
            *views,
            *((saved_views.typed(v.view.name), v.address, v.count, v.here) for v in side.views),
        ],
        saved=side.views,
        choices=choices_of(page),
        chosen={name: asked.get(name, "") for name in KEPT},
        chips=chips_of(asked),
        opened=unfold(session, row, refusal, trigger) if row else None,
        done=just_done(session, entries),
        row_key=fresh_key(),
        entries_shown=page.found,
        view_form=view_form,
        weekday=lambda day: weekday(day)[: 3 if language() == "en" else 2],
        **_of_rows(session, entries),
    )
    status = refusal.status if refusal else 422 if view_form else 200
    return make_response(body, status)
