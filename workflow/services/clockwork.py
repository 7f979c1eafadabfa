"""What falls due by itself: found by day, taken as the actor `clock`, one case at a time."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workflow.domain.acting import CLOCK, Moment
from workflow.domain.errors import NotOffered
from workflow.domain.facts import Act
from workflow.services.advance import advance
from workflow.storage import snapshot, ticks

_RECEIPTS = ("submit", "resubmit")


def due(session: Session, today: date) -> list[str]:
    """Numbers of cases whose five working days passed before `today` without an answer.

    Due by now and not yet taken: a tick that was missed finds them the next day.
    """
    return snapshot.unanswered_cases(session, today)


def take(tx: Session, number: str, moment: Moment) -> bool:
    """Let silence count as acceptance (行政许可法 32(1)(4)), dated to the receipt.

    False when somebody was quicker: a second tick finds nothing to do.
    """
    receipt = _receipt(snapshot.acts_of(tx, number))
    if receipt is None:
        return False
    try:
        advance(tx, number, "deem_accepted", actor=CLOCK, moment=moment, on=receipt)
    except NotOffered:
        return False
    return True


def finish(tx: Session, moment: Moment, acted: int) -> None:
    """Remember that the clock has gone through this day."""
    ticks.finish(tx, moment.today.isoformat(), acted, moment.stamp)


def last_day(session: Session) -> str | None:
    """The last day the clock has gone through, ISO, or None."""
    return ticks.last_day(session)


def _receipt(acts: tuple[Act, ...]) -> date | None:
    return next((act.on for act in reversed(acts) if act.do in _RECEIPTS), None)
