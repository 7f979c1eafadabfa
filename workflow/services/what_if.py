"""What if: clocks and conditions of a case on other days or by other holidays; nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from workflow.domain.clock import Reading
from workflow.domain.errors import BadInput
from workflow.domain.facts import Act
from workflow.domain.guard import Finding
from workflow.domain.procedure import State, Text
from workflow.domain.workdays import Calendar, YearNotice
from workflow.law import catalogue
from workflow.services import judging
from workflow.services.calendars import YEARS_AHEAD, with_notice
from workflow.services.filed import fixed_findings
from workflow.services.standing import Standing

FIELDS: Mapping[str, tuple[str, Text]] = {
    "filing": ("submit", Text("提交日", "Filing day")),
    "notice": ("request_correction", Text("补正通知日", "Correction notice")),
    "answer": ("resubmit", Text("补正提交日", "Correction handed in")),
    "acceptance": ("accept", Text("受理日", "Acceptance")),
    "pause_from": ("pause_review", Text("暂停首日", "First paused day")),
    "pause_to": ("resume_review", Text("暂停末日", "Last paused day")),
}
"""The days that may be supposed, in the order in which acts of one day are taken."""
_UNFILED = (State.DRAFT, State.MATERIAL_PREP)


@dataclass(frozen=True, slots=True)
class Line:
    """One clock as it stands and as it would; None where it would not run."""

    code: str
    now: Reading | None
    then: Reading | None

    @property
    def days(self) -> int | None:
        """Calendar days by which the last day moves; None where one side has none."""
        return (self.then.due - self.now.due).days if self.now and self.then else None


@dataclass(frozen=True, slots=True)
class Change:
    """One condition of the next filing: its verdict today, and on the supposed day."""

    now: Finding
    then: Finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every clock of either side, and the conditions that the day decides or changes."""

    lines: tuple[Line, ...]
    changes: tuple[Change, ...]


def fields_of(standing: Standing) -> tuple[str, ...]:
    """The days that can still be different for this case."""
    state = State(standing.case.state)
    if state.final:
        return ()
    behind = {
        State.CORRECTION_REQUESTED: {"filing", "notice"},
        State.SUBMITTED: {"filing"},
    }.get(state, set())
    known = {rule.trigger for rule in standing.procedure.rules}
    return tuple(n for n, (act, _) in FIELDS.items() if act in known and n not in behind)


def without_estimates(calendar: Calendar, today: date) -> Calendar:
    """The same calendar with plain weeks where no notice is published."""
    for year in range(today.year, today.year + YEARS_AHEAD + 1):
        if calendar.year(year).provisional:
            plain = YearNotice(year, frozenset(), frozenset(), Text("", ""), provisional=True)
            calendar = with_notice(calendar, plain)
    return calendar


def faults(standing: Standing, supposed: Mapping[str, date]) -> list[BadInput]:
    """What cannot be supposed, each at its field: past days, and acts out of their order."""
    found = [
        BadInput(name, Text(f"{day} 已经过去", f"{day} is in the past"))
        for name, day in supposed.items()
        if day < standing.today
    ]
    return found or list(_out_of_order(standing, supposed))


def compare(
    standing: Standing, supposed: Mapping[str, date], calendar: Calendar | None = None
) -> Outcome:
    """The clocks and conditions side by side. The days must be without `faults`."""
    calendar = calendar or standing.calendar
    case, today = standing.case, standing.today
    now = {reading.code: reading for reading in standing.readings}
    acts = [[a.seq, a.do, a.on.isoformat(), dict(a.given)] for a in _acts(standing, supposed)]
    as_of = max([today, *supposed.values()])
    held, bars = judging.held_by(standing.session, case), standing.facts.company.bars
    then = {
        reading.code: reading
        for reading in judging.readings_of(replace(case, acts=acts), held, calendar, as_of, bars)
    }
    codes = [code for code in standing.procedure.clocks if code in now or code in then]
    lines = (Line(code, now.get(code), then.get(code)) for code in codes)
    return Outcome(tuple(lines), tuple(_changes(standing, supposed, calendar)))


def _acts(standing: Standing, supposed: Mapping[str, date]) -> tuple[Act, ...]:
    """The acts of the case with the supposed ones after them, by day."""
    acts = standing.case.folded
    order = list(FIELDS)
    ahead = sorted(supposed.items(), key=lambda one: (one[1], order.index(one[0])))
    last = acts[-1].seq if acts else 0
    return (
        *acts,
        *(Act(last + n, FIELDS[name][0], day) for n, (name, day) in enumerate(ahead, start=1)),
    )


def _out_of_order(standing: Standing, supposed: Mapping[str, date]) -> Iterator[BadInput]:
    """Let the law itself say which act is not offered when its day comes."""
    names = {act: name for name, (act, _) in FIELDS.items()}
    state = State(standing.case.state)
    state = State.MATERIAL_PREP if state in _UNFILED else state
    acts = _acts(standing, supposed)
    for place in range(len(standing.case.folded), len(acts)):
        act = acts[place]
        rule = standing.procedure.rule(act.do, state)
        if rule is None or (rule.while_ and not rule.while_(acts[:place])):
            label = FIELDS[names[act.do]][1]
            yield BadInput(
                names[act.do],
                Text(
                    f"到 {act.on} 时案件还不能“{label.zh}”，请核对各日期的先后",
                    f"On {act.on} the case does not offer this; check the order of the days",
                ),
            )
            return
        state = rule.target or state


def _changes(
    standing: Standing, supposed: Mapping[str, date], calendar: Calendar
) -> Iterator[Change]:
    """Conditions that only the day decides, and those whose verdict is another one then."""
    day = supposed.get("filing" if standing.case.filed_on is None else "answer")
    if standing.filing is None or (day is None and calendar is standing.calendar):
        return
    facts = replace(
        judging.facts_of(standing.session, standing.case, day or standing.today),
        calendar=calendar,
    )
    settled = fixed_findings(standing.session, standing.case)
    now = standing.findings
    then = judging.findings_of(standing.case, facts, [f.code for f in now], settled)
    for before, after in zip(now, then, strict=False):
        timing = catalogue.LAW.guards[before.code].fixed_at_filing and before.code not in settled
        if (timing and before.values) or before.result is not after.result:
            yield Change(before, after)
