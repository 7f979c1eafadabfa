"""The dated facts that a case's own clocks are counted from: read from what was told and held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workflow.domain.facts import Act, Bar, HeldLicense
from workflow.law.changes import ADV30, ADV90, AFTER_DECISION, AFTER_REGISTRY

_FEE_DAY = 10
_FEE_MONTHS = (1, 4, 7, 10)
_BARS = {"concealment": "concealment_bar", "fraud": "fraud_bar"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the clocks may look at: the case facts, its license, its acts, the company's bars."""

    case: Mapping[str, Any]
    license: HeldLicense | None
    acts: tuple[Act, ...]
    bars: tuple[Bar, ...]
    as_of: date

    def day(self, name: str) -> date | None:
        """A day among the case facts."""
        value = self.case.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else value

    def act(self, *names: str) -> Act | None:
        """The newest of these acts."""
        return next((act for act in reversed(self.acts) if act.do in names), None)


def anchors(procedure: str, told: Told) -> dict[str, date]:
    """Every dated fact known for a case of this procedure, by the name its clock uses."""
    dated = _BY_PROCEDURE.get(procedure, _nothing)(told)
    known = {name: day for name, day in dated if day is not None}
    return {**dict(_bars(told.bars)), **known}


Dated = Iterable[tuple[str, date | None]]


def next_fee_day(day: date) -> date:
    """The first fee day on or after `day`."""
    coming = (
        date(year, month, _FEE_DAY) for year in (day.year, day.year + 1) for month in _FEE_MONTHS
    )
    return next(found for found in coming if found >= day)


def report_day(year: int) -> date:
    """The last day of the reports for a year: 31 March of the next."""
    return date(year + 1, 3, 31)


def old_valid_to(acts: Iterable[Act], held: HeldLicense) -> date:
    """The expiry a renewal was filed against, also after the register moved it."""
    for act in acts:
        if "old_valid_to" in act.given:
            return date.fromisoformat(act.given["old_valid_to"])
    return held.valid_to


def _bars(bars: tuple[Bar, ...]) -> Iterable[tuple[str, date]]:
    """The newest bar of each sort; earlier ones end earlier."""
    for bar in sorted(bars, key=lambda bar: bar.decided_on):
        if bar.kind in _BARS:
            yield _BARS[bar.kind], bar.decided_on


def _nothing(_: Told) -> Dated:
    return ()


def _change(told: Told) -> Dated:
    changes = set(told.case.get("changes") or ())
    registered, decided = told.day("registered_on"), told.day("decided_on")
    if changes & AFTER_REGISTRY:
        yield "registry_change", registered
    if changes & AFTER_DECISION:
        yield "decision", decided
    if changes & (AFTER_DECISION | AFTER_REGISTRY) and registered is None:
        yield "registry_duty", decided
    if changes & ADV90:
        yield "effect90", told.day("effective_on")
    held = told.license
    if changes & ADV30 and held and "ICP" in held.kinds:
        yield "effect30", told.day("effective_on")
    if "C-CONTACT" in changes and held and held.codes:
        yield "contact_change", told.day("effective_on") or decided or registered


def _renewal(told: Told) -> Dated:
    if told.license is None:
        return
    expiry = old_valid_to(told.acts, told.license)
    yield "valid_to", expiry
    if told.act("reject") or told.license.status == "lapsed":
        yield "registry_duty", expiry


def _cancellation(told: Told) -> Dated:
    yield "effect90", told.day("stop_on")
    ended = told.act("approve")
    yield "registry_duty", ended.on if ended else None


def _annual_report(told: Told) -> Dated:
    year = told.case.get("year")
    if year is not None:
        yield "annual_report", report_day(int(year))
        if told.license and told.license.codes:
            yield "code_report", report_day(int(year))


def _number(told: Told) -> Dated:
    """What a code owes; a run that was marked done on the license gives way to the next."""
    granted, done = told.act("approve"), told.license.done if told.license else frozenset()
    year = (granted.on if granted else told.as_of).year
    while ("K-CODEAR", str(year)) in done:
        year += 1
    yield "code_report", report_day(year)
    if granted:
        fee = next_fee_day(max(granted.on, told.as_of))
        while ("K-FEE", fee.isoformat()) in done:
            fee = next_fee_day(fee + timedelta(1))
        yield "fee_day", fee
        used = ("K-NUMUSE", granted.on.isoformat()) in done
        yield "code_granted", None if used else granted.on


def _branch_report(told: Told) -> Dated:
    yield "branch_decision", told.day("decided_on")


_BY_PROCEDURE: Mapping[str, Callable[[Told], Dated]] = {
    "change": _change,
    "renewal": _renewal,
    "cancellation": _cancellation,
    "annual_report": _annual_report,
    "number": _number,
    "branch_report": _branch_report,
}
