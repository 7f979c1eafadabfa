"""How a row of the law is written in a terminal: one language, the texts of one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from workflow.domain.procedure import Citation, Text
from workflow.law import catalogue

ALWAYS = date(1900, 1, 1)


class Timed(Protocol):
    """A text of a rule with the days it is in force."""

    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


T = TypeVar("T", bound=Timed)


@dataclass(frozen=True, slots=True)
class Words:
    """The language to write in, and the day whose rules are asked for (None: every text).

    `today` stands in for it where a sentence needs a day, as the figures of an answer do.
    """

    language: str
    today: date
    on: date | None = None

    @property
    def day(self) -> date:
        """The day asked for, else today."""
        return self.on or self.today

    def __call__(self, zh: str, en: str) -> str:
        """One of our own words."""
        return en if self.language == "en" else zh

    def read(self, text: Text) -> str:
        """A text of the law."""
        return text.read(self.language)

    def label(self, group: str, code: str) -> str:
        """The word for a code."""
        return self.read(catalogue.label_of(group, code))

    def coded(self, group: str, codes: Iterable[str]) -> str:
        """Codes with their words, in one line; a dash for none."""
        found = [f"{code} {self.label(group, code)}" for code in codes]
        return self("；", "; ").join(found) or "—"

    def listed(self, group: str, codes: Iterable[str]) -> str:
        """The words alone, in one line."""
        return self("、", ", ").join(self.label(group, code) for code in codes)

    def basis(self, cites: Iterable[Citation]) -> Iterator[str]:
        """Where a rule comes from and how sure we are of it, a line each."""
        for basis in cites:
            sure = self.label("confidence", basis.confidence.value)
            yield f"      {basis.read(self.language)} ({sure})"

    def in_force(self, texts: Iterable[T]) -> list[T]:
        """The texts of the day, or all of them, the newest first."""
        day = self.on
        found = sorted(texts, key=lambda text: text.since, reverse=True)
        if day is None:
            return found
        return [t for t in found if t.since <= day and (t.until is None or day <= t.until)]

    def newest(self, texts: Iterable[T]) -> list[T]:
        """One text at most: that of the day, or the newest."""
        return self.in_force(texts)[:1]

    def days(self, text: Timed) -> str:
        """From when to when a text is in force; nothing for one that always was."""
        if text.since == ALWAYS and text.until is None:
            return ""
        first = "…" if text.since == ALWAYS else text.since.isoformat()
        last = text.until.isoformat() if text.until else "…"
        return self(f"（{first} 至 {last} 有效）", f" (in force {first} to {last})")
