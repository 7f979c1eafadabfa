"""The look-back self-check of a renewal as a person answers it: what is known, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.facts import Facts
from workflow.domain.procedure import Text
from workflow.law.self_check import CheckItem, items_on, shown_red
from workflow.services import judging, opening

Answer = Literal["green", "red", ""]


@dataclass(frozen=True, slots=True)
class Line:
    """One item: what was answered (empty: nobody did), and what the records show all the same."""

    item: CheckItem
    answer: Answer
    shown: Text | None

    @property
    def code(self) -> str:
        """`RL-01` to `RL-22`."""
        return self.item.code

    @property
    def verdict(self) -> Answer:
        """Red on record wins over the answer; silence stays silence."""
        return "red" if self.shown else self.answer


def lines(facts: Facts) -> tuple[Line, ...]:
    """Every item in the text in force on the day, in the order of the rulebook."""
    shown, given = shown_red(facts), facts.case.get("self_check") or {}
    return tuple(
        Line(item, given.get(item.code, ""), shown.get(item.code)) for item in items_on(facts.on)
    )


def before_opening(
    session: Session, company_id: int, license_id: int, *, actor: Actor, moment: Moment
) -> tuple[Line, ...]:
    """The items for a renewal that is no case yet. Raises what `opening.open_for` does."""
    case = opening.drafted(
        session, company_id, "renewal", license_id=license_id, actor=actor, moment=moment
    )
    return lines(judging.facts_of(session, case, moment.today))
