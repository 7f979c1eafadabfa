"""How a case is named in few words: kinds, coverage, dates and what an act is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from flask import url_for
from flask_babel import gettext

from web.i18n import language
from workflow.domain.facts import Act
from workflow.domain.guard import Guard
from workflow.domain.own_dates import PROMISE, REPLY_BY, TARGET, kind_of
from workflow.domain.procedure import Citation, Confidence, LicenseKind, Text
from workflow.law import catalogue
from workflow.services.desk import CaseLine, standing_of

MOST_NAMED = 2
Level = Literal["statute", "guidance", "house", "note"]
_SET_BY_HAND = {
    REPLY_BY: Text("补正截止", "correction due"),
    TARGET: Text("本案目标", "set for this case"),
    PROMISE: Text("答应客户的日期", "told to the client"),
}
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


def kind_words(kind: LicenseKind) -> Text:
    """Its short and its full name, or the full one alone when the short one is part of it."""
    zh = kind.name.zh if kind.short.zh in kind.name.zh else f"{kind.short.zh} {kind.name.zh}"
    en, short = kind.name.en, kind.short.en
    return Text(zh, en if short.lower() in en.lower() else f"{short} {en}")


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


def standing(line: CaseLine) -> str:
    """The state of a listed case as a handler says it."""
    acts = tuple(Act(seq, do, date.fromisoformat(on), given) for seq, do, on, given in line.acts)
    report = catalogue.is_report(line.procedure, {})
    return standing_of(line.state, acts, turn=line.turn, report=report)


def clock_name(code: str) -> Text:
    """The name of a clock; what the authority or we set ourselves is no clock of the law."""
    return _SET_BY_HAND.get(code) or word("clock", code)


def deadline_name(code: str) -> Text:
    """The short name of what must be done by a deadline: a license's duty, else the clock's."""
    return catalogue.labels("duty").get(code) or clock_name(code)


def clock_basis(code: str) -> str:
    """The laws behind a clock in one line, empty for what no law dates."""
    clock = catalogue.LAW.clocks.get(code)
    return joined((cite.read(language()) for cite in clock.cites), "；") if clock else ""


def deadline_kind(code: str | None) -> str:
    """The mark of a date: by law wide, by the authority double, our own narrow."""
    return kind_of(code)


class Basis:
    """One chip of legal basis: its level, the law and article, how sure we are of the wording."""

    def __init__(self, level: Level, cite: Citation, address: str | None = None) -> None:
        self.level = level
        sure = catalogue.label_of("confidence", cite.confidence.value)
        self.text = Text(
            f"{cite.read('zh')}（{sure.zh}）",
            f"{cite.read('en')} ({sure.en[:1].lower()}{sure.en[1:]})",
        )
        self.address = address
        self.quote = cite.quote


def bases_of(guard: Guard) -> list[Basis]:
    """Every legal basis of a guard, the deciding one first."""
    address = url_for("law.rule", code=guard.code)
    return [
        Basis(level_of(cite) if n else _LEVELS[catalogue.severity_of(guard)], cite, address)
        for n, cite in enumerate(guard.cites)
    ]


def cited(cites: Iterable[Citation]) -> list[Basis]:
    """The legal basis of a sentence that is no guard."""
    return [Basis(level_of(cite), cite) for cite in cites]


def level_of(cite: Citation) -> Level:
    """What sort of source it is: our own rule, practice, a guide, or else the law."""
    if cite.confidence is Confidence.DESIGN:
        return "house"
    if cite.law == catalogue.PRACTICE:
        return "note"
    return "guidance" if cite.law.zh.endswith("指南") else "statute"
