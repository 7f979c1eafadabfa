"""Verify the trail: every chain from its first event to the head its row claims."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.audit import Break, Link, first_break
from workflow.storage import chains, ticks


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification saw. `place` names the first break, empty when intact."""

    chains: int
    events: int
    place: str = ""
    why: str = ""

    @property
    def intact(self) -> bool:
        """True when nothing is broken."""
        return not self.place


def verify(session: Session) -> Verdict:
    """Walk every chain over the stored bytes; stops at the first place that does not hold."""
    checked = events = 0
    for name, head, version, links in chains.each(session):
        checked += 1
        events += len(links)
        broken = _first_break(links, head, version)
        if broken:
            return Verdict(checked, events, f"{name}:{broken.seq}", broken.why)
    lost = chains.without_subject(session)
    if lost:
        return Verdict(checked, events, lost, "orphan")
    return Verdict(checked, events)


def keep(tx: Session, verdict: Verdict, moment: Moment) -> None:
    """Keep the verdict so that the trail page and the operators see it."""
    broken = f"{verdict.place} {verdict.why}".strip()
    ticks.keep_check(
        tx, at=moment.stamp, chains=verdict.chains, events=verdict.events, broken=broken
    )


def _first_break(links: list[Link], head: str, version: int) -> Break | None:
    if len(links) < version and first_break(links) is None:
        return Break(len(links) + 1, "missing")
    return first_break(links, head or None)
