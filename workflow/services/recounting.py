"""Every open case follows the holiday notices in use: case by case, whoever stops it half-way.

An edge, like a tick: it opens the transactions. What is done is kept with each case, so a run that
is killed, or that runs twice, goes on where cases are still behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from workflow.domain.acting import Moment
from workflow.services import judging
from workflow.services.advance import redate
from workflow.storage import calendars
from workflow.storage.database import Database

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Outcome:
    """What one run did. `moved` counts cases with a deadline that moved; `ended`: none is left."""

    done: int = 0
    moved: int = 0
    failed: int = 0
    ended: bool = False


def _never() -> bool:
    return False


def go_on(database: Database, moment: Moment, *, enough: Callable[[], bool] = _never) -> Outcome:
    """Take up every open case that is behind, one transaction each, until `enough`.

    A case that fails is counted and logged, the others go on; the notices count as followed only
    when nothing is left.
    """
    outcome, after = Outcome(), 0
    while not enough():
        with database.reading() as session:
            stamp = judging.calendar_version(session)
            batch = calendars.behind(session, stamp, after=after)
        if not batch:
            outcome.ended = _finish(database, moment, outcome)
            break
        for case in batch:
            if enough():
                break
            after = case.id
            _one(database, outcome, case.number, moment)
    return outcome


def _one(database: Database, outcome: Outcome, number: str, moment: Moment) -> None:
    try:
        with database.transaction() as tx:
            moved = redate(tx, number, moment)
    except Exception:  # noqa: BLE001 - one case must not stop the others
        _log.exception("a case could not follow the calendar", case=number)
        outcome.failed += 1
        return
    outcome.done += moved is not None
    outcome.moved += bool(moved)


def _finish(database: Database, moment: Moment, outcome: Outcome) -> bool:
    """True when no case is behind any more, whoever brought the last one up."""
    with database.transaction() as tx:
        if outcome.failed or calendars.behind(tx, judging.calendar_version(tx), limit=1):
            return False
        calendars.finish(tx, judging.calendar_in_use(tx).loaded, moment.stamp)
    return True
