"""Was it filed in time? Judged once, at the first filing, against the clocks' own dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.domain.workdays import add_calendar, add_years, roll_forward
from workflow.law.changes import AFTER_DECISION, AFTER_REGISTRY
from workflow.law.figures import tolerated
from workflow.law.guards.outcomes import BROKEN, MISSING_CASE_FACT, failed, passed, unknown, warned
from workflow.law.sources import (
    INTERNET,
    NUMBERING_GUIDE,
    ORDER_42,
    TELECOM,
    cite,
)

RENEWAL_DAYS = 90
NO_LICENSE = "license"


def _renewal(facts: Facts) -> Outcome:
    if facts.license is None:
        return unknown(NO_LICENSE)
    expiry = facts.license.valid_to
    left = (expiry - facts.on).days
    values: dict[str, Any] = {
        "valid_to": expiry.isoformat(),
        "days": left,
        "latest": (expiry - timedelta(RENEWAL_DAYS)).isoformat(),
    }
    return passed(**values) if left >= RENEWAL_DAYS else failed(**values)


def _ahead(facts: Facts, length: int, name: str) -> Outcome:
    """Filed `length` days before the day named; a day nobody fixed yet can only be told."""
    effect = facts.day(name)
    first = (facts.on + timedelta(length)).isoformat()
    if effect is None:
        return passed("open", first=first)
    values: dict[str, Any] = {
        "effect": effect.isoformat(),
        "days": (effect - facts.on).days,
        "latest": (effect - timedelta(length)).isoformat(),
        "first": first,
    }
    if values["days"] < 0:
        return failed("past", **values)
    return passed(**values) if values["days"] >= length else failed(**values)


def _ahead_90(facts: Facts) -> Outcome:
    name = "stop_on" if facts.procedure == "cancellation" else "effective_on"
    return _ahead(facts, 90, name)


def _ahead_30(facts: Facts) -> Outcome:
    return _ahead(facts, 30, "effective_on")


def _within_30(facts: Facts, starts: list[date]) -> Outcome:
    """Late reports are taken all the same: the consequence is told, nothing is refused."""
    start = min(starts)
    if start > facts.on:
        return warned("to_come", start=start.isoformat())
    latest = roll_forward(facts.calendar, add_calendar(start, 30))
    values: dict[str, Any] = {"start": start.isoformat(), "latest": latest.isoformat()}
    late = (facts.on - latest).days
    if late <= 0:
        return passed(**values)
    days = tolerated(facts)
    if late <= days:
        return warned("tolerated", late_by=late, days=days, **values)
    return warned("late", late_by=late, **values)


def _change_reported(facts: Facts) -> Outcome:
    changes = set(facts.changes)
    registered, decided = facts.day("registered_on"), facts.day("decided_on")
    starts = []
    if registered and changes & AFTER_REGISTRY:
        starts.append(registered)
    if changes & AFTER_DECISION:
        if decided is None:
            return warned("undated")
        starts.append(decided)
    return _within_30(facts, starts) if starts else passed("not_started")


def _branch_reported(facts: Facts) -> Outcome:
    decided = facts.day("decided_on")
    return warned("undated") if decided is None else _within_30(facts, [decided])


def _code_outlives(facts: Facts) -> Outcome:
    if facts.license is None:
        return passed("free")
    expiry, needed = facts.license.valid_to, add_years(facts.on, 1)
    values: dict[str, Any] = {"valid_to": expiry.isoformat(), "needed": needed.isoformat()}
    return passed(**values) if expiry >= needed else failed(**values)


_LATE = Text(
    "应在 {start} 起三十日内（{latest} 前）办理，已迟 {late_by} 日：仍可受理，"
    "但可能被责令改正、警告或罚款",
    "Due within 30 days of {start} (by {latest}); {late_by} day(s) late. It is still accepted, but "
    "an order to correct, a warning or a fine may follow",
)
_TOLERATED = Text(
    "应在 {start} 起三十日内（{latest} 前）办理，已迟 {late_by} 日：主管部门容忍 {days} 日以内，"
    "但法律后果不因此免除",
    "Due within 30 days of {start} (by {latest}); {late_by} day(s) late. The bureau tolerates up "
    "to {days}, which does not undo the consequences in law",
)
_IN_TIME = Text(
    "自 {start} 起三十日内办理，最后一日 {latest}：在期限内",
    "Within 30 days of {start}, last day {latest}: in time",
)
_TO_COME = Text(
    "填写的日期 {start} 晚于提交日：还没有发生，三十日期限无从判断，请核对",
    "The day told, {start}, is after the filing: it has not happened, so the thirty days cannot "
    "be judged. Check the day",
)
_UNDATED = Text(
    "尚未填写决定日期，无法判断是否逾期",
    "The day of the decision is not told, so lateness cannot be judged",
)


def _ahead_says(zh: str, en: str) -> dict[str, Text]:
    """The sentences of a guard on days ahead; the words say what happens on the day."""
    return {
        "pass": Text(
            f"{{effect}} {zh}，须在 {{latest}} 前提交，提前 {{days}} 日",
            f"It {en} on {{effect}}; file by {{latest}}. {{days}} days ahead",
        ),
        "open": Text(
            f"{zh}日尚未确定：今日提交的，最早 {{first}} {zh}",
            f"The day it {en} is not fixed: filed today, the earliest is {{first}}",
        ),
        "fail": Text(
            f"{{effect}} {zh}，须在 {{latest}} 前提交，现只提前 {{days}} 日；"
            f"今日提交的，最早 {{first}} {zh}",
            f"It {en} on {{effect}}, so it had to be filed by {{latest}}: only {{days}} days "
            "ahead. Filed today, the earliest is {first}",
        ),
        "past": Text(
            f"{{effect}} 已经过去：须提前申请，今日提交的，最早 {{first}} {zh}",
            f"{{effect}} is past: it must be filed ahead. If it {en} later, the earliest is "
            "{first}",
        ),
        "broken": BROKEN,
    }


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-RENEW-TIME",
        title=Text("届满九十日前申请续期", "Renewal filed 90 days before expiry"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第二十七条", "Art. 27", Confidence.SECONDARY),),
        says={
            "pass": Text(
                "许可证 {valid_to} 届满，须在 {latest} 前申请，距届满 {days} 日",
                "The license ends on {valid_to}; file by {latest}. {days} days are left",
            ),
            "fail": Text(
                "许可证 {valid_to} 届满，须在 {latest} 前申请，现距届满只有 {days} 日",
                "The license ends on {valid_to}; it had to be filed by {latest}. "
                "Only {days} days are left",
            ),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text(
            "已过期限：办理终止经营，或重新申请；向主管部门询问并留存记录",
            "Too late: wind down, or apply anew; ask the authority and keep a record",
        ),
        fix_at="facts",
        check=_renewal,
        fixed_at_filing=True,
    ),
    Guard(
        code="G-ADV90",
        title=Text("变更或停业生效九十日前申请", "Filed 90 days before it takes effect"),
        severity=Severity.HARD,
        cites=(cite(TELECOM, "第十五条", "Art. 15", Confidence.TEXT),),
        says=_ahead_says("生效", "takes effect"),
        fix=Text("推迟生效日或停业日", "Move the effective day back"),
        fix_at="facts",
        check=_ahead_90,
        fixed_at_filing=True,
    ),
    Guard(
        code="G-ADV30",
        title=Text("服务项目或网址变更三十日前办理", "Filed 30 days before items or site change"),
        severity=Severity.HARD,
        cites=(cite(INTERNET, "第十一条", "Art. 11", Confidence.TEXT),),
        says=_ahead_says("变更", "changes"),
        fix=Text("推迟变更日", "Move the day of change back"),
        fix_at="facts",
        check=_ahead_30,
        fixed_at_filing=True,
    ),
    Guard(
        code="G-CHG-TIME30",
        only_warns=True,
        title=Text("三十日内申请变更", "Change reported within 30 days"),
        severity=Severity.HARD,
        cites=(
            cite(ORDER_42, "第二十八条、第二十九条", "Arts. 28, 29", Confidence.SECONDARY),
            cite(ORDER_42, "第四十八条（后果）", "Art. 48 (consequence)", Confidence.KNOWLEDGE),
        ),
        says={
            "pass": _IN_TIME,
            "not_started": Text("三十日期限尚未起算", "The thirty days have not started"),
            "undated": _UNDATED,
            "to_come": _TO_COME,
            "late": _LATE,
            "tolerated": _TOLERATED,
            "broken": BROKEN,
        },
        fix=Text("尽快提交并备好说明", "File at once, with an explanation"),
        fix_at="facts",
        check=_change_reported,
        fixed_at_filing=True,
    ),
    Guard(
        code="G-BRANCH30",
        only_warns=True,
        title=Text("三十日内报送分支机构", "Branch reported within 30 days"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第三十九条", "Art. 39", Confidence.KNOWLEDGE),),
        says={
            "pass": _IN_TIME,
            "undated": _UNDATED,
            "to_come": _TO_COME,
            "late": _LATE,
            "tolerated": _TOLERATED,
            "broken": BROKEN,
        },
        fix=Text("尽快报送并备好说明", "Report at once, with an explanation"),
        fix_at="facts",
        check=_branch_reported,
        fixed_at_filing=True,
    ),
    Guard(
        code="G-NUM-VALID",
        title=Text("许可证剩余有效期不少于一年", "At least one year of the license is left"),
        severity=Severity.PRACTICE,
        cites=(
            cite(NUMBERING_GUIDE, "有效期一年以上", "a year of validity", Confidence.SECONDARY),
        ),
        says={
            "pass": Text(
                "许可证 {valid_to} 届满，须不早于 {needed}",
                "The license ends on {valid_to}; it must reach {needed}",
            ),
            "free": Text("该码号不以许可证为前提", "This range needs no license"),
            "fail": Text(
                "许可证 {valid_to} 届满，须不早于 {needed}：请先续期",
                "The license ends on {valid_to}; it must reach {needed}: renew first",
            ),
            "broken": BROKEN,
        },
        fix=Text("先办理续期，再申请码号", "Renew the license first, then apply for the code"),
        fix_at="facts",
        check=_code_outlives,
        fixed_at_filing=True,
    ),
)
