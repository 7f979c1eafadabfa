"""Cases of one client that will meet: told early, with which to file first. Blocks nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.facts import HeldLicense, OtherCase
from workflow.domain.procedure import Text
from workflow.law.filing_order import advise
from workflow.law.meetings import Meeting
from workflow.services.judging import FILING
from workflow.storage import around
from workflow.storage.rows import CaseRow


@dataclass(frozen=True, slots=True)
class Met:
    """Another open case that meets this one.

    `filed`: the authority has it already, so G-CONFLICT judges it at our filing. `first`: `this`,
    `other`, or empty where only one is needed or both go into one.
    """

    number: str
    procedure: str
    state: str
    filed: bool
    how: Meeting
    first: str
    why: Text


def of_case(session: Session, case: CaseRow, held: HeldLicense | None) -> tuple[Met, ...]:
    """The open cases that meet an unfiled one; nothing for a case that is filed. One statement.

    `case` may be drafted only, with the id 0.
    """
    return among(around.open_others(session, case.company_id, case.id), case, held)


def among(
    others: Iterable[tuple[OtherCase, str]], case: CaseRow, held: HeldLicense | None
) -> tuple[Met, ...]:
    """The same where the other open cases of the client, each with its state, are known."""
    if case.state not in FILING or case.filed_on is not None:
        return ()
    mine = OtherCase(
        "",
        case.procedure,
        frozenset(case.kinds),
        frozenset(case.coverage),
        held.id if held else None,
        case.facts,
    )
    return tuple(met for other, state in others if (met := _met(mine, other, state, held)))


def _met(mine: OtherCase, other: OtherCase, state: str, held: HeldLicense | None) -> Met | None:
    advice = advise(mine, other, held)
    if advice is None:
        return None
    first = {id(mine): "this", id(other): "other"}.get(id(advice.first), "")
    filed = state in ("submitted", "correction_requested")
    return Met(other.number, other.procedure, state, filed, advice.how, first, advice.why)
