"""The cases behind a number of the dashboard: the same conditions, most urgent first, by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from workflow.storage.board import SINCE, STANDING, Choice
from workflow.storage.listings import AWAITED, LINE, CaseLine, line
from workflow.storage.statements import row, rows

NEVER = date(9999, 12, 31)
_DUE = "COALESCE(c.next_due, :never)"
_OTHERS = "c.turn NOT IN ('us', 'reviewer')"


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number is about; every empty field leaves all. `part` is of a handler's load.

    `since` and `until` bound the opening (`moved` opened), the closing (closed, decided, first) or
    the notice of a correction (`about`: a material, `other` for what names none). `among`: none
    but these ids, whether they are open or not.
    """

    standing: str = ""
    part: str = ""
    overdue: bool = False
    kind: str = ""
    authority: str = ""
    older: int | None = None
    younger: int | None = None
    moved: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    week: bool = False
    passed: str = ""
    among: frozenset[int] | None = None


def page(
    session: Session,
    choice: Choice,
    behind: Behind,
    today: date,
    end: date,
    *,
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[CaseLine]:
    """One page, from below the key `after`; `end` is the last day of this week."""
    where, values = _conditions(choice, behind, today, end)
    if after:
        where += f" AND ({_DUE} > :due OR ({_DUE} = :due AND c.id > :id))"
        values |= {"due": after[0], "id": after[1]}
    found = rows(
        session,
        f"{LINE} LEFT JOIN case_courses x ON x.case_id = c.id WHERE {where}"
        f" ORDER BY {_DUE}, c.id LIMIT :limit",
        never=NEVER,
        limit=limit,
        **values,
    )
    return [line(values_) for values_ in found]


def count(session: Session, choice: Choice, behind: Behind, today: date, end: date) -> int:
    """How many there are now."""
    where, values = _conditions(choice, behind, today, end)
    found = row(
        session,
        f"SELECT COUNT(*) FROM cases c LEFT JOIN case_courses x ON x.case_id = c.id WHERE {where}",
        **values,
    )
    return int((found or (0,))[0])


def _conditions(choice: Choice, b: Behind, today: date, end: date) -> tuple[str, dict[str, object]]:
    found = [choice.condition(), *_open_or_among(b), *_of_time(b)]
    values: dict[str, object] = dict(choice.values)
    for condition, name, value in (
        (f"{STANDING} = :standing", "standing", "" if b.passed else b.standing),
        ("c.kinds LIKE :kind", "kind", "[]" if b.kind == "none" else b.kind and f'%"{b.kind}"%'),
        ("c.authority = :place", "place", b.authority),
        (f"{SINCE} < :older", "older", b.older is not None and today - timedelta(b.older)),
        (f"{SINCE} >= :younger", "younger", b.younger is not None and today - timedelta(b.younger)),
    ):
        if value:
            found.append(condition)
            values[name] = value
    late = {"late": "c.next_due < :today", "ours": f"NOT {_OTHERS}", "waiting": _OTHERS}
    if b.part in ("ours", "waiting"):
        found.append("(c.next_due IS NULL OR c.next_due >= :today)")
    if b.overdue or b.part in late:
        found.append(late["late"] if b.overdue else late[b.part])
    if b.week:
        found.append("c.next_due BETWEEN :today AND :end")
        values["end"] = end
    if any(":today" in condition for condition in found):
        values["today"] = today
    if any(":since" in condition for condition in found):
        values |= {"since": b.since, "until": b.until}
    if any(":about" in condition for condition in found):
        values["about"] = "" if b.about == "other" else b.about
    return " AND ".join(found), values


def _open_or_among(b: Behind) -> list[str]:
    """Which cases at all: some by their ids, what moved or was asked for open or not, else open."""
    if b.among is not None:
        return [f"c.id IN ({', '.join(map(str, sorted(b.among))) or 'NULL'})"]
    return [] if b.moved or b.about else [AWAITED]


def _of_time(b: Behind) -> list[str]:
    """Conditions on when something happened; without both days there are none."""
    if b.since is None or b.until is None:
        return []
    if b.about:
        points = "SELECT 1 FROM correction_points p WHERE p.case_id = c.id AND p.about = :about"
        return [f"EXISTS ({points} AND p.notified_on > :since AND p.notified_on <= :until)"]
    closed = "x.closed_on > :since AND x.closed_on <= :until"
    return {
        "opened": ["c.opened_on > :since AND c.opened_on <= :until"],
        "closed": [closed],
        "decided": [closed, "c.state IN ('approved', 'rejected')"],
        "first": [closed, "c.state = 'approved'", "x.rounds = 0"],
    }.get(b.moved, [])
