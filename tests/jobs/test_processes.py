"""Relay, worker and scheduler as real processes: what a kill, or an erased broker, cannot do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, closing

import pytest

from tests.jobs.office import equipment
from tests.support.processes import (
    alive,
    command_line,
    descendants,
    environment,
    running,
    wait_for,
)
from workflow.jobs.broker import embedded_broker
from workflow.jobs.relay import Relay
from workflow.jobs.schedule import SEAT
from workflow.services.doorbell import connect
from workflow.storage.statements import row, rows

SLOW = {
    "sqlite": (
        """CREATE TRIGGER slow BEFORE INSERT ON messages BEGIN SELECT count(*) FROM sqlite_master a,
           sqlite_master b, sqlite_master c, sqlite_master d; END""",
    ),
    "postgresql": (
        """CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN PERFORM pg_sleep(2); RETURN NEW; END $$""",
        "CREATE TRIGGER slow BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION slow()",
    ),
}
QUICK = {"sqlite": "DROP TRIGGER slow", "postgresql": "DROP TRIGGER slow ON messages"}


class Scene:
    """An office, its settings, and processes that end with the test."""

    def __init__(self, office, settings, stack, folder):
        self.office, self.settings = office, settings
        self._stack, self._folder = stack, folder

    def start(self, *arguments):
        log = self._folder / f"{arguments[0]}.log"
        return self._stack.enter_context(running(*arguments, settings=self.settings, log=log))

    def log(self, name):
        return (self._folder / f"{name}.log").read_text()

    def slow_down(self):
        """From now on every message takes about a second or two to write."""
        for statement in SLOW[self.office.database.dialect]:
            self.office.change(statement)

    def speed_up(self):
        """Messages are quick again; waits until no killed job holds the table any more."""
        self.office.change(QUICK[self.office.database.dialect])

    def lapse(self):
        """Let the leases lapse now instead of in twenty seconds."""
        self.office.change("UPDATE outbox SET lease_until = '' WHERE state = 'pending'")

    def all_done(self, letters, within=20):
        wait_for(
            lambda: self.office.states() == {"done": len(letters)}, "every row done", within=within
        )
        assert self.office.inboxes() == [(who, x) for x in letters for who in ("li", "wang")]


@pytest.fixture
def database_url(request):
    """SQLite, unless a test asks for both databases."""
    kind = getattr(request, "param", "sqlite")
    return request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")


on_both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def scene(office, database_url, valkey_url, tmp_path, folder):
    settings = {"DATA_DIR": str(folder), "DATABASE_URL": database_url}
    with ExitStack() as stack:
        yield Scene(office, settings | {"REDIS_URL": valkey_url}, stack, tmp_path)


def begun(office, letter):
    return lambda: office.letter(letter)["attempt"] == 1


@on_both_databases
def test_a_worker_killed_in_a_job_loses_and_doubles_nothing(scene):
    office = scene.office
    scene.slow_down()
    letters = [office.happen("handler", "reviewer") for _ in range(5)]
    scene.start("relay")
    worker = scene.start("rq-worker")
    wait_for(begun(office, letters[0]), "a job under way")
    (horse,) = descendants(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    wait_for(lambda: not alive({horse}), "the job ended with its worker", within=5)
    worker.wait()
    scene.speed_up()
    assert office.letter(letters[0])["state"] == "pending"
    scene.lapse()
    scene.start("rq-worker")
    scene.all_done(letters)
    assert office.letter(letters[0])["attempt"] == 2


def test_a_killed_job_is_not_lost_either(scene):
    office = scene.office
    scene.slow_down()
    letter = office.happen("handler", "reviewer")
    scene.start("relay")
    worker = scene.start("rq-worker")
    wait_for(begun(office, letter), "a job under way")
    (horse,) = descendants(worker.pid)
    os.kill(horse, signal.SIGKILL)
    wait_for(lambda: not alive({horse}), "the job is dead")
    scene.speed_up()
    scene.lapse()
    scene.all_done([letter])
    assert worker.poll() is None


def test_a_killed_relay_is_not_missed_by_anybody(scene):
    letters = [scene.office.happen("handler", "reviewer") for _ in range(20)]
    relay = scene.start("relay")
    wait_for(lambda: scene.office.letter(letters[-1])["fence"] == 1, "all claimed")
    os.kill(relay.pid, signal.SIGKILL)
    scene.lapse()
    scene.start("relay")
    scene.start("rq-worker")
    scene.all_done(letters)


@on_both_databases
def test_an_erased_broker_loses_nothing(office, database_url, tmp_path, folder):
    settings = {"DATA_DIR": str(folder), "DATABASE_URL": database_url}
    letters = [office.happen("handler", "reviewer") for _ in range(10)]
    with ExitStack() as stack:
        scene = Scene(office, settings, stack, tmp_path)
        broker = scene.start("broker")
        scene.start("relay")
        wait_for(lambda: office.letter(letters[-1])["fence"] == 1, "all in the queue")
        os.killpg(broker.pid, signal.SIGKILL)
        broker.wait()
        shutil.rmtree(folder / "broker")
        scene.start("broker")
        scene.lapse()
        scene.start("rq-worker")
        scene.all_done(letters)


@on_postgresql
def test_a_stopped_worker_finishes_its_job_first(scene):
    office = scene.office
    scene.slow_down()
    letter = office.happen("handler", "reviewer")
    scene.start("relay")
    group = scene.start("worker")
    wait_for(begun(office, letter), "a job under way")
    group.terminate()
    assert group.wait(20) == 0
    assert office.letter(letter)["state"] == "done"
    assert office.letter(letter)["attempt"] == 1


WARM_WORKER = """
import os
from workflow.jobs.equipment import equip, from_settings
from workflow.jobs.worker import new_worker
from workflow.services.doorbell import connect
from workflow.settings import Settings
from workflow.storage.statements import row

settings = Settings.from_env(os.environ)
desk = from_settings(settings)
equip(desk)

def backend():
    with desk.database.reading() as session:
        return row(session, "SELECT pg_backend_pid()")[0]

before = backend()
new_worker(connect(settings.redis_url)).work(burst=True)
print(before, backend())
"""


@on_postgresql
def test_a_warm_pool_is_not_carried_over_the_fork(office, database_url, valkey_url):
    office.change("CREATE TABLE seen (pid int)")
    office.change(
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN INSERT INTO seen VALUES (pg_backend_pid()); RETURN NEW; END $$"
    )
    office.change(
        "CREATE TRIGGER note BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION note()"
    )
    for _ in range(3):
        office.happen("handler")
    with closing(connect(valkey_url)) as broker:
        Relay(equipment(office.database), broker).pass_on()
    worker = subprocess.run(
        [sys.executable, "-c", WARM_WORKER],
        check=True,
        capture_output=True,
        text=True,
        env=environment({"DATABASE_URL": database_url, "REDIS_URL": valkey_url}),
        timeout=60,
    )
    before, after = map(int, worker.stdout.splitlines()[-1].split())
    with office.database.reading() as session:
        backends = {pid for (pid,) in rows(session, "SELECT pid FROM seen")}
    assert before == after, "the worker lost its own connection"
    assert len(backends) == 3
    assert before not in backends


def holder(office):
    with office.database.reading() as session:
        return row(session, "SELECT holder FROM leases WHERE name = :n", n=SEAT)


@on_postgresql
def test_of_two_schedulers_one_works_and_the_other_takes_over(scene, valkey_url):
    first = scene.start("scheduler")
    wait_for(lambda: holder(scene.office), "a scheduler at work")
    second = scene.start("scheduler")
    wait_for(lambda: "standing by" in scene.log("scheduler"), "the other stands by")
    with closing(connect(valkey_url)) as broker:
        wait_for(lambda: broker.llen("rq:queue:desk") >= 3, "what was missed is enqueued")
    os.kill(first.pid, signal.SIGKILL)
    scene.office.change("UPDATE leases SET until = ''")
    wait_for(lambda: str(second.pid) in holder(scene.office)[0], "the other took over")
    second.terminate()
    assert second.wait(10) == 0
    assert holder(scene.office) is None


def test_the_scheduler_survives_a_broker_that_comes_later(office, database_url, tmp_path, folder):
    settings = {"DATA_DIR": str(folder), "DATABASE_URL": database_url}
    with ExitStack() as stack:
        scene = Scene(office, settings, stack, tmp_path)
        scheduler = scene.start("scheduler")
        wait_for(lambda: "broker is away" in scene.log("scheduler"), "it noticed")
        with embedded_broker(folder) as broker, closing(connect(broker.url)) as client:
            wait_for(lambda: client.llen("rq:queue:desk") >= 3, "it caught up")
            assert scheduler.poll() is None
            assert "scheduler" in command_line(scheduler.pid)
