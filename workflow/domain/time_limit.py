"""A time limit as the law states it: its length and unit, what starts, ends and prolongs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from workflow.domain.procedure import Citation, Text


class Unit(StrEnum):
    """How a clock counts; `date` is a fixed day, nothing is counted."""

    WORKING = "working"
    CALENDAR = "calendar"
    YEARS = "years"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit; `whose` says who must act.

    It runs from an act (`starts`, the day after it, or `offset` days later) or from a dated fact
    of the case (`anchor`); a fixed date is its anchor. `ends` are the acts that stop it in time or
    late, `voids` those that cancel it, `extends` those that add `extension`. `pauses`: review
    pauses prolong it. `backward` counts back from the anchor and never rolls; `rolls`: a last day
    of rest moves forward to the next working day. A `window` runs out by itself: a bar, a notice,
    a right to appeal; nobody is ever late with it.
    """

    code: str
    name: Text
    length: int
    unit: Unit
    whose: Literal["authority", "filer"]
    cites: tuple[Citation, ...]
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    pauses: bool = False
    unless: tuple[str, ...] = ()
    silence: Text | None = None
    anchor: str = ""
    backward: bool = False
    rolls: bool = False
    offset: int = 0
    extends: tuple[str, ...] = ()
    extension: int = 0
    window: bool = False
