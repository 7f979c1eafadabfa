"""Who acts and when: both are passed in, nothing below the edges asks the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from workflow.domain.procedure import Role


@dataclass(frozen=True, slots=True)
class Scope:
    """Which client companies may be seen. `companies` None means all of them."""

    companies: frozenset[int] | None = None

    def allows(self, company_id: int) -> bool:
        """True when this company is inside the scope."""
        return self.companies is None or company_id in self.companies


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a program, the clock or the system, with one role and a scope.

    `seal` is the commitment of the name; the trail keeps it instead of the name itself.
    `on_behalf_of` is the account of whoever is stood in for, empty for one's own acts.
    """

    id: str
    name: str
    role: Role
    scope: Scope = Scope()
    kind: Literal["person", "api", "clock", "system"] = "person"
    seal: str = ""
    on_behalf_of: str = ""


CLOCK = Actor("clock", "时钟", Role.CLOCK, kind="clock")
SYSTEM = Actor("system", "系统", Role.ADMIN, kind="system")
"""Whoever works the command line of the installation, and what nobody in particular does."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, and the agency's calendar day and time of day it falls on."""

    at: datetime
    today: date
    clock: time = time(12)
    zone: str = ""

    @classmethod
    def of(cls, at: datetime, zone: str) -> Moment:
        """The moment `at` (must carry a zone) in the agency's time zone."""
        if at.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        local = at.astimezone(ZoneInfo(zone))
        return cls(at.astimezone(UTC), local.date(), local.time(), zone)

    @property
    def stamp(self) -> str:
        """UTC as fixed-width text with microseconds, the form kept on the trail."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    @property
    def local(self) -> str | None:
        """The instant as the agency's clock shows it, with its offset; None without a zone."""
        if not self.zone:
            return None
        return self.at.astimezone(ZoneInfo(self.zone)).isoformat(timespec="microseconds")
