"""My settings: where mail goes and in which language, my calendar address, mail that failed."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import EVERYBODY, current_actor, needs
from web.forms import Answers
from web.i18n import LOCALES
from web.ports import desk, now
from web.writes import instant
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Role, Text
from workflow.services import accounts, digest, feeds

pages = Blueprint("me", __name__)
KEEPERS = (Role.MANAGER, Role.ADMIN)
LABELS = {
    "email": Text("每日邮件寄到", "Daily mail goes to"),
    "language": Text("邮件和日历的语言", "Language of mail and calendar"),
}
LANGUAGES = (("zh", Text("中文", "Chinese")), ("en", Text("英文", "English")))


@pages.get("/me")
@needs(*EVERYBODY)
def show() -> ResponseReturnValue:
    """Everything a person may set for themselves."""
    return _page(None)


@pages.post("/me")
@needs(*EVERYBODY)
def save() -> ResponseReturnValue:
    """Keep the address and the language of the mails."""
    form = Answers(request.form, LABELS)
    language = form.choice("language", LOCALES)
    address = form.line("email", required=False) or ""
    if form.errors:
        return _page(form, status=422)
    try:
        with desk().database.transaction() as tx:
            accounts.set_email(tx, _me(), address)
            accounts.set_language(tx, _me(), language or "zh")
    except BadInput as error:
        form.take(error)
        return _page(form, status=422)
    return redirect(url_for(".show", did="saved"), 303)


@pages.post("/me/feed")
@needs(*EVERYBODY)
def make_feed() -> ResponseReturnValue:
    """A new calendar address, on the page this once; the one before stops answering."""
    with desk().database.transaction() as tx:
        token = feeds.make(tx, _me(), now())
    base = (desk().settings.base_url or request.url_root).rstrip("/")
    return _page(None, address=base + url_for("feeds.show", token=token))


@pages.post("/me/feed/revoke")
@needs(*EVERYBODY)
def revoke_feed() -> ResponseReturnValue:
    """End the calendar address."""
    with desk().database.transaction() as tx:
        feeds.revoke(tx, _me())
    return redirect(url_for(".show", did="revoked"), 303)


@pages.post("/me/mail/<int:outbox_id>/retry")
@needs(*KEEPERS)
def retry(outbox_id: int) -> ResponseReturnValue:
    """Have a mail that was given up tried again."""
    with desk().database.transaction() as tx:
        digest.retry(tx, outbox_id, actor=current_actor())
    ring = desk().ring
    if ring:
        ring()
    return redirect(url_for(".show", did="retried"), 303)


def _me() -> int:
    return int(current_actor().id)


def _page(form: Answers | None, *, address: str = "", status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    with desk().database.reading() as session:
        account = accounts.by_id(session, _me())
        body = render_template(
            "me/show.html",
            form=form,
            labels=LABELS,
            languages=LANGUAGES,
            account=account,
            email=accounts.email_of(session, _me()),
            mail=digest.status(session, _me()),
            has_server=bool(desk().settings.smtp_url),
            feed=feeds.standing(session, _me()),
            address=address,
            failing=digest.failing(session, actor) if actor.role in KEEPERS else None,
            instant=instant,
        )
    return make_response(body, status)
