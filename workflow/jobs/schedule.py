"""The scheduler: RQ's own cron, on one seat, with JSON jobs and the agency's time zone."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import click
import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq.cron import CronJob, CronScheduler
from rq.exceptions import StopRequested
from rq.job import Job

from workflow.jobs.equipment import Equipment, from_settings
from workflow.jobs.process import PATIENCE, begin
from workflow.jobs.queue import FAILURE_KEPT, NAME, RESULT_KEPT, desk_queue
from workflow.lifeline import StopRequest
from workflow.services.doorbell import connect
from workflow.services.seats import Seat

SEAT = "scheduler"
RENEW_EVERY = 5.0
_log = structlog.get_logger(__name__)

TICK = "workflow.jobs.tasks.tick"
VERIFY = "workflow.jobs.tasks.verify_trail"
REPLAY = "workflow.jobs.tasks.replay_trail"
RECONCILE = "workflow.jobs.tasks.reconcile"
DIGESTS = "workflow.jobs.tasks.digests"
DROP = "workflow.jobs.tasks.drop_files"
KEEP = "workflow.jobs.tasks.keep_terms"
ROLL_UP = "workflow.jobs.tasks.roll_up"
TIMEOUTS = {
    TICK: 900,
    VERIFY: 3600,
    REPLAY: 3600,
    RECONCILE: 300,
    DIGESTS: 300,
    DROP: 300,
    KEEP: 3600,
    ROLL_UP: 900,
}
ENTRIES = {
    TICK: "5 * * * *",
    VERIFY: "30 2 * * *",
    REPLAY: "30 3 * * *",
    RECONCILE: "0 * * * *",
    DIGESTS: "10 8-20 * * *",
    DROP: "20 * * * *",
    KEEP: "45 1 * * *",
    ROLL_UP: "*/15 * * * *",
}
"""Local times of the agency: the clock just after midnight and hourly, should that one be lost;
the digests at ten past eight, and hourly until evening for who got none yet."""


class JsonCronJob(CronJob):
    """RQ's own cron job enqueues with pickle, which our workers refuse; this one with JSON."""

    def enqueue(self, connection: Redis) -> Job:
        """Enqueue one run."""
        return desk_queue(connection).enqueue(self.func_name, args=self.args, **self.job_options)


class DeskScheduler(CronScheduler):
    """Enqueues what is due while it holds the seat; leaves when it lost it."""

    def __init__(self, broker: Redis, seat: Seat, equipment: Equipment) -> None:
        super().__init__(broker, name=seat.holder)
        self._seat, self._equipment = seat, equipment
        self._begun = self._stopping = self._asking = False
        self._cron_jobs = [
            JsonCronJob(NAME, func_name=task, cron=cron, **_options(task))
            for task, cron in ENTRIES.items()
        ]

    def enqueue_jobs(self) -> list[CronJob]:
        """Renew the seat, then enqueue what is due; a broker that is away gets it later."""
        if not self._holds_seat():
            _log.warning("lost the seat", holder=self._seat.holder)
            raise StopRequested
        try:
            if not self._begun:
                self._begin()
            enqueued: list[CronJob] = super().enqueue_jobs()
        except (RedisError, OSError) as error:
            _log.warning("the broker is away", error=str(error))
            return []
        return enqueued

    def _holds_seat(self) -> bool:
        """Renew the seat; a signal meanwhile stops us after the answer.

        Raised amid the question it would break the connection, and the seat could not be left.
        """
        self._asking = True
        try:
            holds = self._seat.hold(self._equipment.now())
        finally:
            self._asking = False
        if self._stopping:
            raise StopRequested
        return holds

    def heartbeat(self) -> None:
        """Tell the broker; the seat is what counts, so a broker that is away is no error."""
        _forgiving(super().heartbeat)

    def save(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - RQ's own signature
        """Keep the times for whoever looks into the broker."""
        _forgiving(super().save, *given, **named)

    def register_birth(self) -> None:
        """Sign on with the broker."""
        _forgiving(super().register_birth)

    def register_death(self, *given: Any, **named: Any) -> None:  # noqa: ANN401
        """Sign off from the broker."""
        _forgiving(super().register_death, *given, **named)

    def _request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop at the first signal; a second one must not disturb the stopping."""
        if not self._stopping:
            self._stopping = True
            if not self._asking:
                super()._request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def calculate_sleep_interval(self) -> float:
        """Until the next entry, but never so long that the seat would lapse."""
        return min(float(super().calculate_sleep_interval()), RENEW_EVERY)

    def _begin(self) -> None:
        """Whatever was missed while nobody sat here, a restored backup too; all idempotent."""
        queue = desk_queue(self.connection)
        for task in (TICK, RECONCILE, KEEP):
            queue.enqueue(task, **_options(task))
        self._begun = True


def keep_time(timezone: str) -> None:
    """Cron fields are local times of the process; make local mean the agency's zone."""
    os.environ["TZ"] = timezone
    time.tzset()


def await_seat(seat: Seat, equipment: Equipment, stopping: Callable[[], bool]) -> bool:
    """Stand by until the seat is ours (True) or we are to stop (False)."""
    said = False
    while not stopping():
        try:
            if seat.hold(equipment.now()):
                _log.info("took the seat", holder=seat.holder)
                return True
            reason = "another scheduler is at work"
        except equipment.database_errors as error:
            reason = str(error).splitlines()[0]
        if not said:
            _log.info("standing by", reason=reason)
        said = True
        time.sleep(1)
    return False


def _options(task: str) -> dict[str, Any]:
    return {
        "job_timeout": TIMEOUTS[task],
        "result_ttl": RESULT_KEPT,
        "failure_ttl": FAILURE_KEPT,
    }


def _forgiving(call: Callable[..., None], *given: Any, **named: Any) -> None:  # noqa: ANN401
    try:
        call(*given, **named)
    except (RedisError, OSError) as error:
        _log.warning("the broker is away", error=str(error))


@click.command("scheduler")
def command() -> None:
    """Enqueue the daily and hourly jobs; of several schedulers one works, the others stand by."""
    settings, url = begin("scheduler")
    keep_time(settings.timezone)
    desk = from_settings(settings)
    seat = Seat(desk.database, SEAT, f"{socket.gethostname()}-{os.getpid()}")
    if await_seat(seat, desk, StopRequest()):
        try:
            # RQ catches this only inside its loop, and a signal may come before or after
            with contextlib.suppress(StopRequested):
                DeskScheduler(connect(url, patience=PATIENCE), seat, desk).start()  # type: ignore[no-untyped-call]
        finally:
            seat.leave()
