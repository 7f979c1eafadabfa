"""Which language an answer is in, and the preferences kept in cookies: language, theme, keys."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_security import current_user

from web.headers import ONE_YEAR
from web.ports import desk
from web.sessions import over_https
from workflow.settings import Settings

LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
CHOICES = {"lang": tuple(LOCALES), "theme": ("auto", "light", "dark"), "keys": ("on", "off")}


def language() -> str:
    """`zh` or `en`: this person's cookie, else their profile, else the setting."""
    if "language" not in g:
        g.language = _wanted_language()
    return str(g.language)


def _wanted_language() -> str:
    kept = request.cookies.get("lang")
    if kept in LOCALES:
        return kept
    profile = current_user.account.language if current_user.is_authenticated else ""
    return profile if profile in LOCALES else desk().settings.language


def theme() -> str:
    """`auto`, `light` or `dark`: this person's cookie, else their profile."""
    profile = current_user.account.theme if current_user.is_authenticated else ""
    wanted = (request.cookies.get("theme"), profile)
    return next((value for value in wanted if value in CHOICES["theme"]), "auto")


def keys() -> str:
    """`on`, or `off` for a person who wants no single-key shortcuts."""
    return "off" if request.cookies.get("keys") == "off" else "on"


def keep_preference() -> ResponseReturnValue | None:
    """Before every request: `?lang=en` or `?theme=dark` becomes a cookie and leaves the address."""
    chosen = {name: request.args[name] for name in CHOICES if name in request.args}
    if request.method != "GET" or request.endpoint == "static" or not chosen:
        return None
    rest = [(name, value) for name, value in request.args.items(multi=True) if name not in chosen]
    answer = redirect(request.path + ("?" + urlencode(rest) if rest else ""), 303)
    assert isinstance(answer, Response)  # noqa: S101 - redirect is typed for any framework
    for name, value in chosen.items():
        if value in CHOICES[name]:
            # A cookie alone: following a link must leave the database as it is.
            answer.set_cookie(
                name, value, max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=over_https()
            )
    return answer


def preference_link(**choice: str) -> str:
    """This address again with a preference on it; after a refused form, a page one can open."""
    path, pairs = _page_to_open()
    kept = [(name, value) for name, value in pairs if name not in choice]
    return path + "?" + urlencode([*kept, *choice.items()])


def _page_to_open() -> tuple[str, list[tuple[str, str]]]:
    """A path that answers to GET, with its query: where a posted form stood, else near by."""
    if request.method in ("GET", "HEAD"):
        return request.path, list(request.args.items(multi=True))
    came_from = urlsplit(request.referrer or "")
    # One slash in front: two would name another host.
    path = "/" + came_from.path.lstrip("/")
    if came_from.netloc == request.host and _opens(path):
        return path, parse_qsl(came_from.query, keep_blank_values=True)
    if _opens(request.path):
        return request.path, []
    number = (request.view_args or {}).get("number")
    return url_for("cases.show", number=number) if number else url_for("shell.home"), []


def _opens(path: str) -> bool:
    return current_app.url_map.bind(request.host).test(path, "GET")


def add_languages(app: Flask, settings: Settings) -> None:
    """Chinese is written in the templates themselves; English comes from the one catalogue."""
    folder = Path(__file__).parent / "translations"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    Babel(
        app,
        default_locale=LOCALES[settings.language],
        locale_selector=lambda: LOCALES[language()],
        default_timezone=settings.timezone,
    )
