"""What falls due by itself: found by day, taken as the actor `clock`, one case at a time."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workflow.domain.acting import CLOCK, Moment
from workflow.domain.errors import NotOffered
from workflow.domain.facts import Act
from workflow.domain.procedure import Role
from workflow.services import licenses
from workflow.services.advance import advance, record, redate
from workflow.services.step import Step
from workflow.storage import reminders, snapshot, ticks
from workflow.storage.reminders import Subject

_RECEIPTS = ("submit", "resubmit")


def due(session: Session, today: date, number: str = "") -> list[str]:
    """Numbers of cases (of this one, if named) in which something fell due before `today`.

    Five working days without an answer, or a renewal not decided by the license's last day. A tick
    that was missed finds them the next day.
    """
    found = [
        *snapshot.unanswered_cases(session, today, number),
        *snapshot.expired_renewals(session, today, number),
    ]
    return list(dict.fromkeys(found))


def take(tx: Session, number: str, moment: Moment) -> bool:
    """Let silence count: as acceptance dated to the receipt, as renewal dated to the last day.

    False when somebody was quicker: a second tick finds nothing to do. A date that a new holiday
    notice moved is moved first: nobody is held to the old one.
    """
    if number not in due(tx, moment.today, number):
        return False
    redate(tx, number, moment)
    unanswered = snapshot.unanswered_cases(tx, moment.today, number)
    accepted = bool(unanswered) and _accept(tx, number, moment)
    expired = snapshot.expired_renewals(tx, moment.today, number)
    renewed = bool(expired) and _renew(tx, number, moment)
    return accepted or renewed


def lapsed(session: Session, today: date) -> list[int]:
    """Licenses that ended before `today` with no renewal filed."""
    return snapshot.expired_licenses(session, today)


def lapse(tx: Session, license_id: int, moment: Moment) -> bool:
    """End a license that nobody renewed; the manager is told by every renewal still with us.

    False when somebody was quicker: a second tick finds nothing to end.
    """
    if not licenses.lapse(tx, license_id, moment):
        return False

    def change(step: Step) -> None:
        step.changed("license.status", "valid", "lapsed")

    for number in snapshot.open_renewals(tx, license_id):
        record(
            tx,
            number,
            "set_facts",
            actor=CLOCK,
            moment=moment,
            change=change,
            sends=(Role.MANAGER,),
        )
    return True


def to_look_at(session: Session, subject: Subject, today: date, after: int) -> list[int]:
    """Licenses or cases whose day to look has come, in batches by id."""
    return reminders.due_subjects(session, subject, today, after=after)


def finish(tx: Session, moment: Moment, acted: int) -> None:
    """Remember that the clock has gone through this day."""
    ticks.finish(tx, moment.today.isoformat(), acted, moment.stamp)


def last_day(session: Session) -> str | None:
    """The last day the clock has gone through, ISO, or None."""
    return ticks.last_day(session)


def _accept(tx: Session, number: str, moment: Moment) -> bool:
    """No notice in time: accepted from the day of the receipt (行政许可法 32(1)(4))."""
    receipt = _receipt(snapshot.acts_of(tx, number))
    return receipt is not None and _taken(tx, number, "deem_accepted", moment, receipt)


def _renew(tx: Session, number: str, moment: Moment) -> bool:
    """No decision by the last day: renewed as of that day (行政许可法 50)."""
    expiry = snapshot.expiry_of_case(tx, number)
    return expiry is not None and _taken(tx, number, "deem_renewed", moment, expiry)


def _taken(tx: Session, number: str, trigger: str, moment: Moment, on: date) -> bool:
    try:
        advance(tx, number, trigger, actor=CLOCK, moment=moment, on=on)
    except NotOffered:
        return False
    return True


def _receipt(acts: tuple[Act, ...]) -> date | None:
    return next((act.on for act in reversed(acts) if act.do in _RECEIPTS), None)
