"""Measure judging beside one bare move of the state-machine library, in turn, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from workflow.domain.acting import Moment
from workflow.domain.guard import Finding
from workflow.domain.machine import bare_trigger
from workflow.domain.procedure import State
from workflow.law import catalogue
from workflow.services import judging, measuring
from workflow.services.database import Database
from workflow.storage import reads

ROUNDS = 400


def measure(database: Database, moment: Moment, start: int) -> dict[str, Any]:
    """Medians in microseconds: every guard of a complete case with its materials, one bare move."""
    (number,) = measuring.make_cases(database, 1, moment, start)
    with database.session() as session:
        case = reads.case_by_number(session, number)
        facts = judging.facts_of(session, case, moment.today)
    definition = catalogue.procedure(case.procedure)
    rule = definition.rule("submit", State.MATERIAL_PREP)
    codes = rule.guards if rule else ()

    def judge() -> tuple[Finding, ...]:
        listed = judging.with_needs(definition, facts)
        return judging.findings_of(case, listed, codes)

    move = bare_trigger()
    judged, moved = [], []
    for _ in range(ROUNDS):
        judged.append(_timed(judge))
        moved.append(_timed(move))
    return {
        "guards": len(judge()),
        "materials": len(catalogue.required(definition, facts)),
        "judging_us": round(statistics.median(judged) * 1e6, 1),
        "trigger_us": round(statistics.median(moved) * 1e6, 1),
    }


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
