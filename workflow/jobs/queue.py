"""The one RQ queue: ids only, as JSON, and nothing kept that the database does not know."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from datetime import timedelta

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from workflow.services.delivery import Claim

NAME = "desk"
RESULT_KEPT = 60
FAILURE_KEPT = 24 * 3600
NOTIFY_TIMEOUT = 60
"""Seconds a job may take, its imports on a busy machine included: as long as its longest lease."""
NOTIFY = "workflow.jobs.tasks.notify"
_log = structlog.get_logger(__name__)


def await_broker(broker: Redis) -> None:
    """Return when the broker answers; say once that it does not."""
    said = False
    while True:
        try:
            broker.ping()
        except (RedisError, OSError) as error:
            if not said:
                _log.warning("waiting for the broker", error=str(error))
            said = True
            time.sleep(0.5)
        else:
            return


def desk_queue(broker: Redis) -> Queue:
    """The queue every job goes through."""
    return Queue(NAME, connection=broker, serializer=JSONSerializer)


def send(queue: Queue, claims: Iterable[Claim], *, lease: timedelta) -> None:
    """One job per claim, all in one round trip.

    A job not begun within the lease is dropped: its claim is stale by then, so however long no
    worker is there, the queue does not fill with jobs that would do nothing.
    """
    kept = max(1, math.ceil(lease.total_seconds()))
    queue.enqueue_many(
        Queue.prepare_data(
            NOTIFY,
            args=(claim.id, claim.fence),
            job_id=f"{claim.id}-{claim.fence}",
            timeout=NOTIFY_TIMEOUT,
            ttl=kept,
            result_ttl=RESULT_KEPT,
            failure_ttl=FAILURE_KEPT,
        )
        for claim in claims
    )
