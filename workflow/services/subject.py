"""What a case is about, checked: its license, its changes, and every fact against the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.errors import BadInput
from workflow.domain.facts import HeldLicense
from workflow.domain.procedure import Procedure, Text
from workflow.law import catalogue
from workflow.law.annual import next_report, owes
from workflow.law.changes import BY_CODE as CHANGES
from workflow.law.number_ranges import range_of
from workflow.law.prerequisite_notes import DECLARED
from workflow.law.self_check import CODES
from workflow.storage import snapshot

NATIONAL = "national"
_ENDED = ("cancelled", "revoked")


def license_for(
    tx: Session, procedure: Procedure, company_id: int, license_id: int | None
) -> HeldLicense | None:
    """The license a case is about. Raises BadInput when it is missing, another's or ended."""
    if procedure.license == "none":
        if license_id is not None:
            raise _wrong("license", "新办不针对已有许可证", "A first application has no license")
        return None
    if license_id is None:
        if procedure.license == "required":
            raise _wrong("license", "请选择许可证", "Choose the license this is about")
        return None
    held = snapshot.held_license(tx, license_id, company_id)
    if held is None:
        raise _wrong("license", "该企业没有这张许可证", "The company holds no such license")
    if held.status in _ENDED:
        raise _wrong(
            "license", f"许可证 {held.number} 已注销或吊销", f"License {held.number} has ended"
        )
    return held


def checked_changes(procedure: Procedure, changes: list[str]) -> list[str]:
    """The C-codes of a change case. Raises BadInput for unknown, double and excluding ones."""
    if procedure.code != "change":
        if changes:
            raise _wrong("changes", "只有变更才有变更事项", "Only a change has changes")
        return []
    if not changes:
        raise _wrong("changes", "请选择变更事项", "Choose what is to be changed")
    known_changes(changes)
    for code in changes:
        if changes.count(code) > 1:
            raise _wrong("changes", f"{code} 重复", f"{code} is named twice")
    if "C-SUBJ" in changes and len(changes) > 1:
        raise _wrong(
            "changes",
            "经营主体变更不能与其他变更合并办理",
            "A change of operator (C-SUBJ) excludes every other change in one case",
        )
    return changes


def known_changes(changes: list[str]) -> None:
    """Raises BadInput for a C-code that the law does not have."""
    for code in changes:
        if code not in CHANGES:
            raise _wrong("changes", f"没有变更事项 {code}", f"There is no change {code}")


def checked_facts(
    procedure: Procedure, facts: dict[str, Any], held: HeldLicense | None, today: date
) -> dict[str, Any]:
    """The facts with codes normalized, against the license and the law. Raises BadInput."""
    check_names(facts)
    found = dict(facts)
    for name in ("drop_kinds", "end_kinds"):
        _on_license(name, found.get(name) or [], held)
    if found.get("new"):
        found["new"] = _new(found["new"])
    if procedure.code == "annual_report" and held:
        found["year"] = _year(found.get("year"), held, today)
    if procedure.code == "number":
        found |= _number(found)
    if procedure.code == "branch_report":
        _branch(found)
    return found


def check_names(facts: Mapping[str, Any]) -> None:
    """Raises BadInput for a code in the facts that the law does not know."""
    for code in facts.get("self_check") or {}:
        if code not in CODES:
            raise _wrong("self_check", f"没有自查项 {code}", f"There is no self-check item {code}")
    for code in facts.get("lacking") or ():
        if code not in DECLARED:
            raise _wrong("lacking", f"没有专门条件 {code}", f"There is no condition {code}")
    for name in ("drop_kinds", "end_kinds"):
        for kind in facts.get(name) or ():
            catalogue.kind(kind)
    _new(facts.get("new") or {})
    written = facts.get("range")
    if written and range_of(str(written)) is None:
        raise _wrong("range", f"没有号段 {written}", f"There is no numbering range {written}")
    if facts.get("province"):
        _known_province("province", facts["province"])


def _on_license(name: str, kinds: list[str], held: HeldLicense | None) -> None:
    for kind in kinds:
        if held is None or kind not in held.kinds:
            raise _wrong(name, f"许可证不含 {kind}", f"The license does not cover {kind}")


def _new(new: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in new.items() if value is not None}
    for kind in found.get("kinds", ()):
        catalogue.kind(kind)
    if "coverage" in found:
        found["coverage"] = checked_coverage(found["coverage"])
    if "items" in found:
        found["items"] = {
            kind: [catalogue.item_code(kind, item) for item in items]
            for kind, items in found["items"].items()
        }
    return found


def checked_coverage(coverage: list[str]) -> list[str]:
    """Provinces or the whole country, each once. Raises BadInput."""
    if not coverage:
        raise _wrong("coverage", "请选择覆盖范围", "Choose the coverage")
    if NATIONAL in coverage and len(coverage) > 1:
        raise _wrong(
            "coverage", "全国不能与省份同时选择", "National cannot be combined with provinces"
        )
    for province in coverage:
        _known_province("coverage", province, nationwide=True)
    return sorted(set(coverage))


def _known_province(field: str, code: str, *, nationwide: bool = False) -> None:
    if not (nationwide and code == NATIONAL) and code not in catalogue.PROVINCES:
        raise _wrong(field, f"没有代码为 {code} 的省份", f"There is no province {code}")


def _year(told: int | None, held: HeldLicense, today: date) -> int:
    year = told if told is not None else next_report(held, today)
    if not owes(held, year):
        raise _wrong(
            "year",
            f"许可证 {held.number} 在 {year} 年无年报义务",
            f"License {held.number} owes no report for {year}",
        )
    if year in (held.annual_reports or ()):
        raise _wrong(
            "year",
            f"{year} 年年报已报送过，台账有记录",
            f"The report for {year} is on file already",
        )
    return year


def _number(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The range as the table writes it, also when only a code was given."""
    code, written = facts.get("code"), facts.get("range")
    if not code and not written:
        raise _wrong("range", "请填写号段", "Enter the numbering range")
    row = range_of(str(written or code))
    if row is None:
        shown = written or code
        raise _wrong("range", f"没有号段 {shown}", f"There is no numbering range {shown}")
    if code and not row.holds(str(code)):
        raise _wrong("code", f"{code} 不在 {row.code} 内", f"{code} is not within {row.code}")
    return {"range": row.code}


def _branch(facts: Mapping[str, Any]) -> None:
    if not facts.get("province"):
        raise _wrong("province", "请填写分支机构所在省", "Enter the province of the branch")


def _wrong(field: str, zh: str, en: str) -> BadInput:
    return BadInput(field, Text(zh, en))
