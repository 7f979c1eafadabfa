"""The deadlines of a case or license as pages show them, with the arithmetic behind each date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext

from web.case_words import joined, word
from web.i18n import language
from workflow.domain.clock import Reading, Row
from workflow.domain.ledger import COUNTED, ledger
from workflow.domain.procedure import Text
from workflow.domain.time_limit import Unit


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
        """Day by day, from the day after the start (before it, backward) to the date itself."""
        return ledger(self.reading)

    def why(self, row: Row) -> str:
        """Why a day counts or not; a paused one names its pause."""
        said = word("ledger", row.why).read(language())
        if not row.pause:
            return said
        reason = word("pause_reason", self.reading.pauses[row.pause - 1].reason).read(language())
        return str(
            gettext("%(said)s（第 %(n)s 次：%(reason)s）", said=said, n=row.pause, reason=reason)
        )

    @staticmethod
    def counts(row: Row) -> bool:
        """True for a day that has a number."""
        return row.why in COUNTED

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
        """The act or fact it counts from."""
        clock = self.reading.clock
        if clock.unit is Unit.DATE:
            return word("anchor", clock.anchor)
        return word("event" if clock.starts else "anchor", self.reading.started_by)

    @property
    def end(self) -> Text | None:
        """The act that ended it."""
        return word("event", self.reading.ended_by) if self.reading.ended_by else None

    @property
    def notices(self) -> list[tuple[int, Text, bool, int]]:
        """Year, notice, whether it estimates, version (0: shipped) of every year counted.

        A fixed date asks no calendar.
        """
        reading = self.reading
        if not reading.clock.rolls and reading.clock.unit is not Unit.WORKING:
            return []
        first, last = sorted((reading.started_on, reading.due))
        found = [reading.days.year(year) for year in range(first.year, last.year + 1)]
        return [(n.year, n.notice, not n.speaks_for(last), n.version) for n in found]

    @property
    def pauses(self) -> list[tuple[Text, date, date | None]]:
        """Why and when it stood still."""
        return [
            (word("pause_reason", pause.reason), pause.first, pause.last)
            for pause in self.reading.pauses
        ]

    @property
    def how(self) -> str:
        """The calculation in one line: start, length, pauses and rolling make the date."""
        reading, clock = self.reading, self.reading.clock
        start = self.start.read(language())
        if clock.unit is Unit.DATE:
            return f"{start} = {reading.due.isoformat()}"
        unit = self.unit.read(language())
        line = [f"{reading.started_on.isoformat()}（{start}）", f"{clock.length} {unit}"]
        paused = sum(row.why == "paused" for row in self.rows)
        if paused:
            line.append(str(gettext("暂停 %(n)s %(unit)s", n=paused, unit=unit)))
        sign = " − " if clock.backward else " + "
        raw = reading.started_on + timedelta(clock.length + paused)
        if clock.rolls and raw != reading.due:
            rolled = gettext("遇休息日顺延至 %(day)s", day=reading.due.isoformat())
            return f"{sign.join(line)} = {raw.isoformat()}{gettext('，')}{rolled}"
        return f"{sign.join(line)} = {reading.due.isoformat()}"


def deadlines_of(readings: tuple[Reading, ...]) -> list[Deadline]:
    """Every clock that was started, running ones first."""
    return [Deadline(r.code, r.clock.name, r) for r in readings]
