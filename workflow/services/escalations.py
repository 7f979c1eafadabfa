"""What has been escalated to a manager lately: how many cases and licenses, by deadline."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.storage import escalated

LATELY = timedelta(days=7)
MOST = 2000


@dataclass(frozen=True, slots=True)
class Escalation:
    """One deadline of the law, and on how many licenses and cases it reached the manager."""

    deadline: str
    licenses: int
    cases: int


def lately(session: Session, actor: Actor, moment: Moment) -> list[Escalation]:
    """What reached this manager's inbox in the last seven days, the most frequent first."""
    since = replace(moment, at=moment.at - LATELY).stamp
    found = escalated.since(session, int(actor.id), since, MOST)
    counted = Counter((code, subject) for code, subject, _ in found)
    codes = dict.fromkeys(code for code, _ in counted)
    lines = [Escalation(c, counted[c, "license"], counted[c, "case"]) for c in codes]
    return sorted(lines, key=lambda line: -line.licenses - line.cases)
