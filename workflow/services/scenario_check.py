"""Whether a scenario makes sense: every name it uses exists, every fact can be entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from workflow.domain.errors import BadInput, DeskError
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.law.figures import FIGURE_LABELS
from workflow.services import companies, opening
from workflow.services.bureau_changes import read_figure
from workflow.services.client_companies import check_license
from workflow.services.intake import CompanyTold, LicenseTold, told
from workflow.services.scenario_shape import BadScenario, Scenario, StepPart

LICENSE_TRIGGERS = frozenset(["open_service"])
"""Acts on a license, not on a case."""
OWN_READINGS = ("latest", "safe", "earliest")
_ACTIONS = ("do", "provide", "answer", "set", "tick")
_WITH = {"with_": "do", "except_": "provide", "valid_until": "provide"}


def check_whole(scenario: Scenario) -> None:
    """Raises BadScenario, with its line, for the first thing that cannot be played."""
    try:
        _check_scene(scenario)
        clock = scenario.as_of
        for index, step in enumerate(scenario.steps):
            _check_step(scenario, index, step, clock)
            clock = step.on or clock
    except BadScenario as fault:
        fault.title = scenario.title
        raise


@contextmanager
def _at(scenario: Scenario, *place: str | int) -> Iterator[None]:
    """What cannot be entered is named where the file says it."""
    try:
        yield
    except BadInput as error:
        parts = [int(part) if part.isdigit() else part for part in error.field.split(".")]
        line = scenario.line(*place, *parts)
        raise BadScenario(line, f"{'.'.join(map(str, place))}: {error}") from error
    except DeskError as error:
        raise BadScenario(scenario.line(*place), str(error)) from error


def _check_scene(scenario: Scenario) -> None:
    for name in scenario.companies:
        with _at(scenario, "companies", name):
            companies.checked(told(CompanyTold, scenario.company_facts(name)), scenario.as_of)
    for name, license_ in scenario.licenses.items():
        _known(scenario, ("licenses", name, "company"), license_.company, scenario.companies)
        with _at(scenario, "licenses", name):
            check_license(license_)
    for index, parameter in enumerate(scenario.bureau_parameters):
        place = ("bureau_parameters", index)
        _known(scenario, (*place, "province"), parameter.province, catalogue.AUTHORITIES)
        _known(scenario, (*place, "name"), parameter.name, FIGURE_LABELS)
        _known(scenario, (*place, "kind"), parameter.kind, ("", *catalogue.labels("kind")))
        with _at(scenario, *place):
            read_figure(parameter.name, parameter.value)
    for name in scenario.cases:
        _check_case(scenario, name)


def _check_case(scenario: Scenario, name: str) -> None:
    case, place = scenario.cases[name], ("cases", name)
    _known(scenario, (*place, "company"), case.company, scenario.companies)
    if isinstance(case.license, str):
        _known(scenario, (*place, "license"), case.license, scenario.licenses)
    elif case.license is not None:
        _known(scenario, (*place, "license"), case.license.from_, scenario.cases)
    with _at(scenario, *place, "procedure"):
        catalogue.procedure(case.procedure)
    for index, kind in enumerate(case.kinds):
        with _at(scenario, *place, "kinds", index):
            catalogue.kind(kind)
    _check_license(scenario, name)
    with _at(scenario, *place):
        opening.check_application(
            case.procedure, case.kinds, case.coverage, case.items, case.changes
        )
    with _at(scenario, *place, "facts"):
        opening.checked_facts(case.facts)


def _check_license(scenario: Scenario, name: str) -> None:
    """A first application has no license; every other procedure says which one, but codes may."""
    case, line = scenario.cases[name], scenario.line("cases", name, "license")
    wanted = catalogue.procedure(case.procedure).license
    if case.license is not None and wanted == "none":
        raise BadScenario(line, f"cases.{name}: `new` starts without a license")
    if case.license is None and wanted == "required":
        raise BadScenario(line, f"cases.{name}: `{case.procedure}` is about a license")


def _check_step(scenario: Scenario, index: int, step: StepPart, clock: date) -> None:
    place = ("steps", index)
    line = scenario.line(*place)
    _check_action(step, line)
    if step.on is not None and step.on < clock:
        raise BadScenario(
            scenario.line(*place, "on"), f"the clock does not go back: {step.on} is before {clock}"
        )
    if step.by.partition(":")[0] not in {role.value for role in Role} - {Role.CLOCK.value}:
        raise BadScenario(scenario.line(*place, "by"), f"there is no role {step.by}")
    _known(scenario, (*place, "case"), step.case, scenario.cases)
    _known(scenario, (*place, "company"), step.company, scenario.companies)
    _known(scenario, (*place, "license"), step.license, scenario.licenses)
    _check_subject(scenario, step, line)
    _check_facts(scenario, index, step)
    _check_expected(scenario, index, step)


def _check_action(step: StepPart, line: int) -> None:
    found = [name for name in _ACTIONS if getattr(step, name) is not None]
    if len(found) > 1:
        raise BadScenario(line, f"a step has one action, not {' and '.join(found)}")
    if step.do is not None and step.do not in _triggers():
        raise BadScenario(line, f"there is no trigger {step.do}")
    for name, action in _WITH.items():
        if getattr(step, name) and getattr(step, action) is None:
            raise BadScenario(line, f"`{name.rstrip('_')}` goes with `{action}`")


def _check_subject(scenario: Scenario, step: StepPart, line: int) -> None:
    """There is something the step can act on, and something it can look at."""
    acts_on_case = step.provide is not None or step.answer is not None or step.do is not None
    if step.license and (step.do == "open_service" or step.provide == ["M-EVAL"]):
        acts_on_case = False
    if (acts_on_case or step.expect.about_case) and scenario.case_of(step) is None:
        raise BadScenario(line, "name the case: there is not exactly one")
    if step.set is not None and not (step.company or step.license):
        raise BadScenario(line, "`set` needs a company or a license")


def _check_facts(scenario: Scenario, index: int, step: StepPart) -> None:
    if step.set is None:
        return
    with _at(scenario, "steps", index, "set"):
        if step.license:
            before = scenario.licenses[step.license].model_dump(
                exclude={"company"}, exclude_unset=True
            )
            told(LicenseTold, {**before, **step.set})
        else:
            told(CompanyTold, {**scenario.company_facts(step.company or ""), **step.set})


def _check_expected(scenario: Scenario, index: int, step: StepPart) -> None:
    expected, place = step.expect, ("steps", index, "expect")
    for at, trigger in enumerate(expected.allowed or ()):
        _known(scenario, (*place, "allowed", at), trigger, _triggers())
    for code, reading in (expected.clocks or {}).items():
        line = scenario.line(*place, "clocks", code)
        if code not in catalogue.LAW.clocks:
            raise BadScenario(line, f"there is no clock {code}")
        ours = catalogue.LAW.clocks[code].whose == "filer"
        for name in OWN_READINGS:
            if name in reading.model_fields_set and not ours:
                raise BadScenario(line, f"{code} has no {name}: it is a clock of the authority")


def _triggers() -> frozenset[str]:
    rules = (rule for procedure in catalogue.LAW.procedures.values() for rule in procedure.rules)
    return LICENSE_TRIGGERS | {rule.trigger for rule in rules}


def _known(
    scenario: Scenario,
    place: tuple[str | int, ...],
    name: str | None,
    names: Mapping[str, Any] | frozenset[str] | tuple[str, ...],
) -> None:
    if name is not None and name not in names:
        what = next(part for part in reversed(place) if isinstance(part, str))
        raise BadScenario(scenario.line(*place), f"{what} {name} is not defined")
