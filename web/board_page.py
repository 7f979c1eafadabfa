"""What the dashboard's template is given: the choice in the address, links, pictures, sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from web import board_charts, board_words
from web.bookmarks import pass_over
from web.i18n import language
from workflow.law import catalogue
from workflow.law.ladders import RENEWAL_LEAD, WINDOW
from workflow.services.accounts import Account
from workflow.services.board import PERIODS, USUAL, Board
from workflow.services.board_figures import SIDES

SHADES = 5
_RISKS = {
    "started": "under_way",
    "late": "late",
    "window": "window",
    "ahead": "ahead",
    "marked": "marked",
}
"""The colours of the radar as the register's filter calls them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Team, procedure and weeks of the address; what it does not know counts as all."""

    team: str = ""
    procedure: str = ""
    weeks: int = USUAL

    @property
    def in_address(self) -> dict[str, str]:
        """Only what differs from the usual."""
        told = {"team": self.team, "procedure": self.procedure}
        kept = {name: value for name, value in told.items() if value}
        return kept if self.weeks == USUAL else kept | {"weeks": str(self.weeks)}


def chosen_of(people: Mapping[str, Account]) -> Chosen:
    """The choice in the address of this request."""

    def known(name: str, among: Collection[str]) -> str:
        value = request.args.get(name, "")
        if value and value not in among:
            pass_over(name, value)
        return value if value in among else ""

    weeks = known("weeks", {str(period) for period in PERIODS})
    return Chosen(
        known("team", people),
        known("procedure", catalogue.labels("procedure")),
        int(weeks) if weeks else USUAL,
    )


@dataclass(frozen=True)
class Page:
    """One board as its page shows it."""

    board: Board
    chosen: Chosen
    today: date
    cases: str
    licenses: str

    @property
    def told(self) -> Mapping[str, Any]:
        """The figures."""
        return self.board.content

    def to_cases(self, **what: Any) -> str:  # noqa: ANN401 - anything an address can say
        """The list of cases behind a number of this view."""
        named = {key: value for key, value in what.items() if value not in ("", None)}
        return f"{self.cases}?{urlencode(self.chosen.in_address | named)}"

    def of_period(self, moved: str) -> str:
        """Cases that something happened to in the chosen weeks."""
        day = date.fromisoformat(self.told["day"])
        first = day - timedelta(weeks=self.chosen.weeks)
        return self.to_cases(moved=moved, since=first.isoformat(), until=day.isoformat())

    def of_reason(self, about: str) -> str:
        """Cases with such a point in the last ninety days."""
        day = date.fromisoformat(self.told["day"])
        first = (day - timedelta(90)).isoformat()
        return self.to_cases(about=about or "other", since=first, until=day.isoformat())

    def to_licenses(self, first: date | None, last: date | None, risk: str = "") -> str:
        """The licenses of the register that end between two days."""
        told = {
            "from": first and first.isoformat(),
            "to": last and last.isoformat(),
            "risk": risk,
            "charge": self.chosen.team,
            "view": "license",
        }
        return f"{self.licenses}?{urlencode({k: v for k, v in told.items() if v})}"

    def of_ends(self, name: str) -> str:
        """The licenses of one colour of the radar, whatever their month."""
        day = date.fromisoformat(self.told["day"])
        last = month_span(date.fromisoformat(self.told["radar"][-1]["month"]))[1]
        return self.to_licenses(day, last, _RISKS[name])

    def of_month(self, month: date, name: str = "") -> str:
        """The licenses that end in one month from today on; of one colour or of all."""
        first, last = month_span(month)
        day = date.fromisoformat(self.told["day"])
        return self.to_licenses(max(first, day), last, _RISKS[name] if name else "")

    @property
    def empty(self) -> bool:
        """True on an installation without cases and licenses."""
        return not self.told["totals"]["open"] and not any(
            self.told[of]["closed"] for of in ("period", "before")
        )

    @property
    def most_in_flow(self) -> int:
        """The longest bar of the flow table."""
        return max((int(line["n"]) for line in self.told["flow"]), default=0)

    @property
    def most_in_load(self) -> int:
        """The longest bar of the load table; the suggested limit always fits."""
        return max([board_words.LIMIT + 5, *(int(line["n"]) for line in self.told["load"])])

    def shade(self, count: int) -> int:
        """1 (few) to 5 (many), 0 for none, relative to the fullest cell; under five, the count."""
        return -(-count * SHADES // max(SHADES, self.most_in_matrix))

    @cached_property
    def most_in_matrix(self) -> int:
        """The fullest cell."""
        rows = self.told["matrix"]["rows"].values()
        return max((int(cell[0]) for row in rows for cell in row.values()), default=0)

    def share(self, parts: Iterable[tuple[str, int]], most: int) -> tuple[board_charts.Piece, ...]:
        """A bar across a cell."""
        return board_charts.share(parts, most)

    def row_total(self, row: Mapping[str, Any]) -> int:
        """Every case of one row of the matrix."""
        return sum(int(cell[0]) for cell in row.values())

    def place(self, code: str) -> str:
        """An authority in short, by its province."""
        group = "authority" if code == "MIIT" else "coverage"
        return catalogue.label_of(group, code).read(language())

    @property
    def months(self) -> list[tuple[Mapping[str, Any], board_charts.Bar]]:
        """The radar's lines beside their bars."""
        return list(zip(self.told["radar"], self.bars.bars, strict=True))

    @cached_property
    def bars(self) -> board_charts.Bars:
        """The radar's picture."""
        late = self.today + timedelta(RENEWAL_LEAD)
        return board_charts.radar(self.told["radar"], late, self.today + timedelta(WINDOW))

    @cached_property
    def line(self) -> board_charts.Line:
        """The trend's picture."""
        return board_charts.trend(self.told["trend"], board_words.LATE_TARGET)

    @cached_property
    def ends(self) -> dict[str, int]:
        """Licenses that end within twelve months, by what is done about it."""
        return {
            name: sum(line[name] for line in self.told["radar"]) for name in board_charts.ENDINGS
        }

    @property
    def first_time(self) -> int | None:
        """Percent of decided cases that were approved without a correction."""
        return _percent(self.told["period"])

    @property
    def first_time_change(self) -> int | None:
        """Percentage points since the period before; None where one of them has no case."""
        now, then = _percent(self.told["period"]), _percent(self.told["before"])
        return None if now is None or then is None else now - then

    @property
    def open_change(self) -> int:
        """Open cases more, or (below 0) fewer, than at the end of the period before."""
        return int(self.told["totals"]["open"] - self.told["before"]["open"])

    @property
    def late_rate(self) -> float:
        """Overdue in percent of open."""
        totals = self.told["totals"]
        return board_charts.rate({"late": totals["overdue"], "open": totals["open"]})

    @property
    def sides(self) -> list[tuple[str, int]]:
        """Days of the median with us, the client and the authority; they add up to it."""
        return [(side, self.told["period"]["sides"][side]) for side in SIDES]


def _percent(period: Mapping[str, Any]) -> int | None:
    return round(100 * period["first_time"] / period["decided"]) if period["decided"] else None


def page_of(board: Board, chosen: Chosen, today: date) -> Page:
    """A board with the addresses of the lists behind it."""
    return Page(board, chosen, today, url_for("dashboard.cases"), url_for("licenses.index"))


def month_span(month: date) -> tuple[date, date]:
    """First and last day of a month."""
    following = (month + timedelta(31)).replace(day=1)
    return month, following - timedelta(1)
