"""Working together on a case: who follows it, and what was written on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.absences import AWAY_ON
from workflow.storage.columns import as_day
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


@dataclass(frozen=True, slots=True)
class Covered:
    """Somebody a person stands in for, up to and with `last_day`."""

    account_id: str
    name: str
    last_day: date


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person follows, since when news is new to them, the news, whom they stand in for."""

    followed: list[str]
    since: str
    news: list[News]
    covered: list[Covered]


_WATCHED, _TOLD = 200, 50


def marks(session: Session, scope: Scope, account_id: int, *, week: str, day: date) -> Marks:
    """One statement; cases followed last and newest news first.

    News are on cases a person handles or follows, after the stamp up to which they have seen it
    (`week` while they never said) and after their own last look. A case that has not changed since
    is not looked into.
    """
    since = "COALESCE((SELECT seen_at FROM desk_visits WHERE account_id = :me), :week)"
    found = rows(
        session,
        "SELECT * FROM (SELECT 'watched', c.number, '', '', '', w.since, w.case_id FROM watches w"
        " JOIN cases c ON c.id = w.case_id WHERE w.account_id = :me"
        f" AND {within(scope, 'c.company_id')} ORDER BY w.since DESC, c.id LIMIT :watched)"
        f" AS followed UNION ALL SELECT 'since', '', '', '', '', {since}, 0 UNION ALL"
        " SELECT * FROM (SELECT 'news', c.number, k.name, COALESCE(a.name, ''), e.action, e.at,"
        " e.id FROM cases c JOIN companies k ON k.id = c.company_id"
        " JOIN events e ON e.chain = 'case' AND e.subject_id = c.id"
        " LEFT JOIN case_visits v ON v.account_id = :me AND v.case_id = c.id"
        " LEFT JOIN accounts a ON CAST(a.id AS text) = e.actor"
        " WHERE c.id IN (SELECT id FROM cases WHERE handler_id = :handler UNION"
        " SELECT case_id FROM watches WHERE account_id = :me)"
        f" AND c.updated_at > {since} AND {within(scope, 'c.company_id')}"
        f" AND e.at > {since} AND e.actor <> :handler AND (v.at IS NULL OR e.at > v.at)"
        " ORDER BY e.id + 0 DESC LIMIT :told) AS told UNION ALL"  # else the trail is walked back
        " SELECT 'covered', CAST(a.account_id AS text), p.name, CAST(a.last_day AS text), '', '',"
        f" a.id FROM absences a JOIN accounts p ON p.id = a.account_id WHERE a.stand_in_id = :me"
        f" AND {AWAY_ON}",
        me=account_id,
        handler=str(account_id),
        week=week,
        day=day,
        watched=_WATCHED,
        told=_TOLD,
    )
    of = {part: [v[1:] for v in found if v[0] == part] for part in ("watched", "news", "covered")}
    return Marks(
        [v[0] for v in of["watched"]],
        next(str(v[5]) for v in found if v[0] == "since"),
        [News(*v[:5]) for v in sorted(of["news"], key=lambda v: -v[5])],
        [Covered(v[0], v[1], as_day(v[2])) for v in of["covered"]],
    )


def returned_because(session: Session, places: Collection[tuple[int, int]]) -> dict[int, str]:
    """By case id: why its pack was returned, by the event (case, number) that returned it."""
    if not places:
        return {}
    reason = (
        "json_extract(e.body, '$.given.reason.commitment')"
        if session.info["sql"] == "sqlite"
        else "(CAST(e.body AS json) -> 'given' -> 'reason' ->> 'commitment')"
    )
    named = " OR ".join(f"(e.subject_id = {int(c)} AND e.seq = {int(n)})" for c, n in places)
    found = rows(
        session,
        f"SELECT e.subject_id, p.value FROM events e JOIN personal_values p"
        f" ON p.commitment = {reason} WHERE e.chain = 'case' AND ({named})",
    )
    return {int(case): str(value) for case, value in found if value is not None}
