"""What the worklist reads of a case, recomputed on every write: turn, next date, blockers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from workflow.domain.clock import Reading
from workflow.domain.facts import Act
from workflow.domain.own_dates import FIELDS, KINDS, REPLY_BY, kind_of, own_dates
from workflow.domain.procedure import State
from workflow.law import catalogue
from workflow.services import judging
from workflow.services.filed import fixed_findings
from workflow.services.reminding import case_deadlines, first_look
from workflow.storage import paperwork
from workflow.storage.rows import CaseRow

_REVIEW = {"request_sign_off", "recall_sign_off", "sign_off", "return_pack", "revoke_sign_off"}


def refresh(tx: Session, case: CaseRow, today: date, *, judge: bool = True) -> None:
    """Set turn, authority, next_due, next_clock, next_look, calendar and blockers from the facts.

    `judge=False` leaves the blockers alone (the act cannot have changed them). The authority is
    decided anew until the filing: a foreign share learned of late moves the case to MIIT.
    """
    turn = turn_of(case)
    if turn != case.turn or case.turn_since is None:
        case.turn, case.turn_since = turn, today
    state = State(case.state)
    trigger = judging.FILING.get(state)
    if trigger is None:
        case.blockers, case.first_blocker = 0, None
    elif judge:
        facts = judging.facts_of(tx, case, today)
        if case.filed_on is None:
            case.authority = judging.authority_of(tx, case, facts.company)
        rule = catalogue.procedure(case.procedure).rule(trigger, state)
        settled = fixed_findings(tx, case)
        found = judging.findings_of(case, facts, rule.guards if rule else (), settled)
        unmet = [finding.code for finding in found if finding.refuses]
        case.blockers, case.first_blocker = len(unmet), unmet[0] if unmet else None
    readings = judging.clocks_of(tx, case, today)
    reply_by = paperwork.reply_by(tx, case.id) if _in_correction(case) else None
    if trigger is None and "dates" in case.pack:  # filed or ended: our own dates are behind us
        case.pack = {name: kept for name, kept in case.pack.items() if name != "dates"}
    case.next_due, case.next_clock = nearest(case.state, readings, reply_by, own_dates(case.pack))
    case.next_look = first_look(case_deadlines(tx, case, readings, today), today)
    case.calendar = judging.calendar_version(tx)


def turn_of(case: CaseRow) -> str:
    """Whose turn it is: `us`, `client`, `reviewer`, `authority` or `none`.

    The client's, from the day they were asked until the pack changes or they reply.
    """
    if case.state == State.SUBMITTED:
        return "authority"
    acts = case.folded
    if case.state == State.APPROVED:
        return "authority" if _delivery_due(case, acts) else "none"
    if State(case.state).final:
        return "none"
    if sign_off_pending(acts):
        return "reviewer"
    asked: int = case.pack.get("asked_seq") or 0
    return "client" if asked > case.pack.get("changed_seq", 0) else "us"


def _delivery_due(case: CaseRow, acts: tuple[Act, ...]) -> bool:
    """True while something is still to be handed over; a report leaves nothing to deliver."""
    rule = catalogue.procedure(case.procedure).rule("deliver", State.APPROVED)
    if rule is None or catalogue.is_report(case.procedure, case.facts):
        return False
    return not any(act.do == "deliver" for act in acts)


def sign_off_pending(acts: tuple[Act, ...]) -> bool:
    """True while a request for sign-off waits for an answer."""
    last = next((act.do for act in reversed(acts) if act.do in _REVIEW), None)
    return last == "request_sign_off"


def _in_correction(case: CaseRow) -> bool:
    return case.state == State.CORRECTION_REQUESTED


def nearest(
    state: str,
    readings: tuple[Reading, ...],
    reply_by: date | None,
    own: Mapping[str, date],
) -> tuple[date | None, str | None]:
    """The next date of a case and what it comes from; `reply_by` while a round is open.

    On one day the law stands before the authority, and both before `own` dates.
    """
    ours = state in judging.FILING
    dates = [
        (reading.due, reading.code)
        for reading in readings
        if reading.running and (reading.clock.whose == "filer") is ours
    ]
    dates += [(reply_by, REPLY_BY)] if reply_by else []
    dates += [(day, FIELDS[name]) for name, day in own.items()]
    by_kind = [(day, KINDS.index(kind_of(code)), code) for day, code in dates]
    day, _, code = min(by_kind, default=(None, 0, None))
    return day, code
