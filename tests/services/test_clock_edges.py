"""The clock at its edges: twice, late, rivals at once, set back. Each thing once, nothing lost."""

from __future__ import annotations

import multiprocessing
import threading
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.builders import about, filed, fingerprint, held, new_company, query, stored
from tests.support.cast import TODAY, gather, moment
from workflow.services import license_marks, ticking, trail
from workflow.storage.database import open_database

EXPIRY = date(2026, 6, 20)
"""Ninety days before it is 22 March: the renewal reminds daily from then on."""


@pytest.fixture
def cast(database):
    return gather(database)


def fresh(cast):
    """The cast with a client of its own that 王芳 is in charge of."""
    mine = replace(cast, company=new_company(cast))
    with cast.database.transaction() as tx:
        license_marks.put_in_charge(
            tx, mine.company, cast["wang"].id, actor=cast["zhao"], moment=moment()
        )
    return mine


def office(cast):
    """Silence, a renewal nobody decides, one nobody files, and dates that remind."""
    silent = [fresh(cast).submitted(day=TODAY) for _ in range(4)]
    renewing = fresh(cast)
    renewal = filed(renewing, held(renewing, valid_to=EXPIRY), "renewal")
    cast.do(renewal, "accept")
    lapsing = fresh(cast)
    license_id = held(lapsing, valid_to=EXPIRY)
    left = about(lapsing, license_id, "renewal")
    fresh(cast).in_correction(reply_by=TODAY + timedelta(9))
    return silent, renewal, license_id, left


def night(cast, day, hour=1):
    return ticking.tick(cast.database, moment(day, hour))


def twice(cast):
    """Reminders and legal consequences that happened more than once."""
    reminders = query(
        cast.database,
        "SELECT subject, subject_id, deadline, cycle, step FROM reminders WHERE outcome = 'sent'",
    )
    messages = query(
        cast.database,
        "SELECT reminder_id, account_id FROM messages WHERE reminder_id IS NOT NULL",
    )
    acts = query(cast.database, "SELECT case_id, action FROM events WHERE action LIKE 'deem%'")
    return [
        one for found in (reminders, messages, acts) for one, n in Counter(found).items() if n > 1
    ]


def consequences(cast, silent, renewal, license_id, left):
    """What the law did by itself: acceptances, the renewal, the end of the other license."""
    accepted = [
        [(act.do, act.on) for act in stored(cast, n).folded if act.do == "deem_accepted"]
        for n in silent
    ]
    assert accepted == [[("deem_accepted", TODAY)]] * len(silent)
    assert stored(cast, renewal).state == "approved"
    ended = query(cast.database, "SELECT status FROM licenses WHERE id = :i", i=license_id)
    assert ended == [("lapsed",)]
    told = query(
        cast.database,
        "SELECT COUNT(*) FROM events WHERE case_id = :c AND action = 'set_facts'",
        c=stored(cast, left).id,
    )
    assert told == [(1,)]


AFTER = EXPIRY + timedelta(1)


def test_it_does_everything_once_when_it_runs_twice(cast):
    what = office(cast)
    for day in (TODAY, TODAY + timedelta(8), AFTER):
        night(cast, day)
    before = fingerprint(cast.database)
    again = night(cast, AFTER)
    assert (again.acted, again.lapsed, again.sent, again.failed) == (0, 0, 0, 0)
    consequences(cast, *what)
    assert twice(cast) == []
    night(cast, AFTER, hour=1)
    assert fingerprint(cast.database) == before


def test_it_catches_up_after_three_lost_nights(cast):
    what = office(cast)
    night(cast, silence_ends(cast) + timedelta(4))
    every = [stored(cast, number).folded[-1].do for number in what[0]]
    assert every == ["deem_accepted"] * len(every)
    night(cast, EXPIRY - timedelta(1))
    night(cast, AFTER + timedelta(3))
    consequences(cast, *what)
    assert twice(cast) == []
    skipped = query(cast.database, "SELECT COUNT(*) FROM reminders WHERE reason = 'overtaken'")
    assert skipped[0][0] >= 3


def silence_ends(cast):
    ((due,),) = query(cast.database, "SELECT MIN(next_due) FROM cases WHERE next_clock = 'K-CORR'")
    return due if isinstance(due, date) else date.fromisoformat(due)


def _ticks(url, days, together):
    database = open_database(url)
    for day in days:
        together.wait()
        ticking.tick(database, moment(day, hour=1))
        together.wait()
    database.close()


@pytest.mark.parametrize("rivals", ["threads", "processes"])
def test_two_schedulers_at_once_do_everything_once(cast, database_url, rivals):
    what, days = office(cast), (TODAY + timedelta(8), AFTER)
    scope = threading if rivals == "threads" else multiprocessing.get_context("spawn")
    kind = threading.Thread if rivals == "threads" else scope.Process
    together = scope.Barrier(3, timeout=120)
    running = [kind(target=_ticks, args=(database_url, days, together)) for _ in range(2)]
    for one in running:
        one.start()
    for day in days:
        together.wait()
        together.wait()
        night(cast, day)
    for one in running:
        one.join()
    consequences(cast, *what)
    assert twice(cast) == []
    with cast.database.reading() as session:
        assert trail.verify(session).intact


def test_it_doubles_nothing_when_the_clock_is_set_back_and_says_so(cast, caplog, capsys):
    what = office(cast)
    night(cast, AFTER)
    consequences(cast, *what)
    capsys.readouterr()
    events = query(cast.database, "SELECT COUNT(*) FROM events")
    sent = query(cast.database, "SELECT COUNT(*) FROM reminders")
    for back in (30, 1, 60):
        outcome = night(cast, AFTER - timedelta(back))
        assert (outcome.acted, outcome.lapsed, outcome.failed) == (0, 0, 0)
    assert query(cast.database, "SELECT COUNT(*) FROM events") == events
    assert query(cast.database, "SELECT COUNT(*) FROM reminders") == sent
    assert twice(cast) == []
    assert "the clock was set back" in capsys.readouterr().out + caplog.text
