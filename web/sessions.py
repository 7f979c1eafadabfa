"""How long a sign-in lasts and which cookie carries it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_security.utils import logout_user

from web.ports import desk, now

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_STEP = timedelta(minutes=1)


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
    """Start both clocks of a fresh sign-in."""
    session["began"] = session["seen"] = now().at.timestamp()


def check_session() -> ResponseReturnValue | None:
    """Before every request: end a sign-in that was idle or open for too long."""
    if "began" not in session or not current_user.is_authenticated:
        return None
    moment = now().at.timestamp()
    idle, age = moment - session["seen"], moment - session["began"]
    if idle > IDLE.total_seconds() or age > ABSOLUTE.total_seconds():
        logout_user()
        session.clear()
        return to_sign_in(why="expired")
    if idle > SEEN_STEP.total_seconds():
        session["seen"] = moment
    return None


def to_sign_in(why: str | None = None) -> ResponseReturnValue:
    """Send a stranger to sign in and, after that, back to the page they were on."""
    page = url_for("security.login", next=_page_to_return_to(), why=why)
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
