"""What a case form refuses beyond a single field: impossible days, a change of nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from web.forms import Answers
from web.matter_field import About
from workflow.domain.facts import crosses_provinces
from workflow.domain.procedure import Text
from workflow.law import catalogue

_HAPPENED = ("registered_on", "decided_on")
_TO_COME = ("stop_on", "effective_on")
_CONTACT = frozenset({"C-CONTACT"})


def refuse_impossible(form: Answers, about: About, facts: Mapping[str, Any]) -> None:
    """Note the faults on the form, each at its field."""
    for name in _HAPPENED:
        _happened(form, about, name, facts.get(name))
    for name in _TO_COME:
        _to_come(form, about, name, facts.get(name))
    check = _BY_PROCEDURE.get(about.procedure)
    if check:
        check(form, about, facts)


def refuse_unconfirmed(form: Answers, kinds: Iterable[str], coverage: Iterable[str]) -> None:
    """A kind nobody confirmed for the whole country is not applied for before MIIT was asked."""
    doubtful = [code for code in kinds if "N" in catalogue.kind(code).unconfirmed]
    if doubtful and crosses_provinces(coverage):
        named = "、".join(doubtful)
        form.refuse(
            "coverage",
            Text(
                f"{named} 能否办理跨地区许可未经证实：请先向工业和信息化部确认，或改选一个省",
                f"Whether {named} is licensed across provinces is unconfirmed: confirm with MIIT "
                "first, or choose one province",
            ),
        )


def _happened(form: Answers, about: About, name: str, day: date | None) -> None:
    """A registration or decision lies behind us, and not before the company was there."""
    today, founded = about.today, about.company.established_on
    if day is None:
        return
    if day > today:
        form.refuse(
            name,
            Text(
                f"{day} 还没有到，尚未发生的不能填写；今天是 {today}",
                f"{day} has not come: enter it once it has happened. Today is {today}",
            ),
        )
    elif founded and day < founded:
        form.refuse(
            name,
            Text(
                f"{day} 早于公司成立日 {founded}", f"{day} is before the company began: {founded}"
            ),
        )


def _to_come(form: Answers, about: About, name: str, day: date | None) -> None:
    """What is to be filed ahead has not happened yet; new contacts are told afterwards."""
    held = about.held
    if day is None:
        return
    if set(about.changes) != _CONTACT and day < about.today:
        form.refuse(
            name,
            Text(
                f"{day} 已经过去，须提前办理，请填写今后的日期",
                f"{day} is past: it must be filed ahead, so enter a day to come",
            ),
        )
    elif held and held.valid_from and day < held.valid_from:
        form.refuse(
            name,
            Text(
                f"{day} 早于许可证生效日 {held.valid_from}",
                f"{day} is before the license began: {held.valid_from}",
            ),
        )


def _renewal(form: Answers, about: About, facts: Mapping[str, Any]) -> None:
    if about.kinds and set(facts.get("drop_kinds") or ()) == set(about.kinds):
        form.refuse(
            "drop_kinds",
            Text(
                "全部业务都放弃，就没有可续期的：请改办注销，在届满九十日前报告",
                "Nothing is left to renew: cancel the license instead, 90 days before it expires",
            ),
        )


def _annual_report(form: Answers, about: About, facts: Mapping[str, Any]) -> None:
    """A case may be prepared early elsewhere; the form offers what can be filed."""
    year = facts.get("year")
    if year == about.today.year:
        form.refuse(
            "year",
            Text(
                f"{year} 年尚未结束，年报次年 1 月 1 日起报送",
                f"{year} is not over: its report may be filed from 1 January",
            ),
        )


def _change(form: Answers, about: About, facts: Mapping[str, Any]) -> None:
    """Coverage or items as the license has them already change nothing."""
    held, new = about.held, facts.get("new") or {}
    if held is None:
        return
    if "C-COV" in about.changes and set(new.get("coverage") or ()) == held.coverage:
        form.refuse(
            "new.coverage",
            Text(
                "与许可证现有的覆盖范围相同，没有变更",
                "This is the coverage the license has: nothing changes",
            ),
        )
    items = new.get("items") or {}
    own = {kind: set(codes) for kind, codes in items.items() if kind in held.kinds}
    if own and all(codes == set(held.items.get(kind, ())) for kind, codes in own.items()):
        form.refuse(
            f"new.items.{next(iter(own))}",
            Text(
                "与许可证现有的服务项目相同，没有变更",
                "These are the items the license has: nothing changes",
            ),
        )


_BY_PROCEDURE: Mapping[str, Callable[[Answers, About, Mapping[str, Any]], None]] = {
    "renewal": _renewal,
    "annual_report": _annual_report,
    "change": _change,
}
