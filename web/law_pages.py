"""The rule library: acts, conditions, materials, clocks and kinds, each with its basis."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template

from web.access import EVERYBODY, needs
from workflow.domain.procedure import Citation, Confidence
from workflow.law import catalogue

pages = Blueprint("law", __name__)
CONFIDENCE_TONES = {"text": "ok", "secondary": "neut", "knowledge": "warn", "design": "brand"}


@pages.get("/law")
@needs(*EVERYBODY)
def index() -> str:
    """Everything the desk judges by, as it is loaded."""
    return render_template(
        "law/index.html",
        law=catalogue.LAW,
        version=catalogue.VERSION,
        label=catalogue.label_of,
        planned=_planned(),
        severity_of=catalogue.severity_of,
        tones=CONFIDENCE_TONES,
        sure=_confidences(),
    )


def _planned() -> dict[str, list[str]]:
    """Procedures and kinds that are named but not built."""
    return {
        group: [code for code in catalogue.labels(group) if code not in built]
        for group, built in (
            ("procedure", catalogue.LAW.procedures),
            ("kind", catalogue.LAW.kinds),
        )
    }


def _cites() -> list[Citation]:
    law = catalogue.LAW
    return [
        *(cite for p in law.procedures.values() for rule in p.rules for cite in rule.cites),
        *(cite for guard in law.guards.values() for cite in guard.cites),
        *(cite for material in law.materials.values() for cite in material.cites),
        *(cite for clock in law.clocks.values() for cite in clock.cites),
    ]


def _confidences() -> list[tuple[str, int]]:
    """How many citations stand on what, the surest first."""
    counted = Counter(cite.confidence for cite in _cites())
    return [(confidence.value, counted[confidence]) for confidence in Confidence]
