"""One tick of the clock: legal consequences first, then reminders, each in its own transaction.

An edge, like a scenario: it opens the transactions, what it calls opens none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog

from workflow.domain.acting import Moment
from workflow.services import clockwork, recounting, reminding
from workflow.storage.database import Database
from workflow.storage.reminders import Subject

_log = structlog.get_logger(__name__)
_LOOKS: dict[Subject, Callable[..., int]] = {
    "license": reminding.look_at_license,
    "case": reminding.look_at_case,
}


@dataclass(slots=True)
class Outcome:
    """What one tick found and did. `due` counts subjects, `sent` reminders."""

    due: int = 0
    acted: int = 0
    lapsed: int = 0
    sent: int = 0
    failed: int = 0


def tick(database: Database, then: Moment) -> Outcome:
    """Do what is due by `then` and is not done yet; a tick that runs twice finds nothing.

    One transaction a subject: one that fails is counted and logged, the others go on. The day is
    kept as finished only when nothing failed.
    """
    outcome = Outcome()
    awake = _last_day(database)
    if awake and awake > then.today:
        # it repeats nothing, but somebody should know; the dashboard tells too
        _log.warning("the clock was set back", finished=awake.isoformat(), today=str(then.today))
    _follow_calendar(database, outcome, then)
    with database.reading() as session:
        numbers = clockwork.due(session, then.today)
    for number in numbers:
        outcome.acted += _one(database, outcome, clockwork.take, number, then)
    with database.reading() as session:
        ended = clockwork.lapsed(session, then.today)
    for ident in ended:
        outcome.lapsed += _one(database, outcome, clockwork.lapse, ident, then)
    for subject, look in _LOOKS.items():
        for ident in _to_look_at(database, subject, then):
            outcome.sent += _one(database, outcome, look, ident, then, awake)
    if not outcome.failed:
        with database.transaction() as session:
            clockwork.finish(session, then, outcome.acted + outcome.lapsed + outcome.sent)
    return outcome


def _last_day(database: Database) -> date | None:
    """The last day the clock finished: what was planned since fell into nights that were lost."""
    with database.reading() as session:
        last = clockwork.last_day(session)
    return date.fromisoformat(last) if last else None


def _follow_calendar(database: Database, outcome: Outcome, then: Moment) -> None:
    """Dates first: nothing is done by a date that a loaded holiday notice has moved."""
    found = recounting.go_on(database, then)
    outcome.due += found.done + found.failed
    outcome.failed += found.failed


def _to_look_at(database: Database, subject: Subject, then: Moment) -> Iterator[int]:
    """Ids by key, a batch at a time; a subject that failed is passed over until the next tick."""
    after = 0
    while True:
        with database.reading() as session:
            batch = clockwork.to_look_at(session, subject, then.today, after)
        yield from batch
        if not batch:
            return
        after = batch[-1]


def _one(database: Database, outcome: Outcome, act: Callable[..., int], *given: Any) -> int:  # noqa: ANN401
    outcome.due += 1
    try:
        with database.transaction() as session:
            return int(act(session, *given))
    except Exception:  # noqa: BLE001 - one subject must not stop the others
        _log.exception("the clock could not act", act=act.__name__, subject=given[0])
        outcome.failed += 1
        return 0
