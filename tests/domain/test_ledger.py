"""The ledger ends on the date it explains, whatever happened and whichever calendar counts."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.domain.clock import read_clocks
from workflow.domain.facts import Act
from workflow.domain.ledger import COUNTED, ledger
from workflow.domain.procedure import Text
from workflow.domain.time_limit import Unit
from workflow.domain.workdays import Calendar, YearNotice
from workflow.law.catalogue import LAW

FIRST = date(2025, 1, 6)
NOTICES = st.tuples(
    st.frozensets(st.integers(0, 1000), max_size=80),
    st.frozensets(st.integers(0, 1000), max_size=30),
)
ACTS = [
    "submit", "request_correction", "resubmit", "accept", "deem_accepted", "extend_review",
    "post_notice", "approve", "deem_renewed", "deliver", "reject", "pause_review", "resume_review",
]  # fmt: skip
LIVES = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 25)), min_size=1, max_size=9)
PROCEDURES = list(LAW.procedures.values())
ANCHORS = sorted({clock.anchor for clock in LAW.clocks.values() if clock.anchor})


def calendar(off, make_up):
    def shipped(year):
        def mine(numbers):
            days = (FIRST + timedelta(n) for n in numbers)
            return frozenset(day for day in days if day.year == year)

        return YearNotice(year, mine(off), mine(make_up - off), Text("示例通知", "sample notice"))

    return Calendar(shipped, MappingProxyType({}))


def life(steps):
    day, acts, paused = FIRST, [], False
    for do, wait in steps:
        day += timedelta(wait)
        if do.endswith("_review") and do != "extend_review":
            if paused == (do == "pause_review"):
                continue
            paused = not paused
        acts.append(Act(len(acts) + 1, do, day))
    return tuple(acts)


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(PROCEDURES), NOTICES, LIVES, st.integers(0, 60), st.integers(-40, 400))
def test_it_ends_on_the_deadline_it_explains(procedure, notices, steps, later, anchor):
    acts, clocks = life(steps), [LAW.clocks[code] for code in procedure.clocks]
    as_of = (acts[-1].on if acts else FIRST) + timedelta(later)
    facts = dict.fromkeys(ANCHORS, FIRST + timedelta(anchor))
    for reading in read_clocks(clocks, acts, calendar(*notices), as_of, facts):
        rows = ledger(reading)
        if not rows:
            assert reading.due == reading.started_on
            continue
        assert rows[-1].day == reading.due, reading.code
        counted = [row.count for row in rows if row.why in COUNTED]
        if reading.clock.unit in (Unit.WORKING, Unit.CALENDAR):
            assert counted == list(range(1, reading.clock.length + 1)), reading.code
        for row in rows:
            paused = row.why == "paused"
            assert paused == bool(row.pause)
            if paused:
                pause = reading.pauses[row.pause - 1]
                assert pause.first <= row.day <= (pause.last or max(as_of, pause.first))
