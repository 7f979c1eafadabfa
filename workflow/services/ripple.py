"""The ripple of a changed fact: which licenses, codes and open cases it touches, what is filed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.procedure import State
from workflow.law.changes import AFTER_DECISION, AFTER_REGISTRY
from workflow.law.ripples import CHANGE_OF, PRINTED, Due, clock_of, due_of, filings
from workflow.services import client_view
from workflow.services.client_view import ClientView
from workflow.services.portfolio import Held
from workflow.storage.around import OpenCase
from workflow.storage.listings import CaseLine

__all__ = ["CHANGE_OF", "Filing", "Ripple", "Touched"]
Days = Mapping[str, date | None]
"""`registered_on` and `decided_on`, where they are known."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One change that must be filed for one license.

    `printed` is what the license says now (None: not known, or not printed). `day` is the day it
    happened as noted on the license, else as it was said; `case` the open case that files it.
    """

    change: str
    field: str
    printed: Any
    clock: str | None
    day: date | None
    due: Due | None
    case: str | None


@dataclass(frozen=True, slots=True)
class Touched:
    """One license in force with the changes it needs; none when it prints the new facts already.

    `moved`: the company is registered in a province that a provincial license does not cover.
    """

    held: Held
    filings: tuple[Filing, ...]
    moved: bool

    @property
    def missing(self) -> tuple[Filing, ...]:
        """What no open case files yet."""
        return tuple(filing for filing in self.filings if filing.case is None)


@dataclass(frozen=True, slots=True)
class Ripple:
    """What one or several changed facts touch."""

    client: ClientView
    fields: tuple[str, ...]
    licenses: tuple[Touched, ...]
    cases: tuple[CaseLine, ...]

    @property
    def to_open(self) -> tuple[Touched, ...]:
        """Licenses that need a case of their own."""
        return tuple(touched for touched in self.licenses if touched.missing)

    def asks(self, day: str) -> bool:
        """True when `registered_on` or `decided_on` must be known before anything is written."""
        codes = AFTER_DECISION if day == "decided_on" else AFTER_REGISTRY | {"C-CONTACT"}
        return any(filing.change in codes for t in self.to_open for filing in t.missing)


def of(
    session: Session,
    actor: Actor,
    company_id: int,
    fields: Collection[str],
    today: date,
    *,
    days: Days = MappingProxyType({}),
) -> Ripple:
    """The ripple of these facts as they stand now; without any, of what licenses print otherwise.

    `days`: when it happened, where no license has it noted. Raises NotFound outside the scope.
    Facts that touch no license are passed over.
    """
    client = client_view.view(session, actor, company_id, today)
    in_force = [held for held in client.licenses if held.line.status == "valid"]
    asked = tuple(name for name in CHANGE_OF if name in fields) or _differing(client, in_force)
    return Ripple(
        client,
        asked,
        tuple(_touched(client, held, asked, held.cases, days) for held in in_force),
        tuple(line for line in client.cases if not State(line.state).final),
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The facts among the two that licenses follow."""
    return [name for name in CHANGE_OF if before.get(name) != after.get(name)]


def _differing(client: ClientView, licenses: Iterable[Held]) -> tuple[str, ...]:
    """Printed facts that differ on some license, and what was noted as not reported."""
    noted = {code for held in licenses for code in held.line.held.unreported_changes}
    return tuple(
        name
        for name, change in CHANGE_OF.items()
        if (change in noted and name != "city")
        or (name in PRINTED and any(_differs(client, held, name) for held in licenses))
    )


def _differs(client: ClientView, held: Held, name: str) -> bool:
    now, printed = client.told.get(name), held.line.facts.get(name)
    return now is not None and printed is not None and now != printed


def day_of(change: str, days: Days) -> date | None:
    """The day a change counts from, of the two that are told."""
    return days.get("decided_on" if change in AFTER_DECISION else "registered_on")


def _touched(
    client: ClientView,
    held: Held,
    fields: tuple[str, ...],
    cases: Iterable[OpenCase],
    days: Days,
) -> Touched:
    line = held.line
    by_change = {
        change: case.number
        for case in cases
        if case.procedure == "change"
        for change in case.facts.get("changes") or ()
    }
    noted = {
        found["change"]: date.fromisoformat(found["registered_on"])
        if found.get("registered_on")
        else None
        for found in line.facts.get("unreported_changes") or ()
    }
    wanted = {
        change: name
        for change, name in filings(fields, codes=bool(line.held.codes)).items()
        if name not in PRINTED or line.facts.get(name) != client.told.get(name) or change in noted
    }
    one_province = len(line.coverage) == 1 and line.coverage != ["national"]
    return Touched(
        held,
        tuple(
            _filing(
                client,
                held,
                change,
                name,
                noted.get(change) or day_of(change, days),
                by_change.get(change),
            )
            for change, name in wanted.items()
        ),
        "province" in fields and one_province and line.coverage != [client.facts.province],
    )


def _filing(  # noqa: PLR0917 - one private shape
    client: ClientView, held: Held, change: str, name: str, day: date | None, case: str | None
) -> Filing:
    return Filing(
        change,
        name,
        held.line.facts.get(name) if name in PRINTED else None,
        clock_of(change),
        day,
        due_of(change, day, client.calendar) if day else None,
        case,
    )
