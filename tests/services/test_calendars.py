"""A new holiday notice: what it moves, what is refused, and that every open case follows once."""

from __future__ import annotations

import json
import multiprocessing
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.builders import about, fingerprint, held, new_company, query, refused, stored
from tests.support.cast import TODAY, gather, moment
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.domain.workdays import YearNotice
from workflow.law import catalogue
from workflow.services import calendars, clockwork, judging, notice_faults, recounting, ticking
from workflow.services.advance import redate
from workflow.storage.database import open_database


def named(number):
    """A notice is known by its number in any language."""
    return Text(number, number)


SPRING = frozenset(date(2026, 3, 23) + timedelta(n) for n in range(5))
SATURDAY = date(2026, 3, 28)
SHIPPED = catalogue.CALENDAR.year(2026)
PLANTED = YearNotice(
    2026, SHIPPED.off | SPRING, SHIPPED.workdays | {SATURDAY}, named("示例办发明电〔2026〕9号")
)
LATER = date(2026, 12, 1)


@pytest.fixture
def cast(database):
    """A cast whose database nobody else loads notices into."""
    return gather(database)


def load(cast, notice=PLANTED, day=TODAY, **more):
    with cast.database.transaction() as tx:
        return calendars.load(tx, notice, by="1", moment=moment(day), **more)


def follow(cast, **more):
    return recounting.go_on(cast.database, moment(), **more)


def works(day, off, make_up):
    """The plainest reading of the rule, written here again on purpose."""
    return day not in off and (day in make_up or day.isoweekday() < 6)


def naive_due(code, start, off, make_up):
    """A plain loop: so many working days after the start, or days rolled to a working day."""
    if code in ("K-CORR", "K-REV", "K-DELIV"):
        left, day = {"K-CORR": 5, "K-REV": 60, "K-DELIV": 10}[code], start
        while left:
            day += timedelta(1)
            left -= works(day, off, make_up)
        return day
    day = start + timedelta(30)
    while not works(day, off, make_up):
        day += timedelta(1)
    return day


def holidays(*notices):
    """Days off and make-up days of 2025 to 2027, as shipped or as given."""
    years = {year: catalogue.CALENDAR.year(year) for year in (2025, 2026, 2027)}
    years |= {notice.year: notice for notice in notices}
    found = years.values()
    return (
        frozenset().union(*(notice.off for notice in found)),
        frozenset().union(*(notice.workdays for notice in found)),
    )


def office(cast):
    """Cases of many sorts, and for each the (clock, day it counts from) that runs."""
    many = {}
    for back in (0, 3, 8, 30, 70, 120):
        day = TODAY - timedelta(back)
        many[fresh(cast).submitted(day=day)] = [("K-CORR", day), ("K-REV", day)]
    accepted = fresh(cast).submitted(day=TODAY - timedelta(2))
    cast.do(accepted, "accept")
    many[accepted] = [("K-REV", TODAY - timedelta(2))]
    many[fresh(cast).in_correction(day=TODAY - timedelta(1))] = []
    many[fresh(cast).approved(day=TODAY)] = [("K-DELIV", TODAY)]
    many[fresh(cast).open_case()] = []
    changing = fresh(cast)
    change = {"changes": ["C-LREP"], "facts": {"registered_on": "2026-02-24"}}
    number = about(changing, held(changing), "change", **change)
    many[number] = [("K-CHG-REG", date(2026, 2, 24))]
    withdrawn = fresh(cast).submitted(day=TODAY)
    cast.do(withdrawn, "withdraw", given={"reason": "企业改变计划"})
    many[withdrawn] = []
    return many


def fresh(cast):
    """The cast with a client of its own, so that no two cases are in each other's way."""
    return replace(cast, company=new_company(cast))


def expected(many):
    """Case and clock with both dates, for every date that differs, by the plain loop."""
    before, after = holidays(), holidays(PLANTED)
    return {
        (number, code, naive_due(code, start, *before), naive_due(code, start, *after))
        for number, clocks in many.items()
        for code, start in clocks
        if naive_due(code, start, *before) != naive_due(code, start, *after)
    }


def told(cast):
    """Every date the clock said it moved, read from the trail."""
    found = set()
    for number, body in query(
        cast.database,
        "SELECT c.number, e.body FROM events e JOIN cases c ON c.id = e.case_id"
        " WHERE e.actor = 'clock' AND e.action = 'set_facts' ORDER BY e.id",
    ):
        for change in json.loads(body)["changes"]:
            chain, _, code = change["field"].partition(".")
            days = date.fromisoformat(change["old"]), date.fromisoformat(change["new"])
            entry = (number, code, *days)
            assert chain == "clock"
            assert entry not in found, "told twice"
            found.add(entry)
    return found


def test_it_moves_exactly_what_a_plain_day_loop_moves(cast):
    many = office(cast)
    want = expected(many)
    assert len(want) > 8
    with cast.database.reading() as session:
        impact = calendars.impact(session, PLANTED, TODAY)
    assert {(m.number, m.code, m.old, m.new) for m in impact.moves} == want
    assert told(cast) == set()
    assert load(cast) == 1
    outcome = follow(cast)
    assert (outcome.failed, outcome.ended) == (0, True)
    assert outcome.moved == len({number for number, *_ in want})
    assert told(cast) == want
    for number, clocks in many.items():
        case = stored(cast, number)
        running = [naive_due(code, start, *holidays(PLANTED)) for code, start in clocks]
        if case.state != "withdrawn":
            assert case.calendar == "shipped+2026v1"
            assert case.next_due == min(running, default=None)
    with cast.database.reading() as session:
        assert judging.calendar_version(session) == "shipped+2026v1"
        assert calendars.progress(session).waiting is False


def test_it_does_nothing_a_second_time(cast):
    want = expected(office(cast))
    load(cast)
    follow(cast)
    again = follow(cast)
    assert (again.done, again.moved, told(cast)) == (0, 0, want)


def test_it_goes_on_where_it_was_stopped(cast):
    want = expected(office(cast))
    load(cast)
    share = iter([False, False, False, False, True])
    half = follow(cast, enough=lambda: next(share, True))
    assert 0 < half.done < len(want)
    assert not half.ended
    with cast.database.reading() as session:
        assert calendars.progress(session).waiting
        assert calendars.progress(session).done == half.done
    assert follow(cast).ended
    assert told(cast) == want


def _work(url):
    database = open_database(url)
    recounting.go_on(database, moment())
    database.close()


def test_it_goes_on_after_a_kill_and_lets_several_work_at_once(cast, database_url):
    want = expected(office(cast))
    load(cast)
    spawn = multiprocessing.get_context("spawn")
    killed = spawn.Process(target=_work, args=(database_url,))
    killed.start()
    killed.join(1.2)
    killed.kill()
    killed.join()
    rivals = [threading.Thread(target=_work, args=(database_url,)) for _ in range(3)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert follow(cast).ended
    assert told(cast) == want


def test_it_tells_the_move_before_an_act_that_comes_first(cast):
    number = cast.submitted(day=TODAY)
    load(cast)
    cast.do(number, "accept")
    assert {(n, c) for n, c, *_ in told(cast)} == {(number, "K-CORR"), (number, "K-REV")}
    assert follow(cast).done == 0


def test_it_holds_nobody_to_a_date_that_has_moved(cast):
    number = cast.submitted(day=TODAY)
    old = stored(cast, number).next_due
    load(cast)
    with cast.database.transaction() as tx:
        assert clockwork.take(tx, number, moment(old + timedelta(1))) is False
    ticking.tick(cast.database, moment(old + timedelta(1)))
    assert stored(cast, number).next_due > old
    assert all(act.do != "deem_accepted" for act in stored(cast, number).folded)


def test_it_keeps_every_version_and_uses_the_newest(cast):
    number = cast.submitted(day=TODAY)
    load(cast)
    follow(cast)
    middle = stored(cast, number).next_due
    assert load(cast, SHIPPED) == 2
    follow(cast)
    assert stored(cast, number).next_due < middle
    with cast.database.reading() as session:
        assert judging.calendar_version(session) == "shipped+2026v2"
        assert judging.calendar_of(session, "shipped+2026v1").year(2026).off == PLANTED.off
        line = next(y for y in calendars.years(session, TODAY) if y.notice.year == 2026)
        assert [earlier.notice.version for earlier in line.earlier] == [1]


def test_it_lets_one_of_two_administrators_load(cast):
    load(cast, seen=0)
    with refused(cast.database, BadInput, field="year"):
        load(cast, SHIPPED, seen=0)


def test_it_says_that_a_notice_counts_already(cast):
    with refused(cast.database, BadInput, field="notice"), cast.database.reading() as session:
        calendars.refuse_the_same(session, SHIPPED)
    load(cast)
    with refused(cast.database, BadInput, field="notice"), cast.database.reading() as session:
        calendars.refuse_the_same(session, PLANTED)


def test_it_looks_at_licenses_whose_dates_roll(cast):
    change = {"change": "C-LREP", "registered_on": "2026-02-24"}
    rolls = held(cast, unreported_changes=[change])
    fixed = held(cast)
    ticking.tick(cast.database, moment())
    load(cast)
    looks = dict(query(cast.database, "SELECT id, next_look FROM licenses"))
    assert str(looks[rolls]) == "2000-01-01"
    assert str(looks[fixed]) > "2000-01-01"


def test_it_counts_dates_beyond_the_last_day_of_a_notice_as_estimates(cast):
    half = YearNotice(
        2026, SHIPPED.off, SHIPPED.workdays, named("示例"), valid_through=date(2026, 6, 30)
    )
    with cast.database.reading() as session:
        after = calendars.with_notice(judging.calendar_in_use(session), half)
    assert not after.estimated(date(2026, 5, 1), date(2026, 6, 30))
    assert after.estimated(date(2026, 5, 1), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("day", "missing"), [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027)]
)
def test_it_misses_next_years_notice_from_november_on(cast, day, missing):
    with cast.database.reading() as session:
        assert calendars.missing_year(session, day) == missing
    published = YearNotice(2027, frozenset({date(2027, 1, 1)}), frozenset(), named("示例办发明电"))
    load(cast, published)
    with cast.database.reading() as session:
        assert calendars.missing_year(session, day) is None


FAULTS = [
    ({"off": frozenset()}, "off"),
    ({"off": frozenset({date(2027, 1, 1)})}, "off"),
    ({"off": frozenset(date(2026, 1, 1) + timedelta(n) for n in range(61))}, "off"),
    ({"workdays": frozenset({date(2026, 1, 1)})}, "workdays"),
    ({"workdays": frozenset({date(2026, 3, 4)})}, "workdays"),
    ({"year": 1999}, "year"),
    ({"year": 2031}, "year"),
    ({"valid_through": date(2027, 1, 1)}, "valid_through"),
    ({"valid_through": date(2026, 3, 1)}, "valid_through"),
]


@pytest.mark.parametrize(("changes", "field"), FAULTS)
def test_it_refuses_days_that_cannot_be(changes, field):
    given = {
        "year": 2026, "off": PLANTED.off, "workdays": PLANTED.workdays,
        "notice": named("示例"), **changes,
    }  # fmt: skip
    assert field in {fault.field for fault in notice_faults.faults(YearNotice(**given), TODAY)}
    assert notice_faults.faults(PLANTED, TODAY) == []


def test_it_leaves_a_case_alone_that_has_followed(cast):
    number = cast.submitted(day=TODAY)
    load(cast)
    with cast.database.transaction() as tx:
        assert redate(tx, number, moment()) is True
    before = fingerprint(cast.database)
    with cast.database.transaction() as tx:
        assert redate(tx, number, moment()) is None
    assert fingerprint(cast.database) == before
