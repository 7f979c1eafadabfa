"""For operators and supervisors: is the process up, can it serve, how far is it behind.

No sign-in and no content: numbers of the machinery only.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from web.access import open_to_all
from web.ports import desk, now
from workflow.domain.errors import Unavailable
from workflow.services import operations
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


@pages.get("/metrics")
@open_to_all
def metrics() -> Response:
    """The machinery in Prometheus' text format: how far sealing is, what waits to be sent."""
    try:
        with desk().database.reading() as session:
            figures = operations.figures(session, now())
    except (SQLAlchemyError, Unavailable):
        return _empty(NOT_READY)
    lines = [
        f"# HELP license_desk_{f.name} {f.says}\n# TYPE license_desk_{f.name} gauge\n"
        f"license_desk_{f.name} {f.value}\n"
        for f in figures
    ]
    return Response("".join(lines), READY, content_type="text/plain; version=0.0.4; charset=utf-8")


def _empty(status: int) -> Response:
    return Response("", status, mimetype="text/plain")
