"""A seat for exactly one process, held by a lease in the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from workflow.domain.acting import Moment
from workflow.storage import leases
from workflow.storage.database import Database


@dataclass(frozen=True, slots=True)
class Seat:
    """One named seat as one process sees it. It lapses `lasts` after the last `hold`."""

    database: Database
    name: str
    holder: str
    lasts: timedelta = timedelta(seconds=30)

    def hold(self, moment: Moment) -> bool:
        """Take or renew the seat; False while another process holds it."""
        with self.database.transaction() as session:
            return leases.take(
                session,
                name=self.name,
                holder=self.holder,
                now=moment.stamp,
                until=replace(moment, at=moment.at + self.lasts).stamp,
            )

    def leave(self) -> None:
        """Let the next one sit down at once."""
        with self.database.transaction() as session:
            leases.give_back(session, name=self.name, holder=self.holder)
