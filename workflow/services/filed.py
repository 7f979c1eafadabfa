"""What was settled at filing: the verdicts recorded then, read back from the trail."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlmodel import Session

from workflow.domain.guard import Finding
from workflow.law import catalogue
from workflow.services import judging
from workflow.services.step import Step
from workflow.storage.reads import event_body
from workflow.storage.rows import CaseRow

_FILINGS = ("submit", "resubmit")


def findings_at(tx: Session, case_id: int, seq: int) -> tuple[Finding, ...]:
    """Every verdict recorded with one event."""
    body = event_body(tx, case_id, seq)
    records = json.loads(body)["guard_results"] if body else []
    return tuple(Finding.from_record(record) for record in records)


def last_findings(tx: Session, case: CaseRow) -> tuple[Finding, ...]:
    """The verdicts recorded with the newest filing; none for a case never filed."""
    filed = [act.seq for act in case.folded if act.do in _FILINGS]
    return findings_at(tx, case.id, filed[-1]) if filed else ()


def fixed_findings(tx: Session, case: CaseRow) -> dict[str, Finding]:
    """Guards judged once, at the first filing, with the verdict they had then."""
    first = case.pack.get("filed_seq")
    if first is None:
        return {}
    return {
        finding.code: finding
        for finding in findings_at(tx, case.id, first)
        if catalogue.LAW.guards[finding.code].fixed_at_filing
    }


def judged(step: Step) -> Callable[[tuple[str, ...]], tuple[Finding, ...]]:
    """Judges guards for a step, on the facts of its legal day; what was settled stays."""

    def judge(codes: tuple[str, ...]) -> tuple[Finding, ...]:
        if not codes:
            return ()
        facts = judging.facts_of(step.tx, step.case, step.on)
        settled = fixed_findings(step.tx, step.case)
        return judging.findings_of(step.case, facts, codes, settled)

    return judge
