"""What a license owes and by when: renewal, reports, fees, codes, changes, tasks after a decision.

Every duty answers with its runs that are still alive; a run is over once it is filed or done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workflow.domain.clock import Reading, read_clock
from workflow.domain.facts import Act, HeldLicense
from workflow.domain.ladder import Deadline
from workflow.domain.procedure import Text
from workflow.domain.workdays import Calendar, add_calendar, add_years, roll_forward
from workflow.law.anchors import next_fee_day, report_day
from workflow.law.annual import owes
from workflow.law.changes import AFTER_REGISTRY
from workflow.law.filer_clocks import FILER_CLOCKS
from workflow.law.ladders import LADDERS, RENEWAL_LEAD
from workflow.law.vocabulary import Labels

_GRACE = 30
"""Days after its last day that a report or fee of no known outcome is still asked for."""
_THIRTY = 30
"""Calendar days of the 30-day reports (42号令 28, 29, 39; 登记条例 24, 26)."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What the duties of one license are computed from.

    `registered`: changes the authority was not told of, with the day of the registry change or
    decision. `branches`: province, action and day of decisions about branches not reported yet.
    `tasks`: open follow-up tasks and the day each began. `done`: (deadline, cycle) that somebody
    marked done. `filed`: what the authority has in hand or on file: procedures, `C-`
    codes, `annual_report:<year>`.
    """

    held: HeldLicense
    registered: tuple[tuple[str, date], ...] = ()
    branches: tuple[tuple[str, str, date], ...] = ()
    tasks: tuple[tuple[str, date], ...] = ()
    done: frozenset[tuple[str, str]] = frozenset()
    filed: frozenset[str] = frozenset()
    will_not_renew: bool = False


DUTIES: Labels = {
    "K-RENEW": Text("续期", "Renewal"),
    "K-AR": Text("年报", "Annual report"),
    "K-CODEAR": Text("码号年度报告", "Annual code report"),
    "K-FEE": Text("码号占用费", "Code occupation fee"),
    "K-NUMUSE": Text("启用码号", "Start using the code"),
    "K-REG30": Text("更新工商登记", "Update the registry"),
    "K-CHG-REG": Text("变更（工商已变更）", "Change after the registry"),
    "K-CHG-DEC": Text("变更（公司已决定）", "Change after a decision"),
    "K-BRANCH": Text("分支机构报告", "Branch report"),
}
"""Every deadline a license can have, with a short name."""

_CLOCKS = {clock.code: clock for clock in FILER_CLOCKS}
_TASKS = {"T-CODE-USE": "K-NUMUSE", "T-REG-SCOPE": "K-REG30"}


def deadlines(holding: Holding, calendar: Calendar, today: date) -> tuple[Deadline, ...]:
    """Every run that is alive, the soonest last day first. Nothing for a license that ended."""
    if holding.held.status != "valid":
        found = list(_tasks(holding, calendar))
    else:
        found = [run for duty in _DUTIES for run in duty(holding, calendar, today)]
    alive = (run for run in found if (run.code, run.cycle) not in holding.done)
    return tuple(sorted(alive, key=lambda run: (run.due_on, run.code, run.cycle)))


def undated(holding: Holding) -> tuple[tuple[str, date], ...]:
    """Open tasks that no day of the law ends, with the day each began (T-SHOW-NUMBER, T-EVAL)."""
    return tuple(task for task in holding.tasks if task[0] not in _TASKS)


def reading_of(run: Deadline, calendar: Calendar, today: date) -> Reading:
    """One run as the clock of the law it is: start, unit and ledger explain its last day.

    Raises LookupError for a run that no duty makes.
    """
    clock, day = _CLOCKS[run.code], _first_day(run)
    acts = tuple(Act(1, do, day) for do in clock.starts[:1])
    found = read_clock(clock, acts, calendar, today, {clock.anchor: day})
    if found is None or found.due != run.due_on:
        message = f"{run.code} {run.cycle} is not explained by its clock"
        raise LookupError(message)
    return found


def _first_day(run: Deadline) -> date:
    """The day a run counts from, or its fixed day: the last word of its cycle."""
    last = run.cycle.rpartition(" ")[2]
    return report_day(int(last)) if last.isdigit() else date.fromisoformat(last)


def settles(procedure: str, facts: Mapping[str, Any], run: Deadline) -> bool:
    """True where a case with these facts is about the year, change or branch that the run names."""
    first, _, rest = run.cycle.partition(" ")
    if run.code == "K-AR":
        return procedure == "annual_report" and str(facts.get("year")) == first
    if run.code in ("K-CHG-REG", "K-CHG-DEC"):
        return procedure == "change" and first in (facts.get("changes") or ())
    told = (facts.get("province"), facts.get("action") or "open")
    return run.code == "K-BRANCH" and told == (first, rest.partition(" ")[0])


def renewal_day(valid_to: date) -> date:
    """The last day to file a renewal: 90 calendar days before expiry (42号令 27)."""
    return valid_to - timedelta(RENEWAL_LEAD)


def _run(code: str, cycle: str, due_on: date, counted: date | None = None) -> Deadline:
    return Deadline(code, cycle, due_on, LADDERS.get(code) or LADDERS["REPLY-BY"], counted)


def _thirty(code: str, cycle: str, day: date, calendar: Calendar) -> Deadline:
    counted = add_calendar(day, _THIRTY)
    return _run(code, cycle, roll_forward(calendar, counted), counted)


def _renewal(holding: Holding, _: Calendar, __: date) -> Iterator[Deadline]:
    if "renewal" not in holding.filed and not holding.will_not_renew:
        last = holding.held.valid_to
        yield _run("K-RENEW", last.isoformat(), renewal_day(last))


def _annual_report(holding: Holding, _: Calendar, today: date) -> Iterator[Deadline]:
    """Every year owed and not on file; a license with no list had filed all that was due."""
    held, known = holding.held, holding.held.annual_reports
    first = held.valid_from.year if held.valid_from else today.year - 1
    for year in range(first, today.year + 1):
        due_on = report_day(year)
        missing = year not in known if known is not None else due_on >= today - timedelta(_GRACE)
        if owes(held, year) and missing and f"annual_report:{year}" not in holding.filed:
            yield _run("K-AR", str(year), due_on)


def _code_report(holding: Holding, _: Calendar, today: date) -> Iterator[Deadline]:
    for year in (today.year - 1, today.year):
        season = owes(holding.held, year) and report_day(year) >= today - timedelta(_GRACE)
        if holding.held.codes and season:
            yield _run("K-CODEAR", str(year), report_day(year))


def _fee(holding: Holding, _: Calendar, today: date) -> Iterator[Deadline]:
    """The coming fee day, and the last one for as long as nobody says it was paid."""
    if holding.held.codes:
        days = {next_fee_day(today - timedelta(_GRACE)), next_fee_day(today)}
        for day in sorted(days):
            yield _run("K-FEE", day.isoformat(), day)


def _changes(holding: Holding, calendar: Calendar, _: date) -> Iterator[Deadline]:
    for change, day in holding.registered:
        if change not in holding.filed:
            code = "K-CHG-REG" if change in AFTER_REGISTRY else "K-CHG-DEC"
            yield _thirty(code, f"{change} {day.isoformat()}", day, calendar)


def _branches(holding: Holding, calendar: Calendar, _: date) -> Iterator[Deadline]:
    for province, action, day in holding.branches:
        if f"branch_report:{province}:{action}" not in holding.filed:
            yield _thirty("K-BRANCH", f"{province} {action} {day.isoformat()}", day, calendar)


def _tasks(holding: Holding, calendar: Calendar, _: date | None = None) -> Iterator[Deadline]:
    for task, day in holding.tasks:
        if task == "T-CODE-USE":
            yield _run(_TASKS[task], day.isoformat(), add_years(day, 1))
        elif task in _TASKS:
            yield _thirty(_TASKS[task], f"{task} {day.isoformat()}", day, calendar)


_DUTIES: tuple[Callable[[Holding, Calendar, date], Iterator[Deadline]], ...] = (
    _renewal,
    _annual_report,
    _code_report,
    _fee,
    _changes,
    _branches,
    _tasks,
)
