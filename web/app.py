"""The application: settings, database and clock come in, a Flask application goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from web import (
    admin,
    admin_jobs,
    audit,
    calendars,
    cases,
    companies,
    dashboard,
    deadline_calendar,
    drafts,
    eligibility,
    finder,
    guide,
    health,
    importing,
    incidents,
    law_pages,
    licenses,
    long_work,
    me,
    messages,
    pulse,
    questions,
    retention,
    reveal,
    reviews,
    search_page,
    silent,
    together,
    worklist,
)
from web.access import check_permission, open_to_all
from web.bookmarks import add_bookmarks
from web.compressing import compress
from web.errors import add_error_pages
from web.headers import add_headers
from web.i18n import add_languages, keep_preference
from web.keys import RowNumber
from web.neighbors import carry_list
from web.ports import Desk
from web.sessions import ABSOLUTE, DeskCookie, check_session
from web.shell import add_shell
from web.side_bar import add_side_bar
from web.sign_in import add_sign_in
from web.wording import add_filters
from workflow.services.database import Database
from workflow.settings import Settings

MEBIBYTE = 1024 * 1024
# One material of 20 MB, the fields around it, and room to tell 21 MB at its row what is wrong.
LARGEST_REQUEST = 24 * MEBIBYTE
BLUEPRINTS: tuple[Blueprint, ...] = (
    worklist.pages,
    together.pages,
    cases.pages,
    licenses.pages,
    companies.pages,
    messages.pages,
    me.pages,
    dashboard.pages,
    audit.pages,
    guide.pages,
    law_pages.pages,
    questions.pages,
    finder.pages,
    eligibility.pages,
    health.pages,
    incidents.pages,
    calendars.pages,
    silent.pages,
    long_work.pages,
    admin.pages,
    admin_jobs.pages,
    pulse.pages,
    drafts.pages,
    importing.pages,
    deadline_calendar.pages,
    search_page.pages,
    reviews.pages,
    reveal.pages,
    retention.pages,
)


def create_app(
    settings: Settings,
    database: Database,
    clock: Callable[[], datetime],
    *,
    ring: Callable[[], None] | None = None,
) -> Flask:
    """Put the pages together. `clock` answers the present instant and carries a zone.

    `ring` is the doorbell pressed after a commit that left something in the outbox.
    """
    app = Flask(__name__)
    app.url_map.converters["int"] = RowNumber
    app.extensions["license_desk"] = Desk(settings, database, clock, ring)
    _configure(app, settings)
    for check in (_refuse_foreign_forms, keep_preference, check_session, check_permission):
        app.before_request(check)
    app.after_request(compress)
    app.after_request(add_headers)
    app.after_request(drafts.sent)
    CSRFProtect(app)
    add_languages(app, settings)
    add_sign_in(app, settings.redis_url)
    add_filters(app)
    add_bookmarks(app)
    add_shell(app)
    add_side_bar(app)
    app.url_defaults(carry_list)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
    add_error_pages(app)
    open_to_all(app.view_functions["static"])
    return app


def _configure(app: Flask, settings: Settings) -> None:
    if not settings.secret_key:
        message = "the secret key is read or made before the pages start"
        raise ValueError(message)
    app.secret_key = settings.secret_key
    app.session_interface = DeskCookie()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=ABSOLUTE,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as the session it belongs to
    )
    host = urlsplit(settings.base_url or "").hostname
    if host:
        app.config["TRUSTED_HOSTS"] = [host, "127.0.0.1", "localhost"]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _refuse_foreign_forms() -> None:
    """A second lock beside the token: browsers say where an unsafe request comes from."""
    unsafe = request.method not in ("GET", "HEAD", "OPTIONS")
    if unsafe and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        abort(400)
