"""The relay: claims what is due in the outbox and rings a worker for it, at least once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import click
import structlog
from redis import Redis
from redis.exceptions import RedisError

from workflow.jobs.equipment import Equipment, from_settings
from workflow.jobs.process import PATIENCE, begin
from workflow.jobs.queue import desk_queue, send
from workflow.jobs.sequencer import Sealing, Sequencer
from workflow.lifeline import StopRequest
from workflow.services import delivery
from workflow.services.doorbell import BELL, connect

POLL = 1.0
SWEEP_EVERY = 5.0
_log = structlog.get_logger(__name__)


class Relay:
    """One relay; any number may run beside each other on one database."""

    def __init__(
        self,
        equipment: Equipment,
        broker: Redis,
        *,
        lease: timedelta = delivery.LEASE,
        sequencer: Sequencer | None = None,
    ) -> None:
        self._equipment = equipment
        self._broker = broker
        self._queue = desk_queue(broker)
        self._lease = lease
        self._sequencer = sequencer
        self._swept = float("-inf")
        self._trouble = ""

    def run(self, stopping: Callable[[], bool]) -> None:
        """Work until `stopping`; a broker or database that is away is waited for."""
        away: tuple[type[Exception], ...] = (*self._equipment.database_errors, RedisError, OSError)
        while not stopping():
            try:
                self.sweep_now_and_then()
                if self._sequencer:
                    self._sequencer.go_on()
                sent = self.pass_on() if self._listen() else 0
                self._say("")
            except away as error:
                sent = 0
                self._say(f"{type(error).__name__}: {error}".splitlines()[0])
                time.sleep(POLL)
            if sent:
                _log.debug("passed on", jobs=sent)

    def pass_on(self) -> int:
        """Claim everything due and enqueue it, batch by batch; returns how many jobs."""
        sent = 0
        while claims := self._claim():
            send(self._queue, claims, lease=self._lease)
            sent += len(claims)
        return sent

    def sweep_now_and_then(self) -> None:
        """Every five seconds, turn rows that used up their attempts into incidents."""
        if time.monotonic() - self._swept < SWEEP_EVERY:
            return
        self._swept = time.monotonic()
        moment = self._equipment.now()
        with self._equipment.database.reading() as session:
            spent = delivery.is_spent(session, moment=moment)
        if spent:
            with self._equipment.database.transaction() as session:
                _log.error("incidents", new=delivery.sweep(session, moment=moment))

    def _listen(self) -> bool:
        """Wait for a ring, a second at most; False when a job could not be enqueued anyway."""
        try:
            self._broker.blpop([BELL], timeout=POLL)
        except (RedisError, OSError) as error:
            self._say(f"the broker is away: {error}")
            time.sleep(POLL)
            return False
        return True

    def _claim(self) -> list[delivery.Claim]:
        moment = self._equipment.now()
        with self._equipment.database.reading() as session:
            due = delivery.is_due(session, moment=moment)
        if not due:
            return []
        with self._equipment.database.transaction() as session:
            return delivery.claim_due(session, moment=moment, lease=self._lease)

    def _say(self, trouble: str) -> None:
        """Log a trouble when it begins and when it is over, not every second."""
        if trouble and not self._trouble:
            _log.warning("relay waits", reason=trouble)
        elif self._trouble and not trouble:
            _log.info("relay goes on")
        self._trouble = trouble


@click.command("relay")
def command() -> None:
    """Pass on what is due in the outbox, until stopped."""
    settings, url = begin("relay")
    desk = from_settings(settings)
    sealing = Sealing(
        settings.sealing_key_path,
        settings.checkpoint_path,
        settings.checkpoint_mail,
        settings.checkpoint_store,
    )
    sequencer = Sequencer(desk, sealing)
    Relay(desk, connect(url, patience=PATIENCE), sequencer=sequencer).run(StopRequest())
