"""How long a sign-in lasts and which cookie carries it."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_security.utils import logout_user
from flask_wtf.csrf import generate_csrf

from web.kept_forms import keep_form
from web.ports import desk, now

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_STEP = timedelta(minutes=1)
UNSEEN = frozenset({"pulse.show", "drafts.keep"})
"""What a page asks for by itself: nobody need be sitting there."""


def over_https() -> bool:
    """True when the person's browser talks to us over HTTPS, now or by configuration."""
    return request.is_secure or (desk().settings.base_url or "").startswith("https:")


class DeskCookie(SecureCookieSessionInterface):
    """A signed cookie: host-bound and secure over HTTPS, plain on loopback."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - the signature is Flask's
        return "__Host-desk" if over_https() else "desk"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - the signature is Flask's
        return over_https()


def begin_session(*_: object, **__: object) -> None:
    """Start both clocks of a fresh sign-in. Pages another person left open are of no use now.

    The token of all forms begins here too: made by the first page that has a form, it was lost when
    the browser asked for something beside that page and the older cookie came back last.
    """
    if session.pop("was", None) != current_user.account.id:
        session.pop("csrf_token", None)
    g.pop("csrf_token", None)  # the token of the form that signed in
    generate_csrf()
    session["began"] = session["seen"] = now().at.timestamp()


def check_session() -> ResponseReturnValue | None:
    """Before every request: end a sign-in that was idle or open for too long."""
    if "began" not in session or not current_user.is_authenticated:
        return None
    moment = now().at.timestamp()
    idle, age = moment - session["seen"], moment - session["began"]
    if idle > IDLE.total_seconds() or age > ABSOLUTE.total_seconds():
        return _expire()
    if idle > SEEN_STEP.total_seconds() and request.endpoint not in UNSEEN:
        session["seen"] = moment
    return None


def _expire() -> ResponseReturnValue:
    """End the session; what was posted is kept, and so is who may post it again.

    What a page asks by itself changes nothing: its form is still being written.
    """
    if request.endpoint in UNSEEN:
        return "", 204
    was, token = current_user.account.id, session.get("csrf_token")
    kept = keep_form(was)
    logout_user()
    session.clear()
    session.update(was=was, csrf_token=token)
    return to_sign_in(why="expired", kept=kept)


def minutes_left() -> int:
    """How long the session lasts if nothing is done, in minutes begun; 0 without a session."""
    if "began" not in session:
        return 0
    moment = now().at.timestamp()
    left = min(
        IDLE.total_seconds() - (moment - session["seen"]),
        ABSOLUTE.total_seconds() - (moment - session["began"]),
    )
    return int(max(0, ceil(left / 60)))


def to_sign_in(why: str | None = None, *, kept: bool = False) -> ResponseReturnValue:
    """Send a stranger to sign in and, after that, back to the page they were on.

    A form of somebody whose session ended is `kept`: they go on from there.
    """
    kept = kept or ("was" in session and keep_form(session["was"]))
    then = url_for("drafts.resume") if kept else _page_to_return_to()
    page = url_for("security.login", next=then, why=why)
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": page}
    return redirect(page, 303)


def _page_to_return_to() -> str | None:
    """The address asked for, or for a form the page it was on. Only our own paths, never `/`."""
    path = request.full_path.rstrip("?")
    if request.method != "GET":
        came_from = urlsplit(request.referrer or "")
        if came_from.netloc != request.host:
            return None
        path = f"{came_from.path}?{came_from.query}".rstrip("?")
    return None if path == "/" else path
