"""Where the authority let its time pass: which limit, since when, and what the law makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.clock import Reading
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Role, Text
from workflow.domain.time_limit import Unit
from workflow.domain.workdays import count_working
from workflow.services import judging
from workflow.services.calendars import held_of
from workflow.services.desk import case_scope
from workflow.storage import silences
from workflow.storage.rows import CaseRow

PAGE = 50
_RECEIPTS = ("submit", "resubmit")


@dataclass(frozen=True, slots=True)
class Passed:
    """One limit of the authority that passed without an answer.

    `late_by` in the limit's own unit. `counts_from` is the day from which silence counts as a yes;
    None where no law says so.
    """

    reading: Reading
    late_by: int
    counts_from: date | None

    @property
    def says(self) -> Text | None:
        """What the law makes of the silence, in its words."""
        return self.reading.clock.silence if self.counts_from else None


@dataclass(frozen=True, slots=True)
class Silence:
    """A case the authority owes an answer, with every limit that passed."""

    case: CaseRow
    company: str
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list; `after` is the key of the next, None at the end."""

    silences: tuple[Silence, ...]
    after: tuple[date, int] | None


def page(
    session: Session,
    actor: Actor,
    moment: Moment,
    after: tuple[date, int] | None = None,
    *,
    limit: int = PAGE,
) -> Page:
    """A handler's own cases, else everything in the scope; the longest wait first.

    A page may be shorter than the next: a case that is paused does not show.
    """
    own = actor.id if actor.role is Role.HANDLER else None
    found = silences.waiting(
        session, case_scope(actor), moment.today, handler_id=own, after=after, limit=limit
    )
    last = found[-1][0] if len(found) == limit else None
    key = (last.next_due, last.id) if last and last.next_due else None
    return Page(tuple(_read(session, found, moment.today)), key)


def of_case(session: Session, actor: Actor, number: str, moment: Moment) -> Silence:
    """The silence about one case. Raises NotFound outside the scope, or where nothing passed."""
    found = silences.waiting(session, case_scope(actor), moment.today, number=number, limit=1)
    for silence in _read(session, found, moment.today):
        return silence
    raise NotFound


def _read(session: Session, found: list[tuple[CaseRow, str]], today: date) -> Iterator[Silence]:
    calendar = judging.calendar_in_use(session)
    held = held_of(session, [case for case, _ in found])
    for case, company in found:
        mine = None if case.procedure == "new" else held.get(case.license_id or 0)
        readings = judging.readings_of(case, mine, calendar, today)
        passed = tuple(one for r in readings if (one := _passed(case, r, today)))
        if passed:
            yield Silence(case, company, passed)


def _passed(case: CaseRow, reading: Reading, today: date) -> Passed | None:
    """Running, due and not paused; or ended by the clock alone, since nobody answered."""
    if reading.clock.whose != "authority" or reading.clock.window:
        return None
    if reading.ended_by == "deem_accepted":
        if any(act.do == "accept" for act in case.folded):
            return None
        return Passed(reading, _late(reading, today), _receipt(case))
    if not reading.running or reading.paused or reading.late_by <= 0:
        return None
    counts = reading.clock.silence is not None
    since = _receipt(case) if reading.code == "K-CORR" else reading.due
    return Passed(reading, reading.late_by, since if counts else None)


def _late(reading: Reading, today: date) -> int:
    if reading.clock.unit is Unit.WORKING:
        return count_working(reading.days, reading.due + timedelta(1), today)
    return (today - reading.due).days


def _receipt(case: CaseRow) -> date | None:
    """The day the authority received the papers it has now."""
    return next((act.on for act in reversed(case.folded) if act.do in _RECEIPTS), None)
