"""The shape of a scenario file: companies, licenses, cases, steps and what they expect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from workflow.domain.procedure import Role
from workflow.services.asks import ISO_DAY
from workflow.services.intake import COMPANY_DEFAULTS, Code, LicenseNumber, LicenseTold

Find = Callable[..., int]


class Part(BaseModel):
    """Any part of a scenario: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class BadScenario(Exception):
    """Not a valid scenario; `line` is where, from 1, `reason` why, `title` once it was read."""

    def __init__(self, line: int, reason: str, title: str = "") -> None:
        self.line, self.reason, self.title = line, reason, title
        super().__init__(f"line {line}: {reason}")


def _day(value: object) -> object:
    """Only real dates written 2026-03-02; a number is never read as a day."""
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    if not isinstance(value, date):
        message = "not a date (write 2026-03-02)"
        raise ValueError(message)  # noqa: TRY004 - pydantic wants ValueError
    return date(value.year, value.month, value.day)


Day = Annotated[date, BeforeValidator(_day)]


class CalendarPart(Part):
    """One year's notice."""

    off: list[Day]
    workdays: list[Day] = []
    notice: str = ""
    provisional: bool = False


class ParameterPart(Part):
    """One bureau parameter."""

    province: Code
    kind: Code = ""
    name: Code
    value: Any
    source: str = ""


class LicensePart(LicenseTold):
    """A license and the company that holds it."""

    company: str


class FromCase(Part):
    """The license that another case creates."""

    from_: str = Field(alias="from")


class CasePart(Part):
    """What a case applies for; facts are checked when it is opened."""

    company: str
    license: str | FromCase | None = None
    procedure: Literal[
        "new", "change", "renewal", "cancellation", "annual_report", "number", "branch_report"
    ]
    changes: list[Code] = []
    kinds: list[Code] = []
    items: dict[str, list[str]] = {}
    coverage: list[Code] = []
    cities: list[Code] = []
    facts: dict[str, Any] = {}


class Materials(Part):
    """Expected material list."""

    required: list[Code] | None = None
    absent: list[Code] | None = None
    missing: list[Code] | None = None


class ClockPart(Part):
    """Expected reading of one clock."""

    due: Day | None = None
    calendar: Day | None = None
    latest: Day | None = None
    safe: Day | None = None
    earliest: Day | None = None
    estimated: bool | None = None
    late_by: int | None = None


class CaseExpected(Part):
    """Expected dates of the case itself."""

    accepted_on: Day | None = None
    deemed_accepted: bool | None = None
    late_by: int | None = None


class LicenseExpected(Part):
    """Expected license of the case."""

    number: LicenseNumber | None = None
    kinds: list[Code] | None = None
    items: dict[str, list[str]] | None = None
    coverage: list[Code] | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    status: str | None = None
    legal_representative: str | None = None
    registered_capital: int | None = None
    name: str | None = None


class Expected(Part):
    """What must hold after a step."""

    state: str | None = None
    refused: list[Code] | None = None
    refused_exactly: list[Code] | None = None
    allowed: list[Code] | None = None
    not_allowed: list[Code] | None = None
    guards: dict[str, str] | None = None
    clocks: dict[str, ClockPart] | None = None
    authority: Code | None = None
    materials: Materials | None = None
    self_check: dict[str, str] | None = None
    proposes: list[Code] | None = None
    earliest_filing: Day | None = None
    case: CaseExpected | None = None
    license: LicenseExpected | None = None
    tasks: list[Code] | None = None

    @property
    def refusal(self) -> bool:
        """True when the step is expected to be refused."""
        return bool(self.refused or self.refused_exactly)

    @property
    def about_case(self) -> set[str]:
        """What is expected of a case, so that there must be one."""
        return self.model_fields_set - {"refused", "refused_exactly", "license"}


class StepPart(Part):
    """One step: at most one action, and what is expected after it."""

    on: Day | None = None
    case: str | None = None
    company: str | None = None
    license: str | None = None
    do: str | None = None
    with_: dict[str, Any] = Field(default={}, alias="with")
    provide: Literal["all"] | list[Code] | None = None
    except_: list[Code] = Field(default=[], alias="except")
    valid_until: Day | None = None
    answer: Literal["all"] | list[int] | None = None
    set: dict[str, Any] | None = None
    tick: Literal[True] | None = None
    by: str = "handler"
    expect: Expected = Expected()

    @property
    def role(self) -> Role:
        """The role that acts."""
        return Role(self.by.partition(":")[0])


class Scenario(Part):
    """A whole file."""

    title: str
    as_of: Day
    companies: dict[str, dict[str, Any]]
    licenses: dict[str, LicensePart] = {}
    cases: dict[str, CasePart] = {}
    steps: list[StepPart]
    calendar: dict[int, CalendarPart] = {}
    bureau_parameters: list[ParameterPart] = []
    _find: Find | None = PrivateAttr(default=None)

    def found_in(self, find: Find) -> None:
        """Remember how to find the line of a place in the file."""
        self._find = find

    def line(self, *place: str | int) -> int:
        """The line of the deepest part of `place` that the file has, from 1."""
        return self._find(*place) if self._find else 1

    def case_of(self, step: StepPart) -> str | None:
        """The case a step is on: the one it names, or the only one there is."""
        only = next(iter(self.cases)) if len(self.cases) == 1 else None
        return step.case or only

    def company_facts(self, name: str) -> dict[str, Any]:
        """A company as told, with the defaults of the format."""
        return {**COMPANY_DEFAULTS, **self.companies[name]}
