"""The course of a case, read off its acts: days by side, time past its last days, when it ended.

Derived and kept beside the case with the version it was told at; deleting it loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from workflow.domain.acting import Moment
from workflow.domain.facts import Act, HeldLicense
from workflow.domain.procedure import State
from workflow.domain.workdays import Calendar
from workflow.services import calendars, judging
from workflow.storage import courses
from workflow.storage.courses import Course
from workflow.storage.database import Database
from workflow.storage.rows import CaseRow, folded

BATCH = 200
ENTERED = {
    "prepare": State.MATERIAL_PREP,
    "submit": State.SUBMITTED,
    "resubmit": State.SUBMITTED,
    "request_correction": State.CORRECTION_REQUESTED,
    "approve": State.APPROVED,
    "deem_renewed": State.APPROVED,
    "reject": State.REJECTED,
    "decline": State.REJECTED,
    "withdraw": State.WITHDRAWN,
}
"""The state each act leads to."""
_REVIEW = {
    "request_sign_off": "in_review",
    "sign_off": "material_prep",
    "return_pack": "material_prep",
    "recall_sign_off": "material_prep",
    "accept": "under_examination",
    "deem_accepted": "under_examination",
    "deliver": "closed",
}


def passages(opened_on: date, acts: Sequence[Act]) -> Iterator[tuple[date, str]]:
    """Every standing a case has entered, with the day, as the dashboard tells standings apart."""
    yield opened_on, "draft"
    state, standing = State.DRAFT, "draft"
    for act in acts:
        entered = ENTERED.get(act.do)
        if entered is not None:
            state = entered
            found = {
                State.SUBMITTED: "awaiting_acceptance",
                State.APPROVED: "to_be_delivered",
            }.get(state, state.value)
        else:
            found = _REVIEW.get(act.do, standing)
            if found == "in_review" and state is not State.MATERIAL_PREP:
                found = standing
            elif act.do in ("sign_off", "return_pack", "recall_sign_off"):
                found = state.value if state is State.MATERIAL_PREP else standing
        if found != standing:
            standing = found
            yield act.on, standing


def follow(database: Database, moment: Moment, enough: Callable[[], bool] = lambda: False) -> bool:
    """Bring the courses of all cases up to date; False when time was up first.

    An edge: two hundred cases a transaction, in order, so whoever is killed goes on there.
    """
    after = 0
    while True:
        with database.transaction() as tx:
            batch = courses.behind(tx, after=after, limit=BATCH)
            if not batch:
                return True
            held, calendar = calendars.held_of(tx, batch), judging.calendar_in_use(tx)
            asked = courses.waiting_for_client(tx, [case.id for case in batch])
            for case in batch:
                known = None if case.procedure == "new" else held.get(case.license_id or 0)
                turns = asked.get(case.id, [])
                courses.keep(tx, course_of(case, known, calendar, moment.today, turns))
        if len(batch) < BATCH:
            return True
        if enough():
            return False
        after = batch[-1].id


def course_of(
    case: CaseRow,
    held: HeldLicense | None,
    calendar: Calendar,
    today: date,
    turns: Sequence[courses.Turn] = (),
) -> Course:
    """The course of one case as it stands today; `turns` say when it waited for the client."""
    acts = folded(case.acts)
    final = State(case.state).final
    closed = next((act.on for act in acts if _ends(act)), None) if final else None
    entered = [act.on for act in acts if act.do in ENTERED]
    ours, client, authority = _by_side(case.opened_on, acts, turns, closed or today)
    return Course(
        case_id=case.id,
        version=case.version,
        state_since=entered[-1] if entered else case.opened_on,
        told_on=today,
        closed_on=closed if closed or not final else case.opened_on,
        ours=ours,
        client=client,
        authority=authority,
        rounds=sum(act.do == "request_correction" for act in acts),
        late=list(_late(case, held, calendar, today, closed)),
    )


def _ends(act: Act) -> bool:
    state = ENTERED.get(act.do)
    return state is not None and state.final


def _by_side(
    opened_on: date, acts: Sequence[Act], turns: Sequence[courses.Turn], until: date
) -> tuple[int, int, int]:
    """Calendar days with us, the client and the authority; together all days until `until`."""
    days = {"ours": 0, "client": 0, "authority": 0}
    side, since = "ours", opened_on
    for _, on, given in sorted((*_by_acts(acts), *_by_turns(turns))):
        back = "ours" if side == "client" else side
        now = back if given == "answered" else given
        if now == side or (side, now) == ("authority", "client"):
            continue
        day = min(max(on, since), until)
        days[side] += (day - since).days
        side, since = now, day
    days[side] += max(0, (until - since).days)
    return days["ours"], days["client"], days["authority"]


def _by_acts(acts: Sequence[Act]) -> Iterator[tuple[int, date, str]]:
    """Acts that hand the case over: to the authority with a filing, to us with what it answers."""
    for act in acts:
        entered = ENTERED.get(act.do)
        if entered is not None:
            yield act.seq, act.on, "authority" if entered is State.SUBMITTED else "ours"


def _by_turns(turns: Sequence[courses.Turn]) -> Iterator[tuple[int, date, str]]:
    """From being asked until the client replies or the pack changes, the case is theirs."""
    for seq, day, asked in turns:
        yield seq, day, "client" if asked else "answered"


def _late(
    case: CaseRow, held: HeldLicense | None, calendar: Calendar, today: date, closed: date | None
) -> Iterator[tuple[str, str | None]]:
    """Spans past a last day, ours or the authority's; a running clock has one ahead of it."""
    ours = case.state in judging.FILING
    for reading in judging.readings_of(case, held, calendar, today):
        first, met = reading.due + timedelta(1), reading.ended_on or closed
        if met is not None and met >= first:
            yield first.isoformat(), met.isoformat()
        elif met is None and (reading.clock.whose == "filer") is ours:
            yield first.isoformat(), None


def is_late(spans: Sequence[Sequence[Any]], day: date) -> bool:
    """True when one of the spans covers the day."""
    text = day.isoformat()
    return any(first <= text and (met is None or met > text) for first, met in spans)
