"""The whole law as text: kinds, procedures with what belongs to them, and the tables beside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from workflow.cli import law_beside
from workflow.cli.law_kind import kind_lines
from workflow.cli.law_words import Words
from workflow.domain.guard import Guard
from workflow.domain.procedure import Procedure, Rule
from workflow.domain.time_limit import Clock
from workflow.law import catalogue
from workflow.law.changes import CHANGES
from workflow.law.consequences import CONSEQUENCES, Consequence
from workflow.law.content import PRIOR_APPROVALS, PriorApproval
from workflow.law.number_ranges import RANGES, Range
from workflow.law.questions import ENTRIES, answer_of
from workflow.law.self_check import BLOCKING, ITEMS
from workflow.law.tracks import UNDERTAKING, Track

LAW = catalogue.LAW


def everything(words: Words) -> Iterator[str]:
    """Every rule with its basis, confidence and severity."""
    yield from _section(words("业务种类", "License kinds"), _kinds(words))
    for procedure in LAW.procedures.values():
        if words.on is None or procedure.in_force <= words.on:
            yield from procedure_lines(procedure, words)
    yield from _section(words("变更事项", "Changes"), _changes(words))
    yield from _section(words("回头看自查", "Look-back self-check"), _items(words))
    yield from _section(words("前置审批", "Prior approvals"), _approvals(words))
    yield from _section(words("号段", "Numbering ranges"), _ranges(words))
    yield from _section(words("后果", "Consequences"), _consequences(words))
    yield from _section(words("后续事项", "Follow-up tasks"), _tasks(words))
    yield from _section(words("办理方式", "Tracks"), track_lines(UNDERTAKING, words))
    yield from _section(words("外资上限", "Foreign capital"), law_beside.caps(words))
    yield from _section(words("案件相遇", "Cases that meet"), law_beside.matrix(words))
    yield from _section(words("格式", "Formats"), law_beside.formats(words))
    yield from _section(words("主管部门", "Bureaus"), law_beside.bureaus(words))
    yield from _section(words("数额和各局口径", "Figures"), law_beside.figures(words))
    yield from _section(words("问题", "Questions"), _questions(words))


def procedure_lines(procedure: Procedure, words: Words) -> Iterator[str]:
    """One procedure: its acts, and the conditions, materials and clocks it has."""
    yield f"== {words.read(procedure.name)} ({procedure.code}) =="
    yield from words.basis(procedure.cites)
    yield _heading(words("办理步骤", "Acts"))
    for rule in procedure.rules:
        yield from rule_lines(rule, words)
    yield _heading(words("提交时核对的条件", "Conditions judged at filing"))
    for code in dict.fromkeys(code for rule in procedure.rules for code in rule.guards):
        for guard in words.newest(LAW.guards[code].texts):
            yield guard_line(guard, words)
            yield from words.basis(guard.cites)
    yield _heading(words("材料", "Materials"))
    for need in procedure.needs:
        material = LAW.materials[need.code]
        only = f" — {words.read(need.why)}" if need.why else ""
        instead = f" / {', '.join(need.alternatives)}" if need.alternatives else ""
        yield f"  {need.code}{instead}  {words.read(material.name)}{only}"
        for enclosure in need.encloses:
            yield f"      + {words.read(enclosure.says)}"
        yield from words.basis(material.cites)
    yield _heading(words("期限", "Clocks"))
    for code in procedure.clocks:
        yield clock_line(LAW.clocks[code], words)
        yield from words.basis(LAW.clocks[code].cites)
    yield ""


def rule_lines(rule: Rule, words: Words) -> Iterator[str]:
    """One act: from which states to which, who may do it, on what basis."""
    source = words.listed("state", (state.value for state in rule.source))
    target = f" → {words.label('state', rule.target.value)}" if rule.target else ""
    roles = words.listed("role", sorted(rule.by))
    yield f"  {rule.trigger}  {words.read(rule.label)}: {source}{target} ({roles})"
    yield from words.basis(rule.cites)


def guard_line(guard: Guard, words: Words) -> str:
    """A condition with its standing: what it rests on, and whether it may be waived."""
    standing = words.label("severity", catalogue.severity_of(guard))
    if guard.may_be_waived:
        standing += words(", 可豁免", ", may be waived")
    return f"  {guard.code}  {words.read(guard.title)} [{standing}]{words.days(guard)}"


def clock_line(clock: Clock, words: Words) -> str:
    """A time limit with its length."""
    length = f"{clock.length} " if clock.length else ""
    unit = words.label("unit", clock.unit.value)
    return f"  {clock.code}  {words.read(clock.name)}: {length}{unit}"


def approval_lines(row: PriorApproval, words: Words) -> Iterator[str]:
    """A document that content needs from another authority, while that text holds."""
    doubt = words("，", ", ") + words.read(row.doubt) if row.doubt else ""
    document, content = words.label("document", row.code), words.label("content", row.content)
    yield f"  {row.code}  {content}: {document}{doubt}{words.days(row)}"
    yield from words.basis(row.cites)


def range_lines(row: Range, words: Words) -> Iterator[str]:
    """A numbering range with what its codes are for."""
    yield f"  {row.code}  {words.read(row.name)} ({words.listed('use', row.uses)})"
    yield from words.basis(row.cites)


def consequence_lines(row: Consequence, words: Words) -> Iterator[str]:
    """What follows from breaking a rule."""
    yield f"  {row.code}  {words.read(row.says)}"
    yield from words.basis(row.cites)


def track_lines(track: Track, words: Words) -> Iterator[str]:
    """A way through a procedure with its conditions."""
    yield f"  {track.code}  {words.read(track.name)}: {words.read(track.note)}"
    for condition in track.conditions:
        yield f"    - {words.read(condition.says)}"
    yield from words.basis(track.cites)


def _heading(text: str) -> str:
    return f"\n{text}"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"== {title} =="
    yield from lines
    yield ""


def _kinds(words: Words) -> Iterator[str]:
    for kind in LAW.kinds.values():
        yield from kind_lines(kind, words)


def _changes(words: Words) -> Iterator[str]:
    for row in CHANGES:
        yield f"  {row.code}  {words.read(row.name)}"
        yield f"    {words.coded('guard', row.guards)}"
        yield f"    {words.coded('material', row.papers)}"
        yield from words.basis(row.cites)


def _items(words: Words) -> Iterator[str]:
    for code, texts in groupby(ITEMS, key=lambda item: item.code):
        for item in words.newest(texts):
            blocks = words("，为红不得提交", ", red refuses the filing") if code in BLOCKING else ""
            yield f"  {code}  {words.read(item.name)}{blocks}{words.days(item)}"
            yield from words.basis(item.cites)


def _approvals(words: Words) -> Iterator[str]:
    for row in words.in_force(PRIOR_APPROVALS):
        yield from approval_lines(row, words)


def _ranges(words: Words) -> Iterator[str]:
    for row in RANGES:
        yield from range_lines(row, words)


def _consequences(words: Words) -> Iterator[str]:
    for row in CONSEQUENCES:
        yield from consequence_lines(row, words)


def _tasks(words: Words) -> Iterator[str]:
    for code, text in catalogue.labels("task").items():
        yield f"  {code}  {words.read(text)}"


def _questions(words: Words) -> Iterator[str]:
    for question in ENTRIES:
        yield f"  Q{question.number}  {words.read(question.headline)}"
        yield f"    {words.read(answer_of(question, words.day))}"
        behind = ", ".join(question.refs) or words("没有规则", "no rule exists")
        yield f"    → {behind}"
