"""Relay and tasks with a real Valkey, inside this process."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import timedelta

import pytest
from redis import Redis
from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from tests.jobs.office import NOON, HandClock, equipment
from workflow.jobs import tasks
from workflow.jobs.equipment import equip
from workflow.jobs.queue import desk_queue
from workflow.jobs.relay import Relay
from workflow.services import clockwork, replaying
from workflow.services.doorbell import BELL, connect, ringer
from workflow.storage.statements import rows


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def broker(valkey_url):
    with closing(connect(valkey_url, patience=2)) as connection:
        yield connection


@pytest.fixture
def desk(office, clock):
    equipped = equipment(office.database, clock)
    equip(equipped)
    yield equipped
    equip(None)


@pytest.fixture
def relay(desk, broker):
    return Relay(desk, broker)


class OnceWorker(SimpleWorker):
    """Does what is queued and ends; RQ would wait a second for its command channel."""

    def subscribe(self):
        pass

    def unsubscribe(self):
        pass


def work(broker: Redis) -> None:
    OnceWorker([desk_queue(broker)], connection=broker, serializer=JSONSerializer).work(burst=True)


def test_it_passes_on_what_is_due_and_the_message_arrives(office, relay, broker):
    letters = [office.happen("handler", "reviewer") for _ in range(3)]
    assert relay.pass_on() == 3
    assert relay.pass_on() == 0
    work(broker)
    assert office.states() == {"done": 3}
    assert office.inboxes() == [(who, letter) for letter in letters for who in ("li", "wang")]


def test_a_job_carries_ids_only_and_as_json(office, relay, broker):
    letter = office.happen("handler")
    relay.pass_on()
    job = desk_queue(broker).fetch_job(f"{letter}-1")
    assert job.args == [letter, 1]
    assert job.data.startswith(b"[")
    assert broker.ttl(job.key) <= 20


def test_a_job_that_runs_twice_leaves_one_message(office, relay, broker):
    letter = office.happen("handler")
    relay.pass_on()
    work(broker)
    tasks.notify(letter, 1)
    assert office.inboxes() == [("wang", letter)]


def test_a_lost_queue_is_filled_again_when_the_leases_lapse(office, relay, broker, clock):
    letters = [office.happen("handler") for _ in range(5)]
    relay.pass_on()
    broker.flushall()
    work(broker)
    assert office.inboxes() == []
    clock.pass_by(20)
    assert relay.pass_on() == 5
    work(broker)
    assert office.inboxes() == [("wang", letter) for letter in letters]


def test_a_broker_that_is_away_delays_and_loses_nothing(office, desk, broker, tmp_path):
    letter = office.happen("handler")
    passes = iter([False, True])
    with closing(connect(f"unix://{tmp_path}/nobody", patience=1)) as nobody:
        Relay(desk, nobody).run(lambda: next(passes))
    assert office.letter(letter)["fence"] == 0
    Relay(desk, broker).pass_on()
    work(broker)
    assert office.inboxes() == [("wang", letter)]


def test_a_database_that_refuses_for_a_while_does_not_end_the_relay(office, desk, broker):
    office.happen("handler")
    office.change("ALTER TABLE outbox RENAME TO hidden")
    passes = 0

    def stopping():
        nonlocal passes
        passes += 1
        if passes == 2:
            office.change("ALTER TABLE hidden RENAME TO outbox")
        return passes > 2

    Relay(desk, broker).run(stopping)
    assert len(desk_queue(broker)) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_lost_connections_do_not_end_the_relay(office, desk, broker):
    office.happen("handler")
    passes = 0

    def stopping():
        nonlocal passes
        passes += 1
        if passes == 1:
            office.change(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        return passes > 3

    with office.database.reading(), office.database.reading():
        pass
    Relay(desk, broker).run(stopping)
    assert len(desk_queue(broker)) == 1


def test_a_failing_job_is_recorded_and_ends_as_an_incident(office, relay, broker, clock):
    letter = office.happen("handler")
    office.change("UPDATE outbox SET seq = 99 WHERE id = :i", i=letter)
    for attempt in range(1, 9):
        assert relay.pass_on() == 1
        work(broker)
        assert office.letter(letter)["attempt"] == attempt
        clock.pass_by(61)
    assert office.letter(letter)["state"] == "incident"
    assert "event 99" in office.letter(letter)["error"]
    assert relay.pass_on() == 0


def test_the_sweep_makes_incidents_of_silent_deaths(office, relay):
    letter = office.happen("handler")
    office.change(
        "UPDATE outbox SET attempt = 8, lease_until = :l WHERE id = :i",
        l=NOON.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), i=letter,
    )  # fmt: skip
    relay.sweep_now_and_then()
    assert office.letter(letter)["state"] == "incident"


def test_a_ring_wakes_the_relay_at_once(office, desk, broker, valkey_url):
    office.happen("handler")
    ringer(valkey_url)()
    passes = iter([False, True])
    begun = time.monotonic()
    Relay(desk, broker).run(lambda: next(passes))
    assert time.monotonic() - begun < 0.5
    assert len(desk_queue(broker)) == 1


def test_many_rings_are_one(valkey_url, broker):
    ring = ringer(valkey_url)
    for _ in range(5):
        ring()
    assert broker.llen(BELL) == 1


def test_a_ring_nobody_hears_is_silent_and_quick(tmp_path):
    ring = ringer(f"unix://{tmp_path}/nobody")
    begun = time.monotonic()
    for _ in range(20):
        ring()
    assert time.monotonic() - begun < 0.5


def test_a_ring_does_not_wait_for_a_frozen_broker(valkey_url, broker):
    ring = ringer(valkey_url)
    ring()
    broker.client_pause(1500)
    begun = time.monotonic()
    for _ in range(20):
        ring()
    assert time.monotonic() - begun < 0.5
    broker.client_unpause()


@pytest.mark.usefixtures("desk")
def test_it_ticks_the_day_once_and_refuses_a_day_to_come(office):
    tasks.tick()
    tasks.tick("2026-11-23")
    tasks.tick("2026-11-24")
    with office.database.reading() as session:
        assert clockwork.last_day(session) == "2026-11-23"


@pytest.mark.usefixtures("desk")
def test_it_verifies_the_trail_and_keeps_the_verdict(office):
    office.happen("handler")  # an event that nobody sealed
    tasks.verify_trail()
    with office.database.reading() as session:
        ((broken,),) = rows(session, "SELECT broken FROM trail_checks")
    assert broken.startswith("case:AP-2026-00001:1 ")


@pytest.mark.usefixtures("desk")
def test_it_replays_the_trail_and_keeps_what_differs(office):
    tasks.replay_trail()
    with office.database.reading() as session:
        before = replaying.last(session).differences
    office.happen("handler")  # an event whose body tells nothing
    tasks.replay_trail()
    with office.database.reading() as session:
        kept = replaying.last(session)
    assert kept.differences > before
    assert "body" in {field for _, field in kept.found}


@pytest.mark.usefixtures("desk")
def test_reconciliation_runs_as_a_job(broker):
    desk_queue(broker).enqueue("workflow.jobs.tasks.reconcile", job_id="reconcile")
    work(broker)
    assert Job.fetch("reconcile", broker, JSONSerializer).get_status() == "finished"


def test_a_lease_can_be_shorter(office, desk, broker, clock):
    office.happen("handler")
    relay = Relay(desk, broker, lease=timedelta(seconds=2))
    relay.pass_on()
    clock.pass_by(2)
    assert relay.pass_on() == 1
