"""What a condition asks of one combination: its threshold, its figures, its rows of the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflow.domain.facts import Facts
from workflow.domain.procedure import Citation, Text
from workflow.law import catalogue
from workflow.law.capital import minimum_for
from workflow.law.figures import USUAL
from workflow.law.number_ranges import RANGES
from workflow.law.prerequisites import notes_of, of_kinds
from workflow.law.self_check import BLOCKING, items_on


@dataclass(frozen=True, slots=True)
class Line:
    """One thing asked for. `hard`: True refuses, False only warns, None when it is no row of ours.

    `source` is where a bureau's figure comes from, None for what is the same everywhere.
    """

    says: Text
    code: str = ""
    cites: tuple[Citation, ...] = ()
    hard: bool | None = None
    source: Text | None = None


NATIONAL_DEFAULT = Text("全国默认口径", "national default")


def lines_of(guard: str, facts: Facts) -> tuple[Line, ...]:
    """What this guard asks of this combination beyond its title; nothing for most."""
    if guard in BLOCKING:
        return _self_check(guard, facts)
    return _LINES[guard](facts) if guard in _LINES else ()


def _capital(facts: Facts) -> tuple[Line, ...]:
    least = minimum_for(nationwide=facts.nationwide)
    scope = catalogue.label_of("scope", "N" if facts.nationwide else "P")
    return (
        Line(
            Text(
                f"{scope.zh}经营：不低于 {least:,} 元人民币",
                f"{scope.en}: at least RMB {least:,}",
            )
        ),
    )


_PRACTICE: Mapping[str, Callable[[object], Text]] = {
    "insured_staff": lambda n: Text(f"参保人员不少于 {n} 人", f"At least {n} insured people"),
    "insured_months": lambda n: Text(f"近 {n} 个月社保", f"Social insurance of {n} month(s)"),
}


def _staff(facts: Facts) -> tuple[Line, ...]:
    kind = facts.kinds[0]
    lines = []
    for name, says in _PRACTICE.items():
        own = facts.parameters.get((kind, name)) or facts.parameters.get(("", name))
        value = own.value if own else USUAL[name]
        told = Text(own.source, own.source) if own and own.source else None
        source = told or (Text("本局口径", "figure of the bureau") if own else NATIONAL_DEFAULT)
        lines.append(Line(says(value), source=source))
    return tuple(lines)


def _kind_conditions(facts: Facts) -> tuple[Line, ...]:
    """Rows the desk judges, then what it can only tell."""
    judged = [Line(r.name, r.code, r.cites, r.hard) for r in of_kinds(facts.kinds)]
    told = [Line(n.says, n.code, n.cites, n.hard) for n in notes_of(facts.kinds)]
    return (*judged, *told)


def _area(facts: Facts) -> tuple[Line, ...]:
    kind = catalogue.kind(facts.kinds[0])
    if kind.grain != "city" or facts.nationwide:
        return ()
    return (
        Line(
            Text(
                "覆盖范围按城市列明，申请时写明城市",
                "The coverage is stated city by city: name the cities",
            )
        ),
    )


_HOLDERS = {
    "sp": Text("持 SP 许可证", "Holder of an SP license"),
    "sp_nationwide": Text("持跨地区 SP 许可证", "Holder of a nationwide SP license"),
    "anybody": Text(
        "企业、事业单位自用，不需要许可证", "Any enterprise, for its own use: no license"
    ),
    "public_body": Text("党政机关和社会团体", "Party, government and social bodies"),
    "carrier": Text("基础电信企业", "Basic carriers"),
    "operator": Text(
        "持跨地区呼叫中心或多方通信许可证；客户服务号另看行业和分支机构",
        "Holder of a nationwide CC or MPC license; customer service: by industry and branches",
    ),
    "province": Text("省内持证企业或服务企业", "Licensee or service enterprise of the province"),
}


def _ranges(facts: Facts) -> tuple[Line, ...]:
    wanted = facts.case.get("range")
    return tuple(
        Line(
            Text(
                f"{row.code} {row.name.zh}：{_HOLDERS[row.who].zh}",
                f"{row.code} {row.name.en}: {_HOLDERS[row.who].en}",
            ),
            cites=row.cites,
        )
        for row in RANGES
        if wanted in (None, row.code)
    )


def _self_check(code: str, facts: Facts) -> tuple[Line, ...]:
    return tuple(
        Line(Text(f"凭据：{item.evidence.zh}", f"Evidence: {item.evidence.en}"))
        for item in items_on(facts.on)
        if item.code == code
    )


_LINES: Mapping[str, Callable[[Facts], tuple[Line, ...]]] = {
    "G-CAPITAL": _capital,
    "G-STAFF": _staff,
    "G-KINDSPEC": _kind_conditions,
    "G-SCOPE": _area,
    "G-NUM-QUAL": _ranges,
}
