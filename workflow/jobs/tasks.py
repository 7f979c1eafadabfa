"""The RQ entry points: each takes ids, may run twice, leaves its outcome in the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta

import structlog

from workflow.jobs.equipment import Equipment, equipment
from workflow.jobs.locked_store import Differs, NoStore
from workflow.jobs.mailer import MailRefused, NoMailer
from workflow.services import (
    alarm,
    board,
    checkpoint_copy,
    checkpoint_letter,
    delivery,
    digest,
    erasure_list,
    files,
    long_running,
    long_work,
    register_figures,
    replaying,
    retention,
    ticking,
    trail,
)
from workflow.services.delivery import Claim

_log = structlog.get_logger(__name__)


LETTER_LEASE = timedelta(seconds=60)
LETTER_PAUSE = timedelta(minutes=1)
SHARE = 15.0
"""Seconds of long work that one job takes on, so that messages do not wait behind it."""


def notify(outbox_id: int, fence: int) -> None:
    """Deliver one outbox row, if the claim still stands."""
    desk, claim = equipment(), Claim(outbox_id, fence)
    with desk.database.reading() as session:
        mail = digest.mail_of(session, outbox_id, desk.base_url)
        mail = mail or checkpoint_letter.mail_of(session, outbox_id)
        mail = mail or alarm.mail_of(session, outbox_id, desk.base_url, desk.timezone)
        copy = checkpoint_copy.copy_of(session, outbox_id)
        kind = delivery.kind_of(session, outbox_id)
    if kind == long_work.WORK:
        _work(desk, claim)
        return
    lease = LETTER_LEASE if mail or copy else delivery.LEASE
    with desk.database.transaction() as session:
        attempt = delivery.begin(session, claim, moment=desk.now(), lease=lease)
    if attempt is None:
        _log.info("stale claim", outbox=outbox_id, fence=fence)
    elif mail:
        _carry(desk, claim, attempt, lambda: (desk.mailer or NoMailer()).send(mail))
    elif copy:
        _carry(desk, claim, attempt, lambda: _lock(desk, copy))
    else:
        _post(desk, claim, attempt, kind)


def _post(desk: Equipment, claim: Claim, attempt: int, kind: str) -> None:
    try:
        with desk.database.transaction() as session:
            if kind == alarm.KIND:
                by_mail = desk.mailer is not None
                told = alarm.deliver(session, claim, moment=desk.now(), by_mail=by_mail)
            else:
                told = delivery.deliver(session, claim, moment=desk.now())
    except Exception as error:
        with desk.database.transaction() as session:
            delivery.fail(session, claim, attempt=attempt, error=error, moment=desk.now())
        raise
    _log.info("delivered", outbox=claim.id, fence=claim.fence, messages=told)


def _lock(desk: Equipment, copy: checkpoint_copy.Copy) -> None:
    if desk.store is None:
        raise NoStore
    desk.store.keep(copy)


def _carry(desk: Equipment, claim: Claim, attempt: int, send: Callable[[], None]) -> None:
    """Send outside any transaction: a slow server must not hold the database up."""
    try:
        send()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is kept and told
        final = isinstance(error, MailRefused | Differs)
        with desk.database.transaction() as session:
            delivery.fail(
                session,
                claim,
                attempt=attempt,
                error=error,
                moment=desk.now(),
                pause=LETTER_PAUSE,
                final=final,
            )
        _log.warning("not sent", outbox=claim.id, attempt=attempt, error=str(error))
        return
    with desk.database.transaction() as session:
        settled = delivery.settle(session, claim, moment=desk.now())
    _log.info("sent", outbox=claim.id, attempt=attempt, settled=settled)


def _work(desk: Equipment, claim: Claim) -> None:
    """Carry long work on for a while; what is left is due again at once."""
    with desk.database.transaction() as session:
        attempt = delivery.begin(session, claim, moment=desk.now(), lease=LETTER_LEASE)
    if attempt is None:
        _log.info("stale claim", outbox=claim.id, fence=claim.fence)
        return
    until = time.monotonic() + SHARE
    try:
        ending = long_running.go_on(
            desk.database, claim, desk.now, enough=lambda: time.monotonic() > until
        )
    except Exception as error:
        with desk.database.transaction() as session:
            delivery.fail(session, claim, attempt=attempt, error=error, moment=desk.now())
        raise
    settle = delivery.go_on if ending == "more" else delivery.settle
    with desk.database.transaction() as session:
        settle(session, claim, moment=desk.now())
    _log.info("long work", outbox=claim.id, attempt=attempt, ending=ending)


def digests() -> None:
    """Open today's digests; nobody gets a second one, and without a mail server nobody any."""
    desk = equipment()
    if desk.mailer is None:
        return
    with desk.database.transaction() as session:
        opened = digest.open_digests(session, desk.now())
    _log.info("digests", opened=opened)


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


def drop_files() -> None:
    """Remove the files of long work whose day has come."""
    desk = equipment()
    with desk.database.transaction() as session:
        dropped = long_work.drop_expired(session, desk.now())
    _log.info("files expired", dropped=dropped)


def keep_terms() -> None:
    """Remove files whose term is over and nothing holds; erase what a backup brought back."""
    desk = equipment()
    if desk.published:
        path = erasure_list.beside(desk.published)
        again = erasure_list.reapply(desk.database, path, desk.now())
        tell = _log.error if again.erased or again.unknown else _log.info
        tell("erasure list", **asdict(again))
    removed = retention.remove_files(desk.database, files.shelf_at(desk.files_url), desk.now())
    _log.info("terms over", files=removed)


def roll_up() -> None:
    """Count the figures that somebody looks at; run twice it counts the same."""
    desk = equipment()
    counted = board.refresh(desk.database, desk.now)
    register = register_figures.refresh(desk.database, desk.now)
    _log.info("figures counted", dashboard=counted, register=register)


def reconcile() -> None:
    """Compare outbox, trail and inboxes and put the numbers into the log."""
    desk = equipment()
    with desk.database.reading() as session:
        counts = delivery.reconcile(session, moment=desk.now())
    tell = _log.info if counts.agrees else _log.error
    tell("reconciliation", agrees=counts.agrees, **asdict(counts))


def verify_trail() -> None:
    """Verify every chain, beside the checkpoints that were published, and keep the verdict."""
    desk = equipment()
    published = [desk.published] if desk.published else []
    verdict = trail.verify_all(desk.database, published=published)
    with desk.database.transaction() as session:
        trail.keep(session, verdict, desk.now())
    tell = _log.info if verdict.intact else _log.error
    tell("trail verified", chains=verdict.chains, events=verdict.events, broken=verdict.place)


def replay_trail() -> None:
    """Rebuild the tables from the trail alone, compare, and keep what differs."""
    desk = equipment()
    with desk.database.reading() as session:
        found = replaying.replay(session)
    with desk.database.transaction() as session:
        replaying.keep(session, found, desk.now())
    tell = _log.error if found.differences else _log.info
    tell("trail replayed", cases=found.cases, differences=found.differences, older=found.older)
