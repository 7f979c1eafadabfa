"""The dry run of an import: rows of a file held against each other and the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.errors import BadInput, DeskError
from workflow.domain.license_number import stripped
from workflow.domain.procedure import Text
from workflow.services import companies
from workflow.services.client_companies import check_license
from workflow.services.intake import CompanyTold, LicenseTold, told
from workflow.storage import imports


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read: the client it names and the license as `add_license` takes it."""

    no: int
    company: Mapping[str, Any]
    license: Mapping[str, Any]

    @property
    def number(self) -> str:
        """The license number as two are compared."""
        return stripped(str(self.license["number"]))

    @property
    def uscc(self) -> str:
        """The client's credit code."""
        return str(self.company["uscc"])


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not entered, at which column."""

    no: int
    field: str
    says: Text


def check(session: Session, read: Iterable[Row], actor: Actor, today: date) -> list[Fault]:
    """The faults of rows that read well by themselves; nothing is written."""
    rows_ = list(read)
    known = imports.clients(session, [row.uscc for row in rows_])
    held = imports.holders(session, [row.number for row in rows_])
    same = _grouped(rows_, lambda row: row.number)
    names: dict[str, tuple[str, int]] = {}
    faults = []
    for row in rows_:
        says = (
            _by_itself(row, today)
            or _twice(row, same[row.number])
            or _client(row, known.get(row.uscc), names, actor)
            or _registered(row, held.get(row.number), known.get(row.uscc))
        )
        if says:
            faults.append(Fault(row.no, *says))
    return faults


_Found = tuple[str, Text] | None


def _by_itself(row: Row, today: date) -> _Found:
    try:
        check_license(told(LicenseTold, row.license))
        if row.company.get("name") and row.company.get("province"):
            companies.checked(told(CompanyTold, row.company), today)
    except BadInput as error:
        return error.field, error.says
    except DeskError as error:
        return "kinds", error.says
    return None


def _twice(row: Row, same: list[Row]) -> _Found:
    if len(same) == 1:
        return None
    if any((other.company, other.license) != (row.company, row.license) for other in same):
        listed = "、".join(str(other.no) for other in same)
        return "number", Text(
            f"许可证号 {row.number} 在文件里有 {len(same)} 行，内容不同：第 {listed} 行",
            f"License number {row.number} is on {len(same)} rows that differ:"
            f" {listed.replace('、', ', ')}",
        )
    if row.no == same[0].no:
        return None
    return "number", Text(
        f"与第 {same[0].no} 行完全相同，只登记一次",
        f"The same as row {same[0].no}; it is entered once",
    )


def _client(
    row: Row, known: tuple[int, str] | None, names: dict[str, tuple[str, int]], actor: Actor
) -> _Found:
    return _known_client(row, known, actor) if known else _new_client(row, names, actor)


def _known_client(row: Row, known: tuple[int, str], actor: Actor) -> _Found:
    (ident, registered), name = known, row.company.get("name")
    if not actor.scope.allows(ident):
        return "uscc", Text(
            "这个信用代码的企业不在你的范围内",
            "The company with this credit code is not in your scope",
        )
    if name and name != registered:
        return "name", Text(
            f"信用代码属于「{registered}」，文件写的是「{name}」",
            f"The credit code belongs to {registered}, the file says {name}",
        )
    return None


def _new_client(row: Row, names: dict[str, tuple[str, int]], actor: Actor) -> _Found:
    name = str(row.company.get("name") or "")
    if actor.scope.companies is not None:
        return "uscc", Text(
            "不是你范围内的企业，新企业请找主管登记",
            "No client in your scope; ask a manager to add new ones",
        )
    if not name or not row.company.get("province"):
        return ("province" if name else "name"), Text(
            "企业还不在台账，须有企业名称和注册地",
            "The company is no client yet: its name and province are needed",
        )
    first, no = names.setdefault(row.uscc, (name, row.no))
    if first != name:
        return "name", Text(
            f"同一信用代码在第 {no} 行叫「{first}」，这里叫「{name}」",
            f"With this credit code, row {no} says {first}, this one {name}",
        )
    return None


def _registered(row: Row, holder: int | None, known: tuple[int, str] | None) -> _Found:
    if holder is None:
        return None
    if known and holder == known[0]:
        return "number", Text(
            f"{row.number} 已在该企业名下，跳过",
            f"{row.number} is in the register already: skipped",
        )
    return "number", Text(
        f"台账里已有许可证 {row.number}，属于另一家企业",
        f"License {row.number} is in the register, held by another company",
    )


def _grouped(rows_: list[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows_:
        found.setdefault(key(row), []).append(row)
    return found
