"""How a case is named in few words: kinds, coverage, dates and what an act is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

from flask import url_for
from flask_babel import gettext

from web.i18n import language
from workflow.domain.facts import Act
from workflow.domain.guard import Guard
from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law import catalogue
from workflow.services.desk import CaseLine, standing_of

MOST_NAMED = 2
Level = Literal["statute", "guidance", "house", "note"]
_LEVELS: dict[str, Level] = {"H": "statute", "P": "guidance", "house": "house"}


def word(group: str, code: str) -> Text:
    """The word for a code of the law's vocabulary."""
    return catalogue.label_of(group, code)


def kinds_line(kinds: Sequence[str]) -> str:
    """`B25 ICP + B21 EDI`: the catalogue's code and the short name of each kind."""
    named = []
    for code in kinds:
        kind = catalogue.LAW.kinds.get(code)
        number = f"{kind.catalogue_code} " if kind else ""
        named.append(number + word("kind_short", code).read(language()))
    return " + ".join(named)


def coverage_line(coverage: Sequence[str]) -> str:
    """`广东省`, `北京市、天津市等 5 个地区`, `全国`."""
    named = words_line("coverage", coverage[:MOST_NAMED])
    if len(coverage) <= MOST_NAMED:
        return named
    return str(gettext("%(names)s等 %(n)s 个地区", names=named, n=len(coverage)))


def joined(parts: Iterable[str], mark: str = "、") -> str:
    """Parts of a list in one line, with the marks of the language."""
    english = {"、": ", ", "；": "; "}[mark]
    return (english if language() == "en" else mark).join(parts)


def words_line(group: str, codes: Iterable[str]) -> str:
    """Every code by its word, in one line; empty for none."""
    return joined(word(group, code).read(language()) for code in codes)


def item_codes(case: Application) -> list[str]:
    """The service items of every kind applied for."""
    return [item for kind in case.kinds for item in case.items.get(kind, ())]


def standing(line: CaseLine) -> str:
    """The state of a listed case as a handler says it."""
    acts = tuple(Act(seq, do, date.fromisoformat(on), given) for seq, do, on, given in line.acts)
    return standing_of(line.state, acts)


def clock_name(code: str) -> Text:
    """The name of a clock; the reply date the authority sets is no clock of the law."""
    if code == "REPLY-BY":
        return Text("补正截止", "correction due")
    return word("clock", code)


def deadline_name(code: str) -> Text:
    """The short name of what must be done by a deadline: a license's duty, else the clock's."""
    return catalogue.labels("duty").get(code) or clock_name(code)


def clock_basis(code: str) -> str:
    """The laws behind a clock in one line, empty for what no law dates."""
    clock = catalogue.LAW.clocks.get(code)
    return joined((cite.read(language()) for cite in clock.cites), "；") if clock else ""


def deadline_kind(code: str | None) -> str:
    """The mark of a date: what the law says is wide, what the authority set is double."""
    return "authority" if code == "REPLY-BY" else "statutory"


class Application(Protocol):
    """Anything that applies for kinds with their items."""

    @property
    def kinds(self) -> Sequence[str]: ...

    @property
    def items(self) -> Mapping[str, Sequence[str]]: ...


class Basis:
    """One chip of legal basis: its level, the law and article, how sure we are of the wording."""

    def __init__(self, guard: Guard, cite: Citation, *, first: bool) -> None:
        self.level = _level(guard, cite, first=first)
        sure = catalogue.label_of("confidence", cite.confidence.value)
        self.text = Text(
            f"{cite.read('zh')}（{sure.zh}）",
            f"{cite.read('en')} ({sure.en[:1].lower()}{sure.en[1:]})",
        )
        self.address = url_for("law.index", _anchor=guard.code)
        self.quote = cite.quote


def bases_of(guard: Guard) -> list[Basis]:
    """Every legal basis of a guard, the deciding one first."""
    return [Basis(guard, cite, first=n == 0) for n, cite in enumerate(guard.cites)]


def _level(guard: Guard, cite: Citation, *, first: bool) -> Level:
    if first:
        return _LEVELS[catalogue.severity_of(guard)]
    if cite.confidence is Confidence.DESIGN:
        return "house"
    return "guidance" if cite.law.zh.endswith("指南") else "statute"
