"""What each procedure asks about a case, as data: one field for one fact, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from web.matter_change import change_fields
from web.matter_field import (
    DECIDED,
    EVALUATION,
    About,
    Choices,
    Field,
    field,
    from_abroad,
    kind_choices,
    label,
    lacking_field,
    service_fields,
)
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.law.annual import next_report, reports_to_file, season
from workflow.law.number_ranges import RANGES, Range


def fields_of(about: About) -> tuple[Field, ...]:
    """Every field of this matter, those of the procedure first."""
    return tuple(_BY_PROCEDURE[about.procedure](about))


def _new(about: About) -> Iterable[Field]:
    yield Field(
        "cities", "places", label("cities"),
        hint=Text("IDC 省内申请按城市列明，例如 广州、深圳", "For IDC in a province: its cities"),
    )  # fmt: skip
    yield from lacking_field(None)
    yield field("evaluation_passed", "yes_no", hint=EVALUATION)
    if from_abroad(about):
        yield field("pilot_approval", "yes_no")


def _renewal(about: About) -> Iterable[Field]:
    idle = about.held.kinds - about.held.opened if about.held else frozenset()
    note = Text("尚未开通", "not in service")
    if len(about.kinds) > 1:  # the only kind cannot be dropped from a renewal
        yield Field(
            "drop_kinds", "several", label("drop_kinds"), "kind_short",
            kind_choices(about.kinds, dict.fromkeys(idle, note)),
            hint=Text("有效期内没有开通的业务不予延续，勾选放弃后其余可以提交；都续期的不用选",
                      "A kind never opened is not renewed: tick it to renew the rest. Leave open "
                      "to renew all"),
        )  # fmt: skip
    yield from service_fields(about, {"G-KINDSPEC", "G-PREAPP", "G-FOREIGN"})


WHOLE: Choices = (
    ("whole", Text("注销整张许可证", "The whole license")),
    ("some", Text("只终止一部分业务", "Only some of its kinds")),
)


def _cancellation(about: About) -> Iterable[Field]:
    if len(about.kinds) > 1:
        yield Field("ends", "radio", Text("终止的范围", "What ends"), choices=WHOLE, required=True)
        yield Field(
            "end_kinds", "several", label("end_kinds"), "kind_short", kind_choices(about.kinds),
            hint=Text("只终止一部分业务时勾选", "Tick when only some kinds end"),
        )  # fmt: skip
    yield field(
        "stop_on", "day",
        hint=Text("打算停止经营的日期，须在提交九十日以后；没有定的先空着",
                  "When operation is to stop: 90 days or more after filing; open if not fixed"),
    )  # fmt: skip
    yield field("settlement_plan", "yes_no", required=True)
    yield field("users_settled", "yes_no", required=True)


_SEASONS = {
    "open": Text("报送期内，3 月 31 日截止", "in season, due on 31 March"),
    "late": Text("已逾期，可补报至 4 月 30 日", "overdue, late filing to 30 April"),
    "closed": Text("补报期已过，须联系主管部门", "late filing closed: ask the authority"),
    "early": Text("次年 1 月 1 日起报送", "opens on 1 January of the next year"),
}


def _annual_report(about: About) -> Iterable[Field]:
    held = about.held
    years = (
        (reports_to_file(held, about.today) or (next_report(held, about.today),)) if held else ()
    )
    offered = []
    for year in years:
        said = _SEASONS[season(year, about.today)]
        offered.append((str(year), Text(f"{year} 年（{said.zh}）", f"{year} ({said.en})")))
    yield Field(
        "year", "year", label("year"), choices=tuple(offered), required=True,
        hint=Text("许可证应报而台账里没有的年度", "Years the license owes and the register lacks"),
    )  # fmt: skip


def _ranges(about: About) -> Choices:
    """The table of ranges; without a license, those that may be had without one."""
    return tuple(
        (row.code, Text(_in_words(row, "zh"), _in_words(row, "en")))
        for row in RANGES
        if about.held or not row.licensed or "customer_service" in row.uses
    )


def _in_words(row: Range, language: Literal["zh", "en"]) -> str:
    """`1066XXXX 跨省商业短信 · 持跨地区 SP 许可证的企业 · 工业和信息化部`."""
    who = catalogue.label_of("range_holder", row.who)
    decides = catalogue.label_of("authority", "MIIT") if row.nationwide else _BUREAU
    words = (row.name, who, decides)
    return f"{row.code} " + " · ".join(part.read(language) for part in words)


_BUREAU = Text("省通信管理局", "provincial bureau")


def _number(about: About) -> Iterable[Field]:
    yield Field(
        "range", "radio", label("range"), "range", _ranges(about), required=True,
        hint=Text("各号段的用途、可以申请的主体和审批机关",
                  "What each range is for, who may have it, and who decides"),
    )  # fmt: skip
    yield field(
        "code",
        "code",
        hint=Text("想要的号码；没有指定的空着", "The code wanted, if any in particular"),
    )
    yield field(
        "use", "one", "use", hint=Text("不选按号段的通常用途", "The usual use of the range if open")
    )


def _branch_report(_: About) -> Iterable[Field]:
    provinces = tuple((c, t) for c, t in catalogue.COVERAGES.items() if c in catalogue.PROVINCES)
    yield field("province", "one", "coverage", choices=provinces, required=True)
    yield field("action", "one", "branch_action", required=True)
    yield DECIDED


_BY_PROCEDURE: Mapping[str, Callable[[About], Iterable[Field]]] = {
    "new": _new,
    "change": change_fields,
    "renewal": _renewal,
    "cancellation": _cancellation,
    "annual_report": _annual_report,
    "number": _number,
    "branch_report": _branch_report,
}
