"""For operators and supervisors: is the process up, can it serve. No sign-in, no content."""

from __future__ import annotations

from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from web.access import open_to_all
from web.ports import desk
from workflow.services.database import is_current

pages = Blueprint("health", __name__)
READY, NOT_READY = 200, 503


@pages.get("/healthz")
@open_to_all
def alive() -> Response:
    """The process answers; nothing else is asked."""
    return _empty(READY)


@pages.get("/readyz")
@open_to_all
def ready() -> Response:
    """The database can be reached and its schema is the one this version expects."""
    try:
        current = is_current(desk().database)
    except SQLAlchemyError as error:
        current_app.logger.warning("not ready: %s", type(error).__name__)
        return _empty(NOT_READY)
    return _empty(READY if current else NOT_READY)


def _empty(status: int) -> Response:
    return Response("", status, mimetype="text/plain")
