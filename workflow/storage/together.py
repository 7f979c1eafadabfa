"""Working together on a case: who follows it, and what was written on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.scope import within
from workflow.storage.statements import rows, run


@dataclass(frozen=True, slots=True)
class Note:
    """One note or chase of a case; `by` is the writer's account id."""

    kind: str
    text: str
    by: str
    at: str


def add_note(
    session: Session, *, company_id: int, case_id: int, seq: int, kind: str, text: str, by: str,
    at: str,
) -> None:  # fmt: skip
    """Keep a note; it is never changed."""
    run(
        session,
        "INSERT INTO case_notes (company_id, case_id, seq, kind, text, written_by, at)"
        " VALUES (:company, :case_id, :seq, :kind, :text, :by, :at)",
        company=company_id,
        case_id=case_id,
        seq=seq,
        kind=kind,
        text=text,
        by=by,
        at=at,
    )


def beside(
    session: Session, case_id: int, account_id: int, limit: int = 50
) -> tuple[list[Note], bool]:
    """The notes of a case, newest first, and whether this person follows it."""
    found = rows(
        session,
        "SELECT kind, text, written_by, at, seq FROM case_notes WHERE case_id = :c UNION ALL"
        " SELECT '', '', '', '', 2147483647 FROM watches WHERE case_id = :c AND account_id = :me"
        " ORDER BY seq DESC LIMIT :limit",
        c=case_id,
        me=account_id,
        limit=limit,
    )
    written = [Note(kind, text, by, at) for kind, text, by, at, _ in found if kind]
    return written, len(written) < len(found)


def watch(session: Session, account_id: int, case_id: int, at: str) -> None:
    """Follow a case; once is enough."""
    run(
        session,
        "INSERT INTO watches (account_id, case_id, since) VALUES (:me, :case_id, :at)"
        " ON CONFLICT DO NOTHING",
        me=account_id,
        case_id=case_id,
        at=at,
    )


def unwatch(session: Session, account_id: int, case_id: int) -> None:
    """Stop following a case."""
    run(
        session,
        "DELETE FROM watches WHERE account_id = :me AND case_id = :case_id",
        me=account_id,
        case_id=case_id,
    )


def watchers(session: Session, case_id: int) -> list[int]:
    """Who follows a case."""
    found = rows(
        session, "SELECT account_id FROM watches WHERE case_id = :c ORDER BY account_id", c=case_id
    )
    return [int(account) for (account,) in found]


def watched(session: Session, scope: Scope, account_id: int, limit: int = 200) -> list[str]:
    """The numbers of the cases a person follows and may see, the last one followed first."""
    found = rows(
        session,
        "SELECT c.number FROM watches w JOIN cases c ON c.id = w.case_id"
        f" WHERE w.account_id = :me AND {within(scope, 'c.company_id')}"
        " ORDER BY w.since DESC, c.id LIMIT :limit",
        me=account_id,
        limit=limit,
    )
    return [str(number) for (number,) in found]


@dataclass(frozen=True, slots=True)
class News:
    """What somebody else did on a case since it was last looked at."""

    number: str
    company: str
    actor: str
    action: str
    at: str


def news(
    session: Session, scope: Scope, account_id: int, since: str, limit: int = 50
) -> list[News]:
    """On cases a person handles or follows, newest first, after `since` and their own last look.

    A case that has not changed since is not looked into.
    """
    found = rows(
        session,
        "SELECT c.number, k.name, e.actor, e.action, e.at FROM cases c"
        " JOIN companies k ON k.id = c.company_id"
        " JOIN events e ON e.chain = 'case' AND e.subject_id = c.id"
        " LEFT JOIN case_visits v ON v.account_id = :me AND v.case_id = c.id"
        " WHERE (c.handler_id = :handler OR c.id IN"
        " (SELECT case_id FROM watches WHERE account_id = :me))"
        f" AND c.updated_at > :since AND {within(scope, 'c.company_id')}"
        " AND e.at > :since AND e.actor <> :handler AND (v.at IS NULL OR e.at > v.at)"
        " ORDER BY e.id DESC LIMIT :limit",
        me=account_id,
        handler=str(account_id),
        since=since,
        limit=limit,
    )
    return [News(*values) for values in found]
