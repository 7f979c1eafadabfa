"""A procedure as a picture: the machine's own states and moves at fixed places, words wrapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from web.i18n import language
from workflow.domain.machine import moves
from workflow.domain.procedure import Procedure, Role, State

WIDTH, GAP, DROP = 182, 138, 112
EDGE, TOP, HEADING, LINE = 16, 48, 34, 16
_LANE = 62  # below the first row of boxes: where arcs to another column turn
_LABEL = GAP - 14
_WIDE, _NARROW = 12.2, 6.5  # a Chinese sign, a Latin letter, at 12 px
_FIRST_WIDE = "\u2e80"

# Column and row of every state: the way to a license from left to right, the ways out below.
PLACES = {
    State.DRAFT: (0, 0),
    State.MATERIAL_PREP: (1, 0),
    State.SUBMITTED: (2, 0),
    State.APPROVED: (3, 0),
    State.WITHDRAWN: (1, 1),
    State.CORRECTION_REQUESTED: (2, 1),
    State.REJECTED: (3, 1),
}
# Where an arc between the rows leaves and arrives, as a part of the box's width.
_PORTS = {
    (State.DRAFT, State.WITHDRAWN): (0.5, 0.2),
    (State.MATERIAL_PREP, State.WITHDRAWN): (0.5, 0.5),
    (State.SUBMITTED, State.WITHDRAWN): (0.12, 0.8),
    (State.SUBMITTED, State.CORRECTION_REQUESTED): (0.4, 0.4),
    (State.CORRECTION_REQUESTED, State.SUBMITTED): (0.65, 0.65),
    (State.SUBMITTED, State.REJECTED): (0.9, 0.5),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words at a place. `by_itself`: time does it, nobody."""

    x: float
    y: float
    words: str
    anchor: str = "middle"
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One state; inside it the acts that leave it as it is."""

    x: float
    y: float
    height: float
    final: bool
    name: Line
    acts: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """All moves from one state to another: one line with the label of every trigger."""

    path: str
    labels: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole, in pixels; box width is the same everywhere."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arcs: tuple[Arc, ...]
    box_width: float = WIDTH


class Words(NamedTuple):
    """The label of an act, and whether time alone does it."""

    text: str
    by_itself: bool


def drawn(procedure: Procedure) -> Picture:
    """The picture of a procedure in the language of this answer."""
    stays: dict[State, list[str]] = {state: [] for state in State}
    ways: dict[tuple[State, State], list[str]] = {}
    for move in moves(procedure):
        if move.target is None:
            stays[move.source].append(move.trigger)
        else:
            ways.setdefault((move.source, move.target), []).append(move.trigger)
    words = {
        rule.trigger: Words(rule.label.read(language()), rule.by == {Role.CLOCK})
        for rule in procedure.rules
    }
    boxes = _boxes(procedure, {s: [words[t] for t in codes] for s, codes in stays.items()})
    first_row = max(b.y + b.height for s, b in boxes.items() if PLACES[s][1] == 0)
    arcs = tuple(
        _arc(way, boxes, first_row + _LANE, [words[t] for t in codes])
        for way, codes in ways.items()
    )
    bottom = max(box.y + box.height for box in boxes.values())
    columns = max(column for column, _ in PLACES.values()) + 1
    width = 2 * EDGE + columns * WIDTH + (columns - 1) * GAP
    return Picture(width, bottom + EDGE, tuple(boxes.values()), arcs)


def _boxes(procedure: Procedure, acts: dict[State, list[Words]]) -> dict[State, Box]:
    """Every state at its place, as high as its acts need."""
    lines = {
        state: [part for a in acts[state] for part in _wrapped(a, WIDTH - 20)] for state in State
    }
    heights = {state: HEADING + LINE * len(lines[state]) + 8 for state in State}
    second = TOP + max(heights[s] for s, (_, row) in PLACES.items() if row == 0) + DROP
    boxes = {}
    for state, (column, row) in PLACES.items():
        x, y = EDGE + column * (WIDTH + GAP), second if row else TOP
        name = Line(x + WIDTH / 2, y + 22, procedure.labels[state].read(language()))
        inside = tuple(
            Line(x + 10, y + HEADING + 12 + LINE * n, words.text, "start", words.by_itself)
            for n, words in enumerate(lines[state])
        )
        boxes[state] = Box(x, y, heights[state], state.final, name, inside)
    return boxes


def _arc(way: tuple[State, State], boxes: dict[State, Box], lane: float, words: list[Words]) -> Arc:
    a, b = boxes[way[0]], boxes[way[1]]
    lines = [part for one in words for part in _wrapped(one, _LABEL)]
    if PLACES[way[0]][1] == PLACES[way[1]][1]:
        return _level(a, b, lines)
    leaves, arrives = _PORTS.get(way, (0.5, 0.5))
    x, end = a.x + WIDTH * leaves, b.x + WIDTH * arrives
    start_y, end_y = (a.y + a.height, b.y) if a.y < b.y else (a.y, b.y + b.height)
    path = f"M{x:g} {start_y:g}V{lane:g}H{end:g}V{end_y:g}"
    return Arc(path, _beside((x, start_y), end, lane, lines))


def _level(a: Box, b: Box, lines: list[Words]) -> Arc:
    """A straight line between neighbors of one row, its words above it."""
    y = a.y + HEADING / 2 + 4
    left, right = (a.x + WIDTH, b.x) if a.x < b.x else (b.x + WIDTH, a.x)
    path = f"M{left:g} {y:g}H{right:g}" if a.x < b.x else f"M{right:g} {y:g}H{left:g}"
    return Arc(path, _stacked(left + GAP / 2, y - 7, lines, "middle", up=True))


def _beside(
    start: tuple[float, float], end: float, lane: float, lines: list[Words]
) -> tuple[Line, ...]:
    """Above the turn of an arc that changes column, beside one that does not."""
    x, y = start
    if abs(end - x) > 1:
        middle = (x + end) / 2
        return _stacked(middle, lane - 7, lines, "middle", up=True)
    part = ((x - EDGE) % (WIDTH + GAP)) / WIDTH
    if part == 0.5:  # noqa: PLR2004 - the middle of the box: others arrive on both sides of it
        return _stacked(x + 7, y + 18, lines, "start", up=False)
    side, away = ("end", -7) if part < 0.5 else ("start", 7)  # noqa: PLR2004
    return _stacked(x + away, lane + 17, lines, side, up=False)


def _stacked(x: float, y: float, lines: list[Words], anchor: str, *, up: bool) -> tuple[Line, ...]:
    """Lines one under another, the last one at `y` or the first one."""
    first = y - LINE * (len(lines) - 1) if up else y
    return tuple(
        Line(x, first + LINE * n, words.text, anchor, words.by_itself)
        for n, words in enumerate(lines)
    )


def _wrapped(words: Words, room: float) -> list[Words]:
    """The words in lines of at most `room` pixels, broken at blanks or between Chinese signs."""
    lines, line = [], ""
    for piece in _pieces(words.text):
        if line and _wide(line + piece) > room:
            lines.append(line.strip())
            line = ""
        line += piece
    return [Words(part, words.by_itself) for part in (*lines, line.strip())]


def _pieces(words: str) -> Iterable[str]:
    piece = ""
    for sign in words:
        piece += sign
        if sign == " " or sign >= _FIRST_WIDE:
            yield piece
            piece = ""
    yield piece


def _wide(words: str) -> float:
    return sum(_WIDE if sign >= _FIRST_WIDE else _NARROW for sign in words)
