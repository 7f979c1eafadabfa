"""The ladder of a deadline: which reminders are planned, which is due, when to look again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Ladder:
    """When a deadline reminds, in calendar days.

    `before`: days ahead of the last day, 0 the day itself. `every`: once the day has passed, again
    after so many days, 0 never. `last`: no reminder later than so many days after it, None without
    end. `escalate`: from this step on the manager is told too (negative: days before).
    """

    before: tuple[int, ...]
    every: int = 0
    last: int | None = None
    escalate: int = 1


@dataclass(frozen=True, slots=True)
class Deadline:
    """One run of one deadline: its code, what tells this run from the next, and its last day.

    `counted`: the arithmetical day where the last day was moved off a rest day.
    """

    code: str
    cycle: str
    due_on: date
    ladder: Ladder
    counted: date | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One planned reminder: `step` days after the last day (negative: before), on that day."""

    step: int
    on: date

    def escalates(self, ladder: Ladder) -> bool:
        """True when the manager is told too."""
        return self.step >= ladder.escalate


@dataclass(frozen=True, slots=True)
class Due:
    """What falls to a day: one reminder to send, and those it overtakes."""

    send: Rung
    overtaken: tuple[Rung, ...]


def rungs(deadline: Deadline, until: date) -> Iterator[Rung]:
    """Every planned reminder up to and including `until`, in order."""
    ladder = deadline.ladder
    for days in sorted(ladder.before, reverse=True):
        on = deadline.due_on - timedelta(days)
        if on <= until:
            yield Rung(-days, on)
    if ladder.every:
        late = (until - deadline.due_on).days
        end = late if ladder.last is None else min(late, ladder.last)
        for step in range(ladder.every, end + 1, ladder.every):
            yield Rung(step, deadline.due_on + timedelta(step))


def due(
    deadline: Deadline, today: date, settled: Collection[int], awake: date | None = None
) -> Due | None:
    """What is due by `today` and not settled yet: the newest rung is sent, older ones give way.

    `settled` are the steps the ledger holds. A rung older than the newest settled one is never
    sent any more, so a clock set back repeats nothing. `awake` is the last day the clock finished:
    of a deadline first seen late only the rungs of nights it lost since are overtaken, for what
    was planned before anybody knew of the deadline was never missed.
    """
    newest = max(settled, default=None)
    open_ = [r for r in rungs(deadline, today) if newest is None or r.step > newest]
    if not open_:
        return None
    *older, send = open_
    lost = [r for r in older if newest is not None or (awake is not None and r.on > awake)]
    return Due(send, tuple(lost))


def next_look(deadline: Deadline, after: date) -> date | None:
    """The first planned day later than `after`; None when the ladder is at its end."""
    ladder = deadline.ladder
    ahead = [deadline.due_on - timedelta(days) for days in ladder.before]
    coming = [on for on in ahead if on > after]
    if coming:
        return min(coming)
    if not ladder.every:
        return None
    late = max(0, (after - deadline.due_on).days)
    step = (late // ladder.every + 1) * ladder.every
    if ladder.last is not None and step > ladder.last:
        return None
    return deadline.due_on + timedelta(step)
