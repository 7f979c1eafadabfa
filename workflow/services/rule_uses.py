"""Where a rule is used: procedures, sorts of change, tasks after a decision, questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflow.domain.procedure import Procedure, Text
from workflow.law import catalogue
from workflow.law.authorities import NATIONAL
from workflow.law.changes import CHANGES
from workflow.law.consequences import CONSEQUENCES
from workflow.law.filing_notes import FILING_NOTES
from workflow.law.question_basis import codes_behind
from workflow.law.questions import ENTRIES, Question
from workflow.law.self_check import CODES
from workflow.services.guide import tasks_after
from workflow.services.guide_facts import Combination


@dataclass(frozen=True, slots=True)
class Use:
    """One place a rule is used in; with `code` it is another rule, else a procedure."""

    procedure: str
    how: Text
    code: str = ""


_JUDGED = Text("提交时判定", "Judged at filing")
_AGAIN = Text("补正后再次提交时判定", "Judged when a correction is filed")
_EVERY = Text("每件都要", "Every case")
_CLOCK = Text("期限", "Time limit")
_ROW = Text("变更事项", "What is changed")
_TASK = Text("办成之后的事项", "To do after the decision")
_LOOK_BACK = Text("续期自查", "Look-back self-check")
_TOLD = Text("办事指南", "Guide")


def uses_of(code: str, on: date) -> tuple[Use, ...]:
    """Every use of a rule, procedures in the law's order, then sorts of change."""
    loaded = catalogue.LAW.procedures
    order = [loaded[name] for name in catalogue.labels("procedure") if name in loaded]
    found = [use for procedure in order for use in _in(procedure, code, on)]
    rows = (row for row in CHANGES if code in (*row.guards, *row.papers, row.review))
    found.extend(Use("change", row.name, row.code) for row in rows)
    return tuple(dict.fromkeys(found))


def questions_on(code: str, day: date) -> tuple[Question, ...]:
    """The questions whose answer stands on this rule, or carries a figure or a name of it."""
    return tuple(question for question in ENTRIES if code in codes_behind(question, day))


def _in(procedure: Procedure, code: str, on: date) -> Iterator[Use]:
    first, again = (
        {g for rule in procedure.rules if rule.trigger == act for g in rule.guards}
        for act in ("submit", "resubmit")
    )
    if code in first | again:
        yield Use(procedure.code, _JUDGED if code in first else _AGAIN)
    for need in procedure.needs:
        if need.code == code:
            yield Use(procedure.code, need.why or _EVERY)
        if code in need.alternatives:
            name = catalogue.material_name(need.code)
            yield Use(procedure.code, Text(f"可代替{name.zh}", f"In place of: {name.en}"))
    if code in procedure.clocks:
        yield Use(procedure.code, _CLOCK)
    if procedure.code == "change" and code in catalogue.labels("change"):
        yield Use(procedure.code, _ROW)
    if procedure.code == "renewal" and code in CODES:
        yield Use(procedure.code, _LOOK_BACK)
    if code in catalogue.labels("task") and code in _tasks(procedure, on):
        yield Use(procedure.code, _TASK)
    yield from _told(procedure, code)


def _told(procedure: Procedure, code: str) -> Iterator[Use]:
    """Lines of the guide that no case is judged by."""
    filing = {n.code for n in FILING_NOTES if not n.procedures or procedure.code in n.procedures}
    after = {row.code for row in CONSEQUENCES if procedure.code in row.procedures}
    if code in filing | after:
        yield Use(procedure.code, _TOLD)


def _tasks(procedure: Procedure, on: date) -> frozenset[str]:
    """What its decision can leave to do, whatever the kind."""
    asked = (Combination(procedure.code, kind, NATIONAL) for kind in procedure.kinds)
    return frozenset(task for one in asked for task in tasks_after(one, on))
