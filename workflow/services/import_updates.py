"""Where a row of a file says something else of a license than the register, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services.register_columns import told_columns
from workflow.storage.imports import Stored

_ALWAYS = ("kinds", "coverage", "valid_from", "valid_to")
_WHERE_TOLD = {
    "items": "items", "status": "status", "not_opened": "opened",
    "annual_reports": "annual_reports", "special": "special",
}  # fmt: skip
"""Columns that count only where the row has something in them, and the field each fills."""
_OPENED = Text("已开通的业务", "Kinds in service")
_GROUPS = {"kinds": "kind_short", "opened": "kind_short", "coverage": "coverage",
           "status": "license_status"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Update:
    """What a row changes on a license; `version` is that of the license when it was compared."""

    no: int
    license_id: int
    version: int
    number: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """One field in words."""

    name: Text
    old: Text
    new: Text

    @property
    def said(self) -> Text:
        """The three as one line."""
        return Text(
            f"{self.name.zh}：{self.old.zh} → {self.new.zh}",
            f"{self.name.en}: {self.old.en} → {self.new.en}",
        )


def update_of(
    no: int, told: Mapping[str, Any], columns: Iterable[str], stored: Stored
) -> Update | None:
    """What the row changes, None when nothing. A field the file is silent about stays."""
    names = [*_ALWAYS, *(field for column, field in _WHERE_TOLD.items() if column in columns)]
    new = {name: told[name] for name in names if name in told}
    if set(new["kinds"]) != set(stored.told["kinds"]):
        new |= {n: value for n, value in _following(told, stored).items() if n not in new}
    new = {
        name: value for name, value in new.items() if _plain(value) != _plain(stored.told.get(name))
    }
    if not new:
        return None
    old = {name: stored.told.get(name) for name in new}
    return Update(no, stored.id, stored.version, stored.number, old, new)


def _following(told: Mapping[str, Any], stored: Stored) -> dict[str, Any]:
    """Items and kinds in service as they were, the usual ones for kinds that are new."""
    items, opened = stored.told["items"], stored.told["opened"]
    kinds = told["kinds"]
    return {
        "items": {kind: items.get(kind) or told["items"][kind] for kind in kinds},
        "opened": [kind for kind in kinds if kind in opened or kind not in stored.told["kinds"]],
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The order of a list tells nothing; a list without anything is none at all."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return (sorted(value) or None) if isinstance(value, list) else value


def in_words(update: Update) -> list[Changed]:
    """Each field that changes, as people read it."""
    columns = told_columns()
    return [
        Changed(
            columns[name].name if name in columns else _OPENED,
            _words(name, update.old[name]),
            _words(name, value),
        )
        for name, value in update.new.items()
    ]


def _words(name: str, value: Any) -> Text:  # noqa: ANN401 - any JSON value
    if isinstance(value, Mapping):
        found = [catalogue.label_of("item", code) for codes in value.values() for code in codes]
    elif name in _GROUPS:
        codes = value if isinstance(value, list) else [value]
        found = [catalogue.label_of(_GROUPS[name], code) for code in codes]
    else:
        parts = value if isinstance(value, list) else [value]
        found = [Text(str(part), str(part)) for part in parts if part is not None]
    return Text(
        "、".join(text.zh for text in found) or "—", ", ".join(text.en for text in found) or "—"
    )
