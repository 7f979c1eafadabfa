"""One search over clients, cases, licenses and code ranges, inside a person's scope. Read only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain import license_number
from workflow.domain.acting import Actor, Moment
from workflow.law import catalogue
from workflow.law.authorities import PROVINCES
from workflow.law.number_ranges import RANGES, Range
from workflow.services.desk import case_scope
from workflow.storage import search as found_by
from workflow.storage.search import CaseHit, ClientHit, LicenseHit, Numbers
from workflow.storage.words import LONGEST, plain

__all__ = ["CaseHit", "ClientHit", "LicenseHit", "Results", "find"]

PARTS = 4
"""Words of one search that count."""
MOST_CLIENTS = 60
"""Clients whose cases and licenses are looked at; more have to be told apart by another word."""
SHOWN = 20
_SERIAL, _YEARS = 6, 3
_LICENSE_SERIAL = 8
_SHORTEST_START = 2


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, each group at most `SHOWN`; `crowded` when too many clients fit."""

    clients: tuple[ClientHit, ...] = ()
    cases: tuple[CaseHit, ...] = ()
    licenses: tuple[LicenseHit, ...] = ()
    ranges: tuple[Range, ...] = ()
    crowded: bool = False

    @property
    def total(self) -> int:
        """How many are shown."""
        return len(self.clients) + len(self.cases) + len(self.licenses) + len(self.ranges)


def find(
    session: Session, actor: Actor, moment: Moment, typed: str, *, shown: int = SHOWN
) -> Results:
    """Everything that fits what was typed.

    Words apart all have to be in a name or its pinyin initials; a number is looked for from its
    start, and by its serial alone.
    """
    parts = [plain(part)[:LONGEST] for part in typed.split()[:PARTS]]
    scope, number = case_scope(actor), license_number.plain(typed)
    if not parts:
        return Results()
    ids = found_by.clients_named(session, scope, parts, MOST_CLIENTS + 1)
    if _is_start(number):
        ids += found_by.clients_with_code(session, scope, number, MOST_CLIENTS)
    crowded, ids = len(ids) > MOST_CLIENTS, ids[:MOST_CLIENTS]
    cases = found_by.cases_numbered(session, scope, _case_numbers(number, moment), shown)
    sought = _license_numbers(license_number.stripped(typed))
    licenses = found_by.licenses_numbered(session, scope, sought, shown)
    clients: list[ClientHit] = []
    if ids:
        clients = found_by.clients(session, ids, shown)
        cases += found_by.cases_of(session, ids, shown)
        licenses += found_by.licenses_of(session, ids, shown)
    return Results(
        tuple(clients),
        tuple(dict.fromkeys(cases))[:shown],
        tuple(dict.fromkeys(licenses))[:shown],
        _ranges(number),
        crowded,
    )


def _is_start(number: str) -> bool:
    return number.isascii() and number[:1].isalnum() and len(number) >= _SHORTEST_START


def _case_numbers(number: str, moment: Moment) -> Numbers:
    """A serial alone (`417`) is that of any procedure in the last years."""
    if number.isascii() and number.isdigit() and len(number) <= _SERIAL:
        years = range(moment.today.year, moment.today.year - _YEARS, -1)
        prefixes = dict.fromkeys(p.prefix for p in catalogue.LAW.procedures.values())
        serial = f"{int(number):05d}"
        return Numbers(tuple(f"{prefix}-{year}-{serial}" for year in years for prefix in prefixes))
    return Numbers(start=number) if _is_start(number) else Numbers()


def _license_numbers(number: str) -> Numbers:
    """Without its province (`B2-20260001`, `20260001`) it is looked for in every one."""
    core = number.removeprefix("B1-").removeprefix("B2-")
    if core.isascii() and core.isdigit() and len(core) >= _LICENSE_SERIAL:
        letters = ("B1", "B2") if core == number else (number[:2],)
        places = ["", *(province.abbr for province in PROVINCES.values())]
        exact = tuple(f"{place}{letter}-{core}" for place in places for letter in letters)
        return Numbers((*exact, number), number)
    return Numbers(start=number) if len(number) >= _SHORTEST_START else Numbers()


def _ranges(number: str) -> tuple[Range, ...]:
    if not (number.isascii() and number.isdigit() and len(number) >= _SHORTEST_START):
        return ()
    return tuple(row for row in RANGES if row.code.startswith(number) or row.holds(number))
