"""Progress: one page for each piece of long work, with its bar, a way to end it, and its file."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import downloads
from web.access import EVERYBODY, current_actor, needs
from web.bookmarks import a_row, carries
from web.downloads import Leaving
from web.keys import page_key
from web.ports import desk, now, ring
from web.writes import instant
from workflow.services import long_work
from workflow.services.long_kinds import KINDS

pages = Blueprint("long_work", __name__)


@pages.get("/progress")
@needs(*EVERYBODY)
@carries({"before": a_row})
def index() -> str:
    """One's own work, the newest first."""
    before = page_key(request.args.get("before"))
    with desk().database.reading() as session:
        found = long_work.recent(session, current_actor(), now(), before=before)
    return render_template(
        "long_work/index.html",
        works=found,
        kinds=KINDS,
        instant=instant,
        paged=before is not None,
        following=found[-1].id if len(found) == long_work.PAGE else None,
    )


@pages.get("/progress/<int:work_id>")
@needs(*EVERYBODY)
def show(work_id: int) -> str:
    """How far it is: the page asks again by itself while the work may still move."""
    with desk().database.reading() as session:
        work = long_work.show(session, work_id, actor=current_actor(), moment=now())
    return render_template(
        "long_work/show.html",
        work=work,
        kind=KINDS[work.kind],
        instant=instant,
        mine=str(work.account_id) == current_actor().id,
    )


@pages.post("/progress/<int:work_id>/cancel")
@needs(*EVERYBODY)
def cancel(work_id: int) -> ResponseReturnValue:
    """End it where it is."""
    with desk().database.transaction() as tx:
        long_work.cancel(tx, work_id, actor=current_actor(), moment=now())
    return redirect(url_for(".show", work_id=work_id), 303)


@pages.post("/progress/<int:work_id>/retry")
@needs(*EVERYBODY)
def retry(work_id: int) -> ResponseReturnValue:
    """Try failed work again from where it came to."""
    with desk().database.transaction() as tx:
        long_work.retry(tx, work_id, actor=current_actor())
    ring()
    return redirect(url_for(".show", work_id=work_id), 303)


@pages.get("/progress/<int:work_id>/file")
@needs(*EVERYBODY)
def file(work_id: int) -> ResponseReturnValue:
    """The file that was made, for the person who asked, until its day."""
    with desk().database.reading() as session:
        work = long_work.file_of(session, work_id, actor=current_actor(), moment=now())
    downloads.tell(Leaving(work.kind, int(work.figures.get("count", 1)), work.file_name))
    answer = Response(long_work.parts(desk().database, work.id), mimetype=work.file_type)
    downloads.attached(answer, work.file_name)
    answer.headers["Content-Length"] = str(work.size)
    return answer
