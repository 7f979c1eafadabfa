"""One material on the list of a case: what is in hand, and whether a correction wants it again."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Material, Text
from workflow.storage.stories import PointLine, VersionLine

ITEM_STATES = ("missing", "expired", "asked", "ready", "extra")
"""What stands first on the list of materials."""


@dataclass(frozen=True, slots=True)
class Item:
    """One material on the list (or handed in beside it) with every version in hand.

    `in_hand` is the code that satisfies it: its own or an alternative's; None when missing.
    `asked` are the points of the open correction round that are about it.
    """

    material: Material
    alternatives: tuple[Material, ...]
    versions: tuple[VersionLine, ...]
    in_hand: str | None
    expired: bool
    required: bool
    why: Text | None = None
    encloses: tuple[Text, ...] = ()
    asked: tuple[PointLine, ...] = ()

    @property
    def state(self) -> str:
        """ready, expired, missing, extra, or asked: an unanswered point wants it changed."""
        if self.in_hand is None:
            return "missing"
        if self.expired:
            return "expired"
        if any(point.answer is None for point in self.asked):
            return "asked"
        return "ready" if self.required else "extra"
