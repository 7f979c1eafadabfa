"""Who may open which page: every view declares its roles, anything undeclared is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.exceptions import Forbidden

from web.sessions import to_sign_in
from workflow.domain.acting import Actor
from workflow.domain.errors import RoleMissing
from workflow.domain.procedure import Role, Text

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Permission:
    """Which roles may open a page; `public` pages need no sign-in at all."""

    roles: frozenset[Role] = frozenset()
    public: bool = False


def needs(*roles: Role) -> Callable[[View], View]:
    """Declare that a view needs one of `roles`."""
    return _declare(Permission(frozenset(roles)))


def open_to_all(view: View) -> View:
    """Declare that a view needs no sign-in."""
    return _declare(Permission(public=True))(view)


def _declare(permission: Permission) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What the view behind `endpoint` declared, or None: no such view, or nothing declared."""
    return getattr(app.view_functions.get(endpoint), "permission", None)


def may_open(endpoint: str) -> bool:
    """True when the page exists and the person who is signed in may open it."""
    permission = permission_of(current_app, endpoint)
    if permission is None:
        return False
    return permission.public or (
        current_user.is_authenticated and current_actor().role in permission.roles
    )


def current_actor() -> Actor:
    """The person who is signed in, as the services know them."""
    return cast("Actor", current_user.actor)


def check_permission() -> ResponseReturnValue | None:
    """Before every request: refuse what nobody declared, ask strangers to sign in."""
    if request.endpoint is None:
        return None
    permission = permission_of(current_app, request.endpoint)
    if permission is None:
        raise Forbidden
    if permission.public:
        return None
    if not current_user.is_authenticated:
        return to_sign_in()
    if current_actor().role not in permission.roles:
        raise RoleMissing(Text("你的角色不能打开这个页面", "Your role may not open this page"))
    return None
