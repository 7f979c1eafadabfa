"""What a change asks: the days and the new values that its C-codes need, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from web.matter_field import DECIDED, About, Choices, Field, field, kind_choices, service_fields
from workflow.domain.procedure import Text
from workflow.law import catalogue

_REGISTERED = field(
    "registered_on", "day",
    hint=Text("登记机关办完变更登记的日期；还没有登记的先空着",
              "The day the company registry made the change; leave it open until then"),
)  # fmt: skip
_EFFECTIVE = field(
    "effective_on",
    "day",
    hint=Text("变更打算生效的日期；没有定的先空着", "When it is to take effect; open if not fixed"),
)
_DISHONEST = field("new_person_dishonest", "yes_no", required=True)
_STANDS_FOR_OTHERS = frozenset({"C-LREP", "C-SH", "C-SUBJ"})
_NEW: Mapping[str, Field] = {
    "name": field("new.name", "line", required=True),
    "legal_representative": field(
        "new.legal_representative", "line", required=True, personal=True
    ),
    "registered_capital": field(
        "new.registered_capital", "yuan", required=True,
        hint=Text("可以写 100万、1,000,000", "Such as 1,000,000"),
    ),
    "foreign_share": field(
        "new.foreign_share", "share", required=True,
        hint=Text("百分比，逐层穿透；没有外资填 0", "Percent through every level; 0 for none"),
    ),
    "authorized_company": field("new.authorized_company", "line", required=True),
    "address": field("new.address", "line", required=True),
    "sites": field(
        "new.sites", "line", required=True,
        hint=Text("变更后的全部网址、应用和域名，用顿号分开",
                  "Every address, app and domain after the change"),
    ),
    "coverage": Field(
        "new.coverage", "several", Text("变更后的覆盖范围", "Coverage after the change"),
        "coverage", tuple(catalogue.COVERAGES.items()), required=True,
        hint=Text("勾选变更后的全部地区", "Tick every area the license will cover"),
    ),
}  # fmt: skip


def change_choices() -> Choices:
    """Every C-code by its name and code."""
    return tuple(
        (code, Text(f"{name.zh} {code}", f"{name.en} {code}"))
        for code, name in catalogue.labels("change").items()
    )


def change_fields(about: About) -> Iterable[Field]:
    """Days first, then what will be new, then what is operated with it."""
    rows = catalogue.changes_of(about.changes)
    if any(row.after for row in rows):
        yield from (DECIDED, _REGISTERED)
    if any(row.ahead for row in rows) or "C-CONTACT" in about.changes:
        yield _EFFECTIVE
    written = dict.fromkeys(name for row in rows for name in row.writes)
    yield from (_NEW[name] for name in written if name in _NEW)
    if "kinds" in written:
        added = kind_choices(code for code in catalogue.LAW.kinds if code not in about.kinds)
        yield Field("new.kinds", "several", Text("增加的业务种类", "Kinds to add"), "kind_short",
                    added, required=True)  # fmt: skip
    if "items" in written:
        yield from _items(about)
    if _STANDS_FOR_OTHERS & set(about.changes):
        yield _DISHONEST
    yield from service_fields(about, _guards_of(about))


def _items(about: About) -> Iterable[Field]:
    """Items of the kinds held, and of those that could be added."""
    own, adds = "C-ITEM" in about.changes, "C-KIND" in about.changes
    alone = sum(bool(catalogue.kind(code).items) for code in about.kinds) == 1
    for code, kind in catalogue.LAW.kinds.items():
        held = code in about.kinds
        if kind.items and (own if held else adds):
            hint = (
                Text("变更后的全部服务项目", "All items after the change")
                if held
                else Text(
                    "增加这个种类时才有效；不选按第一项", "Only when added; the first if open"
                )
            )
            yield Field(
                f"new.items.{code}", "several",
                Text(f"服务项目 · {kind.short.zh}", f"Service items · {kind.short.en}"), "item",
                tuple((item.code, item.name) for item in kind.items), hint=hint,
                required=held and alone,
            )  # fmt: skip


def _guards_of(about: About) -> set[str]:
    return {code for row in catalogue.changes_of(about.changes) for code in row.guards}
