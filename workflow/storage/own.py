"""What a person keeps for themselves: saved views, which cases they opened, what they have seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Scope
from workflow.storage.scope import within
from workflow.storage.statements import rows, run
from workflow.storage.worklists import Whose


@dataclass(frozen=True, slots=True)
class View:
    """A saved view of the worklist or the trail; `query` is the address after the `?`."""

    id: int
    account_id: int
    name: str
    query: str
    shared: bool
    place: str


def views(session: Session, account_id: int) -> list[View]:
    """A person's own views and the shared ones of others, own first, by name."""
    found = rows(
        session,
        "SELECT id, account_id, name, query, shared, place FROM saved_views"
        " WHERE account_id = :me OR shared",
        me=account_id,
    )
    return _in_order((View(v[0], v[1], v[2], v[3], bool(v[4]), v[5]) for v in found), account_id)


def _in_order(found: Iterable[View], account_id: int) -> list[View]:
    return sorted(found, key=lambda view: (view.account_id != account_id, view.name))


def save_view(
    session: Session,
    account_id: int,
    name: str,
    query: str,
    *,
    shared: bool,
    at: str,
    place: str,
) -> None:
    """Keep a view; one of the same name is replaced."""
    run(
        session,
        "INSERT INTO saved_views (account_id, name, query, shared, saved_at, place)"
        " VALUES (:me, :name, :query, :shared, :at, :place) ON CONFLICT (account_id, name)"
        " DO UPDATE SET query = excluded.query, shared = excluded.shared,"
        " saved_at = excluded.saved_at",
        me=account_id,
        name=name,
        query=query,
        shared=_flag(session, shared),
        at=at,
        place=place,
    )


def rename_view(session: Session, account_id: int, view_id: int, name: str) -> bool:
    """False when it is not this person's, or another of theirs has the name."""
    cursor = run(
        session,
        "UPDATE saved_views SET name = :name WHERE id = :i AND account_id = :me AND NOT EXISTS"
        " (SELECT 1 FROM saved_views o WHERE o.account_id = :me AND o.name = :name AND o.id <> :i)",
        name=name,
        i=view_id,
        me=account_id,
    )
    return bool(cursor.rowcount == 1)


def remove_view(session: Session, account_id: int, view_id: int) -> bool:
    """False when it is not this person's."""
    cursor = run(
        session,
        "DELETE FROM saved_views WHERE id = :i AND account_id = :me",
        i=view_id,
        me=account_id,
    )
    return bool(cursor.rowcount == 1)


def visit(session: Session, account_id: int, number: str, at: str) -> None:
    """This person has opened the case."""
    run(
        session,
        "INSERT INTO case_visits (account_id, case_id, at)"
        " SELECT :me, id, CAST(:at AS text) FROM cases WHERE number = :number"
        " ON CONFLICT (account_id, case_id) DO UPDATE SET at = excluded.at",
        me=account_id,
        number=number,
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A case somebody opened; `known` while nothing has happened on it since."""

    number: str
    company: str
    state: str
    known: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside every page: views, cases opened last, and how much waits.

    `views` are of the worklist, `trail` of the trail, whose page alone shows them.
    `due` are cases of one's worklist that are overdue or due until a day; `packs` wait for review.
    """

    views: list[View]
    trail: list[View]
    recent: list[Opened]
    unread: int
    due: int
    packs: int


def beside(
    session: Session, scope: Scope, account_id: int, whose: Whose | None, *, until: date, limit: int
) -> Beside:
    """One statement. `whose` is the worklist of this person; None: they have none, nor views."""
    mine, given = whose.condition(scope) if whose else ("1 = 0", {})
    packs = mine if whose and whose.reviewer else "1 = 0"
    found = rows(
        session,
        "SELECT 'waits', CAST((SELECT COUNT(*) FROM messages WHERE account_id = :self"
        " AND read_at IS NULL) AS integer), CAST((SELECT COUNT(*) FROM cases c WHERE"
        f" {mine} AND c.next_due <= :until) AS integer), CAST((SELECT COUNT(*) FROM cases c"
        f" WHERE {packs}) AS text), '', '', '' UNION ALL"
        " SELECT 'view', id, account_id, name, query, CASE WHEN shared THEN '1' ELSE '' END,"
        f" place FROM saved_views WHERE place IN ('trail', '{'work' if whose else 'trail'}')"
        " AND (account_id = :self OR shared) UNION ALL SELECT * FROM (SELECT 'recent', c.id,"
        " CASE WHEN v.at >= c.updated_at THEN 1 ELSE 0 END, c.number, k.name, c.state, v.at"
        " FROM case_visits v JOIN cases c ON c.id = v.case_id"
        f" JOIN companies k ON k.id = c.company_id WHERE {'1 = 1' if whose else '1 = 0'}"
        f" AND v.account_id = :self AND {within(scope, 'c.company_id')}"
        " ORDER BY v.at DESC, c.id DESC LIMIT :limit) AS visited",
        self=account_id,
        until=until,
        limit=limit,
        **given,
    )
    waits = next(values for values in found if values[0] == "waits")
    seen = sorted((v for v in found if v[0] == "recent"), key=lambda v: (v[6], v[1]), reverse=True)
    views = _in_order(
        (View(v[1], v[2], v[3], v[4], bool(v[5]), v[6]) for v in found if v[0] == "view"),
        account_id,
    )
    return Beside(
        [view for view in views if view.place == "work"],
        [view for view in views if view.place == "trail"],
        [Opened(number, name, state, bool(known)) for _, _, known, number, name, state, _ in seen],
        int(waits[1]),
        int(waits[2]),
        int(waits[3]),
    )


def mark_seen(session: Session, account_id: int, at: str) -> None:
    """Everything up to `at` is seen; never moved back."""
    run(
        session,
        "INSERT INTO desk_visits (account_id, seen_at) VALUES (:me, :at)"
        " ON CONFLICT (account_id) DO UPDATE SET seen_at = excluded.seen_at"
        " WHERE desk_visits.seen_at < excluded.seen_at",
        me=account_id,
        at=at,
    )


def _flag(session: Session, value: bool) -> int | bool:
    return int(value) if session.info["sql"] == "sqlite" else value
