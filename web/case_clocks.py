"""The deadlines of a case as its page shows them, with the arithmetic behind each date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from web.case_words import joined, word
from web.i18n import language
from workflow.domain.clock import Reading, Row
from workflow.domain.ledger import ledger
from workflow.domain.procedure import Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock: its date, how it was worked out, and whether it still runs."""

    code: str
    name: Text
    reading: Reading

    @property
    def waiting(self) -> str:
        """Whose move it is: an authority's own date does not alarm us before it is past."""
        return "authority" if self.reading.clock.whose == "authority" else "us"

    @property
    def rows(self) -> tuple[Row, ...]:
        """Day by day, from the day after the start."""
        return ledger(self.reading)

    @property
    def basis(self) -> str:
        """The laws behind it."""
        return joined((cite.read(language()) for cite in self.reading.clock.cites), "；")

    @property
    def unit(self) -> Text:
        """Working days or calendar days."""
        return word("unit", self.reading.clock.unit.value)

    @property
    def start(self) -> Text:
        """The act it counts from."""
        group = "event" if self.reading.clock.starts else "anchor"
        return word(group, self.reading.started_by)

    @property
    def end(self) -> Text | None:
        """The act that ended it."""
        return word("event", self.reading.ended_by) if self.reading.ended_by else None

    @property
    def notices(self) -> list[tuple[int, Text, bool]]:
        """Year, name of the notice and whether it is provisional, for every year it touches."""
        years = range(self.reading.started_on.year, self.reading.due.year + 1)
        found = [(year, self.reading.days.year(year)) for year in years]
        return [(year, notice.notice, notice.provisional) for year, notice in found]

    @property
    def pauses(self) -> list[tuple[Text, date, date | None]]:
        """Why and when it stood still."""
        return [
            (word("pause_reason", pause.reason), pause.first, pause.last)
            for pause in self.reading.pauses
        ]

    @property
    def how(self) -> str:
        """The calculation in one line: start and length make the date, backward or forward."""
        if self.reading.clock.unit == "date":
            return f"{self.start.read(language())} {self.reading.due.isoformat()}"
        line = str(
            gettext(
                "%(start)s（%(act)s） + %(n)s %(unit)s = %(due)s",
                start=self.reading.started_on.isoformat(),
                act=self.start.read(language()),
                n=self.reading.clock.length,
                unit=self.unit.read(language()),
                due=self.reading.due.isoformat(),
            )
        )
        return line.replace(" + ", " − ") if self.reading.clock.backward else line


def deadlines_of(readings: tuple[Reading, ...]) -> list[Deadline]:
    """Every clock that was started, running ones first."""
    return [Deadline(r.code, r.clock.name, r) for r in readings]
