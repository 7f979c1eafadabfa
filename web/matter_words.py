"""What a case tells, in words: every fact of its procedure, and old beside new for a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from flask_babel import gettext

from web.case_words import joined, kinds_line, words_line
from web.i18n import language
from web.look_back import progress_of
from web.matter_answers import fact_at
from web.matter_field import About, Field
from web.matter_fields import fields_of
from web.ports import now
from web.wording import masked_name, money, plain_day
from workflow.domain.facts import Company, HeldLicense
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.self_checking import Line

Pair = tuple[Text | str, str]
_TRADE = ("third_party_platform", "deals_online")
_LISTS = {"content": "content", "activities": "activity"}


class Told(Protocol):
    """A case, opened or not yet."""

    procedure: str
    kinds: list[str]
    items: dict[str, list[str]]
    coverage: list[str]
    facts: dict[str, Any]


def about_case(case: Told, company: Company, held: HeldLicense | None) -> About:
    """What the case is about, for its fields."""
    changes = tuple(case.facts.get("changes") or ())
    return About(case.procedure, company, held, changes, now().today)


def told_pairs(
    case: Told, about: About, self_check: tuple[Line, ...] = (), *, masked: bool = True
) -> list[Pair]:
    """Label and value of everything the case tells; personal values masked unless asked for."""
    pairs = _scope(case, about)
    if about.changes:
        pairs.append((_label("changes"), _changes(about)))
    pairs += [
        (field.label, _told(field, case, about, masked=masked))
        for field in fields_of(about)
        if field.name != "ends" and _worth_telling(field, case)
    ]
    if case.procedure == "new":
        pairs += _of_service(case)
    if case.procedure == "renewal":
        pairs.append((_label("self_check"), self_check_line(self_check)))
    return pairs


def _label(name: str) -> Text:
    return catalogue.label_of("case_field", name)


def _scope(case: Told, about: About) -> list[Pair]:
    """Kinds, items and coverage; about a license, the license says them."""
    scope: list[Pair] = [
        (str(gettext("业务种类")), kinds_line(case.kinds)),
        (str(gettext("服务项目")), _items(case.items)),
        (str(gettext("覆盖范围")), words_line("coverage", case.coverage)),
    ]
    if case.procedure == "new":
        return scope
    held = about.held
    if case.procedure == "number":
        none = str(gettext("不凭许可证"))
        return [(_label("license"), held.number if held else none), scope[2]]
    license_: list[Pair] = [(_label("license"), held.number)] if held else []
    going_on = [kind for kind in case.kinds if kind not in (case.facts.get("drop_kinds") or ())]
    if case.procedure == "renewal":
        return [*license_, (str(gettext("续期的业务")), kinds_line(going_on)), scope[2]]
    if case.procedure in ("annual_report", "branch_report"):
        return [*license_, scope[0]]
    return [*license_, scope[0], scope[2]]


def _items(items: Mapping[str, list[str]]) -> str:
    return words_line("item", (code for codes in items.values() for code in codes))


def _changes(about: About) -> str:
    rows = catalogue.changes_of(about.changes)
    return joined(f"{row.name.read(language())} {row.code}" for row in rows)


def _of_service(case: Told) -> list[Pair]:
    names = _TRADE if "EDI" in case.kinds else ()
    pairs: list[Pair] = [(_label(name), _truth(case.facts.get(name))) for name in names]
    return pairs + [
        (_label(name), words_line(group, case.facts.get(name) or ()))
        for name, group in _LISTS.items()
    ]


def _worth_telling(field: Field, case: Told) -> bool:
    """What is asked in passing is told only when something was answered."""
    if field.name in ("cities", "evaluation_passed", "pilot_approval", "lacking", *_LISTS):
        return bool(fact_at(case.facts, field.name))
    if field.name.startswith("new.items."):
        kind = field.name.rpartition(".")[2]
        return kind in case.kinds or bool(fact_at(case.facts, field.name))
    return True


def _told(field: Field, case: Told, about: About, *, masked: bool) -> str:
    value = fact_at(case.facts, field.name)
    if field.name == "end_kinds" and not value:
        return str(gettext("整张许可证"))
    if field.name == "drop_kinds" and not value:
        return str(gettext("没有"))
    new = _read(field, value, masked=masked)
    old = _before(field, case, about)
    if old in (None, "", []):
        return new
    return f"{_read(field, old, masked=masked)} → {new or '—'}"


def _before(field: Field, case: Told, about: About) -> Any:  # noqa: ANN401 - any fact
    """What a change replaces: coverage and items of the license, the rest of the client's file."""
    outer, _, name = field.name.partition(".")
    if outer != "new" or name == "kinds":
        return None
    if name == "coverage":
        return case.coverage
    if name.startswith("items."):
        return case.items.get(name.partition(".")[2])
    return getattr(about.company, name, None)


def _read(field: Field, value: Any, *, masked: bool) -> str:  # noqa: ANN401 - any fact
    """One value in words; empty for nothing."""
    if value in (None, "", []):
        return ""
    if field.personal and masked:
        return masked_name(str(value))
    if field.group == "range":
        return f"{value} {catalogue.label_of('range', value).read(language())}"
    if field.group:
        return words_line(field.group, [value] if isinstance(value, str) else value)
    return _PLAIN.get(field.sort, str)(value)


def _truth(value: object) -> str:
    if value is None:
        return ""
    return str(gettext("是")) if value else str(gettext("否"))


_PLAIN: Mapping[str, Callable[[Any], str]] = {
    "day": lambda value: plain_day(date.fromisoformat(value)),
    "yuan": money,
    "share": lambda value: f"{value}%",
    "places": joined,
    "yes_no": _truth,
}


def self_check_line(lines: tuple[Line, ...]) -> str:
    """`22 项已回答 5 项；红 RL-08`: silence is not taken for green."""
    progress = progress_of(lines)
    said = str(gettext("%(total)s 项已回答 %(n)s 项", total=progress.total, n=progress.answered))
    if not progress.red:
        return said
    red = str(gettext("不合规：%(codes)s", codes=joined(line.code for line in progress.red)))
    return joined((said, red), "；")
