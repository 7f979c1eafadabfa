"""The sequencer's seat in the relay: leaves at once, a checkpoint a minute, the letter a day."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import structlog

from workflow.domain.acting import Moment
from workflow.domain.errors import DeskError, Unavailable
from workflow.jobs.equipment import Equipment
from workflow.sealing_key import key_in_use
from workflow.services import checkpoint_copy, checkpoint_letter, checkpoints, sequencing

LOOK_AGAIN = 60.0
LOOK_AT_ALL = 3600.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Where the key lies, where checkpoints are published, who is sent them, where copies go."""

    key: Path
    published: Path
    mail: str | None = None
    store: str | None = None


class Sequencer:
    """Goes on with the tree whenever it is asked to; trouble is logged once and waited out."""

    def __init__(self, equipment: Equipment, sealing: Sealing) -> None:
        self._equipment, self._sealing = equipment, sealing
        self._looked = self._looked_at_all = float("-inf")
        self._trouble = ""

    def go_on(self) -> None:
        """Give new events their leaves, and sign a checkpoint when one is due."""
        try:
            self._catch_up()
            moment = self._equipment.now()
            with self._equipment.database.reading() as session:
                due = checkpoints.is_due(session, moment)
            if due:
                self._seal(moment)
        except Unavailable:
            raise
        except (DeskError, OSError) as error:
            if str(error) != self._trouble:
                _log.error("not sealed", reason=str(error))
            self._trouble = str(error)

    def _catch_up(self) -> None:
        database, now = self._equipment.database, time.monotonic()
        whole = now - self._looked_at_all > LOOK_AT_ALL
        again = now - self._looked > LOOK_AGAIN
        with database.reading() as session:
            behind = whole or again or sequencing.is_behind(session)
        if behind:
            sequencing.catch_up(database, whole=whole)
            self._looked = now
            self._looked_at_all = now if whole else self._looked_at_all

    def _seal(self, moment: Moment) -> None:
        database, sealing = self._equipment.database, self._sealing
        key = key_in_use(sealing.key, checkpoints.last_key(database))
        signing = checkpoints.Signing(key)
        kept = checkpoints.seal(database, signing, moment, published=sealing.published)
        with database.transaction() as tx:
            if sealing.mail:
                checkpoint_letter.post(tx, sealing.mail, moment)
            if sealing.store:
                checkpoint_copy.post(tx, moment)
        with database.reading() as session:
            lag = sequencing.lag(session, moment)
        self._trouble = ""
        _log.info("sealed", checkpoint=kept.id, events=kept.size, behind=lag.events)
