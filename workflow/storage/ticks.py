"""Days the clock has gone through, and the outcomes of verifying the trail."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workflow.storage.statements import row, rows, run

Kept = tuple[str, int, int, str, int, int, str | None]
_CHECK = (
    "SELECT at, chains, events, broken, sealed, unsealed, (SELECT g.at FROM trail_checks g"
    " WHERE g.broken = '' ORDER BY g.id DESC LIMIT 1) AS good_at FROM trail_checks"
    " ORDER BY id DESC LIMIT 1"
)


def finish(session: Session, day: str, acted: int, at: str) -> None:
    """Keep a finished day; a repeated tick adds what it did."""
    run(
        session,
        "INSERT INTO clock_ticks (day, acted, finished_at) VALUES (:d, :n, :at) ON CONFLICT (day)"
        " DO UPDATE SET acted = clock_ticks.acted + :n, finished_at = :at",
        d=day,
        n=acted,
        at=at,
    )


def last_day(session: Session) -> str | None:
    """The newest finished day."""
    found = row(session, "SELECT MAX(day) FROM clock_ticks")
    return found[0] if found else None


def newest(session: Session, mark: str) -> tuple[list[tuple[str, int, str]], str]:
    """Day, acts and end (UTC stamp) of the last seven days the clock went through.

    And when a view whose key begins with `mark` was counted last; empty before the first.
    """
    found = rows(
        session,
        "SELECT counted.at, t.day, t.acted, t.finished_at FROM"
        " (SELECT MAX(computed_at) AS at FROM roll_ups WHERE substr(view, 1, :length) = :mark)"
        " AS counted LEFT JOIN"
        " (SELECT day, acted, finished_at FROM clock_ticks ORDER BY day DESC LIMIT 7) AS t"
        " ON 1 = 1 ORDER BY t.day DESC",
        mark=mark,
        length=len(mark),
    )
    days = [(day, int(acted), at) for _, day, acted, at in found if day is not None]
    return days, str(found[0][0] or "")


def is_ahead(session: Session, today: date) -> bool:
    """True when a day after `today` is finished: the machine's clock was set back since."""
    return (last_day(session) or "") > today.isoformat()


def keep_check(session: Session, **columns: str | int) -> None:
    """Keep the outcome of one verification, by the columns of `trail_checks`.

    `broken` is empty when the trail is intact.
    """
    names = sorted(columns)
    run(
        session,
        f"INSERT INTO trail_checks ({', '.join(names)})"
        f" VALUES ({', '.join(f':{name}' for name in names)})",
        **columns,
    )


def day_and_check(session: Session) -> tuple[str | None, Kept | None]:
    """The newest finished day and the newest verification that was kept, in one statement."""
    found = row(
        session,
        "SELECT (SELECT MAX(day) FROM clock_ticks), kept.* FROM (SELECT 1 AS one) AS any_day"
        f" LEFT JOIN ({_CHECK}) AS kept ON 1 = 1",
    ) or (None, None)
    return found[0], tuple(found[1:]) if found[1] is not None else None


def last_check(session: Session) -> Kept | None:
    """Instant, chains, events, first break, sealed and unsealed of the newest verification.

    Last the instant of the newest one that found nothing broken.
    """
    found = row(session, _CHECK)
    return tuple(found) if found else None
