"""A finding in words: its guard's sentence with the values it saw, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflow.domain.procedure import Text
from workflow.law.authorities import AUTHORITIES, COVERAGES
from workflow.law.changes import CHANGE_LABELS
from workflow.law.content import DOCUMENT_LABELS
from workflow.law.fact_labels import (
    BARS,
    COMPANY_STATUSES,
    CONTENT,
    ENTITIES,
    FIELDS,
    INDUSTRIES,
    SCOPES,
)
from workflow.law.kinds import KINDS
from workflow.law.materials import MATERIALS
from workflow.law.number_ranges import USES
from workflow.law.prerequisites import PREREQUISITE_LABELS
from workflow.law.self_check import ITEM_LABELS
from workflow.law.vocabulary import PROCEDURES, Labels

Render = Callable[[Any, str], str]

_MATERIALS: Labels = {
    material.code: Text(
        f"{material.name.zh}（{material.code}）", f"{material.name.en} ({material.code})"
    )
    for material in MATERIALS
}
_KINDS: Labels = {kind.code: kind.name for kind in KINDS}
_NOTHING = "—"


def _word(labels: Labels) -> Render:
    """Render a code by its label; a code nobody knows stands for itself."""

    def render(code: Any, language: str) -> str:  # noqa: ANN401 - a JSON value
        label = labels.get(str(code))
        return label.read(language) if label else str(code)

    return render


def _money(amount: Any, _: str) -> str:  # noqa: ANN401
    return f"{amount:,}"


def _plain(value: Any, _: str) -> str:  # noqa: ANN401
    return str(value)


# By the name of the value, so that a guard only ever keeps codes and numbers.
_RENDERS: Mapping[str, Render] = {
    "missing": _word(_MATERIALS),
    "expired": _word(_MATERIALS),
    "material": _word(_MATERIALS),
    "kinds": _word(_KINDS),
    "coverage": _word(COVERAGES),
    "scope": _word(SCOPES),
    "fields": _word(FIELDS),
    "entity": _word(ENTITIES),
    "status": _word(COMPANY_STATUSES),
    "bar": _word(BARS),
    "content": _word(CONTENT),
    "documents": _word(DOCUMENT_LABELS),
    "conditions": _word(PREREQUISITE_LABELS),
    "changes": _word(CHANGE_LABELS),
    "items": _word(ITEM_LABELS),
    "procedure": _word(PROCEDURES),
    "province": _word(COVERAGES),
    "authority": _word(AUTHORITIES),
    "use": _word(USES),
    "industry": _word(INDUSTRIES),
    "capital": _money,
    "minimum": _money,
}
# Labels that are sentences themselves need a stronger separator.
_CLAUSES = frozenset({"conditions", "items"})


def _rendered(name: str, value: Any, language: str) -> str:  # noqa: ANN401
    render = _RENDERS.get(name, _plain)
    if value is None or value in ((), [], ""):
        return _NOTHING
    if not isinstance(value, (list, tuple)):
        return render(value, language)
    comma, semicolon = (", ", "; ") if language == "en" else ("、", "；")
    return (semicolon if name in _CLAUSES else comma).join(render(one, language) for one in value)


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _NOTHING


def fill(sentence: Text, values: Mapping[str, Any], language: str) -> str:
    """The sentence in `language` with names for codes; a value that is missing reads `—`."""
    words = {name: _rendered(name, value, language) for name, value in values.items()}
    return sentence.read(language).format_map(_Words(words))
