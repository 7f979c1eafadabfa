"""Jobs as an administrator sees them: what waits, what failed and why, who sits where."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.headers import request_id
from web.ports import desk, now, ring
from web.writes import instant
from workflow.domain.procedure import Role
from workflow.services import accounts, long_work, operations
from workflow.services.doorbell import broker_url
from workflow.services.long_kinds import KINDS
from workflow.services.sealing import Request

pages = Blueprint("admin_jobs", __name__)


@pages.get("/admin/jobs")
@needs(Role.ADMIN)
def index() -> str:
    """Outbox, failed jobs, long work, seats, the last days of the clock, how far sealing is."""
    settings = desk().settings
    with desk().database.reading() as session:
        told = operations.machinery(session, now())
        works = long_work.recent(session, None, now())
        names = accounts.names(session)
    return render_template(
        "admin/jobs.html",
        told=told,
        works=works,
        kinds=KINDS,
        names=names,
        queue=operations.queue(broker_url(settings.redis_url, settings.data_dir)),
        instant=instant,
    )


@pages.post("/admin/jobs/<int:outbox_id>/retry")
@needs(Role.ADMIN)
def retry(outbox_id: int) -> ResponseReturnValue:
    """Try a failed job again; it is on the office's chain."""
    with desk().database.transaction() as tx:
        operations.retry(
            tx, outbox_id, actor=current_actor(), moment=now(), request=Request(request_id())
        )
    ring()
    return redirect(url_for(".index", did="retried"), 303)
