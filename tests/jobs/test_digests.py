"""Digests: one letter a person a day, through a real mail server that may be down or refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.jobs.office import NOON, HandClock, Office, equipment
from tests.support import postbox
from tests.support.postbox import Postbox
from workflow.domain.acting import Actor
from workflow.domain.errors import NotFound, RoleMissing
from workflow.domain.procedure import Role
from workflow.jobs import mailer, tasks
from workflow.jobs.equipment import equip
from workflow.jobs.mailer import Mailer
from workflow.services import delivery, digest

MANAGER = Actor("3", "赵敏", Role.MANAGER)


@pytest.fixture
def post() -> Iterator[Postbox]:
    with postbox.running() as box:
        yield box


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(office: Office, post: Postbox, clock: HandClock) -> Iterator[None]:
    """王芳 and 李强 have an address; the mail server runs."""
    for login in ("wang", "li"):
        office.change(
            "UPDATE accounts SET email = :e WHERE login = :l",
            e=f"{login}@desk.example.cn",
            l=login,
        )
    made = equipment(office.database, clock)
    equip(replace(made, mailer=Mailer(post.url, "desk@example.cn"), base_url="https://d.example"))
    yield
    equip(None)


pytestmark = pytest.mark.usefixtures("desk")


def news(office: Office, clock: HandClock, *roles: str) -> None:
    """Something happens and reaches the inboxes."""
    office.happen(*roles)
    work(office, clock)


def work(office: Office, clock: HandClock) -> None:
    """Every due row is claimed and worked on, as relay and worker would."""
    with office.database.transaction() as tx:
        claims = delivery.claim_due(tx, moment=tasks.equipment().now())
    for claim in claims:
        tasks.notify(claim.id, claim.fence)
    clock.pass_by(1)


def letters(post: Postbox) -> list[str]:
    return sorted(str(letter["To"]) for letter in post.letters)


def test_it_sends_everybody_one_letter_a_day(office, post, clock):
    news(office, clock, "handler", "reviewer")
    news(office, clock, "handler")
    for _ in range(3):
        tasks.digests()
        work(office, clock)
    assert letters(post) == ["li@desk.example.cn", "wang@desk.example.cn"]
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    assert len(post.letters) == 2
    clock.pass_by(86_400)
    tasks.digests()
    work(office, clock)
    assert letters(post).count("wang@desk.example.cn") == 2


def test_it_tells_what_happened_where_and_how_to_get_there(office, post, clock):
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    letter = post.letters[0]
    assert letter["Subject"] == "许可办理台：11-23 有 1 条提醒"
    body = letter.get_content()
    assert "王芳，你好" in body
    assert "已受理 · 示例通信有限公司 · AP-2026-00001" in body
    assert "https://d.example/cases/AP-2026-00001" in body
    assert letter["Message-ID"].startswith("<digest-")


def test_it_writes_to_people_in_their_language(office, post, clock):
    office.change("UPDATE accounts SET language = 'en'")
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    assert post.letters[0]["Subject"] == "License Desk: 1 item on Nov 23"
    assert "Accepted · 示例通信有限公司" in post.letters[0].get_content()


def test_it_leaves_out_what_was_read(office, post, clock):
    news(office, clock, "handler")
    office.change("UPDATE messages SET read_at = '2026-11-23T05:00:00.000000Z'")
    tasks.digests()
    work(office, clock)
    assert post.letters == []


def test_a_server_that_is_away_is_tried_again_and_the_reason_kept(office, post, clock):
    away = Mailer("smtp://127.0.0.1:9", "desk@example.cn")
    here = tasks.equipment()
    equip(replace(here, mailer=away))
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    assert post.letters == []
    with office.database.reading() as session:
        failing = digest.failing(session, MANAGER)
    assert [(f.name, f.state, f.attempt) for f in failing] == [("王芳", "pending", 1)]
    assert "refused" in failing[0].error.lower()
    equip(here)
    work(office, clock)
    assert post.letters == []  # not before its minute has passed
    clock.pass_by(60)
    work(office, clock)
    assert letters(post) == ["wang@desk.example.cn"]


def test_it_gives_up_after_eight_attempts_and_a_manager_starts_again(office, post, clock):
    here = tasks.equipment()
    equip(replace(here, mailer=Mailer("smtp://127.0.0.1:9", "desk@example.cn")))
    news(office, clock, "handler")
    tasks.digests()
    for _ in range(12):
        work(office, clock)
        clock.pass_by(3600)
    with office.database.reading() as session:
        (failing,) = digest.failing(session, MANAGER)
        with pytest.raises(RoleMissing):
            digest.failing(session, replace(MANAGER, role=Role.HANDLER))
    assert (failing.state, failing.attempt) == ("incident", 8)
    equip(here)
    with office.database.transaction() as tx:
        digest.retry(tx, failing.id, actor=MANAGER)
    with office.database.transaction() as tx, pytest.raises(NotFound):
        digest.retry(tx, failing.id, actor=MANAGER)
    work(office, clock)
    assert letters(post) == ["wang@desk.example.cn"]


def test_one_refused_recipient_keeps_nobody_else_waiting(office, post, clock):
    post.refusals["wang@desk.example.cn"] = "550 no such user"
    news(office, clock, "handler", "reviewer")
    tasks.digests()
    work(office, clock)
    assert letters(post) == ["li@desk.example.cn"]
    with office.database.reading() as session:
        (failing,) = digest.failing(session, MANAGER)
    assert (failing.name, failing.state) == ("王芳", "incident")
    assert "550 no such user" in failing.error


def test_a_recipient_refused_for_now_is_tried_again(office, post, clock):
    post.refusals["wang@desk.example.cn"] = "450 try later"
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    post.refusals.clear()
    clock.pass_by(60)
    work(office, clock)
    assert letters(post) == ["wang@desk.example.cn"]


def test_a_slow_server_holds_no_transaction(office, post, clock, monkeypatch):
    """While the server thinks, others write; when it thinks too long the letter waits."""
    monkeypatch.setattr(mailer, "PATIENCE", 0.3)
    post.pause = 1
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    with office.database.reading() as session:
        (failing,) = digest.failing(session, MANAGER)
    assert "timed out" in failing.error.lower()


def test_a_server_that_answers_one_octet_at_a_time_is_left_and_the_letter_waits(
    office, post, clock
):
    """Every read is in time, the letter never is: one limit holds for the whole of it."""
    post.trickle = 200
    here = tasks.equipment()
    equip(replace(here, mailer=Mailer(post.url, "desk@example.cn", limit=0.3)))
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    with office.database.reading() as session:
        (failing,) = digest.failing(session, MANAGER)
    assert (failing.state, failing.attempt) == ("pending", 1)
    assert "had not taken the letter after 0.3 seconds" in failing.error
    assert post.letters == []
    post.trickle = 0
    equip(here)
    clock.pass_by(60)
    work(office, clock)
    assert letters(post) == ["wang@desk.example.cn"]


def test_two_workers_at_once_send_one_letter(office, post, clock):
    news(office, clock, "handler")
    tasks.digests()
    with office.database.transaction() as tx:
        (claim,) = delivery.claim_due(tx, moment=tasks.equipment().now())
    clock.pass_by(25)
    with office.database.transaction() as tx:
        (newer,) = delivery.claim_due(tx, moment=tasks.equipment().now())
    tasks.notify(claim.id, claim.fence)
    tasks.notify(newer.id, newer.fence)
    tasks.notify(newer.id, newer.fence)
    assert letters(post) == ["wang@desk.example.cn"]


def test_without_a_mail_server_nothing_is_opened(office, clock):
    equip(equipment(office.database, clock))
    news(office, clock, "handler")
    tasks.digests()
    assert office.states() == {"done": 1}


def test_the_books_agree_with_digests_in_them(office, clock):
    news(office, clock, "handler")
    tasks.digests()
    work(office, clock)
    with office.database.reading() as session:
        counts = delivery.reconcile(session, moment=tasks.equipment().now())
    assert counts.agrees, counts
    assert NOON + timedelta(0) <= clock.at
