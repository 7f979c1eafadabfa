"""Reviewing packs: the queue, one file at a time beside its check points, the result."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.bookmarks import a_place, a_row, carries
from web.case_page import say_done
from web.forms import Answers
from web.headers import CONTENT_POLICY
from web.keys import place_key
from web.ports import desk, now
from web.writes import fresh_key, version_of, write_form
from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Role
from workflow.services import review_queue, reviewing

pages = Blueprint("reviews", __name__)
READERS = (Role.REVIEWER, Role.MANAGER)
LAST_PAGE = 999


@dataclass(frozen=True, slots=True)
class Refused:
    """A form of the review that could not be used, with what was typed."""

    form: Answers
    status: int = 422


@pages.get("/reviews")
@needs(*READERS)
@carries({"after": a_place})
def index() -> str:
    """Packs that wait, most urgent first; one's own are for somebody else."""
    with desk().database.reading() as session:
        after = place_key(request.args.get("after"))
        queue = review_queue.queue(session, current_actor(), now().today, after)
    onward = f"{queue.after[1]}.{queue.after[0]}" if queue.after else None
    return render_template(
        "reviews/index.html",
        queue=queue,
        first=url_for(".index") if queue.skipped else None,
        following=url_for(".index", after=onward) if onward else None,
    )


@pages.get("/reviews/<number>")
@needs(*READERS)
@carries({"only": ("changes",), "page": a_row})
def show(number: str) -> ResponseReturnValue:
    """One pack at the item asked for, else at the next that nobody looked at yet."""
    return _page(number)


@pages.post("/reviews/<number>/items/<code>")
@needs(Role.REVIEWER)
def judge(number: str, code: str) -> ResponseReturnValue:
    """Pass or return one item, then on to the next."""
    form = Answers(request.form)
    verdict = reviewing.RETURN if form.typed("verdict") == "return" else reviewing.PASS
    typed = form.typed("version_id")
    try:
        with desk().database.transaction() as tx:
            reviewing.judge(
                tx, number, code,
                version_id=int(typed) if typed.isascii() and typed.isdigit() else 0,
                verdict=verdict, reason=form.long("reason", required=False) or "",
                ticked=tuple(form.all_typed("points")), actor=current_actor(), moment=now(),
            )  # fmt: skip
    except BadInput as error:
        form.take(error)
        return _page(number, code, Refused(form))
    return redirect(url_for(".show", number=number, only=form.typed("only") or None), 303)


@pages.post("/reviews/<number>/rest")
@needs(Role.REVIEWER)
def pass_rest(number: str) -> ResponseReturnValue:
    """Pass all that is left and was listed: the reviewer says that it was looked at."""
    form = Answers(request.form)
    if not form.typed("seen"):
        form.refuse("seen", reviewing.SEEN)
        return _page(number, "", Refused(form))
    shown = frozenset(form.all_typed("shown"))
    try:
        with desk().database.transaction() as tx:
            reviewing.pass_rest(tx, number, shown=shown, actor=current_actor(), moment=now())
    except BadInput as error:
        form.take(error)
        return _page(number, "", Refused(form))
    return redirect(url_for(".show", number=number), 303)


@pages.post("/reviews/<number>/result")
@needs(Role.REVIEWER)
def conclude(number: str) -> ResponseReturnValue:
    """Approve the pack or send it back; back to the queue."""
    form = Answers(request.form)
    seen, approve = version_of(form), form.typed("result") == "approve"
    note = form.long("note", required=False) or ""
    refusal = write_form(
        form,
        number,
        {"review": number, "approve": approve, "note": note},
        lambda tx, **tail: reviewing.conclude(tx, number, approve=approve, note=note, **tail),
        version=seen,
    )
    if refusal:
        return _page(number, "", Refused(form, refusal.status), stale=refusal.status == 409)  # noqa: PLR2004
    say_done("sign_off" if approve else "return_pack")
    return redirect(url_for("cases.show", number=number), 303)


def _page(
    number: str, code: str = "", refused: Refused | None = None, *, stale: bool = False
) -> ResponseReturnValue:
    only = request.values.get("only", "")
    with desk().database.reading() as session:
        found = reviewing.review_of(session, number, current_actor(), now())
        shown = found.changed if only == "changes" else found.papers
        paper = found.paper(code or request.args.get("item", "")) or _next(shown)
        if (code or request.args.get("item")) and paper is None:
            raise NotFound
        body = render_template(
            "reviews/show.html",
            review=found,
            view=found.case,
            case=found.case.case,
            papers=shown,
            paper=paper,
            only=only,
            compare="compare" in request.args,
            page_no=_page_no(),
            refused=refused,
            stale=stale,
            key=fresh_key(),
        )
    answer = make_response(body, refused.status if refused else 200)
    # The file is shown in a frame of this page alone.
    answer.headers["Content-Security-Policy"] = CONTENT_POLICY + "; frame-src 'self'"
    return answer


def _next(shown: tuple[reviewing.Paper, ...]) -> reviewing.Paper | None:
    left = [paper for paper in shown if not paper.done]
    return next(iter([*left, *shown]), None)


def _page_no() -> int:
    typed = request.args.get("page", "")
    return min(max(int(typed), 1), LAST_PAGE) if typed.isascii() and typed.isdigit() else 1
