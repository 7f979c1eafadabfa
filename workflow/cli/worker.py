"""The `worker` command: the relay and one RQ worker, each a process of its own."""

from __future__ import annotations

import os
import time

import click

from workflow.cli.supervise import LOOK_EVERY, WORKER_GROUP, Supervisor
from workflow.lifeline import StopRequest
from workflow.logs import to_json_lines
from workflow.services.guarding import refuse_unguarded
from workflow.settings import Settings, prepare_folder


@click.command("worker")
def command() -> None:
    """Pass on what is due and do the jobs, until stopped; a job under way is finished."""
    settings = Settings.from_env(os.environ)
    to_json_lines(settings.log_level, "worker-group")
    prepare_folder(settings)
    refuse_unguarded(settings.database_url)
    stopping = StopRequest()
    supervisor = Supervisor(WORKER_GROUP)
    try:
        supervisor.load()
        supervisor.release()
        while not stopping():
            supervisor.tend()
            time.sleep(LOOK_EVERY)
    finally:
        supervisor.stop()
