"""Days the clock has gone through, and the outcomes of verifying the trail."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workflow.storage.statements import row, rows, run


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


def newest(session: Session) -> list[tuple[str, int, str]]:
    """Day, acts and end (UTC stamp) of the last seven days the clock went through."""
    found = rows(
        session, "SELECT day, acted, finished_at FROM clock_ticks ORDER BY day DESC LIMIT 7"
    )
    return [(day, int(acted), at) for day, acted, at in found]


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


def last_check(session: Session) -> tuple[str, int, int, str, int, int, str | None] | None:
    """Instant, chains, events, first break, sealed and unsealed of the newest verification.

    Last the instant of the newest one that found nothing broken.
    """
    found = row(
        session,
        "SELECT at, chains, events, broken, sealed, unsealed, (SELECT g.at FROM trail_checks g"
        " WHERE g.broken = '' ORDER BY g.id DESC LIMIT 1) FROM trail_checks"
        " ORDER BY id DESC LIMIT 1",
    )
    return tuple(found) if found else None
