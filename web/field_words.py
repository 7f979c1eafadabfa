"""What the fields of the trail are called and how their values read, in the person's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import gettext

from web.export_words import WHAT
from web.field_names import GROUPS, NAMES, OF_ACTS
from web.i18n import language
from web.look_back import ANSWERS
from web.value_words import coded, named, unpacked
from web.wording import masked_code, masked_name, money, plain_day
from workflow.domain.procedure import Ask
from workflow.law import catalogue

_PEOPLE = frozenset({"handler_id", "reviewer_id", "sign_off", "requester", "approver", "actor"})
_PARTED = ("facts", "facts.new", "facts.self_check")
_VERDICTS = dict(ANSWERS)
PREFIXES = {"material": "material", "task": "task", "clock": "clock"}


def parted(changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The changes of an event with case facts one by one: `facts.year`, `facts.new.name`."""
    found: list[dict[str, Any]] = []
    for change in changes:
        name = change["field"]
        if name not in _PARTED:
            found.append(dict(change))
            continue
        old, new = (change.get(side) or {} for side in ("old", "new"))
        found += parted(
            {"field": f"{name}.{key}", "old": old.get(key), "new": new.get(key)}
            for key in dict.fromkeys([*old, *new])
            if old.get(key) != new.get(key)
        )
    return found


def field_word(field: str, action: str = "") -> str:
    """The name of a field: an answer's own label, else the fact's, else the code itself."""
    prefix, _, rest = field.partition(".")
    if rest and (word := _of_several(prefix, rest)) is not None:
        return word
    name = rest or prefix
    ask = _ask(name, action)
    if ask is not None:
        return ask.label.read(language())
    known = OF_ACTS.get((action, name)) or NAMES.get(name)
    if known is not None:
        return str(known)
    return catalogue.label_of("field", name).read(language())


def _of_several(prefix: str, rest: str) -> str | None:
    """One of several: a point, a message, a paper, a task, a fact; None for any other field."""
    if prefix == "point":
        return str(gettext("意见 %(no)s", no=rest))
    if prefix in ("outbox", "message"):
        return str(gettext("消息 %(no)s", no=rest))
    if prefix in PREFIXES:
        return catalogue.label_of(PREFIXES[prefix], rest).read(language())
    return _fact_word(rest) if prefix == "facts" else None


def _fact_word(path: str) -> str:
    """The name of a case fact; an item of the self-check by its text."""
    outer, _, name = path.rpartition(".")
    if outer == "self_check":
        return f"{name} {catalogue.label_of('self_check', name).read(language())}"
    return catalogue.label_of("case_field", name).read(language())


def chosen_word(field: str, value: object, action: str) -> str | None:
    """The word of the choice that was made, where the act offered choices."""
    ask = _ask(field, action)
    choices = dict(ask.choices) if ask else {}
    chosen = choices.get(value) if isinstance(value, str) else None
    return chosen.read(language()) if chosen else None


@lru_cache(maxsize=4096)
def _ask(field: str, action: str) -> Ask | None:
    return next(
        (
            ask
            for procedure in catalogue.LAW.procedures.values()
            for rule in procedure.rules
            if rule.trigger == action
            for ask in rule.asks
            if ask.name == field
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """How values read on one chain.

    `names` are the people by account id, `kept` the personal values by their commitment. `full`
    leaves nothing masked: only for a reading that the trail knows of.
    """

    chain: str
    names: Mapping[str, tuple[str, str]]
    kept: Mapping[str, str]
    full: bool = False

    def value(self, field: str, value: object) -> str:
        """A value in words. What was erased says so, personal names are masked."""
        name = field.rpartition(".")[2] if not field.startswith("point.") else field
        if value is None:
            return str(gettext("（空）"))
        if (known := self._known(field, value)) is not None:
            return known
        if isinstance(value, bool):
            return str(gettext("是")) if value else str(gettext("否"))
        if isinstance(value, Mapping):
            return self._pairs(name, value)
        if isinstance(value, (list, tuple)):
            return str(gettext("、")).join(self.value(name, one) for one in value) or self.value(
                name, None
            )
        return self._one(name, str(value))

    def _known(self, field: str, value: object) -> str | None:
        """An internal id, a version, a filter or a code in words; None for any other value."""
        if isinstance(value, int) and field.startswith("material."):
            return str(gettext("第 %(n)s 版", n=value))
        filters = unpacked(field, value)
        if filters is not None:
            return self._pairs(field, filters) or str(gettext("没有条件：全部记录"))
        word = coded(field, value) if isinstance(value, str) else None
        return word.read(language()) if word else named(field, value, self.kept)

    def _pairs(self, name: str, value: Mapping[str, object]) -> str:
        if "commitment" in value:
            opened = self.kept.get(str(value["commitment"]))
            return str(gettext("（已删除）")) if opened is None else self.value(name, opened)
        if name == "items":
            found = [self.value("items", items) for items in value.values() if items]
            return str(gettext("；")).join(found) or self.value(name, None)
        return str(gettext("；")).join(
            f"{self._key(name, key)}{gettext('：')}{self.value(self._inner(name, key), part)}"
            for key, part in value.items()
        )

    @staticmethod
    def _key(outer: str, key: str) -> str:
        """What a key is called: duties are marked done by their own codes."""
        duty = catalogue.labels("duty").get(key) if outer == "done" else None
        return duty.read(language()) if duty else field_word(key)

    @staticmethod
    def _inner(outer: str, key: str) -> str:
        return "bars" if outer == "bars" and key == "kind" else key

    def _one(self, name: str, text: str) -> str:
        if name in _PEOPLE:
            return self.names.get(text, (text, ""))[0]
        if name == "status":
            group = "license_status" if self.chain == "license" else "company_status"
            return catalogue.label_of(group, text).read(language())
        if name in catalogue.labels("self_check"):
            return _VERDICTS[text].read(language())
        if name == "what" and text in WHAT:
            return WHAT[text].read(language())
        if name in GROUPS:
            return catalogue.label_of(GROUPS[name], text).read(language())
        written = _WRITTEN if self.full else _MASKED_OR_WRITTEN
        return written[name](text) if name in written else _day_or_text(text)


def calendar_word(version: str) -> str:
    """Which holiday notices an event counted by: `shipped`, and the years loaded over them."""
    shipped, *loaded = version.split("+")
    word = str(gettext("随程序发布")) if shipped == "shipped" else shipped
    return word + "".join(_loaded_word(*part.partition("v")) for part in loaded)


def _loaded_word(year: str, _: str, version: str) -> str:
    if not version:
        return str(gettext("，另载入 %(year)s 年", year=year))
    return str(gettext("，另载入 %(year)s 年第 %(version)s 版", year=year, version=version))


def _day_or_text(text: str) -> str:
    try:
        return plain_day(date.fromisoformat(text)) if len(text) == len("2026-03-20") else text
    except ValueError:
        return text


def _yuan(text: str) -> str:
    return money(int(text)) if text.isdecimal() else text


_MASKED: dict[str, Callable[[str], str]] = {
    "legal_representative": masked_name,
    "uscc": masked_code,
}
_WRITTEN: dict[str, Callable[[str], str]] = {
    "registered_capital": _yuan,
    "paid_in_capital": _yuan,
    "foreign_share": lambda text: f"{text}%",
    "field": field_word,
}
_MASKED_OR_WRITTEN = _MASKED | _WRITTEN
