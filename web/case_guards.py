"""Verdicts as lines of a page: requirement, what was found, basis, and where it is mended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask import url_for

from web.case_words import Basis, bases_of
from web.i18n import language
from workflow.domain.guard import Finding, Guard
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services.case_view import Blocker, CaseView

WORKERS = (Role.HANDLER, Role.REVIEWER)
_ANCHORS = {"materials": "#materials", "points": "#correction"}
_LABELS = {
    "company": Text("修改企业档案", "Edit the company file"),
    "conflict": Text("查看企业档案", "Open the company file"),
    "materials": Text("上传材料", "Upload materials"),
    "points": Text("答复意见", "Answer the points"),
    "facts": Text("修改申报事实", "Change case facts"),
    "sign_off": Text("办理复核", "Review"),
    "self_check": Text("填写自查", "Self-check"),
}


@dataclass(frozen=True, slots=True)
class Fix:
    """Where one condition is mended."""

    label: Text
    address: str


@dataclass(frozen=True, slots=True)
class GuardLine:
    """One verdict as it is shown."""

    ORDER: ClassVar = ("unmet", "unknown", "warned", "waived", "met")

    code: str
    outcome: str
    title: Text
    found: str
    bases: list[Basis]
    fix: Fix | None = None
    waive: str | None = None
    note: Text | None = None


def guard_lines(view: CaseView) -> list[GuardLine]:
    """Every verdict of a case, those that stand in the way first."""
    return [_line(view, blocker) for blocker in view.blockers]


def finding_lines(view: CaseView, findings: tuple[Finding, ...]) -> list[GuardLine]:
    """These verdicts of a case, in the order given, for a page that is not the case's own."""
    page = url_for("cases.show", number=view.case.number)
    return [_line(view, Blocker(f, catalogue.LAW.guards[f.code]), page) for f in findings]


def plain_line(finding: Finding, fix: Fix | None = None) -> GuardLine:
    """One verdict of an application that is no case yet."""
    guard = catalogue.LAW.guards[finding.code]
    line = _verdict(Blocker(finding, guard))
    return replace(line, fix=fix, note=guard.fix if line.outcome != "met" else None)


def verdicts(lines: list[GuardLine]) -> dict[str, Any]:
    """What a page of verdicts needs: how many of each, what is open in order, what is met."""
    order = list(GuardLine.ORDER)
    lines = sorted(lines, key=lambda line: order.index(line.outcome))
    return {
        "counts": {name: sum(line.outcome == name for line in lines) for name in order},
        "open_lines": [line for line in lines if line.outcome != "met"],
        "met_lines": [line for line in lines if line.outcome == "met"],
    }


def _verdict(blocker: Blocker) -> GuardLine:
    guard = blocker.guard
    said = blocker.sentence(language())
    return GuardLine(guard.code, blocker.outcome, guard.title, said, bases_of(guard))


def fix_at_company(guard: Guard, company_id: int) -> Fix | None:
    """Where a fact of the company is mended."""
    if guard.fix_at == "company":
        return Fix(_LABELS["company"], url_for("companies.edit", company_id=company_id))
    if guard.fix_at == "conflict":
        return Fix(_LABELS["conflict"], url_for("companies.show", company_id=company_id))
    return None


def _line(view: CaseView, blocker: Blocker, page: str = "") -> GuardLine:
    guard, finding = blocker.guard, blocker.finding
    open_ = blocker.outcome in ("unmet", "unknown", "warned") and view.standing.filing is not None
    return replace(
        _verdict(blocker),
        fix=_fix(view, guard, page) if open_ and view.actor.role in WORKERS else None,
        waive=_waive(view, blocker) if open_ else None,
        note=_waived(finding) or (guard.fix if open_ else None),
    )


def _fix(view: CaseView, guard: Guard, page: str) -> Fix | None:
    """Where it is mended; `page` is the case page, empty while on it."""
    number = view.case.number
    if guard.fix_at in ("company", "conflict"):
        return fix_at_company(guard, view.case.company_id)
    if guard.fix_at == "sign_off":
        act = "sign_off" if view.standing_word == "in_review" else "request_sign_off"
        offer = next((o for o in view.offers if o.rule.trigger == act and o.allowed), None)
        address = _review_address(number, act) if offer else f"{page}#now"
        return Fix(offer.rule.label if offer else _LABELS["sign_off"], address)
    if guard.fix_at in _ANCHORS:
        return Fix(_LABELS[guard.fix_at], page + _ANCHORS[guard.fix_at])
    if guard.code in catalogue.labels("self_check"):
        return Fix(
            _LABELS["self_check"], url_for("cases.self_check", number=number, _anchor=guard.code)
        )
    return Fix(_LABELS["facts"], url_for("cases.change_facts", number=number))


def _review_address(number: str, act: str) -> str:
    if act == "sign_off":
        return url_for("reviews.show", number=number)
    return url_for("cases.act", number=number, trigger=act)


def _waive(view: CaseView, blocker: Blocker) -> str | None:
    """A reviewer may let a practice guard go; everybody else sees no link."""
    may = any(o.rule.trigger == "waive" and o.allowed for o in view.offers)
    if not may or blocker.outcome != "unmet" or not blocker.guard.may_be_waived:
        return None
    number = view.case.number
    return url_for("cases.act", number=number, trigger="waive", guard=blocker.guard.code)


def _waived(finding: Finding) -> Text | None:
    if not finding.waived_by:
        return None
    return Text(f"由{finding.waived_by}豁免", f"Waived by {finding.waived_by}")
