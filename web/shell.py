"""The frame around every page: where one may go, what waits, the page of other places, home."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_security import current_user

from web.access import EVERYBODY, current_actor, may_open, needs
from web.headers import request_id
from web.i18n import keys, language, preference_link, theme
from web.ports import desk, now
from workflow.domain.procedure import Role
from workflow.services import accounts

pages = Blueprint("shell", __name__)
FIRST_FOUR = 4
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One destination of the side bar; shown when its view exists and the role may open it.

    `key` follows `g` on the keyboard; `also` are other blueprints whose pages belong to it.
    """

    endpoint: str
    label: LazyString
    icon: str
    key: str = ""
    also: tuple[str, ...] = ()

    @property
    def blueprints(self) -> tuple[str, ...]:
        """Every blueprint whose pages belong to this destination."""
        return (self.endpoint.partition(".")[0], *self.also)


PLACES = (
    Place("worklist.show", lazy_gettext("工作台"), "worklist", "w"),
    Place("cases.index", lazy_gettext("案件"), "cases", "c"),
    Place("reviews.index", lazy_gettext("复核"), "reviewer", "v"),
    Place("licenses.index", lazy_gettext("许可证台账"), "license", "l"),
    Place("companies.index", lazy_gettext("企业"), "company", "e"),
    Place("deadline_calendar.show", lazy_gettext("期限日历"), "clock", "r"),
    Place("dashboard.show", lazy_gettext("状态看板"), "chart", "d"),
    Place("audit.index", lazy_gettext("审计追踪"), "trail", "a", ("retention",)),
    Place(
        "finder.ask", lazy_gettext("咨询"), "question", "q", ("eligibility", "guide", "questions")
    ),
    Place("law.index", lazy_gettext("规则库"), "book", "b"),
    Place("calendars.index", lazy_gettext("放假安排"), "calendar", "h"),
    Place("admin.index", lazy_gettext("管理"), "gear", "s", ("admin_jobs", "retention")),
)


def places() -> list[Place]:
    """The destinations this person may open, in their fixed order."""
    return [place for place in PLACES if may_open(place.endpoint)]


def current_place() -> str:
    """The endpoint of the destination this page belongs to, by its blueprint."""
    own = (request.endpoint or "").partition(".")[0]
    return next((place.endpoint for place in PLACES if own in place.blueprints), "")


@cache
def _fingerprint(path: Path, changed: float) -> str:  # noqa: ARG001 - a changed file is a new key
    return sha256(path.read_bytes()).hexdigest()[:8]


def static(name: str) -> str:
    """The address of a static file; it changes whenever the file does."""
    path = Path(current_app.static_folder or "", name)
    return url_for("static", filename=name, v=_fingerprint(path, path.stat().st_mtime))


def frame() -> dict[str, Any]:
    """What the templates of the frame may use."""
    signed_in = bool(current_user and current_user.is_authenticated)
    return {
        "signed_in": signed_in,
        "actor": current_actor() if signed_in else None,
        "today": now().today,
        "language": language(),
        "theme": theme(),
        "keys": keys(),
        "layout": "fragment.html" if "HX-Request" in request.headers else "base.html",
        "request_id": request_id(),
        "whole_page": "HX-Request" not in request.headers,
    }


@pages.get("/home")
@needs(*EVERYBODY)
def home() -> ResponseReturnValue:
    """The first destination of this role."""
    first = places()
    return redirect(url_for(first[0].endpoint if first else "shell.more"), 303)


@pages.get("/more")
@needs(*EVERYBODY)
def more() -> ResponseReturnValue:
    """Everything the bottom bar of a narrow screen has no room for; works without script."""
    return render_template("more.html")


@pages.get("/help", endpoint="help")
@needs(*EVERYBODY)
def help_() -> ResponseReturnValue:
    """What the keys do, what each role finds where, and whom to tell of a problem."""
    with desk().database.reading() as session:
        ask = [
            one.name
            for one in accounts.everybody(session)
            if one.active and one.role is Role.MANAGER
        ]
    return render_template("help.html", ask=ask[:MOST_NAMED])


@pages.get("/accessibility")
@needs(*EVERYBODY)
def accessibility() -> str:
    """For whom the pages are made, how that is tested, what does not hold yet."""
    return render_template("accessibility.html")


def add_shell(app: Flask) -> None:
    app.register_blueprint(pages)
    app.context_processor(frame)
    app.jinja_env.globals.update(
        static=static,
        places=places,
        current_place=current_place,
        may_open=may_open,
        preference_link=preference_link,
        FIRST_FOUR=FIRST_FOUR,
    )
