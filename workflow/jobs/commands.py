"""The commands of one process each: relay, rq-worker, scheduler and the embedded broker."""

from __future__ import annotations

import os
import signal
import socket
import time
from types import FrameType

import click

from workflow.jobs.broker import BrokerTrouble, embedded_broker
from workflow.jobs.equipment import equip, from_settings
from workflow.jobs.queue import await_broker, connect
from workflow.jobs.relay import Relay
from workflow.jobs.schedule import SEAT, DeskScheduler, await_seat, keep_time
from workflow.jobs.worker import new_worker
from workflow.logs import to_json_lines
from workflow.services.doorbell import broker_url
from workflow.services.seats import Seat
from workflow.settings import Settings, prepare_folder

RELAY_PATIENCE = 5.0
ENDED = "the embedded broker ended by itself"


@click.command("relay")
def relay() -> None:
    """Pass on what is due in the outbox, until stopped."""
    settings, url = _begin("relay")
    stopping = _StopFlag()
    Relay(from_settings(settings), connect(url, patience=RELAY_PATIENCE)).run(stopping)


@click.command("rq-worker")
def rq_worker() -> None:
    """Do the jobs of the queue, one after another, until stopped."""
    settings, url = _begin("worker")
    equip(from_settings(settings))
    broker = connect(url)
    await_broker(broker)
    new_worker(broker).work(logging_level=None)


@click.command("scheduler")
def scheduler() -> None:
    """Enqueue the daily and hourly jobs; of several schedulers one works, the others stand by."""
    settings, url = _begin("scheduler")
    keep_time(settings.timezone)
    desk = from_settings(settings)
    seat = Seat(desk.database, SEAT, f"{socket.gethostname()}-{os.getpid()}")
    if not await_seat(seat, desk, _StopFlag()):
        return
    try:
        DeskScheduler(connect(url, patience=RELAY_PATIENCE), seat, desk).start()  # type: ignore[no-untyped-call]
    finally:
        seat.leave()


@click.command("broker")
def broker() -> None:
    """Run the embedded broker of this data folder, until stopped."""
    settings = Settings.from_env(os.environ)
    to_json_lines(settings.log_level, "broker")
    stopping = _StopFlag()
    with embedded_broker(prepare_folder(settings)) as running:
        while running.alive() and not stopping():
            time.sleep(0.1)
    if not stopping():
        raise BrokerTrouble(ENDED)


def _begin(process: str) -> tuple[Settings, str]:
    settings = Settings.from_env(os.environ)
    to_json_lines(settings.log_level, process)
    return settings, broker_url(settings.redis_url, prepare_folder(settings))


class _StopFlag:
    """False until SIGTERM or Ctrl-C; what is under way is finished first."""

    def __init__(self) -> None:
        self._asked = False
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._ask)

    def __call__(self) -> bool:
        return self._asked

    def _ask(self, _sign: int, _frame: FrameType | None) -> None:
        self._asked = True
