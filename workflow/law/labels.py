"""Every group of codes a page may show, with the table that names them."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.law import fact_labels, vocabulary
from workflow.law.authorities import AUTHORITIES, COVERAGES
from workflow.law.breaks import BREAKS, NOTICES
from workflow.law.changes import CHANGE_LABELS
from workflow.law.clocks import CLOCKS
from workflow.law.content import DOCUMENT_LABELS
from workflow.law.duties import DUTIES
from workflow.law.figures import FIGURE_LABELS
from workflow.law.filer_clocks import ANCHORS
from workflow.law.kinds import KINDS
from workflow.law.materials import MATERIALS
from workflow.law.number_ranges import HOLDERS, RANGE_LABELS, USES
from workflow.law.prerequisite_notes import DECLARED
from workflow.law.prerequisites import PREREQUISITE_LABELS
from workflow.law.self_check import ITEM_LABELS
from workflow.law.term import LIVES, RENEWAL_STANDINGS
from workflow.law.vocabulary import Labels

TABLES: Mapping[str, Labels] = {
    "state": {state.value: text for state, text in vocabulary.STATES.items()},
    "standing": vocabulary.STANDINGS,
    "role": vocabulary.ROLES,
    "actor_kind": vocabulary.ACTOR_KINDS,
    "program": vocabulary.PROGRAMS,
    "turn": vocabulary.TURNS,
    "result": vocabulary.RESULTS,
    "severity": vocabulary.SEVERITIES,
    "confidence": vocabulary.CONFIDENCES,
    "unit": vocabulary.UNITS,
    "ledger": vocabulary.LEDGER,
    "event": vocabulary.EVENTS,
    "report_event": vocabulary.REPORT_EVENTS,
    "task": vocabulary.TASKS,
    "pause_reason": vocabulary.PAUSE_REASONS,
    "license_status": vocabulary.LICENSE_STATUSES,
    "section": vocabulary.SECTIONS,
    "procedure": vocabulary.PROCEDURES,
    "effect": vocabulary.EFFECTS,
    "break": BREAKS,
    "notice": NOTICES,
    "field": fact_labels.FIELDS,
    "case_field": fact_labels.CASE_FIELDS,
    "entity": fact_labels.ENTITIES,
    "company_status": fact_labels.COMPANY_STATUSES,
    "pilot_zone": fact_labels.PILOT_ZONES,
    "bar": fact_labels.BARS,
    "content": fact_labels.CONTENT,
    "activity": fact_labels.ACTIVITIES,
    "industry": fact_labels.INDUSTRIES,
    "scope": fact_labels.SCOPES,
    "grain": fact_labels.GRAINS,
    "service_class": fact_labels.SERVICE_CLASSES,
    "authority": AUTHORITIES,
    "coverage": COVERAGES,
    "condition": PREREQUISITE_LABELS,
    "document": DOCUMENT_LABELS,
    "declared": DECLARED,
    "kind": {kind.code: kind.name for kind in KINDS},
    "kind_short": {kind.code: kind.short for kind in KINDS},
    "item": {item.code: item.name for kind in KINDS for item in kind.items},
    "material": {material.code: material.name for material in MATERIALS},
    "change": CHANGE_LABELS,
    "self_check": ITEM_LABELS,
    "range": RANGE_LABELS,
    "use": USES,
    "range_holder": HOLDERS,
    "branch_action": fact_labels.BRANCH_ACTIONS,
    "figure": FIGURE_LABELS,
    "anchor": ANCHORS,
    "clock": {clock.code: clock.name for clock in CLOCKS},
    "duty": DUTIES,
    "renewal": RENEWAL_STANDINGS,
    "life": LIVES,
}
