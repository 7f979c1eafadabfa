"""Long work: done in shares, once, by whoever holds the claim; its file is for one person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.jobs.office import HandClock, Office, equipment
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Text
from workflow.jobs import tasks
from workflow.jobs.equipment import equip
from workflow.services import accounts, delivery, long_kinds, long_running, long_work
from workflow.services.long_work import Kind, Report

TOTAL = 5
FILE = ("数.csv", "text/csv")


def count(_, errand):
    """Writes one line a number, from where an earlier run came to."""
    for n in range(int(errand.cursor or 0) + 1, TOTAL + 1):
        if n == errand.given.get("stumbles") and errand.given["stumbles"]:
            message = "示例故障"
            raise RuntimeError(message)
        yield Report(n, TOTAL, str(n), f"{n}\n".encode(), {"sum": n * (n + 1) // 2})


@pytest.fixture
def desk(office: Office, monkeypatch):
    """The office with one more kind of work, as a colleague would add it."""
    counting = Kind(Text("示例计数", "Counting"), Text("行", "lines"), count)
    monkeypatch.setitem(long_kinds.KINDS, "count", counting)
    clock = HandClock()
    equip(equipment(office.database, clock))
    yield Desk(office, clock)
    equip(None)


class Desk:
    def __init__(self, office, clock):
        self.office, self.database, self.clock = office, office.database, clock

    @property
    def moment(self):
        return equipment(self.database, self.clock).now()

    def actor(self, login="wang"):
        with self.database.reading() as session:
            return accounts.actor(session, accounts.by_login(session, login))

    def ask(self, **given):
        with self.database.transaction() as tx:
            return long_work.ask(
                tx,
                "count",
                given,
                actor=self.actor(),
                moment=self.moment,
                file=("数.csv", "text/csv"),
            )

    def claim(self):
        with self.database.transaction() as tx:
            return delivery.claim_due(tx, moment=self.moment)

    def work(self):
        """Everything due, as a worker does it."""
        for claim in self.claim():
            tasks.notify(claim.id, claim.fence)

    def shown(self, work_id, login="wang"):
        with self.database.reading() as session:
            return long_work.show(session, work_id, actor=self.actor(login), moment=self.moment)

    def file(self, work_id, actor=None):
        with self.database.reading() as session:
            work = long_work.file_of(
                session, work_id, actor=actor or self.actor(), moment=self.moment
            )
        return b"".join(long_work.parts(self.database, work.id)).decode(), work

    def share(self, claim, reports=1):
        """One share that has time for some reports only."""
        left = [reports]

        def enough():
            left[0] -= 1
            return left[0] <= 0

        return long_running.go_on(self.database, claim, lambda: self.moment, enough=enough)


def test_it_is_waiting_then_done_with_its_file_and_figures(desk):
    asked = desk.ask()
    assert (desk.shown(asked).stage, desk.shown(asked).total) == ("waiting", None)
    desk.work()
    work = desk.shown(asked)
    assert (work.stage, work.done, work.percent, work.figures) == ("finished", 5, 100, {"sum": 15})
    assert desk.file(asked)[0] == "1\n2\n3\n4\n5\n"
    assert work.size == len("1\n2\n3\n4\n5\n")


def test_it_goes_on_behind_its_last_report_whoever_was_killed(desk):
    asked = desk.ask()
    (claim,) = desk.claim()
    assert desk.share(claim, reports=2) == "more"
    assert (desk.shown(asked).done, desk.shown(asked).stage) == (2, "running")
    desk.clock.pass_by(200)
    assert desk.shown(asked).stage == "interrupted"
    desk.work()
    assert desk.file(asked)[0] == "1\n2\n3\n4\n5\n"


def test_it_lets_a_stale_twin_write_nothing(desk):
    asked = desk.ask()
    (old,) = desk.claim()
    desk.clock.pass_by(60)
    (new,) = desk.claim()
    assert desk.share(new, reports=1) == "more"
    assert desk.share(old, reports=1) == "ended"
    tasks.notify(new.id, new.fence)
    tasks.notify(new.id, new.fence)
    tasks.notify(old.id, old.fence)
    assert desk.file(asked)[0] == "1\n2\n3\n4\n5\n"


def test_it_begins_the_same_work_of_one_person_once(desk):
    assert desk.ask(a=1) == desk.ask(a=1)
    assert desk.ask(a=1) != desk.ask(a=2)
    desk.work()
    assert desk.ask(a=1) != 1


def test_it_stops_where_it_is_cancelled_and_keeps_no_file(desk):
    asked = desk.ask()
    (claim,) = desk.claim()
    desk.share(claim, reports=2)
    with desk.database.transaction() as tx:
        assert long_work.cancel(tx, asked, actor=desk.actor(), moment=desk.moment)
        assert not long_work.cancel(tx, asked, actor=desk.actor(), moment=desk.moment)
    assert desk.share(claim) == "ended"
    desk.clock.pass_by(100)
    desk.work()
    assert (desk.shown(asked).stage, desk.office.states()) == ("cancelled", {"done": 1})
    with pytest.raises(NotFound):
        desk.file(asked)


def test_it_fails_after_eight_attempts_and_is_tried_again_from_there(desk):
    asked = desk.ask(stumbles=3)
    for _ in range(delivery.MOST_ATTEMPTS):
        assert desk.shown(asked).live
        for claim in desk.claim():
            with pytest.raises(RuntimeError):
                tasks.notify(claim.id, claim.fence)
        desk.clock.pass_by(120)
    work = desk.shown(asked)
    assert (work.stage, work.done, work.error) == ("failed", 2, "RuntimeError: 示例故障")
    with desk.database.transaction() as tx:
        assert long_work.retry(tx, asked, actor=desk.actor())
        assert not long_work.retry(tx, asked, actor=desk.actor())
    assert desk.shown(asked).live


def test_it_shows_work_and_file_to_who_asked_alone(desk):
    asked = desk.ask()
    desk.work()
    with pytest.raises(NotFound):
        desk.shown(asked, "li")
    with pytest.raises(NotFound):
        desk.file(asked, desk.actor("li"))
    moved = replace(desk.actor(), scope=replace(desk.actor().scope, companies=frozenset({1})))
    with pytest.raises(NotFound):
        desk.file(asked, moved)


def test_it_removes_a_file_when_its_day_has_come(desk):
    asked = desk.ask()
    desk.work()
    desk.clock.pass_by(long_work.KEPT.total_seconds() - 1)
    tasks.drop_files()
    assert desk.file(asked)
    desk.clock.pass_by(2)
    with pytest.raises(NotFound):
        desk.file(asked)
    tasks.drop_files()
    with desk.database.transaction() as tx:
        assert long_work.drop_expired(tx, desk.moment) == 0
    assert (desk.shown(asked).stage, desk.shown(asked).has_file) == ("finished", False)


def test_it_does_not_work_for_a_locked_account(desk):
    asked = desk.ask()
    desk.office.change("UPDATE accounts SET active = :no WHERE login = 'wang'", no=False)
    (claim,) = desk.claim()
    with pytest.raises(PermissionError):
        tasks.notify(claim.id, claim.fence)
    assert desk.shown(asked, "wang").done == 0
