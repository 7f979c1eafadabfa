"""The dashboard's pictures: where each bar and point of a server-drawn SVG lies, in its own units.

Geometry only: colours are classes, words are the template's. Nothing is styled inline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDE, HIGH = 1150, 226
LEFT, BASE, TOP = 44, 190, 24
STEPS = 4
ENDINGS = ("started", "late", "window", "ahead", "marked")
TREND_WIDE, TREND_HIGH = 560, 200
TREND_LEFT, TREND_RIGHT, TREND_BASE, TREND_TOP = 40, 548, 166, 18
LABELS = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a bar: what it stands for, and its place."""

    name: str
    x: float
    y: float
    width: float
    height: float
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its pieces from the ground up, its middle, its top, its sum."""

    month: date
    pieces: tuple[Piece, ...]
    middle: float
    top: float
    total: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The radar: bars, the lines of its scale (value, height), the days drawn across it."""

    bars: tuple[Bar, ...]
    scale: tuple[tuple[int, float], ...]
    late: float
    window: float


@dataclass(frozen=True, slots=True)
class Line:
    """The trend: points of the line, scale, height of the target, marks under it."""

    points: tuple[tuple[float, float, float], ...]
    scale: tuple[tuple[int, float], ...]
    target: float
    marks: tuple[tuple[date, float], ...]

    @property
    def path(self) -> str:
        """The points as a polyline wants them."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in self.points)


def share(parts: Iterable[tuple[str, int]], most: int) -> tuple[Piece, ...]:
    """A bar across a table cell, in percent of its width, `most` being the whole of it."""
    found, x = [], 0.0
    for name, number in parts:
        width = 100 * number / most if most else 0
        if number:
            found.append(Piece(name, round(x, 2), 0, round(width, 2), 100, number))
        x += width
    return tuple(found)


def radar(lines: Sequence[Mapping[str, Any]], late: date, window: date) -> Bars:
    """Stacked bars by month, with the last days that are too late and that open the window."""
    totals = [sum(line[name] for name in ENDINGS) for line in lines]
    top = _nice(max(totals, default=0))
    step = (WIDE - LEFT - 6) / max(1, len(lines))
    width = step * 0.62
    bars = []
    for n, (line, total) in enumerate(zip(lines, totals, strict=True)):
        x, y = LEFT + n * step + (step - width) / 2, float(BASE)
        pieces = []
        for name in ENDINGS:
            height = (BASE - TOP) * line[name] / top
            y -= height
            if line[name]:
                pieces.append(_piece(name, (x, y, width, height), line[name]))
        month = date.fromisoformat(line["month"])
        bars.append(Bar(month, tuple(pieces), round(x + width / 2, 1), round(y, 1), total))
    first = date.fromisoformat(lines[0]["month"]) if lines else late
    return Bars(
        tuple(bars),
        _scale(top, BASE, TOP),
        round(LEFT + step * _months(first, late), 1),
        round(LEFT + step * _months(first, window), 1),
    )


def trend(lines: Sequence[Mapping[str, Any]], target: int) -> Line:
    """Overdue cases in percent of open ones, week by week; `target` in percent."""
    rates = [rate(line) for line in lines]
    top = _nice(max([*rates, target * 2]))
    step = (TREND_RIGHT - TREND_LEFT) / max(1, len(lines) - 1)
    points = tuple(
        (round(TREND_LEFT + n * step, 1), round(_height(value, top), 1), value)
        for n, value in enumerate(rates)
    )
    every = max(1, len(lines) // (LABELS - 1))
    marks = tuple(
        (date.fromisoformat(lines[n]["day"]), points[n][0])
        for n in range(len(lines) - 1, -1, -every)
    )
    return Line(points, _scale(top, TREND_BASE, TREND_TOP), _height(target, top), marks)


def rate(line: Mapping[str, Any]) -> float:
    """Overdue in percent of open, to a tenth; 0 when nothing is open."""
    return round(100 * line["late"] / line["open"], 1) if line["open"] else 0.0


def _piece(name: str, place: tuple[float, float, float, float], number: int) -> Piece:
    x, y, width, height = (round(value, 1) for value in place)
    return Piece(name, x, y, width, height, number)


def _height(value: float, top: int) -> float:
    return round(TREND_BASE - (TREND_BASE - TREND_TOP) * value / top, 1)


def _scale(top: int, base: int, ceiling: int) -> tuple[tuple[int, float], ...]:
    return tuple(
        (top * n // STEPS, round(base - (base - ceiling) * n / STEPS, 1)) for n in range(STEPS + 1)
    )


def _nice(most: float) -> int:
    """A round number above the greatest value that four steps divide."""
    for size in (4, 8, 12, 20, 40, 60, 80, 100):
        if most <= size:
            return size
    size = 100
    while size < most:
        size *= 2
    return size


def _months(first: date, day: date) -> float:
    """Months from the first of a month to a day, with the part of the last one."""
    whole = (day.year - first.year) * 12 + day.month - first.month
    return whole + (day.day - 1) / 31
