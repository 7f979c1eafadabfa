"""The form of a client company: what a person knows of it, read and filled in again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from web.forms import Answers, FormRefused
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import companies
from workflow.services.normalize import words

LABELS: Mapping[str, Text] = catalogue.labels("field")
UNKNOWN = "unknown"
TRUTH = {"yes": True, "no": False, UNKNOWN: None}
#: May be unknown: nobody has told us, and the guards that need it answer "to verify".
THREE = ("premises", "dishonest_list", "adverse_list")
#: Either so or not; the law starts from the first value.
TWO = {
    "foreign_exception": False,
    "free_trade_zone": False,
    "office_at_registered_address": True,
    "code_fees_owed": False,
}
CHOICES = {"entity": "entity", "status": "company_status", "pilot_zone": "pilot_zone"}
MONEY = ("registered_capital", "paid_in_capital")
COUNTS = ("insured_staff", "insured_months")
BRANCHES = ("branches.provinces", "branches.cities")
#: While one of these is unknown, nothing can be filed for the company.
NEEDED = (
    "entity",
    "status",
    "registered_capital",
    "insured_staff",
    "insured_months",
    "premises",
    "foreign_share",
    "dishonest_list",
)
SPARE_ROWS = 2
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?[%％]?", re.ASCII)
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")


@contextmanager
def faults_at_their_fields(form: Answers) -> Iterator[None]:
    """What a service refuses inside becomes a fault of the form; raises FormRefused."""
    try:
        yield
    except BadInput as error:
        form.take(error)
        raise FormRefused(form.errors) from error


def missing(told: Mapping[str, Any]) -> list[str]:
    """The facts that stand in the way of any filing because nobody knows them."""
    return [name for name in NEEDED if told.get(name) is None]


def read(form: Answers) -> dict[str, Any]:
    """What was typed, as `add_company` takes it; faults are noted at their fields."""
    return {
        "name": form.line("name"),
        "uscc": companies.typed_code(form),
        "province": form.choice("province", catalogue.PROVINCES),
        **read_facts(form),
    }


def read_facts(form: Answers) -> dict[str, Any]:
    """What was typed beside name, code and province; every question may be left open."""
    values: dict[str, Any] = {
        "city": form.line("city", required=False),
        "established_on": form.day("established_on", required=False),
        "legal_representative": form.line("legal_representative", required=False),
        "industry": _industry(form),
        "foreign_share": share(form, "foreign_share"),
    }
    for name, group in CHOICES.items():
        values[name] = form.choice(name, catalogue.labels(group), required=False)
    for name in MONEY:
        values[name] = form.yuan(name, required=False)
    for name in COUNTS:
        values[name] = form.number(name, required=False)
    for name in (*THREE, *TWO):
        values[name] = TRUTH[form.choice(name, TRUTH) or UNKNOWN]
    provinces, cities = (form.number(name, required=False) or 0 for name in BRANCHES)
    values["branches"] = {"provinces": provinces, "cities": cities}
    values["bars"] = _rows(form, "bars", "kind", "decided_on")
    values["penalties"] = _rows(form, "penalties", "authority", "on")
    return values


def new_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """For a company that is new: only what is known; the rest stays unknown."""
    return {name: value for name, value in values.items() if value is not None}


def filled(told: Mapping[str, Any]) -> MultiDict[str, str]:
    """What is on record, as it would be typed."""
    typed: MultiDict[str, str] = MultiDict()
    for name in ("name", "uscc", "province", "city", "established_on", "legal_representative"):
        typed[name] = _shown(told.get(name))
    for name in (*CHOICES, *MONEY, *COUNTS, "foreign_share"):
        typed[name] = _shown(told.get(name))
    typed["industry"] = _industry_name(told.get("industry"))
    for name in (*THREE, *TWO):
        value = told.get(name, TWO.get(name))
        typed[name] = UNKNOWN if value is None else "yes" if value else "no"
    for name in BRANCHES:
        count = (told.get("branches") or {}).get(name.partition(".")[2])
        typed[name] = _shown(count or None)
    for field in ("bars", "penalties"):
        for number, row in enumerate(told.get(field) or ()):
            for key, value in row.items():
                typed[f"{field}.{number}.{key}"] = _shown(value)
    return typed


def row_numbers(typed: Mapping[str, str], field: str) -> range:
    """The rows to show of a list: those that have something, and two empty ones."""
    numbers = [int(m[1]) for m in _row_keys(typed, field) if typed[m[0]]]
    return range(max(numbers, default=-1) + 1 + SPARE_ROWS)


def _row_keys(typed: Iterable[str], field: str) -> list[re.Match[str]]:
    pattern = re.compile(rf"{field}\.(\d{{1,2}})\.\w+", re.ASCII)
    return [found for name in typed if (found := pattern.fullmatch(name))]


def _rows(form: Answers, field: str, what: str, when: str) -> list[dict[str, Any]]:
    """The rows of a list in which something was typed; a row needs both parts."""
    found = []
    for number in sorted({int(m[1]) for m in _row_keys(form.posted, field)}):
        names = f"{field}.{number}.{what}", f"{field}.{number}.{when}"
        if not any(form.typed(name).strip() for name in names):
            continue
        if field == "bars":
            value = form.choice(names[0], catalogue.labels("bar"))
        else:
            value = form.line(names[0], limit=64)
        found.append({what: value, when: form.day(names[1])})
    return found


def share(form: Answers, field: str, *, required: bool = False) -> Decimal | None:
    """A share in percent, `25` or `12.5%`, at most four decimals."""
    typed = (
        words(form.typed(field).translate(_PLAIN), field)
        if form.line(field, required=required)
        else ""
    )
    if not typed:
        return None
    found = _SHARE.fullmatch(typed)
    most = 100
    if found is None or Decimal(found[1]) > most:
        form.refuse(
            field,
            Text("请填写 0 至 100 的百分比，例如 25 或 12.5", "Enter 0 to 100, such as 25 or 12.5"),
        )
        return None
    return Decimal(found[1])


def _industry(form: Answers) -> str | None:
    """A listed industry by its name in either language, anything else as it was typed."""
    typed = form.line("industry", required=False)
    for code, label in catalogue.labels("industry").items():
        if typed and typed.lower() in (code, label.zh, label.en.lower()):
            return code
    return typed


def _industry_name(value: object) -> str:
    return catalogue.label_of("industry", str(value)).zh if value else ""


def _shown(value: object) -> str:
    return "" if value is None else str(value)
