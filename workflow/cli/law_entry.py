"""One entry of the law in full, by its code: its words, where it is used, its texts over time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workflow.cli.law_kind import kind_lines, row
from workflow.cli.law_tables import (
    LAW,
    approval_lines,
    clock_line,
    consequence_lines,
    guard_line,
    procedure_lines,
    range_lines,
    rule_lines,
    track_lines,
)
from workflow.cli.law_words import Words
from workflow.law import catalogue
from workflow.law.changes import BY_CODE as CHANGES
from workflow.law.consequences import CONSEQUENCES
from workflow.law.content import PRIOR_APPROVALS
from workflow.law.follow_ups import of_new
from workflow.law.number_ranges import BY_CODE as RANGES
from workflow.law.questions import ENTRIES, answer_of, points_of
from workflow.law.self_check import BLOCKING, ITEMS
from workflow.law.tracks import UNDERTAKING

Lines = Iterator[str]
_VALUE = re.compile(r"\{\w+\}")


def entry(code: str, words: Words) -> list[str]:
    """Everything the law says under this code; an empty list when it says nothing."""
    found = [line for write in _WRITERS for line in write(code, words)]
    return found or [line for write in _WRITERS for line in write(code.upper(), words)]


def _kind(code: str, words: Words) -> Lines:
    kind = LAW.kinds.get(code)
    if kind is not None:
        yield from kind_lines(kind, words)


def _item(code: str, words: Words) -> Lines:
    for kind in LAW.kinds.values():
        for item in kind.items:
            if item.code == code:
                yield f"  {code}  {words.read(item.name)} ({kind.code} {words.read(kind.name)})"
                yield from words.basis(kind.cites)


def _procedure(code: str, words: Words) -> Lines:
    found = LAW.procedures.get(code)
    if found and (words.on is None or found.in_force <= words.on):
        yield from procedure_lines(found, words)


def _trigger(code: str, words: Words) -> Lines:
    for procedure in LAW.procedures.values():
        for rule in procedure.rules:
            if rule.trigger == code:
                yield f"{words.read(procedure.name)} ({procedure.code})"
                yield from rule_lines(rule, words)


def _guard(code: str, words: Words) -> Lines:
    guard = LAW.guards.get(code)
    if guard is None:
        return
    used = [p.code for p in LAW.procedures.values() if any(code in r.guards for r in p.rules)]
    for text in words.in_force(guard.texts):
        yield guard_line(text, words)
        for key, sentence in text.says.items():
            if key != "broken":
                yield f"    - {_VALUE.sub('…', words.read(sentence))}"
        yield row(words("改正", "Mended by"), words.read(text.fix))
        yield from words.basis(text.cites)
    yield row(words("用于", "Judged in"), words.coded("procedure", used))


def _material(code: str, words: Words) -> Lines:
    material = LAW.materials.get(code)
    if material is None:
        return
    yield f"  {code}  {words.read(material.name)}"
    yield row(words("内容", "Content"), words.read(material.note))
    for procedure in LAW.procedures.values():
        for need in procedure.needs:
            if code in (need.code, *need.alternatives):
                why = words.read(need.why) if need.why else words("必备", "always")
                yield row(words.read(procedure.name), why)
                for enclosure in need.encloses:
                    yield f"      + {words.read(enclosure.says)}"
    yield from words.basis(material.cites)


def _clock(code: str, words: Words) -> Lines:
    clock = LAW.clocks.get(code)
    if clock is None:
        return
    yield clock_line(clock, words)
    if clock.starts:
        yield row(words("起算", "Runs from"), words.listed("event", clock.starts))
    if clock.anchor:
        yield row(words("依事实", "Counted from a fact"), words.label("anchor", clock.anchor))
    if clock.ends:
        yield row(words("终止", "Ended by"), words.listed("event", clock.ends))
    if clock.silence:
        yield row(words("逾期", "Silence"), words.read(clock.silence))
    used = [p.code for p in LAW.procedures.values() if code in p.clocks]
    yield row(words("用于", "Runs in"), words.coded("procedure", used))
    yield from words.basis(clock.cites)


def _self_check(code: str, words: Words) -> Lines:
    for item in words.in_force(item for item in ITEMS if item.code == code):
        yield f"  {code}  {words.read(item.name)}{words.days(item)}"
        yield row(words("证据", "Evidence"), words.read(item.evidence))
        yield row(words("为红时", "When red"), words.read(item.fix))
        if code in BLOCKING:
            yield row(words("提交", "Filing"), words("为红不得提交", "refused while it is red"))
        yield from words.basis(item.cites)


def _change(code: str, words: Words) -> Lines:
    found = CHANGES.get(code)
    if found is None:
        return
    yield f"  {code}  {words.read(found.name)}"
    yield row(words("条件", "Conditions"), words.coded("guard", found.guards))
    yield row(words("材料", "Materials"), words.coded("material", found.papers))
    if found.after:
        clock = {"registry": "K-CHG-REG", "decision": "K-CHG-DEC"}[found.after]
        yield clock_line(LAW.clocks[clock], words)
    if found.ahead:
        yield clock_line(LAW.clocks[f"K-ADV{found.ahead}"], words)
    if found.review:
        yield clock_line(LAW.clocks[found.review], words)
    yield row(words("写入许可证", "Written on the license"), words.listed("field", found.writes))
    yield from words.basis(found.cites)


def _range(code: str, words: Words) -> Lines:
    found = RANGES.get(code)
    if found is not None:
        yield from range_lines(found, words)


def _approval(code: str, words: Words) -> Lines:
    for text in words.in_force(text for text in PRIOR_APPROVALS if text.code == code):
        yield from approval_lines(text, words)


def _track(code: str, words: Words) -> Lines:
    if code == UNDERTAKING.code:
        yield from track_lines(UNDERTAKING, words)


def _consequence(code: str, words: Words) -> Lines:
    for found in CONSEQUENCES:
        if found.code == code:
            yield from consequence_lines(found, words)
            yield row(words("用于", "In"), words.coded("procedure", sorted(found.procedures)))


def _task(code: str, words: Words) -> Lines:
    found = catalogue.labels("task").get(code)
    if found is None:
        return
    kinds = [kind.code for kind in LAW.kinds.values() if code in of_new([kind.code])]
    yield f"  {code}  {words.read(found)}"
    yield row(words("取证后的种类", "After a license for"), words.coded("kind", kinds))


def _question(code: str, words: Words) -> Lines:
    for question in ENTRIES:
        if code == f"Q{question.number}":
            yield f"  {code}  {words.read(question.headline)}"
            yield f"    {words.read(answer_of(question, words.day))}"
            for point in points_of(question, words.day):
                yield f"    - {words.read(point)}"
            yield from words.basis(question.cites)
            for ref in question.refs:
                group = next((g for g in _REFERRED if ref in catalogue.labels(g)), "")
                yield row(ref, words.label(group, ref) if group else "")


_REFERRED = ("guard", "material", "clock", "kind", "procedure", "change", "self_check", "task")
_WRITERS: tuple[Callable[[str, Words], Lines], ...] = (
    _kind,
    _item,
    _procedure,
    _trigger,
    _guard,
    _material,
    _clock,
    _self_check,
    _change,
    _range,
    _approval,
    _track,
    _consequence,
    _task,
    _question,
)
