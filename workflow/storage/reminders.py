"""The reminder ledger and what the clock looks at: settled steps, and subjects whose day came."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlmodel import Session

from workflow.domain.ladder import Deadline, Rung
from workflow.storage.columns import as_day
from workflow.storage.rows import CASE_COLUMNS, CaseRow, case_row
from workflow.storage.statements import for_update, numbers, row, rows, run

Subject = Literal["license", "case"]
_TABLES = {"license": "licenses", "case": "cases"}


@dataclass(frozen=True, slots=True)
class About:
    """The license or case whose deadline it is."""

    subject: Subject
    id: int
    company_id: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """One person a reminder reached, and the instant they read it."""

    account_id: int
    name: str
    read_at: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """One line of the ledger, with the inboxes it reached."""

    deadline: str
    cycle: str
    step: int
    due_on: date
    planned_on: date
    outcome: str
    reason: str
    at: str
    inboxes: tuple[Inbox, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The names of those whose inbox it reached."""
        return tuple(inbox.name for inbox in self.inboxes)


def due_subjects(
    session: Session, subject: Subject, today: date, *, after: int = 0, limit: int = 500
) -> list[int]:
    """Ids whose day to look has come, in order of id, above `after`."""
    found = rows(
        session,
        f"SELECT id FROM {_TABLES[subject]} WHERE next_look <= :d AND id > :after"
        " ORDER BY id LIMIT :limit",
        d=today,
        after=after,
        limit=limit,
    )
    return [int(ident) for (ident,) in found]


def lock_license(session: Session, license_id: int) -> tuple[int, date | None] | None:
    """Lock a license; its company and the day to look, None when there is no such license."""
    found = row(
        session,
        f"SELECT company_id, next_look FROM licenses WHERE id = :i{for_update(session)}",
        i=license_id,
    )
    return (int(found[0]), as_day(found[1])) if found else None


def lock_case(session: Session, case_id: int) -> CaseRow | None:
    """Lock the client and the case, in the order the pen takes them, and read the case."""
    found = row(session, "SELECT company_id FROM cases WHERE id = :i", i=case_id)
    if found is None:
        return None
    lock = for_update(session)
    row(session, f"SELECT id FROM companies WHERE id = :i{lock}", i=found[0])
    values = row(session, f"SELECT {CASE_COLUMNS} FROM cases WHERE id = :i{lock}", i=case_id)
    return case_row(values) if values else None


def look_next(session: Session, subject: Subject, ident: int, on: date | None) -> None:
    """Keep the day on which this subject must be looked at again."""
    run(session, f"UPDATE {_TABLES[subject]} SET next_look = :d WHERE id = :i", d=on, i=ident)


def settled_steps(session: Session, about: About) -> dict[tuple[str, str], set[int]]:
    """Steps in the ledger, by deadline and cycle."""
    found = rows(
        session,
        "SELECT deadline, cycle, step FROM reminders WHERE subject = :s AND subject_id = :i",
        s=about.subject,
        i=about.id,
    )
    steps: dict[tuple[str, str], set[int]] = {}
    for deadline, cycle, step in found:
        steps.setdefault((deadline, cycle), set()).add(int(step))
    return steps


def settle(
    session: Session,
    about: About,
    deadline: Deadline,
    rung: Rung,
    *,
    outcome: Literal["sent", "skipped"],
    reason: str = "",
    at: str,
) -> int | None:
    """Write one line of the ledger; its id, None when the step is there already."""
    found = row(
        session,
        "INSERT INTO reminders (company_id, subject, subject_id, deadline, cycle, step, due_on,"
        " planned_on, outcome, reason, at) VALUES (:company, :s, :i, :deadline, :cycle, :step,"
        " :due, :planned, :outcome, :reason, :at)"
        " ON CONFLICT (subject, subject_id, deadline, cycle, step) DO NOTHING RETURNING id",
        company=about.company_id,
        s=about.subject,
        i=about.id,
        deadline=deadline.code,
        cycle=deadline.cycle,
        step=rung.step,
        due=deadline.due_on,
        planned=rung.on,
        outcome=outcome,
        reason=reason,
        at=at,
    )
    return int(found[0]) if found else None


def tell(session: Session, about: About, reminder_id: int, account_id: int, at: str) -> None:
    """Put the reminder into one inbox; a second time changes nothing."""
    run(
        session,
        "INSERT INTO messages (company_id, reminder_id, account_id, case_id, license_id, action,"
        " at) VALUES (:company, :reminder, :account, :case_id, :license_id, 'remind', :at)"
        " ON CONFLICT (reminder_id, account_id) DO NOTHING",
        company=about.company_id,
        reminder=reminder_id,
        account=account_id,
        case_id=about.id if about.subject == "case" else None,
        license_id=about.id if about.subject == "license" else None,
        at=at,
    )


def ledger(session: Session, about: About) -> list[Settled]:
    """Every line of the ledger of one subject, newest first, with who was told."""
    found = rows(
        session,
        "SELECT r.deadline, r.cycle, r.step, r.due_on, r.planned_on, r.outcome, r.reason, r.at,"
        " a.id, a.name, m.read_at FROM reminders r LEFT JOIN messages m ON m.reminder_id = r.id"
        " LEFT JOIN accounts a ON a.id = m.account_id"
        " WHERE r.subject = :s AND r.subject_id = :i ORDER BY r.id DESC, a.id",
        s=about.subject,
        i=about.id,
    )
    lines: dict[tuple[Any, ...], list[Inbox]] = {}
    for *line, account, name, read_at in found:
        told = [Inbox(int(account), name, read_at)] if account else []
        lines.setdefault(tuple(line), []).extend(told)
    return [
        Settled(d, c, int(s), as_day(due), as_day(planned), outcome, reason, at, tuple(inboxes))
        for (d, c, s, due, planned, outcome, reason, at), inboxes in lines.items()
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a license's cases and tasks decides about its deadlines."""

    tasks: tuple[tuple[str, date], ...]
    filed: frozenset[str]


_WITH_AUTHORITY = "state IN ('submitted', 'correction_requested')"


def standings(session: Session, ids: Collection[int]) -> dict[int, Standing]:
    """Open tasks and what was filed, for several licenses at once: one statement."""
    tasks: dict[int, list[tuple[str, date]]] = {}
    filed: dict[int, set[str]] = {}
    listed = numbers(ids)
    for part, ident, name, more in rows(
        session,
        "SELECT 'task' AS part, license_id, code, CAST(opened_on AS text) AS more FROM follow_ups"
        f" WHERE license_id IN ({listed}) AND done_on IS NULL UNION ALL"
        f" SELECT 'filed', license_id, procedure, facts FROM cases WHERE license_id IN ({listed})"
        f" AND ({_WITH_AUTHORITY} OR procedure = 'annual_report' AND state = 'approved')"
        " ORDER BY 1, 4, 3",
    ):
        if part == "task":
            tasks.setdefault(ident, []).append((name, as_day(more)))
        else:
            filed.setdefault(ident, set()).update(_names(name, json.loads(more)))
    return {i: Standing(tuple(tasks.get(i, ())), frozenset(filed.get(i, ()))) for i in ids}


def _names(procedure: str, told: dict[str, Any]) -> Iterable[str]:
    if procedure == "annual_report":
        return (f"annual_report:{told.get('year')}",)
    if procedure == "branch_report":
        return (f"branch_report:{told.get('province')}:{told.get('action') or 'open'}",)
    return told.get("changes") or (procedure,)


def person_in_charge(session: Session, company_id: int) -> str:
    """The account in charge of a client, empty while nobody is."""
    found = row(session, "SELECT handler_id FROM companies WHERE id = :i", i=company_id)
    return str(found[0]) if found else ""
