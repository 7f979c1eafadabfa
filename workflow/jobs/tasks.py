"""The RQ entry points: each takes ids, may run twice, leaves its outcome in the database."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import structlog

from workflow.domain.acting import Moment
from workflow.jobs.equipment import equipment
from workflow.services import clockwork, delivery, trail
from workflow.services.delivery import Claim
from workflow.storage.database import Database

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

    One transaction per case: a case that fails is logged and keeps the day open, the rest goes on.
    """
    desk = equipment()
    now = desk.now()
    then = replace(now, today=date.fromisoformat(day)) if day else now
    if then.today > now.today:
        _log.error("a day that has not come", day=day)
        return
    with desk.database.reading() as session:
        numbers = clockwork.due(session, then.today)
    taken = [_take(desk.database, number, then) for number in numbers]
    if None in taken:
        message = f"{taken.count(None)} of {len(taken)} cases could not be taken"
        raise RuntimeError(message)
    lapsed = _lapse(desk.database, then)
    with desk.database.transaction() as session:
        clockwork.finish(session, then, taken.count(True) + lapsed)
    _log.info("ticked", day=then.today.isoformat(), due=len(taken), acted=taken.count(True))


def _lapse(database: Database, then: Moment) -> int:
    """End the licenses that nobody renewed; renewals were taken before."""
    with database.reading() as session:
        ended = clockwork.lapsed(session, then.today)
    for license_id in ended:
        with database.transaction() as session:
            clockwork.lapse(session, license_id, then)
    return len(ended)


def _take(database: Database, number: str, then: Moment) -> bool | None:
    try:
        with database.transaction() as session:
            return clockwork.take(session, number, then)
    except Exception:  # noqa: BLE001 - one case must not stop the others
        _log.exception("the clock could not act", case=number)
        return None


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
