"""The alarm of a broken trail: who must know is told once, in the desk and by mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.jobs.office import HandClock, Office, equipment
from tests.support import postbox
from tests.support.postbox import Postbox
from workflow.domain.acting import Actor, Scope
from workflow.domain.procedure import Role
from workflow.jobs import tasks
from workflow.jobs.equipment import equip
from workflow.jobs.mailer import Mailer
from workflow.services import alarm, delivery, lists, trail
from workflow.services.trail import Verdict

NIGHT = 86_400


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(office: Office, clock: HandClock) -> Iterator[None]:
    """周静 audits clients of her own alone, 陈伟 keeps the accounts; there is no mail server."""
    office.change("UPDATE accounts SET scope = '[999]' WHERE login = 'zhou'")
    office.change("UPDATE accounts SET role = 'admin', scope = NULL WHERE login = 'chen'")
    equip(equipment(office.database, clock))
    yield
    equip(None)


pytestmark = pytest.mark.usefixtures("desk")


def work(office: Office, clock: HandClock) -> None:
    """Relay and worker do what is due."""
    with office.database.transaction() as tx:
        claims = delivery.claim_due(tx, moment=tasks.equipment().now())
    for claim in claims:
        tasks.notify(claim.id, claim.fence)
        tasks.notify(claim.id, claim.fence)
    clock.pass_by(1)


def verified(office: Office, clock: HandClock, place: str = "case:AP-2026-00001:1") -> None:
    """A verification ends with this break, or (empty) with none."""
    verdict = Verdict(1, 1, place, "altered" if place else "")
    with office.database.transaction() as tx:
        trail.keep(tx, verdict, tasks.equipment().now())
    clock.pass_by(NIGHT)
    work(office, clock)


def told(office: Office) -> list[str]:
    return [login for login, _ in office.inboxes()]


def test_it_tells_administrators_and_auditors_of_a_break_once(office, clock):
    office.happen()  # an event that nobody sealed
    tasks.verify_trail()
    work(office, clock)
    tasks.verify_trail()
    work(office, clock)
    assert told(office) == ["chen", "zhou"]
    auditor = Actor(str(office.ids["zhou"]), "周静", Role.AUDITOR, scope=Scope(frozenset({999})))
    with office.database.reading() as session:
        (message,) = lists.messages(session, auditor)
        kept = alarm.of(session, message.broken)
    assert message.broken.startswith("case:AP-2026-00001:1 ")
    assert [(one.name, one.mail) for one in kept.told] == [("周静", ""), ("陈伟", "")]


def test_another_break_and_one_after_it_held_again_are_told_anew(office, clock):
    for place, count in (
        ("case:AP-2026-00001:2", 1),
        ("case:AP-2026-00001:2", 1),
        ("case:AP-2026-00001:1", 2),
        ("", 2),
        ("case:AP-2026-00001:1", 3),
    ):
        verified(office, clock, place)
        assert told(office).count("zhou") == count, place


def test_two_verifications_at_once_raise_one_alarm(office):
    with office.database.transaction() as tx:
        raised = [alarm.sound(tx, "office:1 cut", "", tasks.equipment().now()) for _ in range(2)]
    assert raised == [True, False]


def test_nobody_to_tell_is_no_failure_and_is_known(office, clock):
    office.change("UPDATE accounts SET active = :no WHERE login IN ('zhou', 'chen')", no=False)
    verified(office, clock)
    with office.database.reading() as session:
        kept = alarm.of(session, "case:AP-2026-00001:1 altered")
    assert (kept.state, kept.told) == ("done", ())


def test_who_has_an_address_gets_a_letter_at_once_and_no_second_in_the_digest(office, clock):
    office.change("UPDATE accounts SET email = 'zhou@desk.example.cn' WHERE login = 'zhou'")
    with postbox.running() as post:
        carried(tasks.equipment(), post)
        verified(office, clock)
        work(office, clock)
        office.change("UPDATE accounts SET email = 'chen@desk.example.cn' WHERE login = 'chen'")
        tasks.digests()
        work(office, clock)
    first, digest = post.letters
    assert (first["To"], digest["To"]) == ("zhou@desk.example.cn", "chen@desk.example.cn")
    assert "第一处断点：case:AP-2026-00001:1，记录被改动" in first.get_content()
    assert "2026-11-23 12:00" in first.get_content()
    assert "记录链断开: case:AP-2026-00001:1" in digest.get_content()
    with office.database.reading() as session:
        kept = alarm.of(session, "case:AP-2026-00001:1 altered")
    assert [(one.name, one.mail) for one in kept.told] == [("周静", "done"), ("陈伟", "done")]


def carried(made: tasks.Equipment, post: Postbox) -> None:
    """From now on there is a mail server."""
    equip(replace(made, mailer=Mailer(post.url, "desk@example.cn"), base_url="https://d.example"))
