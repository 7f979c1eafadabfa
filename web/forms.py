"""Reading a posted form: every fault is collected, every typed value is kept."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text
from workflow.services.normalize import FormError
from workflow.services.typed import Labels, Typed


class FormRefused(DeskError):
    """Some of the answers cannot be used."""

    code = "INPUT"

    def __init__(self, errors: Iterable[FormError]) -> None:
        self.errors = tuple(errors)
        count = len(self.errors)
        super().__init__(
            Text(
                f"有 {count} 处需要处理",
                "There is a problem: "
                + ("1 item needs" if count == 1 else f"{count} items need")
                + " attention",
            )
        )


class Answers(Typed):
    """The answers of one posted form.

    `check` raises FormRefused with all faults at once; `typed` and `error_of` fill the form again.
    """

    posted: MultiDict[str, str]

    def __init__(self, posted: MultiDict[str, str], labels: Labels | None = None) -> None:
        super().__init__(posted, labels)

    def error_of(self, field: str) -> Text | None:
        """The first fault of a field."""
        return next((error.says for error in self.errors if error.field == field), None)

    def check(self) -> None:
        """Raises FormRefused if anything could not be used."""
        if self.errors:
            raise FormRefused(self.errors)
