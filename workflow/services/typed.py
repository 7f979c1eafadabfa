"""Answers as people typed them: each read as the value it means, every fault collected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.services import normalize
from workflow.services.normalize import LONG_LIMIT, NAME_LIMIT, FormError

Value = TypeVar("Value")
Labels = Mapping[str, Text]


class Posted(Protocol):
    """What was typed, by field; a field may have several values."""

    def get(self, field: str, otherwise: str, /) -> str: ...
    def getlist(self, field: str, /) -> list[str]: ...


class Typed:
    """The answers of one form, or of one row of a file.

    Each reading method gives the value, or None when the field was left empty or cannot be used;
    the faults are in `errors`.
    """

    def __init__(self, posted: Posted, labels: Labels | None = None) -> None:
        self.posted, self.labels = posted, labels or {}
        self.errors: list[FormError] = []

    def typed(self, field: str, otherwise: str = "") -> str:
        """What stands in the field, unchanged."""
        return self.posted.get(field, otherwise)

    def all_typed(self, field: str) -> list[str]:
        """Every value of a field that may have several."""
        return self.posted.getlist(field)

    def line(self, field: str, *, required: bool = True, limit: int = NAME_LIMIT) -> str | None:
        return self._read(field, lambda t, f: normalize.words(t, f, limit=limit), required)

    def long(self, field: str, *, required: bool = True, limit: int = LONG_LIMIT) -> str | None:
        return self._read(field, lambda t, f: normalize.paragraphs(t, f, limit=limit), required)

    def number(self, field: str, *, required: bool = True) -> int | None:
        return self._read(field, normalize.whole_number, required)

    def yuan(self, field: str, *, required: bool = True) -> int | None:
        return self._read(field, normalize.yuan, required)

    def percent(self, field: str, *, required: bool = True) -> int | None:
        return self._read(field, normalize.percent, required)

    def day(self, field: str, *, required: bool = True) -> date | None:
        return self._read(field, normalize.calendar_day, required)

    def credit_code(self, field: str, *, required: bool = True) -> str | None:
        return self._read(field, normalize.credit_code, required)

    def register_number(self, field: str, *, required: bool = True) -> str | None:
        return self._read(field, normalize.register_number, required)

    def choice(self, field: str, offered: Iterable[str], *, required: bool = True) -> str | None:
        """One of the offered values; anything else was not on our page."""
        chosen = self.typed(field)
        if not chosen:
            self._missing(field, required)
            return None
        if chosen not in offered:
            self.refuse(field, Text("请从列表中选择", "Choose one from the list"))
            return None
        return chosen

    def choices(
        self, field: str, offered: Iterable[str], *, required: bool = True
    ) -> tuple[str, ...]:
        """Any of the offered values, in the order they are offered."""
        chosen, possible = set(self.all_typed(field)), tuple(offered)
        if required and not chosen:
            self._missing(field, required)
        if chosen - set(possible):
            self.refuse(field, Text("请从列表中选择", "Choose from the list"))
        return tuple(value for value in possible if value in chosen)

    def ticked(self, field: str) -> bool:
        return bool(self.typed(field))

    def refuse(self, field: str, says: Text) -> None:
        """Note a fault found by the view itself."""
        self.errors.append(FormError(field, says))

    def _read(self, field: str, read: Callable[[str, str], Value], required: bool) -> Value | None:
        try:
            if not normalize.paragraphs(self.typed(field), field):
                self._missing(field, required)
                return None
            return read(self.typed(field), field)
        except FormError as error:
            self.errors.append(error)
            return None

    def _missing(self, field: str, required: bool) -> None:
        if required:
            label = self.labels.get(field, Text("这一项", "this field"))
            self.refuse(field, Text(f"请填写{label.zh}", f"Enter {_lower(label.en)}"))

    def take(self, error: BadInput) -> None:
        """Note a fault found by a service, at the field it names."""
        self.refuse(error.field, error.says)


def _lower(label: str) -> str:
    """`Reply date` inside a sentence is `reply date`; `MIIT` stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
