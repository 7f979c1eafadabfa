"""The draft of a letter that asks a silent authority how a case stands: neutral, only known facts.

The letter is Chinese whatever the language of the page: it goes to a Chinese authority.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflow.law import catalogue
from workflow.services.silences import Passed, Silence

_RECEIPTS = ("submit", "resubmit")


@dataclass(frozen=True, slots=True)
class Letter:
    """Heading, whom it addresses, paragraphs, who signs, the day."""

    heading: str
    to: str
    paragraphs: tuple[str, ...]
    sender: str
    day: str


def draft(silence: Silence, today: date) -> Letter:
    """The letter about everything that passed."""
    case = silence.case
    procedure = catalogue.label_of("procedure", case.procedure).zh
    return Letter(
        heading=f"关于{silence.company}{procedure}申请办理进展的函",
        to=f"{catalogue.label_of('authority', case.authority).zh}：",
        paragraphs=tuple(_paragraphs(silence, procedure, today)),
        sender=silence.company,
        day=_written(today),
    )


def _paragraphs(silence: Silence, procedure: str, today: date) -> Iterator[str]:
    yield _filed(silence, procedure)
    for passed in silence.passed:
        yield _limit(passed, today)
        if passed.says and passed.counts_from:
            yield (
                f"依照{_basis(passed)}，{passed.says.zh}。"
                f"据此，我司理解该事项自 {_written(passed.counts_from)}起产生上述效果。"
            )
    yield "恳请贵单位告知目前的办理进展；如需补充说明或材料，我司将及时配合。"


def _filed(silence: Silence, procedure: str) -> str:
    case = silence.case
    receipts = [act for act in case.folded if act.do in _RECEIPTS]
    kinds = "、".join(catalogue.label_of("kind", kind).zh for kind in case.kinds)
    about = f"（业务种类：{kinds}）" if kinds else ""
    number = receipts[-1].given.get("receipt") if receipts else None
    told = f"，回执编号 {number}" if number else ""
    first = _written(receipts[0].on) if receipts else ""
    again = f"，并于 {_written(receipts[-1].on)}提交补正材料" if len(receipts) > 1 else ""
    return f"我司于 {first}向贵单位提交{procedure}申请{about}{again}{told}。"


def _limit(passed: Passed, today: date) -> str:
    reading = passed.reading
    clock, unit = reading.clock, catalogue.label_of("unit", reading.clock.unit.value).zh
    length = (
        f"为 {clock.length} 个{unit}，自 {_written(reading.started_on)}的次日起算"
        if (clock.length)
        else ""
    )
    pauses = "".join(
        f"；{_written(pause.first)}至 {_written(pause.last)}"
        f"因{catalogue.label_of('pause_reason', pause.reason).zh}不计入"
        for pause in reading.pauses
        if pause.last
    )
    return (
        f"依照{_basis(passed)}，“{clock.name.zh}”的期限{length}{pauses}，"
        f"至 {_written(reading.due)}届满。截至 {_written(today)}，"
        "我司尚未收到贵单位就此作出的通知或决定。"
    )


def _basis(passed: Passed) -> str:
    cite = passed.reading.clock.cites[0]
    return f"《{cite.law.zh}》{cite.article.zh}"


def _written(day: date | None) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else ""
