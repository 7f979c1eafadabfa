"""What a license's own past says: services opened, reports filed, changes told, users settled."""

from __future__ import annotations

from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.annual import overdue_reports, season
from workflow.law.changes import AFTER_REGISTRY
from workflow.law.guards.outcomes import BROKEN, MISSING_CASE_FACT, failed, passed, unknown, warned
from workflow.law.self_check import verdicts
from workflow.law.sources import ORDER_42, PRACTICE, cite


def _opened(facts: Facts) -> Outcome:
    if facts.license is None:
        return unknown("license")
    idle = [kind for kind in facts.kinds if kind not in facts.license.opened]
    if idle:
        return failed(kinds=idle)
    if not facts.kinds:
        return failed("nothing")
    doubtful = (facts.case.get("self_check") or {}).get("RL-01") == "red"
    return warned(kinds=facts.kinds) if doubtful else passed(kinds=facts.kinds)


def _reports(facts: Facts) -> Outcome:
    if facts.license is None:
        return unknown("license")
    if facts.procedure == "annual_report":
        return _this_report(facts)
    missing = overdue_reports(facts.license, facts.on)
    return warned(years=missing) if missing else passed()


def _this_report(facts: Facts) -> Outcome:
    year = int(facts.case["year"])
    when = season(year, facts.on)
    if when == "open":
        return passed("in_season", year=year)
    return warned(when, year=year)


def _changes_clear(facts: Facts) -> Outcome:
    if facts.license is None:
        return unknown("license")
    found = verdicts(facts)
    items = [code for code in ("RL-05", "RL-06") if found[code] == "red"]
    if not items:
        return passed()
    unreported = facts.license.unreported_changes
    return failed("named" if unreported else "fail", changes=unreported, items=items)


def _registered(facts: Facts) -> Outcome:
    done = facts.day("registered_on")
    changes = sorted(set(facts.changes) & AFTER_REGISTRY)
    if done is None:
        return failed("missing", changes=changes)
    values: dict[str, Any] = {"changes": changes, "registered_on": done.isoformat()}
    return passed(**values) if done <= facts.on else failed(**values)


def _settled(facts: Facts) -> Outcome:
    plan, done = facts.case.get("settlement_plan", True), facts.case.get("users_settled", True)
    if plan is None or done is None:
        names = (("settlement_plan", plan), ("users_settled", done))
        return unknown(*(name for name, value in names if value is None))
    if not plan:
        return failed("plan")
    return passed() if done else failed("users")


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-OPENED",
        title=Text("续期的业务均已开通", "Every kind to be renewed is in service"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第二十七条", "Art. 27", Confidence.SECONDARY),),
        says={
            "pass": Text("有效期内已开通：{kinds}", "In service during the term: {kinds}"),
            "warn": Text(
                "自查认为开通证明不足，请核实：{kinds}",
                "The self-check doubts the proof of opening: {kinds}",
            ),
            "fail": Text(
                "有效期内未开通的业务不予延续：{kinds}",
                "A kind never opened during the term is not renewed: {kinds}",
            ),
            "nothing": Text("没有可续期的业务种类", "No kind is left to renew"),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text("放弃未开通的种类，其余继续续期", "Drop the kind and renew the rest"),
        fix_at="facts",
        check=_opened,
    ),
    Guard(
        code="G-AR",
        only_warns=True,
        title=Text("应报年报均已报送", "Every annual report due was filed"),
        severity=Severity.PRACTICE,
        cites=(cite(ORDER_42, "第三十五条、第三十八条", "Arts. 35, 38", Confidence.TEXT),),
        says={
            "pass": Text("应报年报均已报送", "Every annual report due was filed"),
            "warn": Text(
                "未报年报：{years}。请补报，否则可能列入不良名单",
                "Annual reports missing: {years}. File them late, or the adverse list may follow",
            ),
            "in_season": Text(
                "{year} 年年报在报送期内", "The report for {year} is within its season"
            ),
            "early": Text(
                "{year} 年尚未结束，年报次年 1 月 1 日起报送",
                "{year} is not over: its report may be filed from 1 January",
            ),
            "late": Text(
                "{year} 年年报 3 月 31 日截止，已逾期，可补报至 4 月 30 日",
                "The report for {year} was due on 31 March; late filing runs to 30 April",
            ),
            "closed": Text(
                "{year} 年年报补报期 4 月 30 日已过，请联系主管部门",
                "Late filing of the report for {year} closed on 30 April: ask the authority",
            ),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text("补报年报", "File the reports late"),
        fix_at="facts",
        check=_reports,
    ),
    Guard(
        code="G-CHG-CLEAR",
        title=Text("没有未申报的变更", "No change is unreported"),
        severity=Severity.PRACTICE,
        cites=(cite(PRACTICE, "续期审查惯例", "renewal practice", Confidence.SECONDARY),),
        says={
            "pass": Text("没有未申报的变更", "No change is unreported"),
            "named": Text(
                "有未申报的变更：{changes}（自查 {items}）",
                "Changes not reported: {changes} (self-check {items})",
            ),
            "fail": Text("自查有未申报的变更：{items}", "The self-check is red: {items}"),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text("先办理变更", "File the change first"),
        fix_at="facts",
        check=_changes_clear,
    ),
    Guard(
        code="G-REG-DONE",
        title=Text("已完成工商变更登记", "The registry change is done"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第二十九条", "Art. 29", Confidence.SECONDARY),),
        says={
            "pass": Text(
                "{changes}：{registered_on} 已变更登记", "{changes}: registered on {registered_on}"
            ),
            "missing": Text(
                "{changes}：须先完成工商变更登记，尚未登记",
                "{changes}: the registry comes first; nothing is registered yet",
            ),
            "fail": Text(
                "{changes}：登记日期 {registered_on} 晚于提交日",
                "{changes}: the registry date {registered_on} is after the filing",
            ),
            "broken": BROKEN,
        },
        fix=Text("先到登记机关变更，再填写登记日期", "Change the registry first, enter its date"),
        fix_at="facts",
        check=_registered,
    ),
    Guard(
        code="G-SETTLE",
        title=Text("用户善后已落实", "Users are settled"),
        severity=Severity.HARD,
        cites=(cite(ORDER_42, "第三十条", "Art. 30", Confidence.KNOWLEDGE),),
        says={
            "pass": Text("善后方案可行并已落实", "The settlement plan is feasible and done"),
            "plan": Text("须有可行的用户善后方案：尚无", "A settlement plan is required: none"),
            "users": Text("善后方案尚未落实", "The settlement plan is not carried out yet"),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text(
            "拟定方案、公告、退费或迁移用户后再提交", "Plan, announce, refund or move users first"
        ),
        fix_at="facts",
        check=_settled,
    ),
)
