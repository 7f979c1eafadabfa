"""The conditions of an event as they were judged then, in the words of the rules then in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext

from web.case_words import Basis, bases_of
from web.i18n import language
from workflow.domain.guard import Finding, Guard
from workflow.domain.procedure import Text
from workflow.law import catalogue

LOOKS = {
    "pass": ("tick", "ok"),
    "warn": ("warning", "warn"),
    "fail": ("cross", "danger"),
    "unknown": ("question", "warn"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One condition as it was judged. `term`: since and until when its text was in force."""

    code: str
    picture: str
    tone: str
    word: Text
    sentence: str
    waived_by: str | None
    title: Text
    term: str
    bases: list[Basis]
    address: str | None


def judged(records: Iterable[Mapping[str, Any]], on: date) -> list[Judged]:
    """The findings of one event, those that refuse first; `on` is the day whose rules applied."""
    found = [Finding.from_record(record) for record in records]
    found.sort(key=lambda finding: (not finding.refuses, finding.result == "pass"))
    return [_judged(finding, on) for finding in found]


def _judged(finding: Finding, on: date) -> Judged:
    known = catalogue.LAW.guards.get(finding.code)
    text = known.text_on(on) if known else None
    return Judged(
        finding.code,
        *LOOKS[finding.result.value],
        catalogue.label_of("result", finding.result.value),
        catalogue.sentence(finding, language(), on),
        finding.waived_by,
        text.title if text else Text(finding.code, finding.code),
        _term(text) if text else "",
        bases_of(text) if text else [],
        url_for("law.rule", code=finding.code, on=on.isoformat()) if known else None,
    )


def _term(text: Guard) -> str:
    """Nothing for a text that has always stood in our rules and still does."""
    if text.until:
        return str(gettext("%(first)s 至 %(last)s 施行", first=text.since, last=text.until))
    return str(gettext("%(day)s 起施行", day=text.since)) if text.since > date(1900, 1, 1) else ""
