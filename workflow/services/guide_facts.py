"""The cases one guide stands for: a procedure, kind and area on default facts, and its variants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from workflow.domain.facts import Company, Facts, HeldLicense, Parameter, SignOff
from workflow.law import catalogue
from workflow.law.authorities import NATIONAL
from workflow.law.changes import BY_CODE as CHANGES
from workflow.law.number_ranges import BY_CODE as RANGES
from workflow.services.case_intake import CASE_DEFAULTS

_LICENSE_YEARS = 5


@dataclass(frozen=True, slots=True)
class Combination:
    """What a guide is asked for. `area` is a province code or `national`.

    `change` narrows a change to one C-row, `range` a code to one numbering range; empty means all.
    """

    procedure: str
    kind: str
    area: str
    foreign: bool = False
    change: str = ""
    range: str = ""

    @property
    def coverage(self) -> tuple[str, ...]:
        """What the license covers: only a nationwide one has branches to report."""
        return (NATIONAL,) if self.procedure == "branch_report" else (self.area,)


def default_facts(
    asked: Combination, on: date, parameters: Mapping[tuple[str, str], Parameter]
) -> Facts:
    """A case of this combination of which nothing else was told."""
    held = _license(asked, on)
    return catalogue.intended(
        Facts(
            on=on,
            company=_company(asked),
            kinds=(asked.kind,),
            items={asked.kind: catalogue.default_items(asked.kind)},
            coverage=asked.coverage,
            case={**CASE_DEFAULTS, **_told(asked, on)},
            papers={},
            sign_off=SignOff(frozenset()),
            open_points=(),
            others=(),
            licenses=(),
            parameters=parameters,
            calendar=catalogue.CALENDAR,
            fixed={"waivers": (), "needed": ()},
            procedure=asked.procedure,
            license=held,
        )
    )


def variants(asked: Combination, facts: Facts) -> Iterator[tuple[str, Facts]]:
    """The same case with more told, each with the C-code that makes it, or empty.

    Content that needs approval, a license already held, every sort of change, a coverage that
    grows or shrinks: whatever a condition of the law can look at and the combination leaves open.
    """
    for code, told in _changed(asked, facts):
        yield code, told
        yield code, replace(told, case={**told.case, "content": _all_content()})
        yield code, replace(told, licenses=(_held(asked, facts.on),))
        if told.license is not None:
            for coverage in (frozenset(), told.license.coverage | {"elsewhere"}):
                yield code, replace(told, license=replace(told.license, coverage=coverage))


def _changed(asked: Combination, facts: Facts) -> Iterator[tuple[str, Facts]]:
    if asked.procedure != "change" or asked.change:
        yield asked.change, facts
        return
    for code in CHANGES:
        one = replace(asked, change=code)
        yield code, default_facts(one, facts.on, facts.parameters)


def _all_content() -> list[str]:
    return list(catalogue.labels("content"))


def _company(asked: Combination) -> Company:
    province = "" if asked.area == NATIONAL else asked.area
    share = Decimal(1) if asked.foreign else Decimal(0)
    return Company(name="", uscc="", province=province, foreign_share=share)


def _license(asked: Combination, on: date) -> HeldLicense | None:
    """The license such a case is about; own-use codes need none, a first application has none."""
    needs = catalogue.procedure(asked.procedure).license
    free = asked.range in RANGES and not RANGES[asked.range].licensed
    return None if needs == "none" or free else _held(asked, on)


def _held(asked: Combination, on: date) -> HeldLicense:
    """A license in the middle of its term; one to which this kind is yet to be added lacks it."""
    return HeldLicense(
        number="",
        kinds=frozenset() if asked.change == "C-KIND" else frozenset({asked.kind}),
        coverage=frozenset(asked.coverage),
        status="valid",
        valid_from=on - timedelta(365),
        valid_to=on + timedelta(365 * (_LICENSE_YEARS - 1)),
        items={asked.kind: catalogue.default_items(asked.kind)},
        codes=("code",),
    )


def _told(asked: Combination, on: date) -> dict[str, Any]:
    """The facts without which the procedure has no such case."""
    if asked.procedure == "change":
        days = dict.fromkeys(("registered_on", "decided_on", "effective_on"), on.isoformat())
        return {"changes": [asked.change], **days} if asked.change else {}
    if asked.procedure == "number" and asked.range:
        return {"range": asked.range}
    if asked.procedure == "branch_report":
        return {} if asked.area == NATIONAL else {"province": asked.area}
    return {}
