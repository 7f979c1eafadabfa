"""The sequencer beside the relay: leaves at once, checkpoints by the clock, trouble waited out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.jobs.office import HandClock
from tests.storage.trail_rows import ask, attack, unguarded
from tests.support.cast import gather
from workflow.domain.acting import Moment
from workflow.jobs.equipment import Equipment, equip
from workflow.jobs.sequencer import Sealing, Sequencer
from workflow.jobs.tasks import notify
from workflow.services import delivery

MORNING = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def seat(database, tmp_path):
    clock, sent = HandClock(MORNING), []

    class Carrier:
        def send(self, mail):
            sent.append(mail)

    desk = Equipment(database, "Asia/Shanghai", clock, mailer=Carrier())
    equip(desk)
    sealing = Sealing(tmp_path / "key", tmp_path / "notes.txt", "audit@example.cn")
    yield gather(database), Sequencer(desk, sealing), clock, sent
    equip(None)


def count(database, table):
    return ask(database, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608


def test_it_follows_the_trail_and_seals_it_by_the_minute(database, seat):
    cast, sequencer, clock, _ = seat
    sequencer.go_on()
    assert count(database, "leaves") == count(database, "events") > 0
    cast.open_case()
    sequencer.go_on()
    assert count(database, "leaves") == count(database, "events")
    assert count(database, "checkpoints") == 1
    clock.pass_by(61)
    sequencer.go_on()
    sequencer.go_on()
    assert count(database, "checkpoints") == 2


def test_it_mails_the_checkpoint_once_a_day(database, seat):
    cast, sequencer, clock, sent = seat
    for _ in range(3):
        cast.open_case()
        sequencer.go_on()
        clock.pass_by(61)
    with database.transaction() as tx:
        claims = delivery.claim_due(tx, moment=Moment.of(clock(), "Asia/Shanghai"))
    kinds = dict(ask(database, "SELECT id, kind FROM outbox"))
    letters = [claim for claim in claims if kinds[claim.id] == "checkpoint"]
    for claim in letters:
        notify(claim.id, claim.fence)
    newest = ask(database, "SELECT note FROM checkpoints ORDER BY id DESC LIMIT 1")[0][0]
    assert [(m.to, newest in m.body) for m in sent] == [("audit@example.cn", True)]


def test_it_waits_out_what_it_may_not_sign_over(database, seat):
    cast, sequencer, clock, _ = seat
    sequencer.go_on()
    with unguarded(database, "leaves"):
        attack(database, "UPDATE leaves SET hash = :h WHERE idx = 0", h="0" * 64)
    cast.open_case()
    clock.pass_by(61)
    sequencer.go_on()
    assert count(database, "checkpoints") == 1
    assert count(database, "leaves") == count(database, "events")
