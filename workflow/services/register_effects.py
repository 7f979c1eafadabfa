"""What an approval does to a license in the register: only the fields concerned are written."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.domain.workdays import add_years
from workflow.law.changes import rows_of
from workflow.law.intended import (
    added_kinds,
    ended_kinds,
    first_items,
    new_coverage,
    new_of,
    renewed_kinds,
)
from workflow.law.number_ranges import BY_CODE
from workflow.law.term import TERM_YEARS
from workflow.services import judging
from workflow.services.intake import check_term
from workflow.services.step import Step
from workflow.storage import reads, register, words
from workflow.storage.reads import LicenseRow

_PRINTED = (
    "name",
    "legal_representative",
    "registered_capital",
    "authorized_company",
    "address",
    "sites",
)
"""What a license says beside its scope, by the names under `new`."""


def change_license(step: Step) -> None:
    """Write what the C-rows of the case write, nothing else."""
    found = _license(step)
    told, changes = step.case.facts, rows_of(step.case.facts.get("changes") or ())
    new = new_of(told)
    fields = {name for row in changes for name in row.writes}
    facts = json.loads(found.facts)
    written = {name: new[name] for name in _PRINTED if name in fields and new.get(name) is not None}
    if "reissued_on" in fields:
        written["reissued_on"] = step.on.isoformat()
    for name, value in written.items():
        _tell(step, name, facts.get(name), value)
    facts |= written
    done = {row.code for row in changes}
    facts["unreported_changes"] = [
        change for change in facts.get("unreported_changes") or () if change["change"] not in done
    ]
    after = {"facts": facts} | _scope_after(step, found, fields)
    _write(step, found, after | _renumbered(step, found))
    step.kept |= _kept(step)


def _scope_after(step: Step, found: LicenseRow, fields: set[str]) -> dict[str, Any]:
    """Kinds, items and coverage as decided: what was granted, else what was applied for."""
    told, given = step.case.facts, step.given
    after: dict[str, Any] = {}
    kinds, items = json.loads(found.kinds), json.loads(found.items)
    if "coverage" in fields:
        asked = given.get("coverage") or new_coverage(told, tuple(step.case.coverage))
        after["coverage"] = sorted(asked)
    if "kinds" in fields:
        held = judging.held_by(step.tx, step.case)
        added = added_kinds(told, tuple(step.case.kinds), held) if held else []
        granted = [kind for kind in added if kind in (given.get("kinds") or added)]
        after["kinds"] = [*kinds, *granted]
    if "items" in fields:
        listed = step.case.items | (new_of(told).get("items") or {}) | given.get("items", {})
        kept = after.get("kinds", kinds)
        after["items"] = {
            kind: listed.get(kind) or items.get(kind) or list(first_items(kind)) for kind in kept
        }
    return after


def renew_license(step: Step) -> None:
    """Five more years from the old last day; kinds not renewed leave the license."""
    found = _license(step)
    applied = renewed_kinds(step.case.facts, tuple(step.case.kinds))
    kinds = step.given.get("kinds") or list(applied)
    items = json.loads(found.items) | step.given.get("items", {})
    valid_to = _day(step, "valid_to", add_years(found.valid_to, TERM_YEARS))
    if valid_to <= found.valid_to:
        raise BadInput(
            "valid_to",
            Text(
                f"续期后应晚于原有效期 {found.valid_to}",
                f"A renewal must end after the old last day, {found.valid_to}",
            ),
        )
    opened = [kind for kind in json.loads(found.opened) if kind in kinds]
    after: dict[str, Any] = {
        "kinds": kinds,
        "items": {kind: items.get(kind, []) for kind in kinds},
        "valid_to": valid_to,
        "status": "valid",
        "opened": opened,
    }
    if step.given.get("valid_from"):
        after["valid_from"] = date.fromisoformat(step.given["valid_from"])
        check_term(after["valid_from"], valid_to, "valid_from")
    if step.given.get("coverage"):
        after["coverage"] = step.given["coverage"]
    _write(step, found, after | _renumbered(step, found))
    step.kept |= _kept(step) | {
        "old_valid_to": found.valid_to.isoformat(),
        "valid_to": valid_to.isoformat(),
    }


def cancel_license(step: Step) -> None:
    """The license ends, or the kinds that were to end leave it; not while the notice runs."""
    _notice_is_over(step)
    found = _license(step)
    kinds, items = json.loads(found.kinds), json.loads(found.items)
    ended = step.given.get("kinds") or ended_kinds(step.case.facts, tuple(step.case.kinds))
    left = [kind for kind in kinds if kind not in ended]
    if not left:
        _write(step, found, {"status": "cancelled"})
        return
    opened = [kind for kind in json.loads(found.opened) if kind in left]
    _write(
        step,
        found,
        {"kinds": left, "items": {kind: items.get(kind, []) for kind in left}, "opened": opened},
    )


def _notice_is_over(step: Step) -> None:
    """Raises BadInput for a decision dated inside the public notice (42号令 31)."""
    clocks = judging.clocks_of(step.tx, step.case, step.on)
    notice = next((clock for clock in clocks if clock.code == "K-NOTICE"), None)
    if notice and step.on <= notice.due:
        says = Text(
            f"公示至 {notice.due} 期满，决定不能早于次日",
            f"The public notice runs until {notice.due}; the decision follows after it",
        )
        raise BadInput("on", says)


def grant_code(step: Step) -> None:
    """A code is the holder's: on its license, where it rests on one."""
    code, row = str(step.given["code"]), BY_CODE[step.case.facts["range"]]
    if not row.holds(code):
        raise BadInput("code", Text(f"{code} 不在 {row.code} 内", f"{code} is not in {row.code}"))
    step.kept |= {"code": code}
    words.keep_code(step.tx, step.case.company_id, code)
    if step.case.license_id is None:
        return
    found = _license(step)
    facts = json.loads(found.facts)
    codes = list(facts.get("codes") or ())
    if code in codes:
        raise BadInput("code", Text(f"台账里已有码号 {code}", f"Code {code} is already there"))
    _tell(step, "codes", codes, [*codes, code])
    register.change_facts(step.tx, found.id, {"facts": {**facts, "codes": [*codes, code]}})


def file_annual_report(step: Step) -> None:
    """The year is on file; a license that was complete before stays complete."""
    found = _license(step)
    facts = json.loads(found.facts)
    years, year = facts.get("annual_reports"), int(step.case.facts["year"])
    if years is not None:
        after = sorted({*years, year})
        _tell(step, "annual_reports", years, after)
        register.change_facts(step.tx, found.id, {"facts": {**facts, "annual_reports": after}})
    step.kept |= {"year": year}
    register.close_follow_ups(step.tx, found.id, "T-ANNUAL", step.on)


def file_branch_report(step: Step) -> None:
    """Keep the branch register of the license: provinces with a branch we know of."""
    found = _license(step)
    facts = json.loads(found.facts)
    branches = set(facts.get("branch_provinces") or ())
    province, action = step.case.facts["province"], step.case.facts.get("action") or "open"
    after = branches - {province} if action == "close" else branches | {province}
    _tell(step, "branch_provinces", sorted(branches), sorted(after))
    told = [
        branch
        for branch in facts.get("unreported_branches") or ()
        if (branch["province"], branch.get("action") or "open") != (province, action)
    ]
    kept = {**facts, "branch_provinces": sorted(after), "unreported_branches": told}
    register.change_facts(step.tx, found.id, {"facts": kept})
    step.kept |= {"province": province, "action": action}


def _license(step: Step) -> LicenseRow:
    found = reads.license_row(step.tx, None, step.case.license_id)
    if found is None:  # pragma: no cover - a case is opened on a license of the register
        raise BadInput("license", Text("许可证不在台账", "The license is not in the register"))
    return found


_JSON = ("kinds", "items", "coverage", "opened")


def _write(step: Step, found: LicenseRow, after: dict[str, Any]) -> None:
    """Write what is different and tell it on the trail."""
    for name, value in after.items():
        if name == "facts":
            continue
        old = getattr(found, name)
        old = json.loads(old) if name in _JSON else old
        _tell(step, name, _plain(old), _plain(value))
    register.change_facts(step.tx, found.id, after)


def _tell(step: Step, name: str, old: Any, new: Any) -> None:  # noqa: ANN401 - any JSON
    step.changed(f"license.{name}", old, new)


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.isoformat() if isinstance(value, date) else value


def _renumbered(step: Step, found: LicenseRow) -> dict[str, Any]:
    """The number the authority gave the new license; usually it keeps the old one."""
    number = step.given.get("number")
    if not number or number == found.number:
        return {}
    if register.number_taken(step.tx, number, found.id):
        says = Text(f"台账里已有许可证 {number}", f"License {number} is already in the register")
        raise BadInput("number", says)
    return {"number": number}


def _kept(step: Step) -> dict[str, Any]:
    return {name: step.given[name] for name in ("number", "valid_from") if name in step.given}


def _day(step: Step, name: str, otherwise: date) -> date:
    value = step.given.get(name)
    return date.fromisoformat(value) if value else otherwise
