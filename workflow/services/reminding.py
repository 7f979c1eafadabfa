"""Reminders: what is due by today and not in the ledger is sent once, to whom it concerns."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Moment, Scope
from workflow.domain.clock import Reading
from workflow.domain.facts import HeldLicense
from workflow.domain.ladder import Deadline, due, next_look
from workflow.domain.procedure import State
from workflow.law.changes import AFTER_DECISION, AFTER_REGISTRY
from workflow.law.duties import Holding, deadlines, settles
from workflow.law.ladders import ladder_of
from workflow.services import judging
from workflow.storage import outbox, paperwork, reads, reminders, snapshot
from workflow.storage.reminders import About
from workflow.storage.rows import CaseRow

NOBODY = "nobody"
OVERTAKEN = "overtaken"
_REPORTS = ("annual_report", "branch_report")


def look_at_license(tx: Session, license_id: int, moment: Moment, awake: date | None = None) -> int:
    """Send what a license's deadlines are due by today; how many reminders went out.

    A second look, in turn or at once, finds the steps in the ledger and sends nothing. `awake` is
    the last day the clock finished before this one: what fell between is told as overtaken.
    """
    locked = reminders.lock_license(tx, license_id)
    if locked is None or not _day_has_come(locked[1], moment.today):
        return 0
    about = About("license", license_id, locked[0])
    runs = license_deadlines(tx, [license_id], moment.today)[license_id]
    in_charge = reminders.person_in_charge(tx, about.company_id)
    sent = _send(tx, about, runs, moment, in_charge, awake=awake)
    reminders.look_next(tx, "license", license_id, _next(runs, moment.today))
    return sent


def look_at_case(tx: Session, case_id: int, moment: Moment, awake: date | None = None) -> int:
    """Send what the deadlines of one open case are due by today; how many reminders went out."""
    case = reminders.lock_case(tx, case_id)
    if case is None or not _day_has_come(case.next_look, moment.today):
        return 0
    about = About("case", case.id, case.company_id)
    runs = case_deadlines(tx, case, judging.clocks_of(tx, case, moment.today), moment.today)
    sent = _send(tx, about, runs, moment, case.handler_id, awake=awake)
    reminders.look_next(tx, "case", case_id, _next(runs, moment.today))
    return sent


def license_deadlines(
    session: Session, ids: Collection[int], today: date
) -> dict[int, tuple[Deadline, ...]]:
    """Every live deadline of several licenses, in a fixed number of statements."""
    return deadlines_of(session, snapshot.held_licenses(session, ids), today)


def deadlines_of(
    session: Session, licenses: Collection[tuple[HeldLicense, dict[str, Any]]], today: date
) -> dict[int, tuple[Deadline, ...]]:
    """The same for licenses read already, each with its facts as stored."""
    calendar = judging.calendar_in_use(session)
    return {
        ident: deadlines(holding, calendar, today)
        for ident, holding in holdings(session, licenses).items()
    }


def holdings(
    session: Session, licenses: Collection[tuple[HeldLicense, dict[str, Any]]]
) -> dict[int, Holding]:
    """What the duties of several licenses are computed from."""
    standing = reminders.standings(session, [held.id for held, _ in licenses])
    return {held.id: _holding(held, facts, standing[held.id]) for held, facts in licenses}


def case_deadlines(
    tx: Session, case: CaseRow, readings: Iterable[Reading], today: date
) -> list[Deadline]:
    """The running deadlines of a case: our own while it is with us, else the authority's.

    Paused clocks remind of nothing. A renewal not filed yet, a change its license knows to be
    unreported, and a report its license asks the same person for, are told of by the license.
    """
    ours = case.state in judging.FILING
    by_license = _told_by_license(tx, case) | _report_told(tx, case, today) if ours else frozenset()
    found = [
        Deadline(reading.code, reading.started_on.isoformat(), reading.due, ladder)
        for reading in readings
        if reading.running
        and not reading.paused
        and (reading.clock.whose == "filer") is ours
        and reading.code not in by_license
        and (ladder := ladder_of(reading.code, reading.clock))
    ]
    if case.state == State.CORRECTION_REQUESTED:
        reply_by, ladder = paperwork.reply_by(tx, case.id), ladder_of("REPLY-BY", None)
        if reply_by and ladder:
            found.append(Deadline("REPLY-BY", reply_by.isoformat(), reply_by, ladder))
    return found


def _told_by_license(tx: Session, case: CaseRow) -> frozenset[str]:
    """The clocks of a case that are duties of its license as well."""
    if case.license_id is None:
        return frozenset()
    changes = set(case.facts.get("changes") or ())
    dated = changes & (AFTER_REGISTRY | AFTER_DECISION)
    known = dated and dated <= _dated_changes(tx, case.license_id)
    return frozenset({"K-RENEW", *(("K-CHG-REG", "K-CHG-DEC") if known else ())})


def _report_told(tx: Session, case: CaseRow, today: date) -> frozenset[str]:
    """The clock of a report that whoever has the case is told of as a duty of the license."""
    if case.license_id is None or case.procedure not in _REPORTS:
        return frozenset()
    if reminders.person_in_charge(tx, case.company_id) != case.handler_id:
        return frozenset()
    duties = license_deadlines(tx, [case.license_id], today).get(case.license_id, ())
    return frozenset(run.code for run in duties if settles(case.procedure, case.facts, run))


def _dated_changes(tx: Session, license_id: int) -> set[str]:
    found = reads.license_row(tx, None, license_id)
    noted = json.loads(found.facts).get("unreported_changes") or () if found else ()
    return {change["change"] for change in noted if change.get("registered_on")}


def first_look(runs: Iterable[Deadline], today: date) -> date | None:
    """The day a case must be looked at next, today included: rungs of today may not be sent yet."""
    return _next(runs, today - timedelta(1))


def _holding(held: HeldLicense, facts: dict[str, Any], standing: reminders.Standing) -> Holding:
    done = facts.get("done") or {}
    return Holding(
        held,
        registered=tuple(
            (change["change"], date.fromisoformat(change["registered_on"]))
            for change in facts.get("unreported_changes") or ()
            if change.get("registered_on")
        ),
        tasks=standing.tasks,
        done=frozenset((code, cycle) for code, cycles in done.items() for cycle in cycles),
        branches=tuple(
            (found["province"], found.get("action") or "open", date.fromisoformat(day))
            for found in facts.get("unreported_branches") or ()
            if (day := found.get("decided_on"))
        ),
        filed=standing.filed,
        will_not_renew=bool(facts.get("will_not_renew")),
    )


def _day_has_come(look: date | None, today: date) -> bool:
    return look is not None and look <= today


def _next(runs: Iterable[Deadline], after: date) -> date | None:
    return min((day for run in runs if (day := next_look(run, after))), default=None)


def _send(
    tx: Session,
    about: About,
    runs: Iterable[Deadline],
    moment: Moment,
    in_charge: str,
    *,
    awake: date | None,
) -> int:
    settled, sent = reminders.settled_steps(tx, about), 0
    for run in runs:
        found = due(run, moment.today, settled.get((run.code, run.cycle), ()), awake)
        if found is None:
            continue
        for rung in found.overtaken:
            reminders.settle(
                tx, about, run, rung, outcome="skipped", reason=OVERTAKEN, at=moment.stamp
            )
        escalates = found.send.escalates(run.ladder)
        people = list(dict.fromkeys(_people(tx, about, in_charge, escalates=escalates)))
        line = reminders.settle(
            tx,
            about,
            run,
            found.send,
            outcome="sent" if people else "skipped",
            reason="" if people else NOBODY,
            at=moment.stamp,
        )
        for account in people if line else ():
            reminders.tell(tx, about, int(line or 0), account, moment.stamp)
        sent += bool(line and people)
    return sent


def _people(tx: Session, about: About, in_charge: str, *, escalates: bool) -> Iterator[int]:
    """The person in charge; the managers too once it escalates, or while nobody is in charge."""
    found = list(_in_scope(outbox.active_accounts(tx, id=in_charge), about)) if in_charge else []
    yield from found
    if escalates or not found:
        yield from _in_scope(outbox.active_accounts(tx, role="manager"), about)


def _in_scope(accounts: Iterable[tuple[int, Any]], about: About) -> Iterator[int]:
    for account, companies in accounts:
        if Scope(None if companies is None else frozenset(companies)).allows(about.company_id):
            yield account
