"""A personal calendar, read by calendar programs: the address itself is the key."""

from __future__ import annotations

from flask import Blueprint, Response

from web.access import open_to_all
from web.ports import desk, now
from workflow.services import feeds

pages = Blueprint("feeds", __name__)
_DAY = len("2026-03-18")


@pages.get("/feeds/<token>.ics")
@open_to_all
def show(token: str) -> Response:
    """The calendar of whoever holds this address; anything else is a short 404."""
    database, moment = desk().database, now()
    with database.reading() as session:
        found = feeds.reader_of(session, token)
        if found is None:
            return Response("not found\n", 404, mimetype="text/plain")
        account, feed = found
        body = feeds.calendar_of(session, account, moment, desk().settings.base_url or "")
    if feed.read_at[:_DAY] != moment.stamp[:_DAY]:
        with database.transaction() as tx:
            feeds.note_reading(tx, feed, moment)
    answer = Response(body, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="license-desk.ics"'
    return answer
