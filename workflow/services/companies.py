"""Client companies: what we know of them as domain facts, and how it is written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlmodel import Session
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError as NotACode

from workflow.domain.errors import BadInput
from workflow.domain.facts import Bar, Company, Penalty
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import intake
from workflow.services.intake import CompanyTold, StrangerTold
from workflow.services.typed import Typed
from workflow.storage import companies

_COLUMNS = {"name", "uscc", "province"}
_TAKEN = Text("已有企业使用这个信用代码", "A company with this credit code already exists")


def checked(told: CompanyTold, today: date) -> CompanyTold:
    """Refuse a credit code that does not check, an unknown province, and facts of the future."""
    _check_code(told.uscc)
    _check_province(told.province)
    past = [("established_on", told.established_on), *_decided(told)]
    _check_past(past, today)
    return told


def stranger(told: Mapping[str, Any], today: date) -> Company:
    """A company that is no client, from what somebody said about it; nothing is written.

    Its code and province may be unknown, and it may be founded later than today. Raises BadInput.
    """
    values = intake.told(StrangerTold, told)
    if values.uscc:
        _check_code(values.uscc)
    if values.province:
        _check_province(values.province)
    _check_past(_decided(values), today)
    facts = values.model_dump(mode="json", exclude_none=True, exclude=_COLUMNS)
    return company_of(values.name, values.uscc, values.province, facts)


def typed_code(form: Typed, *, required: bool = True) -> str | None:
    """The credit code in `uscc`, checked at once, so that its fault is told with the others."""
    code = form.credit_code("uscc", required=required)
    says = code and _fault_of(code)
    if says:
        form.refuse("uscc", says)
    return code


def _check_code(code: str) -> None:
    says = _fault_of(code)
    if says:
        raise BadInput("uscc", says)


@lru_cache(maxsize=4096)
def _fault_of(code: str) -> Text | None:
    """What is wrong with a credit code; a file of licenses names the same ones over and over."""
    if code != code.upper() or " " in code:
        return Text("信用代码用大写、不含空格", "Write the credit code in capitals without blanks")
    try:
        credit_code.validate(code)
    except NotACode:
        return _uscc_says(code)
    return None if code == credit_code.compact(code) else _uscc_says(code)


def _check_province(code: str) -> None:
    if code not in catalogue.PROVINCES:
        raise BadInput(
            "province", Text(f"没有代码为 {code} 的省份", f"There is no province {code}")
        )


def _decided(told: CompanyTold) -> list[tuple[str, date | None]]:
    """Days of decisions about the company, by field."""
    return [
        *(("bars", bar.decided_on) for bar in told.bars),
        *(("penalties", penalty.on) for penalty in told.penalties),
    ]


def _check_past(days: list[tuple[str, date | None]], today: date) -> None:
    for field, day in days:
        if day is not None and day > today:
            raise BadInput(field, Text(f"{day} 还没有到", f"{day} is in the future"))


def _uscc_says(code: str) -> Text:
    if len(code) != 18:  # noqa: PLR2004 - GB 32100
        return Text(
            f"统一社会信用代码应为 18 位，现为 {len(code)} 位",
            f"A unified social credit code has 18 characters, not {len(code)}",
        )
    try:
        right = credit_code.calc_check_digit(code[:17])
    except (ValueError, NotACode):
        return Text(
            "统一社会信用代码含有不允许的字符（不用 I、O、Z、S、V）",
            "The credit code has a character that is not allowed (I, O, Z, S and V are not used)",
        )
    return Text(
        f"统一社会信用代码校验不符：第 18 位应为 {right}",
        f"The credit code does not check: character 18 should be {right}",
    )


def insert(tx: Session, told: CompanyTold) -> int:
    """Write a new company's row; the pen seals its first event."""
    company_id = companies.insert(tx, **_columns(told))
    if company_id is None:
        raise BadInput("uscc", _TAKEN)
    return company_id


def change(tx: Session, company_id: int, told: CompanyTold) -> None:
    """Write a company's new facts; its row must be locked. Raises BadInput for a taken code."""
    if companies.company_facts(tx, company_id)[1] != told.uscc and companies.exists_uscc(
        tx, told.uscc
    ):
        raise BadInput("uscc", _TAKEN)
    companies.change(tx, company_id, **_columns(told))


def rewrite(
    tx: Session, company_id: int, values: Mapping[str, Any], today: date
) -> list[dict[str, Any]]:
    """Write these facts over what is on record; its row must be locked. What is different now."""
    before = as_told(tx, company_id)
    change(tx, company_id, checked(intake.told(CompanyTold, {**before, **values}), today))
    return differences(before, as_told(tx, company_id))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every fact that is not what it was, for the trail."""
    return [
        {"field": name, "old": before.get(name), "new": after.get(name)}
        for name in sorted(set(before) | set(after))
        if before.get(name) != after.get(name)
    ]


def read(tx: Session, company_id: int) -> Company:
    """The company as domain facts."""
    name, uscc, province, facts = companies.company_facts(tx, company_id)
    return company_of(name, uscc, province, json.loads(facts))


def as_told(tx: Session, company_id: int) -> dict[str, Any]:
    """What is on record, in the shape `CompanyTold` takes."""
    name, uscc, province, facts = companies.company_facts(tx, company_id)
    return {"name": name, "uscc": uscc, "province": province, **json.loads(facts)}


def company_of(name: str, uscc: str, province: str, facts: Mapping[str, Any]) -> Company:
    """Domain facts from the stored JSON."""
    values = dict(facts)
    for key, make in _FROM_JSON.items():
        if values.get(key) is not None:
            values[key] = make(values[key])
    return Company(name, uscc, province, **values)


_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "established_on": date.fromisoformat,
    "foreign_share": Decimal,
    "bars": lambda bars: tuple(
        Bar(bar["kind"], date.fromisoformat(bar["decided_on"])) for bar in bars
    ),
    "penalties": lambda found: tuple(
        Penalty(p["authority"], date.fromisoformat(p["on"])) for p in found
    ),
    "branches": lambda branches: (branches["provinces"], branches["cities"]),
}


def initials(name: str) -> str:
    """Pinyin initials of a Chinese name, for searching."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - half a second that reading never needs

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def _columns(told: CompanyTold) -> dict[str, str]:
    facts = told.model_dump(mode="json", exclude_none=True, exclude=_COLUMNS)
    return {
        "name": told.name,
        "initials": initials(told.name),
        "uscc": told.uscc,
        "province": told.province,
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
    }
