"""Measure the way to a job: commit, outbox, relay, queue, body; beside RQ's own bare enqueue.

`python -m workflow.jobs.measuring URL JOBS`, a process of its own that `license-desk bench` starts
on a scratch database; the broker, the relay and the worker are its own too. One JSON document.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redis import Redis
from rq import Queue
from rq.job import Job

from workflow import lifeline
from workflow.domain.acting import Moment
from workflow.jobs.broker import embedded_broker
from workflow.jobs.queue import RESULT_KEPT, desk_queue
from workflow.services import measuring
from workflow.services.advance import advance
from workflow.services.database import Database, open_database
from workflow.services.doorbell import connect, ringer

WARM = 3
PATIENCE = 60.0
NOTHING = "os.getpid"
"""The empty function of the comparison: the worker has it in memory, as it has the desk's jobs."""
FENCES = range(1, 4)
"""A row whose lease ran out is delivered again under the next fence; its delay counts whole."""
_NAP = 0.004
_OURS = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "DATA_DIR", "LOG_LEVEL")


class Stuck(Exception):
    """A job that was asked for did not begin."""


def measure(
    database: Database, broker: Redis, ring: Callable[[], None], jobs: int
) -> list[tuple[float, float]]:
    """Seconds to the body through the outbox, and from a bare enqueue, one of each in turn."""
    moment = _now()
    numbers = measuring.make_cases(database, jobs + WARM, moment)
    queue = desk_queue(broker)
    _drained(database)
    times = [(_by_outbox(database, queue, ring, n), _by_enqueue(queue)) for n in numbers]
    return times[WARM:]


def throughput(
    database: Database, broker: Redis, ring: Callable[[], None], relay: int, jobs: int
) -> tuple[float, float]:
    """Jobs a second when many wait at once: rows of the outbox, and bare jobs of RQ."""
    moment = _now()
    numbers = measuring.make_cases(database, jobs, moment, start=10_000_000)
    _drained(database)
    os.kill(relay, signal.SIGSTOP)
    for number in numbers:
        measuring.submit(database, number, moment)
    begun = time.monotonic()
    os.kill(relay, signal.SIGCONT)
    ring()
    _drained(database)
    ours = jobs / (time.monotonic() - begun)
    queue, begun = desk_queue(broker), time.monotonic()
    asked = [Queue.prepare_data(NOTHING, result_ttl=RESULT_KEPT) for _ in range(jobs)]
    last = queue.enqueue_many(asked)[-1]
    _await(lambda: last.get_status(refresh=True) == "finished", last.id)
    return ours, jobs / (time.monotonic() - begun)


def _by_outbox(database: Database, queue: Queue, ring: Callable[[], None], number: str) -> float:
    """A real submit, from just before its commit to the body of the job that tells of it."""
    moment = _now()
    with database.transaction() as tx:
        advance(tx, number, "submit", actor=measuring.HANDLER, moment=moment)
        begun = time.time()
    ring()
    with database.reading() as session:
        row = measuring.told_of(session, number)
    return _begun(queue, *(f"{row}-{fence}" for fence in FENCES)) - begun


def _by_enqueue(queue: Queue) -> float:
    begun = time.time()
    return _begun(queue, queue.enqueue(NOTHING, result_ttl=RESULT_KEPT).id) - begun


def _begun(queue: Queue, *job_ids: str) -> float:
    """When the worker began with one of these; waits until it is done: the next finds rest."""
    found: list[Job] = []

    def ended() -> bool:
        jobs = Job.fetch_many(job_ids, connection=queue.connection)
        found[:] = [job for job in jobs if job and job.ended_at is not None]
        return bool(found)

    _await(ended, job_id := job_ids[0])
    started = found[0].started_at
    if started is None:
        raise Stuck(job_id)
    return started.replace(tzinfo=started.tzinfo or UTC).timestamp()


def _drained(database: Database) -> None:
    def empty() -> bool:
        with database.reading() as session:
            return measuring.pending(session) == 0

    _await(empty, "the outbox")


def _now() -> Moment:
    return Moment.of(datetime.now(UTC), "Asia/Shanghai")


def _await(reached: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > until:
            raise Stuck(what)
        time.sleep(_NAP)


@contextlib.contextmanager
def _running(url: str, folder: Path, *names: str) -> Iterator[list[int]]:
    """These programs of ours on this database and folder; their process ids."""
    given = {n: v for n, v in os.environ.items() if n.removeprefix("LICENSE_DESK_") not in _OURS}
    told = {"DATABASE_URL": url, "DATA_DIR": str(folder), "LOG_LEVEL": "ERROR"}
    given |= {f"LICENSE_DESK_{name}": value for name, value in told.items()}
    started = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "workflow.cli.main", name],
            stdout=subprocess.DEVNULL,
            env=given,
            preexec_fn=lambda: lifeline.die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads
        )
        for name in names
    ]
    try:
        yield [process.pid for process in started]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def main(url: str, jobs: int) -> None:
    """Measure on this database and print what was found."""
    database = open_database(url)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        embedded_broker(Path(folder)) as running,
        _running(url, Path(folder), "relay", "rq-worker") as programs,
    ):
        broker, ring = connect(running.url), ringer(running.url)
        times = measure(database, broker, ring, jobs)
        ours, bare = throughput(database, broker, ring, programs[0], jobs)
        broker.close()
    database.close()
    figures: dict[str, Any] = {"jobs": jobs}
    for name, found in zip(("outbox", "rq"), zip(*times, strict=True), strict=True):
        figures[f"{name}_p50_ms"] = round(statistics.median(found) * 1000, 2)
        figures[f"{name}_p95_ms"] = round(statistics.quantiles(found, n=20)[-1] * 1000, 2)
    figures |= {"jobs_per_second": round(ours, 1), "rq_jobs_per_second": round(bare, 1)}
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
