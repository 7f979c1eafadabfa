"""The RQ entry points: each takes ids, may run twice, leaves its outcome in the database."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import structlog

from workflow.jobs.equipment import equipment
from workflow.services import delivery, ticking, trail
from workflow.services.delivery import Claim

_log = structlog.get_logger(__name__)


def notify(outbox_id: int, fence: int) -> None:
    """Deliver one outbox row, if the claim still stands."""
    desk, claim = equipment(), Claim(outbox_id, fence)
    with desk.database.transaction() as session:
        attempt = delivery.begin(session, claim, moment=desk.now())
    if attempt is None:
        _log.info("stale claim", outbox=outbox_id, fence=fence)
        return
    try:
        with desk.database.transaction() as session:
            told = delivery.deliver(session, claim, moment=desk.now())
    except Exception as error:
        with desk.database.transaction() as session:
            delivery.fail(session, claim, attempt=attempt, error=error, moment=desk.now())
        raise
    _log.info("delivered", outbox=outbox_id, fence=fence, messages=told)


def tick(day: str | None = None) -> None:
    """Let the clock do what is due on `day` (ISO; default today); a future day is refused.

    What fails is logged and keeps the day open, the rest goes on.
    """
    desk = equipment()
    now = desk.now()
    then = replace(now, today=date.fromisoformat(day)) if day else now
    if then.today > now.today:
        _log.error("a day that has not come", day=day)
        return
    outcome = ticking.tick(desk.database, then)
    _log.info("ticked", day=then.today.isoformat(), **asdict(outcome))
    if outcome.failed:
        message = f"{outcome.failed} of {outcome.due} could not be taken"
        raise RuntimeError(message)


def reconcile() -> None:
    """Compare outbox, trail and inboxes and put the numbers into the log."""
    desk = equipment()
    with desk.database.reading() as session:
        counts = delivery.reconcile(session, moment=desk.now())
    tell = _log.info if counts.agrees else _log.error
    tell("reconciliation", agrees=counts.agrees, **asdict(counts))


def verify_trail() -> None:
    """Verify every chain of the trail and keep the verdict."""
    desk = equipment()
    with desk.database.reading() as session:
        verdict = trail.verify(session)
    with desk.database.transaction() as session:
        trail.keep(session, verdict, desk.now())
    tell = _log.info if verdict.intact else _log.error
    tell("trail verified", chains=verdict.chains, events=verdict.events, broken=verdict.place)
