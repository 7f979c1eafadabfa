"""Names of an answer: offices, kinds, items, ranges, and everything that has a code of its own."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module

from workflow.domain.procedure import Text
from workflow.law import guards
from workflow.law.authorities import AUTHORITIES, MIIT, PROVINCES
from workflow.law.changes import BY_CODE as CHANGES
from workflow.law.consequences import CONSEQUENCES
from workflow.law.content import PRIOR_APPROVALS
from workflow.law.fact_labels import CONTENT, INDUSTRIES, SERVICE_CLASSES
from workflow.law.foreign import PROHIBITED_CONTENT
from workflow.law.kinds import BY_CODE, KINDS
from workflow.law.materials import MATERIALS
from workflow.law.number_ranges import BY_CODE as RANGES
from workflow.law.number_ranges import CUSTOMER_SERVICE_INDUSTRIES
from workflow.law.prerequisite_notes import NOTES
from workflow.law.prerequisites import PREREQUISITE_LABELS
from workflow.law.question_datum import Datum, cased, joined, spoken
from workflow.law.self_check import items_on
from workflow.law.vocabulary import TASKS

_MATERIALS = {material.code: material for material in MATERIALS}
_CONSEQUENCES = {row.code: row.says for row in CONSEQUENCES}
_NOTES = {note.code: note.says for note in NOTES}
_GUARDS = {
    guard.code: guard.title
    for found in pkgutil.iter_modules(guards.__path__)
    for guard in getattr(import_module(f"{guards.__name__}.{found.name}"), "GUARDS", ())
}


def _office(code: str) -> Datum | None:
    if code == "all":
        return Datum(
            joined((p.bureau for p in PROVINCES.values()), proper=True), "G-SCOPE", proper=True
        )
    found = AUTHORITIES.get(code)
    text = Text(found.zh, MIIT) if found and code == MIIT else found
    return Datum(text, "G-SCOPE", proper=True) if text else None


def _kind(code: str) -> Datum | None:
    kind = BY_CODE.get(code)
    return Datum(Text(f"{kind.name.zh}", kind.name.en), code) if kind else None


def _class(code: str) -> Datum | None:
    kind = BY_CODE.get(code)
    return Datum(SERVICE_CLASSES[kind.service_class], code) if kind else None


def _catalogue_code(code: str) -> Datum | None:
    kind = BY_CODE.get(code)
    text = Text(kind.catalogue_code, kind.catalogue_code) if kind else None
    return Datum(text, code, proper=True) if text else None


def _item(code: str) -> Datum | None:
    for kind in KINDS:
        for item in kind.items:
            if code in (item.code, f"all-{kind.code}"):
                chosen = [item] if code == item.code else kind.items
                return Datum(joined(one.name for one in chosen), kind.code)
    return None


def _range(code: str) -> Datum | None:
    row = RANGES.get(code)
    if row is None:
        return None
    text = Text(f"{row.code}（{row.name.zh}）", f"{row.code} ({cased(row.name.en, starts=False)})")
    return Datum(text, "G-NUM-QUAL", proper=True)


def _number_code(code: str) -> Datum | None:
    row = RANGES.get(code)
    return Datum(Text(row.code, row.code), "G-NUM-QUAL", proper=True) if row else None


def _industries(_: str) -> Datum:
    named = [name for code, name in INDUSTRIES.items() if code in CUSTOMER_SERVICE_INDUSTRIES]
    return Datum(joined(named), "G-NUM-QUAL")


def _prohibited(_: str) -> Datum:
    return Datum(joined(CONTENT[code] for code in sorted(PROHIBITED_CONTENT)), "G-FOREIGN")


def coded(code: str, part: str, on: date) -> Datum | None:
    """What a rule with a code says: its name, or the `part` of it that is asked for."""
    sort = code.partition("-")[0]
    if sort in _CODED:
        return spoken(_CODED[sort](code, part, on), code)
    return spoken(PREREQUISITE_LABELS.get(code), code) if not part else None


def _guard(code: str, part: str, _: date) -> Text | None:
    return None if part else _GUARDS.get(code)


def _material(code: str, part: str, _: date) -> Text | None:
    material = _MATERIALS.get(code)
    return {"": material.name, "note": material.note}.get(part) if material else None


def _change(code: str, part: str, _: date) -> Text | None:
    change = CHANGES.get(code)
    if change is None:
        return None
    papers = joined(_MATERIALS[paper].name for paper in change.papers)
    return {"": change.name, "papers": papers}.get(part)


def _item_of_check(code: str, part: str, on: date) -> Text | None:
    item = next((item for item in items_on(on) if item.code == code), None)
    parts = {"": item.name, "evidence": item.evidence, "fix": item.fix} if item else {}
    return parts.get(part)


def _task(code: str, part: str, _: date) -> Text | None:
    return None if part else TASKS.get(code)


def _note(code: str, part: str, _: date) -> Text | None:
    return None if part else _NOTES.get(code)


def _consequence(code: str, part: str, _: date) -> Text | None:
    return None if part else _CONSEQUENCES.get(code)


def content_document(content: str, on: date) -> Datum | None:
    """The prior approval that content needs by the text in force, with who gives it."""
    row = next((r for r in PRIOR_APPROVALS if r.content == content and r.holds_on(on)), None)
    if row is None:
        return None
    text = Text(
        f"{row.document.zh}（{row.authority.zh}）", f"{row.document.en} ({row.authority.en})"
    )
    return Datum(text, row.code)


_CODED: Mapping[str, Callable[[str, str, date], Text | None]] = {
    "G": _guard,
    "M": _material,
    "C": _change,
    "RL": _item_of_check,
    "T": _task,
    "N": _note,
    "S": _consequence,
}

NAMES: Mapping[str, Callable[[str], Datum | None]] = {
    "prohibited": _prohibited,
    "office": _office,
    "kind": _kind,
    "class": _class,
    "catalogue": _catalogue_code,
    "item": _item,
    "range": _range,
    "code": _number_code,
    "industries": _industries,
}
