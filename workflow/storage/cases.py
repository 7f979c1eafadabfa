"""Where each case is: the lock, and the one statement that moves a case and tells its history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.domain.errors import NotFound, StaleCase
from workflow.domain.procedure import State
from workflow.storage.rows import CASE_COLUMNS, CaseRow, SealedEvent, ToSend, case_row, compact
from workflow.storage.statements import for_update, names_in, row, rows, run

MUTABLE = (
    "state",
    "version",
    "head",
    "kinds",
    "items",
    "coverage",
    "facts",
    "acts",
    "pack",
    "authority",
    "filed_on",
    "handler_id",
    "reviewer_id",
    "license_id",
    "turn",
    "turn_since",
    "next_due",
    "next_clock",
    "blockers",
    "first_blocker",
    "next_look",
    "calendar",
    "updated_at",
)
EVENT = (
    "chain",
    "subject_id",
    "seq",
    "company_id",
    "case_id",
    "at",
    "actor",
    "role",
    "action",
    "source",
    "target",
    "prev",
    "hash",
    "body",
)
_TEXTS = frozenset({"action", "source", "target"})

MOVE = (
    f"UPDATE cases SET {', '.join(f'{c} = :{c}' for c in MUTABLE)} "
    "WHERE id = :case_id AND version = :was"
)
TELL = f"INSERT INTO events ({', '.join(EVENT)}) VALUES ({', '.join(f':e_{c}' for c in EVENT)})"
_TELL_NEXT = (
    f"INSERT INTO events ({', '.join(EVENT)}) SELECT {', '.join(f':e_{c}' for c in EVENT)}"
    " FROM cases WHERE id = :case_id AND version = :was"
)
"""The event first: the table of cases refuses to move before there is one that says so."""
SEND = (
    "INSERT INTO outbox (company_id, case_id, seq, kind, recipients, not_before, state,"
    " attempt, fence, lease_until, error, settled_at) VALUES (:e_company_id, :e_case_id,"
    " :e_seq, :kind, :recipients, :e_at, 'pending', 0, 0, '', '', '')"
)
_ALL_AT_ONCE = (
    f"WITH moved AS ({MOVE} RETURNING id), "
    f"told AS (INSERT INTO events ({', '.join(EVENT)}) SELECT "
    + ", ".join(f"CAST(:e_{c} AS text)" if c in _TEXTS else f":e_{c}" for c in EVENT)
    + " FROM moved), sent AS (INSERT INTO outbox (company_id, case_id, seq, kind, recipients,"
    " not_before, state, attempt, fence, lease_until, error, settled_at)"
    " SELECT :e_company_id, :e_case_id, :e_seq, :kind, :recipients, :e_at, 'pending', 0, 0, '',"
    " '', '' FROM moved WHERE :recipients <> '') SELECT count(*) FROM moved"
)


def lock(session: Session, number: str, scope: Scope, *, whole: bool = False) -> CaseRow:
    """Lock license, company and case, always in this order, and read the case.

    `whole`: every license of the company, for an act that may change the company as well.
    Raises NotFound when there is no such case inside the scope.
    """
    found = row(session, "SELECT id, company_id, license_id FROM cases WHERE number = :n", n=number)
    if found is None or not scope.allows(found[1]):
        raise NotFound
    if whole:
        rows(
            session,
            f"SELECT id FROM licenses WHERE company_id = :c ORDER BY id{for_update(session)}",
            c=found[1],
        )
    elif found[2] is not None:
        row(session, f"SELECT id FROM licenses WHERE id = :i{for_update(session)}", i=found[2])
    row(session, f"SELECT id FROM companies WHERE id = :i{for_update(session)}", i=found[1])
    values = row(
        session,
        f"SELECT {CASE_COLUMNS} FROM cases WHERE id = :i{for_update(session)}",
        i=found[0],
    )
    if values is None:  # pragma: no cover - cases are never deleted
        raise NotFound
    return case_row(values)


def put(case: CaseRow, target: State) -> None:
    """Set the state a case is about to enter: the only assignment to `state` there is."""
    case.state = target.value


def enter(session: Session, case: CaseRow, event: SealedEvent, to_send: ToSend) -> None:
    """Move the case, append its event and its outbox row: one statement where the database can.

    Raises StaleCase when the row is no longer at the version before the event.
    """
    values = _values(case, event, to_send)
    if session.info["sql"] == "sqlite":
        moved = run(session, _TELL_NEXT, **_only(_TELL_NEXT, values)).rowcount
        if moved:
            run(session, MOVE, **_only(MOVE, values))
            if to_send.recipients:
                run(session, SEND, **_only(SEND, values))
    else:
        moved = (row(session, _ALL_AT_ONCE, **values) or (0,))[0]
    if moved != 1:
        raise StaleCase(event.seq)


def create(session: Session, case: CaseRow, event: SealedEvent) -> SealedEvent:
    """Insert a new case and its first event; returns the event with the id the case got."""
    names = CASE_COLUMNS.replace(" ", "").split(",")[1:]
    found = row(
        session,
        f"INSERT INTO cases ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})"
        " RETURNING id",
        **{name: _stored(getattr(case, name)) for name in names},
    )
    case.id = int((found or (0,))[0])
    told = replace(event, subject_id=case.id, case_id=case.id)
    run(session, TELL, **{f"e_{name}": getattr(told, name) for name in EVENT})
    return told


def keep_outlook(session: Session, case: CaseRow) -> None:
    """Write only what the worklist reads; state, version and trail stay as they are."""
    run(
        session,
        "UPDATE cases SET authority = :authority, turn = :turn, turn_since = :since,"
        " next_due = :due, next_clock = :clock,"
        " blockers = :blockers, first_blocker = :first, next_look = :look, calendar = :calendar"
        " WHERE id = :i AND version = :v",
        authority=case.authority,
        turn=case.turn,
        since=case.turn_since,
        due=case.next_due,
        clock=case.next_clock,
        blockers=case.blockers,
        first=case.first_blocker,
        look=case.next_look,
        calendar=case.calendar,
        i=case.id,
        v=case.version,
    )


def next_number(session: Session, prefix: str, year: int) -> str:
    """The next case number, like AP-2026-00417."""
    found = row(
        session,
        "INSERT INTO case_counters (prefix, year, last) VALUES (:p, :y, 1)"
        " ON CONFLICT (prefix, year) DO UPDATE SET last = case_counters.last + 1 RETURNING last",
        p=prefix,
        y=year,
    )
    return f"{prefix}-{year}-{int((found or (1,))[0]):05d}"


def _values(case: CaseRow, event: SealedEvent, to_send: ToSend) -> dict[str, Any]:
    values: dict[str, Any] = {name: _stored(getattr(case, name)) for name in MUTABLE}
    values.update({f"e_{name}": getattr(event, name) for name in EVENT})
    values["case_id"] = case.id
    values["was"] = case.version - 1
    values["kind"] = to_send.kind
    values["recipients"] = compact(list(to_send.recipients)) if to_send.recipients else ""
    return values


def _stored(value: Any) -> Any:  # noqa: ANN401
    return compact(value) if isinstance(value, (list, dict)) else value


def _only(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in names_in(sql)}
