"""What a scenario's steps do: the stage a story stands on, and each action through its service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Role, Text
from workflow.services import client_companies, licenses, opening, paperwork, ticking
from workflow.services.advance import advance
from workflow.services.database import Database
from workflow.services.scenario_shape import Scenario, StepPart

ZONE = "Asia/Shanghai"
Cast = Callable[[Role, str], Actor]


@dataclass(slots=True)
class Stage:
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
        return Moment.of(start + timedelta(seconds=self.count), ZONE)


def do(stage: Stage, step: StepPart) -> None:
    """The one action of a step, through the service a person would use."""
    actor = actor_of(stage, step)
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


def _provide(stage: Stage, step: StepPart, actor: Actor, number: str) -> None:
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


def _set(stage: Stage, step: StepPart, actor: Actor) -> None:
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


def _tick(stage: Stage) -> None:
    outcome = ticking.tick(stage.database, stage.moment())
    if outcome.failed:
        message = f"the clock could not act on {outcome.failed} of {outcome.due}"
        raise RuntimeError(message)


def actor_of(stage: Stage, step: StepPart) -> Actor:
    """Who takes a step: the person the story casts for the role."""
    return stage.cast(step.role, step.by.partition(":")[2])
