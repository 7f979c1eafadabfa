"""Copies of checkpoints in a bucket with object lock: once each, none lost, none replaced."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.jobs.office import HandClock
from tests.storage.trail_rows import ask
from tests.support.cast import gather
from workflow.domain.acting import Moment
from workflow.jobs.equipment import Equipment, equip
from workflow.jobs.locked_store import LockedStore
from workflow.jobs.sequencer import Sealing, Sequencer
from workflow.jobs.tasks import notify
from workflow.services import delivery
from workflow.services.checkpoint_copy import Copy

MORNING = datetime(2028, 2, 29, 2, 0, tzinfo=UTC)
STORE = "s3://kept-notes/desk?years=10"


class Bucket(BaseHTTPRequestHandler):
    """As much of the protocol as a locked bucket needs; what it holds lies on the server."""

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.away:
            return self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
        if self.headers["If-None-Match"] == "*" and self.path in self.server.kept:
            return self._answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
        self.server.kept[self.path] = body
        self.server.headers[self.path] = self.headers
        return self._answer(200)

    def do_GET(self):
        self._answer(200, self.server.kept[self.path])

    def _answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def bucket(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    server.kept, server.headers, server.away = {}, {}, False
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
        "AWS_ACCESS_KEY_ID": "示例".encode().hex(),
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def seat(database, tmp_path):
    clock = HandClock(MORNING)
    equip(Equipment(database, "Asia/Shanghai", clock, store=LockedStore(STORE)))
    sealing = Sealing(tmp_path / "key", tmp_path / "notes.txt", store=STORE)
    desk = Equipment(database, "Asia/Shanghai", clock)
    yield gather(database), Sequencer(desk, sealing), clock
    equip(None)


def deliver(database, clock):
    """What is due now of copies, each job run twice."""
    with database.transaction() as tx:
        claims = delivery.claim_due(tx, moment=Moment.of(clock(), "Asia/Shanghai"))
    kinds = dict(ask(database, "SELECT id, kind FROM outbox"))
    for claim in claims:
        if kinds[claim.id] == "checkpoint_copy":
            notify(claim.id, claim.fence)
            notify(claim.id, claim.fence)


def sealed(seat, times=1):
    cast, sequencer, clock = seat
    for _ in range(times):
        cast.open_case()
        clock.pass_by(61)
        sequencer.go_on()


def test_it_copies_every_checkpoint_once_and_locks_it(database, bucket, seat):
    sealed(seat, 3)
    deliver(database, seat[2])
    notes = [note for (note,) in ask(database, "SELECT note FROM checkpoints ORDER BY id")]
    assert list(bucket.kept) == [
        f"/kept-notes/desk/checkpoint-{n:010}.note" for n in range(1, len(notes) + 1)
    ]
    assert [body.decode() for body in bucket.kept.values()] == notes
    for headers in bucket.headers.values():
        assert headers["x-amz-object-lock-mode"] == "COMPLIANCE"
        assert headers["x-amz-object-lock-retain-until-date"].startswith("2038-02-28")
        assert headers["Content-MD5"]


def test_it_locks_to_the_very_day_of_the_month(bucket):
    signed = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
    LockedStore(STORE).keep(Copy("checkpoint-0000000001.note", "a note\n", signed))
    (headers,) = bucket.headers.values()
    assert headers["x-amz-object-lock-retain-until-date"].startswith("2036-11-30T23:59")


def test_it_waits_for_a_store_that_is_away_and_loses_nothing(database, bucket, seat):
    bucket.away = True
    sealed(seat, 2)
    deliver(database, seat[2])
    assert bucket.kept == {}
    bucket.away = False
    seat[2].pass_by(600)
    deliver(database, seat[2])
    assert len(bucket.kept) == 2
    assert ask(database, "SELECT DISTINCT state FROM outbox WHERE kind = 'checkpoint_copy'") == [
        ("done",)
    ]


def test_it_leaves_another_text_of_that_name_and_says_so(database, bucket, seat):
    name = "/kept-notes/desk/checkpoint-0000000001.note"
    bucket.kept[name] = b"another history"
    sealed(seat)
    deliver(database, seat[2])
    assert bucket.kept == {name: b"another history"}
    assert ask(database, "SELECT state, error FROM outbox WHERE kind = 'checkpoint_copy'") == [
        (
            "incident",
            "Differs: desk/checkpoint-0000000001.note holds another text than this checkpoint",
        )
    ]
