"""The dry run of an import: rows of a file held against each other and the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.errors import BadInput, DeskError
from workflow.domain.license_number import stripped
from workflow.domain.procedure import Text
from workflow.services import companies
from workflow.services.client_companies import check_license
from workflow.services.import_updates import Update, update_of
from workflow.services.intake import CompanyTold, LicenseTold, told
from workflow.storage import imports


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read: the client it names and the license as `add_license` takes it.

    `told`: the columns in which the row has something.
    """

    no: int
    company: Mapping[str, Any]
    license: Mapping[str, Any]
    told: Sequence[str] = ()

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


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: rows to enter, licenses they change, faults."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)

    def __add__(self, later: Findings) -> Findings:
        return Findings(
            self.rows + later.rows, self.faults + later.faults, self.updates + later.updates
        )

    @property
    def wrong(self) -> set[int]:
        """The rows with a fault."""
        return {fault.no for fault in self.faults}


def against_register(session: Session, found: Findings, actor: Actor) -> Findings:
    """Rows that are sound by themselves, held against each other and the register; only reads."""
    known = imports.clients(session, [row.uscc for row in found.rows])
    held = imports.held(session, [row.number for row in found.rows])
    same = _grouped(found.rows, lambda row: row.number)
    names: dict[str, tuple[str, int]] = {}
    checked = Findings(faults=list(found.faults))
    for row in found.rows:
        client, stored = known.get(row.uscc), held.get(row.number)
        says = _twice(row, same[row.number]) or _client(row, client, names, actor)
        update = None
        if stored and not says:
            mine = client is not None and client[0] == stored.company_id
            update = update_of(row.no, row.license, row.told, stored) if mine else None
            says = None if update else _registered(row, mine=mine)
        if says:
            checked.faults.append(Fault(row.no, *says))
        elif update:
            checked.updates.append(update)
        else:
            checked.rows.append(row)
    return checked


_Found = tuple[str, Text] | None


def by_itself(row: Row, today: date) -> Fault | None:
    """What the register refuses of this row alone."""
    try:
        check_license(told(LicenseTold, row.license))
        if row.company.get("name") and row.company.get("province"):
            companies.checked(told(CompanyTold, row.company), today)
    except BadInput as error:
        return Fault(row.no, error.field, error.says)
    except DeskError as error:
        return Fault(row.no, "kinds", error.says)
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
            "不是你范围内的企业；新企业请找能看全部客户的经办或复核人登记",
            "No client in your scope; a handler or reviewer who sees all clients can add new ones",
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


def _registered(row: Row, *, mine: bool) -> _Found:
    if mine:
        return "number", Text(
            f"{row.number} 已在该企业名下，内容相同，跳过",
            f"{row.number} is in the register already and says the same: skipped",
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
