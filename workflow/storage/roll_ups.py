"""Figures counted beforehand, one row for each view of the dashboard and of the register."""

from __future__ import annotations

from sqlmodel import Session

from workflow.storage.statements import row, rows, run


def find(session: Session, view: str) -> tuple[str, str, str] | None:
    """Content, when it was computed and when somebody last looked (UTC stamps), or None."""
    found = row(
        session, "SELECT content, computed_at, looked_at FROM roll_ups WHERE view = :v", v=view
    )
    return (found[0], found[1], found[2]) if found else None


def keep(session: Session, view: str, content: str, *, at: str) -> None:
    """Keep the newest figures of a view; a run that began earlier changes nothing."""
    run(
        session,
        "INSERT INTO roll_ups (view, content, computed_at, looked_at) VALUES (:v, :c, :at, :at)"
        " ON CONFLICT (view) DO UPDATE SET content = :c, computed_at = :at"
        " WHERE roll_ups.computed_at <= :at",
        v=view,
        c=content,
        at=at,
    )


def renew(session: Session, view: str, content: str, *, at: str) -> None:
    """The same for the clock: nobody has looked, so that a view nobody wants runs out."""
    run(
        session,
        "UPDATE roll_ups SET content = :c, computed_at = :at"
        " WHERE view = :v AND computed_at <= :at",
        v=view,
        c=content,
        at=at,
    )


def look(session: Session, view: str, *, at: str) -> None:
    """Somebody looked: the view is kept fresh for another day."""
    run(session, "UPDATE roll_ups SET looked_at = :at WHERE view = :v", v=view, at=at)


def looked_at_since(session: Session, since: str, start: str) -> list[str]:
    """Views that begin so and that somebody looked at, the last looked at first."""
    found = rows(
        session,
        "SELECT view FROM roll_ups WHERE looked_at >= :since AND substr(view, 1, :length) = :start"
        " ORDER BY looked_at DESC LIMIT 200",
        since=since,
        start=start,
        length=len(start),
    )
    return [str(view[0]) for view in found]


def drop_before(session: Session, before: str) -> None:
    """Forget what nobody has looked at for long; it is computed again at the next visit."""
    run(session, "DELETE FROM roll_ups WHERE looked_at < :before", before=before)
