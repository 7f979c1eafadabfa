"""Seats that only one process may hold: taken, renewed and given back through one row."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.storage.statements import row, rows, run


@dataclass(frozen=True, slots=True)
class Held:
    """One seat: who holds it, until when (UTC stamp)."""

    name: str
    holder: str
    until: str


def everybody(session: Session) -> list[Held]:
    """Every seat that was ever taken and not given back."""
    found = rows(session, "SELECT name, holder, until FROM leases ORDER BY name")
    return [Held(*values) for values in found]


def take(session: Session, *, name: str, holder: str, now: str, until: str) -> bool:
    """Take the seat, or renew it; False while somebody else holds it. Stamps are UTC texts."""
    return (
        row(
            session,
            "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until)"
            " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
            " WHERE leases.holder = excluded.holder OR leases.until <= :now RETURNING name",
            name=name,
            holder=holder,
            until=until,
            now=now,
        )
        is not None
    )


def give_back(session: Session, *, name: str, holder: str) -> None:
    """Leave the seat, if it is still ours."""
    run(
        session,
        "DELETE FROM leases WHERE name = :name AND holder = :holder",
        name=name,
        holder=holder,
    )
