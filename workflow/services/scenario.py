"""Play a scenario: a small story with a clock, through the same services as the web."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.errors import (
    BadInput,
    GuardsUnmet,
    NotBuilt,
    NotOffered,
    RoleMissing,
)
from workflow.domain.procedure import Role, Text
from workflow.domain.workdays import YearNotice
from workflow.services import calendars, client_companies, licenses, opening
from workflow.services.bureau_changes import read_figure
from workflow.services.database import Database
from workflow.services.scenario_acts import Cast, Stage, actor_of, do
from workflow.services.scenario_expect import Failure, Place, check
from workflow.services.scenario_shape import BadScenario, FromCase, Scenario, StepPart
from workflow.storage import parameters


def stand_in(role: Role, name: str) -> Actor:
    """The person of a role when nobody else was cast: one each, or one per given name."""
    return Actor(f"{role.value}:{name}" if name else role.value, name or role.value, role)


@dataclass(slots=True)
class Outcome:
    """How a scenario went: every expectation that did not hold."""

    steps: int
    failures: list[Failure] = field(default_factory=list)


def play(database: Database, scenario: Scenario, *, cast: Cast = stand_in) -> Outcome:
    """Play every step, each in its own transaction.

    Raises BadScenario when the story needs something the law here does not hold yet.
    """
    stage = Stage(database, scenario, cast, scenario.as_of)
    _set_the_scene(stage)
    outcome = Outcome(len(scenario.steps))
    for number, step in enumerate(scenario.steps, start=1):
        try:
            outcome.failures += _play_step(stage, number, step)
        except NotBuilt as error:
            line = scenario.line("steps", number - 1)
            raise BadScenario(line, str(error), scenario.title) from error
    return outcome


def _set_the_scene(stage: Stage) -> None:
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


def _parameters(tx: Session, stage: Stage) -> None:
    scenario = stage.scenario
    for year, notice in scenario.calendar.items():
        calendars.load(
            tx,
            YearNotice(
                year,
                frozenset(notice.off),
                frozenset(notice.workdays),
                Text(notice.notice, notice.notice),
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
            value=json.dumps(read_figure(part.name, part.value)),
            source=part.source,
        )


def _play_step(stage: Stage, number: int, step: StepPart) -> list[Failure]:
    stage.today = max(stage.today, step.on or stage.today)
    codes = _act(stage, step)
    case = stage.cases.get(stage.scenario.case_of(step) or "")
    place = Place(number, step, stage.today, case)
    with stage.database.reading() as session:
        return check(session, place, codes, stage.licenses.get(step.license or ""))


def _act(stage: Stage, step: StepPart) -> tuple[str, ...] | None:
    """Do what the step says; the codes it was refused with, or None when it went through."""
    try:
        _open_if_new(stage, step)
        do(stage, step)
    except GuardsUnmet as error:
        return (*(finding.code for finding in error.unmet), *error.papers)
    except (NotOffered, RoleMissing, BadInput) as error:
        return (error.code,)
    return None


def _open_if_new(stage: Stage, step: StepPart) -> None:
    """A case is opened in draft on the day of its first step."""
    about_others = step.case is None and (step.company or step.license) and not step.do
    name = None if about_others else stage.scenario.case_of(step)
    if name is None or name in stage.cases or (step.do == "open_service" and step.license):
        return
    part = stage.scenario.cases[name]
    actor = actor_of(stage, step)
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


def _license_id(stage: Stage, tx: Session, told: str | FromCase | None) -> int | None:
    """The license a case is about: one of the file, or the one another case created."""
    if not isinstance(told, FromCase):
        return stage.licenses[told] if told else None
    return licenses.of_case(tx, stage.cases.get(told.from_, ""))
