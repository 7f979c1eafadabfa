"""What we are told, checked: company facts, case facts and license facts with their types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from workflow.domain.errors import BadInput
from workflow.domain.license_number import plain
from workflow.domain.procedure import Text
from workflow.law.fact_labels import FIELDS
from workflow.law.term import faulty_term


def _text(value: object) -> object:
    """Codes and provinces may be typed bare in YAML; they are text all the same."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else value


def _number(value: object) -> object:
    text = _text(value)
    return plain(text) if isinstance(text, str) else text


def _day(value: object) -> object:
    """Only real dates; a number is never read as a day."""
    if isinstance(value, bool | int | float):
        message = "not a date (write 2026-03-02)"
        raise ValueError(message)  # noqa: TRY004 - pydantic wants ValueError
    return value


Code = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=64)]
Name = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
LicenseNumber = Annotated[str, BeforeValidator(_number), Field(min_length=1, max_length=200)]
Words = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=2000)]
Money = Annotated[int, Field(strict=True, ge=0, le=10**15)]
Count = Annotated[int, Field(strict=True, ge=0, le=10**9)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=4)]
Yes = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_day)]


class Told(BaseModel):
    """Anything we are told: unknown keys are errors, nothing is guessed."""

    model_config = ConfigDict(extra="forbid")


T = TypeVar("T", bound=Told)


class BarTold(Told):
    """A decided bar on re-application."""

    kind: Literal["concealment", "fraud"]
    decided_on: date


class PenaltyTold(Told):
    """An administrative penalty."""

    authority: Code
    on: date


class BranchesTold(Told):
    """How many provinces and cities have branches."""

    provinces: Count = 0
    cities: Count = 0


class CompanyTold(Told):
    """Facts of a client company; what is left out is unknown and fails closed."""

    name: Name
    uscc: Code
    province: Code
    city: Name | None = None
    entity: Literal["company", "partnership", "individual", "social_body"] | None = None
    status: Literal["active", "revoked", "dissolved"] | None = None
    established_on: date | None = None
    registered_capital: Money | None = None
    paid_in_capital: Money | None = None
    insured_staff: Count | None = None
    insured_months: Count | None = None
    premises: Yes | None = None
    foreign_share: Percent | None = None
    foreign_exception: Yes = False
    pilot_zone: Literal["P4", "P20"] | None = None
    free_trade_zone: Yes = False
    office_at_registered_address: Yes = True
    dishonest_list: Yes | None = None
    adverse_list: Yes | None = None
    bars: list[BarTold] = []
    penalties: list[PenaltyTold] = []
    code_fees_owed: Yes = False
    branches: BranchesTold = BranchesTold()
    industry: Name | None = None
    legal_representative: Name | None = None


class StrangerTold(CompanyTold):
    """A company that is no client: nobody may know its name, code or province yet."""

    name: Annotated[str, Field(max_length=200)] = ""
    uscc: Annotated[str, Field(max_length=64)] = ""
    province: Annotated[str, Field(max_length=64)] = ""


COMPANY_DEFAULTS: Mapping[str, Any] = {
    "entity": "company",
    "status": "active",
    "established_on": date(2020, 1, 1),
    "registered_capital": 10_000_000,
    "insured_staff": 3,
    "insured_months": 1,
    "premises": True,
    "foreign_share": 0,
    "dishonest_list": False,
    "adverse_list": False,
}
"""What a scenario file leaves out (contract section 4); the web never fills these in."""


class ChangeTold(Told):
    """A registry change the authority was not told of."""

    change: Code
    registered_on: Day | None = None


class LicenseTold(Told):
    """A license entered into the register by hand or by a scenario."""

    number: LicenseNumber
    kinds: list[Code] = Field(min_length=1)
    items: dict[str, list[str]] = {}
    coverage: list[Code] = Field(min_length=1)
    valid_from: Day
    valid_to: Day
    status: Literal["valid", "lapsed", "cancelled", "revoked"] = "valid"
    opened: list[Code] | None = None
    annual_reports: list[Count] | None = None
    unreported_changes: list[ChangeTold] = []
    codes: list[Code] = []
    special: Words | None = None


def check_term(first: date, last: date, field: str = "valid_to") -> None:
    """Raises BadInput at the field for days no license can run between."""
    fault = faulty_term(first, last)
    if fault:
        raise BadInput(field, fault)


def told(model: type[T], values: Mapping[str, Any]) -> T:
    """Check `values`; raises BadInput naming the first field that cannot be used."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "?"
        raise BadInput(field, _says(field, first)) from error


def _says(field: str, error: Any) -> Text:  # noqa: ANN401 - pydantic's error dict
    if error["type"] == "missing":
        return Text(f"请填写 {field}", f"Enter {field}")
    if error["type"] == "extra_forbidden":
        return Text(f"没有名为 {field} 的字段", f"There is no field named {field}")
    shown, known = repr(error.get("input"))[:60], FIELDS.get(field.partition(".")[0])
    zh, en = (f"{known.zh}（{field}）", f"{known.en} ({field})") if known else (field, field)
    return Text(f"{zh}的值 {shown} 不可用", f"{en}: {shown} cannot be used ({error['msg']})")
