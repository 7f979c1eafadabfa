"""The RQ worker: one process, one queue, a fork per job with the application already imported."""

from __future__ import annotations

import signal
from typing import Any

import click
from redis import Redis
from rq import Queue, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from workflow import lifeline
from workflow.jobs import tasks as _imported_before_the_fork  # noqa: F401
from workflow.jobs.equipment import equip, from_settings
from workflow.jobs.process import begin
from workflow.jobs.queue import RESULT_KEPT, await_broker, desk_queue
from workflow.services.doorbell import connect

WORKER_TTL = 20
MAINTENANCE_EVERY = 5
LOOK_EVERY = 2


class DeskWorker(Worker):
    """A worker whose job ends with it, and that looks for a lost broker every two seconds."""

    max_connection_wait_time = 2.0

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """A job must not outlive its worker: RQ puts it into a process group of its own."""
        lifeline.die_with_parent(signal.SIGKILL)
        super().main_work_horse(job, queue)


def new_worker(broker: Redis, **options: Any) -> DeskWorker:  # noqa: ANN401 - RQ's own options
    """A worker for the desk's queue; it registers itself with the broker at once."""
    return DeskWorker(
        [desk_queue(broker)],
        connection=broker,
        serializer=JSONSerializer,
        default_result_ttl=RESULT_KEPT,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE_EVERY,
        job_monitoring_interval=LOOK_EVERY,
        log_job_description=False,
        **options,
    )


@click.command("rq-worker")
def command() -> None:
    """Do the jobs of the queue, one after another, until stopped."""
    settings, url = begin("worker")
    equip(from_settings(settings))
    broker = connect(url)
    await_broker(broker)
    new_worker(broker).work(logging_level=None)
