"""Play a scenario: a small story with a clock, through the same services as the web."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import (
    BadInput,
    GuardsUnmet,
    NotBuilt,
    NotOffered,
    RoleMissing,
)
from workflow.domain.procedure import Role, Text
from workflow.domain.workdays import YearNotice
from workflow.services import calendars, client_companies, licenses, opening, paperwork, ticking
from workflow.services.advance import advance
from workflow.services.database import Database
from workflow.services.scenario_expect import Failure, Place, check
from workflow.services.scenario_shape import BadScenario, FromCase, Scenario, StepPart
from workflow.storage import parameters

ZONE = "Asia/Shanghai"
Cast = Callable[[Role, str], Actor]


def stand_in(role: Role, name: str) -> Actor:
    """The person of a role when nobody else was cast: one each, or one per given name."""
    return Actor(f"{role.value}:{name}" if name else role.value, name or role.value, role)


@dataclass(slots=True)
class Outcome:
    """How a scenario went: every expectation that did not hold."""

    steps: int
    failures: list[Failure] = field(default_factory=list)


@dataclass(slots=True)
class _Stage:
    """Where the story stands: the clock and the names met so far."""

    database: Database
    scenario: Scenario
    cast: Cast
    today: date
    count: int = 0
    companies: dict[str, int] = field(default_factory=dict)
    licenses: dict[str, int] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)

    def moment(self) -> Moment:
        """Nine in the morning of the story's day, a second later each time it is asked."""
        self.count += 1
        start = datetime.combine(self.today, time(9), ZoneInfo(ZONE)).astimezone(UTC)
        return Moment(start + timedelta(seconds=self.count), self.today)


def play(database: Database, scenario: Scenario, *, cast: Cast = stand_in) -> Outcome:
    """Play every step, each in its own transaction.

    Raises BadScenario when the story needs something the law here does not hold yet.
    """
    stage = _Stage(database, scenario, cast, scenario.as_of)
    _set_the_scene(stage)
    outcome = Outcome(len(scenario.steps))
    for number, step in enumerate(scenario.steps, start=1):
        try:
            outcome.failures += _play_step(stage, number, step)
        except NotBuilt as error:
            line = scenario.line("steps", number - 1)
            raise BadScenario(line, str(error), scenario.title) from error
    return outcome


def _set_the_scene(stage: _Stage) -> None:
    scenario, clerk = stage.scenario, stage.cast(Role.HANDLER, "")
    with stage.database.transaction() as tx:
        _parameters(tx, stage)
        for name in scenario.companies:
            with _named(scenario, "companies", name):
                stage.companies[name] = client_companies.add_company(
                    tx, scenario.company_facts(name), actor=clerk, moment=stage.moment()
                )
        for name, part in scenario.licenses.items():
            with _named(scenario, "licenses", name):
                stage.licenses[name] = client_companies.add_license(
                    tx,
                    stage.companies[part.company],
                    part.model_dump(exclude={"company"}, exclude_unset=True),
                    actor=clerk,
                    moment=stage.moment(),
                )


@contextmanager
def _named(scenario: Scenario, *place: str) -> Iterator[None]:
    """What only the database can refuse: a credit code or license number used twice."""
    try:
        yield
    except BadInput as error:
        line = scenario.line(*place, error.field)
        raise BadScenario(line, f"{'.'.join(place)}: {error}", scenario.title) from error


def _parameters(tx: Session, stage: _Stage) -> None:
    scenario = stage.scenario
    for year, notice in scenario.calendar.items():
        calendars.load(
            tx,
            YearNotice(
                year,
                frozenset(notice.off),
                frozenset(notice.workdays),
                notice.notice,
                notice.provisional,
            ),
            by="scenario",
            moment=stage.moment(),
        )
    for part in scenario.bureau_parameters:
        parameters.set_parameter(
            tx,
            province=part.province,
            kind=part.kind,
            name=part.name,
            value=json.dumps(part.value),
            source=part.source,
        )


def _play_step(stage: _Stage, number: int, step: StepPart) -> list[Failure]:
    stage.today = max(stage.today, step.on or stage.today)
    codes = _act(stage, step)
    case = stage.cases.get(stage.scenario.case_of(step) or "")
    place = Place(number, step, stage.today, case)
    with stage.database.reading() as session:
        return check(session, place, codes, stage.licenses.get(step.license or ""))


def _act(stage: _Stage, step: StepPart) -> tuple[str, ...] | None:
    """Do what the step says; the codes it was refused with, or None when it went through."""
    try:
        _open_if_new(stage, step)
        _do(stage, step)
    except GuardsUnmet as error:
        return (*(finding.code for finding in error.unmet), *error.papers)
    except (NotOffered, RoleMissing, BadInput) as error:
        return (error.code,)
    return None


def _open_if_new(stage: _Stage, step: StepPart) -> None:
    """A case is opened in draft on the day of its first step."""
    about_others = step.case is None and (step.company or step.license) and not step.do
    name = None if about_others else stage.scenario.case_of(step)
    if name is None or name in stage.cases or (step.do == "open_service" and step.license):
        return
    part = stage.scenario.cases[name]
    actor = _actor(stage, step)
    opener = actor if actor.role is Role.HANDLER else stage.cast(Role.HANDLER, "")
    with stage.database.transaction() as tx:
        stage.cases[name] = opening.open_for(
            tx,
            stage.companies[part.company],
            part.procedure,
            license_id=_license_id(stage, tx, part.license),
            changes=part.changes,
            kinds=part.kinds,
            coverage=part.coverage,
            items=part.items,
            facts=part.facts,
            cities=part.cities,
            actor=opener,
            moment=stage.moment(),
        ).number


def _license_id(stage: _Stage, tx: Session, told: str | FromCase | None) -> int | None:
    """The license a case is about: one of the file, or the one another case created."""
    if not isinstance(told, FromCase):
        return stage.licenses[told] if told else None
    return licenses.of_case(tx, stage.cases.get(told.from_, ""))


def _do(stage: _Stage, step: StepPart) -> None:
    actor = _actor(stage, step)
    number = stage.cases.get(stage.scenario.case_of(step) or "", "")
    if step.tick:
        _tick(stage)
    elif step.set is not None:
        _set(stage, step, actor)
    elif step.do == "open_service":
        with stage.database.transaction() as tx:
            named = stage.licenses.get(step.license or "")
            licenses.open_service(
                tx,
                named if named is not None else licenses.of_case(tx, number),
                step.with_,
                actor=actor,
                moment=stage.moment(),
            )
    elif step.do:
        with stage.database.transaction() as tx:
            advance(tx, number, step.do, actor=actor, moment=stage.moment(), given=step.with_)
    elif step.provide:
        _provide(stage, step, actor, number)
    elif step.answer:
        points = None if step.answer == "all" else step.answer
        with stage.database.transaction() as tx:
            paperwork.answer(
                tx, number, points, actor=actor, moment=stage.moment(), text="已按意见补正"
            )


def _provide(stage: _Stage, step: StepPart, actor: Actor, number: str) -> None:
    with stage.database.transaction() as tx:
        if step.license:
            if step.provide != ["M-EVAL"]:
                raise BadInput(
                    "provide", Text("许可证只收技术评测报告", "A license takes M-EVAL alone")
                )
            held = stage.licenses[step.license]
            licenses.pass_evaluation(tx, held, actor=actor, moment=stage.moment())
            return
        wanted = (
            opening.required_codes(tx, number, stage.moment())
            if step.provide == "all"
            else list(step.provide or ())
        )
        for code in wanted:
            if code not in step.except_:
                paperwork.provide(
                    tx,
                    number,
                    code,
                    actor=actor,
                    moment=stage.moment(),
                    valid_until=step.valid_until,
                )


def _set(stage: _Stage, step: StepPart, actor: Actor) -> None:
    values: Mapping[str, Any] = step.set or {}
    with stage.database.transaction() as tx:
        if step.license:
            licenses.set_license_facts(
                tx, stage.licenses[step.license], values, actor=actor, moment=stage.moment()
            )
        else:
            client_companies.set_company_facts(
                tx,
                stage.companies[step.company or ""],
                values,
                actor=actor,
                moment=stage.moment(),
            )


def _tick(stage: _Stage) -> None:
    outcome = ticking.tick(stage.database, stage.moment())
    if outcome.failed:
        message = f"the clock could not act on {outcome.failed} of {outcome.due}"
        raise RuntimeError(message)


def _actor(stage: _Stage, step: StepPart) -> Actor:
    return stage.cast(step.role, step.by.partition(":")[2])
