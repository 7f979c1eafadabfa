"""The columns of the register in a file: their headings, what else people call them, their cells.

What leaves in these columns can be read in again; what only tells of the day is marked so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.portfolio import Held
from workflow.services.sheet_out import Cell, Row

Language = Literal["zh", "en"]
Write = Callable[[Held, Language], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `others` are headings people use for it; `told` is False for what is computed."""

    key: str
    name: Text
    write: Write
    others: tuple[str, ...] = ()
    told: bool = True
    required: bool = False


def _words(group: str, codes: Iterable[str], language: Language) -> str:
    mark = ", " if language == "en" else "、"
    return mark.join(catalogue.label_of(group, code).read(language) for code in codes)


def _items(held: Held, language: Language) -> str:
    named = {
        item.code: item.name.read(language)
        for kind in held.line.kinds
        for item in catalogue.kind(kind).items
    }
    chosen = [code for codes in held.line.items.values() for code in codes]
    return ("; " if language == "en" else "；").join(named.get(code, code) for code in chosen)


def _not_opened(held: Held, language: Language) -> str:
    opened = held.line.held.opened
    return _words("kind_short", (k for k in held.line.kinds if k not in opened), language)


def _years(held: Held, _: Language) -> str:
    return "、".join(str(year) for year in sorted(held.line.facts.get("annual_reports") or ()))


COLUMNS: tuple[Column, ...] = (
    Column(
        "number", Text("许可证号", "License number"), lambda held, _: held.line.number,
        ("许可证编号", "证号", "经营许可证编号", "许可证号码", "license no", "licence number"),
        required=True,
    ),
    Column(
        "name", Text("持证企业", "Company"), lambda held, _: held.line.company,
        ("企业名称", "公司名称", "单位名称", "客户", "客户名称", "企业", "公司", "client"),
    ),
    Column(
        "uscc", Text("统一社会信用代码", "Credit code"), lambda held, _: held.line.uscc,
        ("信用代码", "社会信用代码", "统一信用代码", "uscc"), required=True,
    ),
    Column(
        "province", Text("注册地", "Registered in"),
        lambda held, language: _words("coverage", [held.line.company_province], language),
        ("注册省份", "注册地省份", "省份", "province"),
    ),
    Column(
        "kinds", Text("业务种类", "License kinds"),
        lambda held, language: _words("kind_short", held.line.kinds, language),
        ("业务", "许可业务", "业务类型", "许可种类", "kinds"), required=True,
    ),
    Column("items", Text("服务项目", "Service items"), _items, ("业务子项", "items")),
    Column(
        "coverage", Text("覆盖范围", "Coverage"),
        lambda held, language: _words("coverage", held.line.coverage, language),
        ("业务覆盖范围", "许可范围", "地域范围"), required=True,
    ),
    Column(
        "valid_from", Text("有效期起", "First day"), lambda held, _: held.line.held.valid_from,
        ("发证日期", "有效期开始", "起始日期", "valid from"), required=True,
    ),
    Column(
        "valid_to", Text("有效期至", "Last day"), lambda held, _: held.line.valid_to,
        ("有效期止", "到期日", "到期日期", "届满日", "有效期结束", "valid to", "expiry"),
        required=True,
    ),
    Column(
        "status", Text("状态", "Status"),
        lambda held, language: _words("license_status", [held.line.status], language),
        ("许可证状态", "status"),
    ),
    Column(
        "not_opened", Text("尚未开通的业务", "Kinds not opened"), _not_opened, ("未开通业务",)
    ),
    Column(
        "annual_reports", Text("已报送年报的年度", "Annual reports filed"), _years,
        ("年报年度", "已报年报", "annual reports"),
    ),
    Column(
        "special", Text("特别规定事项", "Special conditions"),
        lambda held, _: str(held.line.facts.get("special") or ""), ("特别规定", "备注事项"),
    ),
    Column(
        "latest", Text("最迟申请日", "Latest filing day"), lambda held, _: held.term.latest,
        told=False,
    ),
    Column(
        "renewal", Text("续期状态", "Renewal"),
        lambda held, language: _words("renewal", [held.standing], language), told=False,
    ),
)  # fmt: skip


def head(language: Language) -> list[str]:
    """The headings, in one language."""
    return [column.name.read(language) for column in COLUMNS]


def cells(held: Held, language: Language) -> Row:
    """One license as a row below them."""
    return [column.write(held, language) for column in COLUMNS]


def told_columns() -> Mapping[str, Column]:
    """The columns that a file to be read in may have, by key."""
    return {column.key: column for column in COLUMNS if column.told}
