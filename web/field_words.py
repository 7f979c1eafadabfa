"""What the fields of the trail are called and how their values read, in the person's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext

from web.export_words import WHAT
from web.i18n import language
from web.look_back import ANSWERS
from web.wording import masked_code, masked_name, money, plain_day
from workflow.domain.procedure import Ask
from workflow.law import catalogue

NAMES: Mapping[str, LazyString] = {
    "number": lazy_gettext("许可证号"),
    "network_address": lazy_gettext("网络地址"),
    "filed_on": lazy_gettext("提交日"),
    "opened_on": lazy_gettext("建档日"),
    "license_id": lazy_gettext("所办许可证（内部编号）"),
    "valid_from": lazy_gettext("有效期起"),
    "valid_to": lazy_gettext("有效期至"),
    "opened": lazy_gettext("已开通业务"),
    "annual_reports": lazy_gettext("已报年度"),
    "unreported_changes": lazy_gettext("未报变更"),
    "codes": lazy_gettext("码号"),
    "change": lazy_gettext("变更事项"),
    "will_not_renew": lazy_gettext("拟不续期"),
    "late_notes": lazy_gettext("主管部门同意逾期受理"),
    "unreported_branches": lazy_gettext("待报告分支机构"),
    "special": lazy_gettext("特别规定事项"),
    "done": lazy_gettext("已办义务"),
    "words": lazy_gettext("要点"),
    "by": lazy_gettext("登记人"),
    "authority": lazy_gettext("主管部门"),
    "procedure": lazy_gettext("事项"),
    "handler_id": lazy_gettext("承办人"),
    "reviewer_id": lazy_gettext("复核人"),
    "sign_off": lazy_gettext("内部复核"),
    "reason": lazy_gettext("理由"),
    "points": lazy_gettext("补正意见"),
    "points_answered": lazy_gettext("已答复意见"),
    "internal_by": lazy_gettext("内部期限"),
    "promised_by": lazy_gettext("客户约定"),
    "reply_by": lazy_gettext("补正截止日期"),
    "material": lazy_gettext("材料"),
    "version": lazy_gettext("版本"),
    "valid_until": lazy_gettext("材料有效期至"),
    "guard": lazy_gettext("条件"),
    "until": lazy_gettext("截止日期"),
    "text": lazy_gettext("内容"),
    "kind": lazy_gettext("种类"),
    "decided_on": lazy_gettext("决定日期"),
    "on": lazy_gettext("日期"),
    "what": lazy_gettext("内容"),
    "about": lazy_gettext("对象"),
    "lines": lazy_gettext("行数"),
    "filter": lazy_gettext("筛选条件"),
    "ground": lazy_gettext("法律依据或请求"),
    "requester": lazy_gettext("申请人"),
    "approver": lazy_gettext("批准人"),
    "commitments": lazy_gettext("承诺值"),
    "in_clear": lazy_gettext("仍有明文姓名的记录数"),
    "again": lazy_gettext("原删除时间"),
    "provinces": lazy_gettext("省"),
    "cities": lazy_gettext("市"),
}
GROUPS = {
    "kinds": "kind",
    "opened": "kind",
    "drop_kinds": "kind",
    "coverage": "coverage",
    "province": "coverage",
    "authority": "authority",
    "right_authority": "authority",
    "procedure": "procedure",
    "material": "material",
    "guard": "guard",
    "items": "item",
    "entity": "entity",
    "pilot_zone": "pilot_zone",
    "industry": "industry",
    "content": "content",
    "lacking": "declared",
    "activities": "activity",
    "bars": "bar",
    "changes": "change",
    "end_kinds": "kind",
    "range": "range",
    "use": "use",
    "change": "change",
    "action": "branch_action",
}
_PEOPLE = frozenset({"handler_id", "reviewer_id", "sign_off", "requester", "approver"})
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
    if prefix == "point" and rest:
        return str(gettext("意见 %(no)s", no=rest))
    if prefix in PREFIXES and rest:
        return catalogue.label_of(PREFIXES[prefix], rest).read(language())
    if prefix == "facts" and rest:
        return _fact_word(rest)
    name = rest or prefix
    if name == "address" and action.startswith("sign_in"):
        name = "network_address"
    ask = _ask(name, action)
    if ask is not None:
        return ask.label.read(language())
    if name in NAMES:
        return str(NAMES[name])
    return catalogue.label_of("field", name).read(language())


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
        if isinstance(value, bool):
            return str(gettext("是")) if value else str(gettext("否"))
        if isinstance(value, int) and field.startswith("material."):
            return str(gettext("第 %(n)s 版", n=value))
        if isinstance(value, Mapping):
            return self._pairs(name, value)
        if isinstance(value, (list, tuple)):
            return str(gettext("、")).join(self.value(name, one) for one in value) or self.value(
                name, None
            )
        return self._one(name, str(value))

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
}
_MASKED_OR_WRITTEN = _MASKED | _WRITTEN
