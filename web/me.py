"""My settings: where my digest goes, how the last one fared, and the address of my calendar."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web.access import EVERYBODY, current_actor, needs, open_to_all
from web.forms import Answers
from web.ports import desk, now, ring
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Role
from workflow.services import accounts, digest, feeds

pages = Blueprint("me", __name__)
MAILED = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
KEEPERS = (Role.MANAGER, Role.ADMIN)


@pages.get("/me")
@needs(*EVERYBODY)
def show() -> str:
    """The page as it stands."""
    return _page(None)


@pages.post("/me/email")
@needs(*EVERYBODY)
def set_email() -> ResponseReturnValue:
    """Where the digest goes; empty ends it."""
    form = Answers(request.form)
    try:
        with desk().database.transaction() as tx:
            accounts.set_email(tx, int(current_actor().id), form.typed("email"))
    except BadInput as error:
        form.take(error)
        return make_response(_page(form), 422)
    return redirect(url_for(".show", did="email"), 303)


@pages.post("/me/feed")
@needs(*EVERYBODY)
def make_feed() -> ResponseReturnValue:
    """A new calendar address, shown this once; the old one ends."""
    with desk().database.transaction() as tx:
        token = feeds.make(tx, current_actor(), now())
    return make_response(_page(None, token))


@pages.post("/me/feed/revoke")
@needs(*EVERYBODY)
def revoke_feed() -> ResponseReturnValue:
    """End the calendar address."""
    with desk().database.transaction() as tx:
        feeds.revoke(tx, current_actor())
    return redirect(url_for(".show", did="revoked"), 303)


@pages.post("/me/mail/<int:outbox_id>/retry")
@needs(*KEEPERS)
def retry_mail(outbox_id: int) -> ResponseReturnValue:
    """Try a letter that was given up again."""
    with desk().database.transaction() as tx:
        digest.retry(tx, outbox_id, actor=current_actor())
    ring()
    return redirect(url_for(".show", did="retried"), 303)


@pages.get("/feeds/<token>.ics")
@open_to_all
def feed(token: str) -> Response:
    """A person's dates for a calendar; a token that opens nothing is not found."""
    with desk().database.transaction() as tx:
        text = feeds.feed_of(tx, token, now())
    if text is None:
        raise NotFound
    answer = Response(text, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _page(form: Answers | None, token: str = "") -> str:
    actor = current_actor()
    with desk().database.reading() as session:
        account = accounts.by_id(session, int(actor.id))
        address = account.email if account else ""
        return render_template(
            "me/show.html",
            form=form,
            email=form.typed("email") if form else address,
            last=digest.status(session, int(actor.id)),
            feed=feeds.of(session, actor),
            address=url_for("me.feed", token=token, _external=True) if token else "",
            failing=digest.failing(session, actor) if actor.role in KEEPERS else [],
            mail_on=desk().settings.smtp_url is not None,
            did=request.args.get("did", ""),
        )
