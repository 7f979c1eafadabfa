"""What a handler can do after reading an answer: typed rows, each leading to one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from workflow.domain.procedure import Text
from workflow.law.authorities import COVERAGES, NATIONAL
from workflow.law.fact_labels import ACTIVITIES
from workflow.law.kinds import BY_CODE
from workflow.law.vocabulary import PROCEDURES

Place = Literal["finder", "eligibility", "guide", "case", "cases", "licenses", "companies", "rule"]

_PLACES: Mapping[Place, Text] = {
    "finder": Text("按实际业务选种类", "Find the kind for this business"),
    "eligibility": Text("看够不够条件", "Check eligibility"),
    "guide": Text("办事指南", "Guide"),
    "case": Text("新建案件", "Open a case"),
    "cases": Text("查看本台案件", "See the desk's cases"),
    "licenses": Text("打开许可证台账", "Open the license register"),
    "companies": Text("打开企业档案", "Open the company files"),
    "rule": Text("查看规则", "Read the rule"),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One button: the page it opens and what that page is told."""

    place: Place
    procedure: str = ""
    kinds: tuple[str, ...] = ()
    area: str = ""
    activities: tuple[str, ...] = ()
    rule: str = ""

    @property
    def label(self) -> Text:
        """The place, then what it is about."""
        place = _PLACES[self.place]
        about = [Text(self.rule, self.rule)] if self.rule else []
        if self.procedure:
            about.append(PROCEDURES[self.procedure])
        about += [BY_CODE[kind].short for kind in self.kinds]
        if self.area:
            about.append(COVERAGES[self.area])
        if not about:
            return place
        zh, en = (" · ".join(text.read(language) for text in about) for language in ("zh", "en"))
        return Text(f"{place.zh}：{zh}", f"{place.en}: {en}")


def finder(*activities: str) -> NextStep:
    return NextStep("finder", activities=activities)


def eligibility(*kinds: str, area: str = "") -> NextStep:
    return NextStep("eligibility", kinds=kinds, area=area)


def guide(procedure: str, kind: str = "", area: str = "") -> NextStep:
    """A guide is to one kind in one area: the whole country where nobody named a place."""
    everywhere = NATIONAL if kind in BY_CODE and "N" in BY_CODE[kind].scopes else ""
    kinds = (kind,) if kind else ()
    return NextStep("guide", procedure=procedure, kinds=kinds, area=area or everywhere)


def case(procedure: str, *kinds: str, area: str = "") -> NextStep:
    return NextStep("case", procedure=procedure, kinds=kinds, area=area)


def cases(procedure: str, *kinds: str, area: str = "") -> NextStep:
    return NextStep("cases", procedure=procedure, kinds=kinds, area=area)


def rule(code: str) -> NextStep:
    return NextStep("rule", rule=code)


LICENSES = NextStep("licenses")
COMPANIES = NextStep("companies")


def defects(place: str, step: NextStep, codes: frozenset[str]) -> Iterator[str]:
    """Targets of a button that do not exist; `codes` are those a rule page is found under."""
    if step.place not in _PLACES:
        yield f"{place}: no such page {step.place}"
    named = (
        ("procedure", (step.procedure,), PROCEDURES),
        ("kind", step.kinds, BY_CODE),
        ("area", (step.area,), COVERAGES),
        ("activity", step.activities, ACTIVITIES),
        ("rule", (step.rule,), codes),
    )
    for what, values, known in named:
        for value in values:
            if value and value not in known:
                yield f"{place}: a button for an unknown {what} {value}"
