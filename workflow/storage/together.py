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


@dataclass(frozen=True, slots=True)
class News:
    """What somebody else did on a case since it was last looked at; `who` is their name."""

    number: str
    company: str
    who: str
    action: str
    at: str


def marks(
    session: Session,
    scope: Scope,
    account_id: int,
    week: str,
    *,
    watched: int = 200,
    told: int = 50,
) -> tuple[list[str], str, list[News]]:
    """What a person follows, since when news is new to them, and the news, newest first.

    One statement. News are on cases a person handles or follows, after the stamp up to which they
    have seen it (`week` while they never said) and after their own last look. A case that has not
    changed since is not looked into.
    """
    since = "COALESCE((SELECT seen_at FROM desk_visits WHERE account_id = :me), :week)"
    found = rows(
        session,
        "SELECT * FROM (SELECT 'watched', c.number, '', '', '', w.since, w.case_id FROM watches w"
        f" JOIN cases c ON c.id = w.case_id WHERE w.account_id = :me"
        f" AND {within(scope, 'c.company_id')} ORDER BY w.since DESC, c.id LIMIT :watched)"
        f" AS followed UNION ALL SELECT 'since', '', '', '', '', {since}, 0 UNION ALL"
        " SELECT * FROM (SELECT 'news', c.number, k.name, COALESCE(a.name, ''), e.action, e.at,"
        " e.id FROM cases c JOIN companies k ON k.id = c.company_id"
        " JOIN events e ON e.chain = 'case' AND e.subject_id = c.id"
        " LEFT JOIN case_visits v ON v.account_id = :me AND v.case_id = c.id"
        " LEFT JOIN accounts a ON CAST(a.id AS text) = e.actor"
        " WHERE (c.handler_id = :handler OR c.id IN"
        " (SELECT case_id FROM watches WHERE account_id = :me))"
        f" AND c.updated_at > {since} AND {within(scope, 'c.company_id')}"
        f" AND e.at > {since} AND e.actor <> :handler AND (v.at IS NULL OR e.at > v.at)"
        " ORDER BY e.id DESC LIMIT :told) AS told",
        me=account_id,
        handler=str(account_id),
        week=week,
        watched=watched,
        told=told,
    )
    news = sorted((v for v in found if v[0] == "news"), key=lambda v: -v[6])
    return (
        [v[1] for v in found if v[0] == "watched"],
        next(str(v[5]) for v in found if v[0] == "since"),
        [News(*v[1:6]) for v in news],
    )
