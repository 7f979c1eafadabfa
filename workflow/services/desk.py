"""One case as a row: its bucket, how it stands, what comes next, how urgent it is. Read only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment, Scope
from workflow.domain.errors import NotFound
from workflow.domain.facts import Act
from workflow.domain.own_dates import KINDS, kind_of
from workflow.domain.procedure import Role, State
from workflow.law import catalogue
from workflow.services.outlook import sign_off_pending
from workflow.storage import listings
from workflow.storage.listings import CaseLine
from workflow.storage.register_lists import CompanyLine, LicenseLine, MessageLine
from workflow.storage.rows import folded

__all__ = ["CaseLine", "CompanyLine", "LicenseLine", "MessageLine"]

FRIDAY = 4
BUCKETS = ("overdue", "this_week", "client", "authority", "later")
NO_CASES = Scope(frozenset())


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the worklist.

    `standing` refines the state (in_review, returned, accepted …); `next_act` is the trigger a
    handler would take next, `ready` whether nothing stands in its way; `round` 0 without one.
    """

    line: CaseLine
    bucket: str
    standing: str
    round: int
    days_waiting: int
    next_act: str | None
    ready: bool


def case_scope(actor: Actor) -> Scope:
    """Which companies' cases an actor reads: administrators read none."""
    return NO_CASES if actor.role is Role.ADMIN else actor.scope


def entry_of(session: Session, actor: Actor, moment: Moment, number: str) -> Entry:
    """One case as a row, whether or not it is on the list. Raises NotFound outside the scope."""
    line = listings.case_line(session, case_scope(actor), number)
    if line is None:
        raise NotFound
    return read_entry(line, moment.today)


def entries_named(
    session: Session, actor: Actor, moment: Moment, numbers: Sequence[str]
) -> list[Entry]:
    """These cases as rows, whosever they are, as far as the actor may see them, by urgency."""
    found = listings.lines_named(session, case_scope(actor), numbers)
    return sorted((read_entry(line, moment.today) for line in found), key=by_urgency)


def by_urgency(entry: Entry) -> tuple[int, int, int, str]:
    """What a worklist is sorted by."""
    return BUCKETS.index(entry.bucket), *_order(entry)


def _order(entry: Entry) -> tuple[int, int, str]:
    """Overdue by kind, then longest; this week by day, then kind; client by waiting; else by day.

    The case number last, so that a refresh never shuffles.
    """
    line, due = entry.line, (entry.line.next_due or date.max).toordinal()
    kind = KINDS.index(kind_of(line.next_clock))
    first, second = {"overdue": (kind, due), "client": (-entry.days_waiting, due)}.get(
        entry.bucket, (due, kind)
    )
    return first, second, line.number


def read_entry(line: CaseLine, today: date) -> Entry:
    """One case as a row of the worklist."""
    acts = folded(line.acts)
    next_act = _next_act(line, acts)
    return Entry(
        line=line,
        bucket=_bucket(line, today),
        standing=standing_of(line.state, acts, turn=line.turn, report=_is_report(line)),
        round=sum(act.do == "request_correction" for act in acts),
        days_waiting=(today - line.turn_since).days if line.turn_since else 0,
        next_act=next_act,
        ready=_ready(line, next_act),
    )


def _is_report(line: CaseLine) -> bool:
    """As far as a list knows: a change of contact data alone shows on its own page only."""
    return catalogue.is_report(line.procedure, {})


def _bucket(line: CaseLine, today: date) -> str:
    if line.next_due is not None:
        if line.next_due < today:
            return "overdue"
        if line.next_due <= last_day_of_week(today):
            return "this_week"
    return line.turn if line.turn in ("client", "authority") else "later"


def last_day_of_week(today: date) -> date:
    """Sunday; from Friday on also the next Monday and Tuesday."""
    sunday = today + timedelta(6 - today.weekday())
    return sunday + timedelta(2) if today.weekday() >= FRIDAY else sunday


_OF_REPORT = {
    State.SUBMITTED.value: "reported",
    State.APPROVED.value: "filed",
    State.REJECTED.value: "not_taken",
}
"""A report is handed in and taken note of: nobody decides about it."""


def standing_of(state: str, acts: tuple[Act, ...], *, turn: str = "", report: bool = False) -> str:
    """The state as a handler says it: in_review, returned and accepted are told apart.

    An approved case is closed once it is nobody's `turn`; until then its license is awaited.
    """
    if report and state in _OF_REPORT:
        return _OF_REPORT[State(state).value]
    last = [act.do for act in acts]
    if state == State.SUBMITTED:
        receipt = max((n for n, do in enumerate(last) if do in ("submit", "resubmit")), default=0)
        accepted = {"accept", "deem_accepted"} & set(last[receipt:])
        return "accepted" if accepted else "submitted"
    if state == State.MATERIAL_PREP:
        if sign_off_pending(acts):
            return "in_review"
        return "returned" if last and last[-1] == "return_pack" else "material_prep"
    if state == State.APPROVED:
        return "closed" if turn == "none" else "to_be_delivered"
    return state


def _next_act(line: CaseLine, acts: tuple[Act, ...]) -> str | None:
    """What the handler would do next: prepare, send for review, submit, record, deliver."""
    if line.state == State.SUBMITTED:
        waiting = standing_of(line.state, acts, report=_is_report(line)) == "submitted"
        return "accept" if waiting else "approve"
    if line.state in (State.MATERIAL_PREP, State.CORRECTION_REQUESTED):
        return _next_with_us(line)
    if line.state == State.APPROVED and _is_report(line):
        return None
    return {State.DRAFT.value: "prepare", State.APPROVED.value: "deliver"}.get(line.state)


def _next_with_us(line: CaseLine) -> str:
    if line.turn == "reviewer":
        return "sign_off"
    if line.blockers == 1 and line.first_blocker == "G-SIGNOFF":
        return "request_sign_off"
    return "submit" if line.state == State.MATERIAL_PREP else "resubmit"


def _ready(line: CaseLine, next_act: str | None) -> bool:
    if next_act in ("submit", "resubmit"):
        return line.blockers == 0
    return next_act in ("prepare", "request_sign_off")
