"""Signing in: Flask-Security over our own accounts, and a brake on guessing."""

from __future__ import annotations

import unicodedata
from functools import wraps
from typing import Any, NoReturn

from flask import Flask, Response, abort, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import (
    LoginForm,
    RoleMixin,
    Security,
    UserDatastore,
    UserMixin,
    current_user,
)
from flask_security.signals import user_authenticated
from flask_security.utils import validate_redirect_url
from sqlmodel import Session
from wtforms import Field, StringField

from web.access import current_actor, needs, open_to_all
from web.headers import request_id
from web.ports import desk, now
from web.sessions import begin_session
from workflow.services import account_acts, accounts
from workflow.services.accounts import Account
from workflow.services.sealing import Request

FAILURES_PER_ACCOUNT = "5 per 15 minutes"
ATTEMPTS_PER_ADDRESS = "30 per minute"

CONFIG: dict[str, Any] = {
    "SECURITY_LOGIN_URL": "/login",
    "SECURITY_LOGOUT_URL": "/logout",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_LOGIN_USER_TEMPLATE": "security/sign_in.html",
    "SECURITY_POST_LOGIN_VIEW": "/home",
    "SECURITY_POST_LOGOUT_VIEW": "/login",
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"login": {"mapper": str}}],
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_NORMALIZE_FORM": None,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_SEND_REGISTER_EMAIL": False,
}


class SignedIn(UserMixin):
    """An account as Flask-Security wants to see it, with the actor our services want."""

    fs_uniquifier: str = ""  # Flask-Security looks for these three on the class when it starts
    login: str = ""
    password: str = ""

    def __init__(self, account: Account, session: Session) -> None:
        self.account = account
        self.actor = accounts.actor(session, account)
        self.login, self.active = account.login, account.active
        self.fs_uniquifier = account.uniquifier
        self.password = "kept by the accounts"  # noqa: S105 - only says that there is one
        self.roles: list[RoleMixin] = []

    def verify_and_update_password(self, password: str) -> bool:
        return accounts.password_fits(self.account, password)


class AccountDatastore(UserDatastore):
    """Reads accounts through `workflow.services.accounts`; nothing is ever written here."""

    def __init__(self) -> None:
        super().__init__(SignedIn, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> SignedIn | None:  # noqa: ANN401, ARG002 - the signature is Flask-Security's
        with desk().database.reading() as session:
            if "login" in wanted:
                account = accounts.by_login(session, wanted["login"])
            else:
                account = accounts.by_uniquifier(session, wanted["fs_uniquifier"])
            return SignedIn(account, session) if account else None

    def commit(self) -> None:
        """Nothing to keep: no view of Flask-Security that is switched on writes."""


class SignInForm(LoginForm):
    """Account name and password; no e-mail address, no long-lived cookie."""

    email = remember = None
    login = StringField()

    def validate(self, **extra: Any) -> bool:  # noqa: ANN401 - the signature is Flask-Security's
        self.ifield = self.login
        name = account_name(self.login.data)
        self.user = desk_user(name) if name else None
        return bool(super().validate(**extra))

    def validate_next(self, field: Field) -> None:
        """An address of another site is forgotten; the password may still be right."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""


def account_name(typed: str | None) -> str:
    """An account name as it is kept: no outer space, NFC, lower case; empty if unusable."""
    name = unicodedata.normalize("NFC", typed or "").strip().lower()
    return name if name.isprintable() else ""


def desk_user(name: str) -> SignedIn | None:
    return AccountDatastore().find_user(login=name)


def add_sign_in(app: Flask, redis_url: str | None) -> None:
    """Put Flask-Security on the application and brake its sign-in page."""
    app.config.update(CONFIG)
    # Flask-Security asks for a salt although a single argon2 hash never uses it.
    app.config["SECURITY_PASSWORD_SALT"] = "unused"  # noqa: S105
    security = Security(app, AccountDatastore(), login_form=SignInForm)
    # Its JSON answers would tell which accounts exist; our page never does.
    security.want_json(lambda _request: False)
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=_storage(redis_url),
        strategy="moving-window",
        headers_enabled=True,
    )
    view = _our_way(app.view_functions["security.login"])
    view = limiter.limit(ATTEMPTS_PER_ADDRESS, methods=["POST"])(view)
    view = limiter.limit(
        FAILURES_PER_ACCOUNT,
        key_func=lambda: "account:" + account_name(request.form.get("login")),
        methods=["POST"],
        deduct_when=lambda response: response.status_code == _REFUSED,
    )(view)
    app.view_functions["security.login"] = open_to_all(view)
    app.view_functions["security.logout"] = open_to_all(
        _signed_out(app.view_functions["security.logout"])
    )
    for endpoint in ("security.verify", "security.static"):
        app.view_functions[endpoint] = _closed
    user_authenticated.connect(begin_session, app)
    user_authenticated.connect(_tell_entry, app)


_REFUSED = 422


@needs()
def _closed(**_: str) -> NoReturn:
    """Stands in for pages of Flask-Security that this product does not offer."""
    abort(404)


def _storage(redis_url: str | None) -> str:
    """Where failures are counted; the limiter writes `redis+unix:` where Redis writes `unix:`."""
    if redis_url is None:
        return "memory://"
    return "redis+" + redis_url if redis_url.startswith("unix:") else redis_url


def _our_way(view: Any) -> Any:  # noqa: ANN401 - a view of any shape
    """What Flask-Security answers, made to fit: a refused form is 422 everywhere here.

    After a sign-in with a foreign address to go on to, the way is home.
    """

    @wraps(view)
    def answer() -> Response:
        response = make_response(view())
        if request.method == "POST" and response.status_code == 200:  # noqa: PLR2004
            response.status_code = _REFUSED
            _tell_failure()
        elif response.status_code == 302 and _names_foreign_page():  # noqa: PLR2004
            response.location = url_for("shell.home")
        return response

    return answer


def _signed_out(view: Any) -> Any:  # noqa: ANN401 - a view of any shape
    """Going out is told while we still know who goes."""

    @wraps(view)
    def answer() -> ResponseReturnValue:
        if current_user.is_authenticated:
            with desk().database.transaction() as tx:
                account_acts.signed_out(tx, current_actor(), now(), Request(request_id()))
        left: ResponseReturnValue = view()
        return left

    return answer


def _tell_entry(*_: object, user: SignedIn, **__: object) -> None:
    with desk().database.transaction() as tx:
        account_acts.signed_in(tx, user.actor, now(), Request(request_id()), _address())


def _tell_failure() -> None:
    login, password = (request.form.get(name) for name in ("login", "password"))
    if login and password:
        with desk().database.transaction() as tx:
            account_acts.sign_in_failed(
                tx, account_name(login), now(), Request(request_id()), _address()
            )


def _address() -> str:
    return request.remote_addr or ""


def _names_foreign_page() -> bool:
    asked = (request.form.get("next"), request.args.get("next"))
    return any(page and not validate_redirect_url(page) for page in asked)
