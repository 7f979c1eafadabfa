"""Ladders: due by now and not settled, never by equality; nothing twice, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.ladder import Deadline, Ladder, due, next_look, rungs

RENEWAL = Ladder(before=(180, 90, 30, 10, 0), every=1, escalate=-10)
DAY = date(2026, 6, 30)
LATEST = Deadline("K-RENEW", "2026-09-28", DAY, RENEWAL)
LADDERS = st.builds(
    Ladder,
    before=st.lists(st.integers(0, 300), max_size=6, unique=True).map(tuple),
    every=st.integers(0, 10),
    last=st.none() | st.integers(0, 60),
)


def nights(deadline, first, count, lost=()):
    """Steps sent by a clock that runs every night but the lost ones, looking when it said."""
    settled, sent, look = set(), [], first
    for offset in range(count):
        today = first + timedelta(offset)
        if offset in lost or look is None or look > today:
            continue
        found = due(deadline, today, settled)
        if found:
            sent.append((found.send.step, today))
            settled |= {found.send.step, *(rung.step for rung in found.overtaken)}
        look = next_look(deadline, today)
    return sent


def test_it_reminds_at_every_step_and_daily_once_too_late():
    sent = nights(LATEST, DAY - timedelta(200), 204)
    assert [step for step, _ in sent] == [-180, -90, -30, -10, 0, 1, 2, 3]
    assert all((day - DAY).days == step for step, day in sent)


def test_it_catches_up_after_lost_nights_with_one_reminder():
    """The night of the tenth day before is lost; the next one sends it, and late days once."""
    sent = nights(LATEST, DAY - timedelta(12), 18, lost={2, 3, 4, 13, 14, 15})
    assert sent == [
        (-30, DAY - timedelta(12)),
        (-10, DAY - timedelta(7)),
        (0, DAY),
        (4, DAY + timedelta(4)),
        (5, DAY + timedelta(5)),
    ]


def test_it_names_what_a_later_reminder_overtook():
    found = due(LATEST, DAY + timedelta(3), {-30})
    assert found.send.step == 3
    assert [rung.step for rung in found.overtaken] == [-10, 0, 1, 2]


def test_it_sends_only_the_newest_for_a_deadline_first_seen_late():
    found = due(LATEST, DAY - timedelta(5), ())
    assert (found.send.step, found.overtaken) == (-10, ())


def test_it_names_the_first_steps_that_lost_nights_swallowed():
    """The clock was last awake on the 100th day before: the 180th was before anybody knew."""
    found = due(LATEST, DAY - timedelta(5), (), DAY - timedelta(100))
    assert (found.send.step, [rung.step for rung in found.overtaken]) == (-10, [-90, -30])
    assert due(LATEST, DAY - timedelta(5), (), DAY - timedelta(30)).overtaken == ()


def test_it_stops_where_the_ladder_ends():
    once = Deadline("K-AR", "2025", DAY, Ladder(before=(7, 0), every=7, last=28))
    sent = nights(once, DAY - timedelta(10), 100)
    assert [step for step, _ in sent] == [-7, 0, 7, 14, 21, 28]
    assert next_look(once, DAY + timedelta(28)) is None


@given(LADDERS, st.integers(-400, 100), st.sets(st.integers(0, 120), max_size=60))
def test_it_sends_no_step_twice_and_loses_no_legal_step(ladder, first, lost):
    deadline = Deadline("K-RENEW", "x", DAY, ladder)
    sent = [step for step, _ in nights(deadline, DAY + timedelta(first), 130, lost)]
    assert len(sent) == len(set(sent))
    assert sent == sorted(sent)
    last = DAY + timedelta(first + 129)
    wanted = [rung.step for rung in rungs(deadline, last)]
    awake = 129 not in lost
    if wanted and awake:
        assert sent, (wanted, sent)
        assert sent[-1] == wanted[-1]


@given(LADDERS, st.integers(-400, 200))
def test_it_always_looks_again_on_a_day_with_a_rung(ladder, offset):
    deadline = Deadline("K-RENEW", "x", DAY, ladder)
    after = DAY + timedelta(offset)
    look = next_look(deadline, after)
    if look is None:
        assert not [r for r in rungs(deadline, after + timedelta(800)) if r.on > after]
    else:
        assert min(r.on for r in rungs(deadline, look) if r.on > after) == look


@given(LADDERS, st.integers(-300, 100), st.integers(1, 90))
def test_it_repeats_nothing_when_the_clock_is_set_back(ladder, offset, back):
    deadline = Deadline("K-RENEW", "x", DAY, ladder)
    today = DAY + timedelta(offset)
    found = due(deadline, today, set())
    if found:
        assert due(deadline, today - timedelta(back), {found.send.step}) is None
