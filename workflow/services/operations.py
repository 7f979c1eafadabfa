"""How the machinery stands: outbox, failed work, seats, the clock, sealing, the queue."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import NotFound
from workflow.services import board, checkpoints, delivery, replaying, sequencing
from workflow.services.advance import record_about
from workflow.services.doorbell import connect
from workflow.services.replaying import Outcome
from workflow.services.sealing import Request
from workflow.services.sequencing import Lag
from workflow.storage import incidents, leases, outbox, ticks
from workflow.storage.incidents import Stuck
from workflow.storage.leases import Held

OFFICE = 1
RETRY = "retry_job"
IMPATIENT = 0.3
"""Seconds to wait for the broker: a page must not hang on it."""


@dataclass(frozen=True, slots=True)
class Machinery:
    """What the page of jobs shows. Stamps are UTC, empty where nothing happened yet."""

    states: dict[str, int]
    late: int
    stuck: list[Stuck]
    seats: list[tuple[Held, bool]]
    ticks: list[tuple[str, int, str]]
    counted_at: str
    lag: Lag
    sealed_at: str
    replayed: Outcome | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The broker's own counts: jobs waiting, jobs failed within a day, workers signed on."""

    waiting: int
    failed: int
    workers: int


def machinery(session: Session, moment: Moment) -> Machinery:
    """Everything the database knows of the jobs."""
    newest = checkpoints.last(session)
    return Machinery(
        *_outbox(session, moment),
        incidents.stuck(session),
        [(held, held.until > moment.stamp) for held in leases.everybody(session)],
        *ticks.newest(session, board.MARK),
        sequencing.lag(session, moment),
        newest.at if newest else "",
        replaying.last(session),
    )


def _outbox(session: Session, moment: Moment) -> tuple[dict[str, int], int]:
    """Messages and jobs by state, and how many of those that wait are late."""
    late = replace(moment, at=moment.at - delivery.LATE).stamp
    counts, overdue = outbox.by_state(session, late=late)
    return {name: counts.get(name, 0) for name in ("pending", "done", "incident")}, overdue


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that operators watch, and what it counts."""

    name: str
    value: float
    says: str


def figures(session: Session, moment: Moment) -> list[Figure]:
    """How far behind the machinery is, in numbers without any content."""
    states, late = _outbox(session, moment)
    lag, newest = sequencing.lag(session, moment), checkpoints.last(session)
    age = sequencing.waited(newest.at, moment) if newest else 0.0
    return [
        Figure("trail_lag_seconds", lag.seconds, "Age of the oldest event without a leaf."),
        Figure("trail_waiting_events", lag.events, "Events without a leaf in the tree."),
        Figure("trail_unsealed_events", lag.unsealed, "Events no checkpoint covers yet."),
        Figure("trail_checkpoint_age_seconds", age, "Age of the newest checkpoint, 0 before one."),
        Figure("outbox_pending", states["pending"], "Messages and jobs that wait."),
        Figure("outbox_late", late, "Of these, how many are late."),
        Figure("outbox_incidents", states["incident"], "Jobs that failed for good."),
    ]


def queue(url: str, name: str = "desk") -> Queue | None:
    """What waits in the broker, or None when it does not answer."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - the web loads it with its first ring

    try:
        broker = connect(url, patience=IMPATIENT)
        with broker.pipeline(transaction=False) as all_:
            all_.llen(f"rq:queue:{name}")
            all_.zcard(f"rq:failed:{name}")
            all_.scard("rq:workers")
            waiting, failed, workers = all_.execute()
    except (RedisError, OSError):
        return None
    return Queue(int(waiting), int(failed), int(workers))


def retry(
    tx: Session,
    outbox_id: int,
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Try what failed again from the first attempt. Raises NotFound when it has not failed."""
    if outbox_id not in {stuck.id for stuck in incidents.stuck(tx)}:
        raise NotFound

    def reopen() -> list[dict[str, str]]:
        incidents.reopen(tx, outbox_id)
        return [{"field": f"outbox.{outbox_id}", "old": "incident", "new": "pending"}]

    record_about(
        tx, "office", OFFICE, RETRY, actor=actor, moment=moment, change=reopen, request=request
    )
