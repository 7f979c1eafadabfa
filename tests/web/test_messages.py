"""The inbox: newest first, unread marked, marking read, and nothing of other people."""

from datetime import date

import pytest

from tests.support.cast import moment
from tests.support.visits import open_office
from workflow.services import (
    assignment,
    client_companies,
    delivery,
    license_marks,
    lists,
    ticking,
)
from workflow.services.database import open_database


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


@pytest.fixture
def delivered():
    """Do what the worker does: every outbox row becomes messages."""

    def deliver(office):
        with office.database.transaction() as tx:
            for claim in delivery.claim_due(tx, moment=moment()):
                delivery.begin(tx, claim, moment=moment())
                delivery.deliver(tx, claim, moment=moment())

    return deliver


def unread(office, login):
    with office.database.reading() as session:
        found = lists.messages(session, office.cast[login])
        return [message.id for message in found if message.read_at is None]


def test_it_says_that_there_is_nothing(office):
    visit = office.visit()
    visit.open("/messages")
    assert "没有消息" in visit.words


def reassign(office, number, times=1):
    """Telling handler and reviewer, as any assignment does."""
    for _ in range(times):
        with office.database.transaction() as tx:
            assignment.assign(
                tx, number, actor=office.cast["zhao"], moment=moment(),
                handler_id=office.cast["wang"].id,
            )  # fmt: skip


def test_it_tells_what_happened_newest_first(office, delivered):
    number = office.cast.submitted()
    reassign(office, number)
    delivered(office)
    visit = office.visit()
    visit.open("/messages")
    assert f'href="/cases/{number}"' in visit.page.text
    assert visit.words.index("改派经办人") < visit.words.index("复核通过")
    assert "广州示例信息服务有限公司" in visit.words
    assert visit.words.count("未读 ") >= 2
    visit.client.get("/messages?lang=en")
    visit.open("/messages")
    assert visit.words.index("Handler assigned") < visit.words.index("Pack signed off")


def test_it_marks_one_message_read_and_then_all(office, delivered):
    reassign(office, office.cast.submitted())
    delivered(office)
    waiting, others = unread(office, "wang"), unread(office, "li")
    assert len(waiting) == 2
    visit = office.visit()
    visit.open("/messages")
    assert visit.send("/messages/read", message=str(waiting[0])).status_code == 303
    assert unread(office, "wang") == waiting[1:]
    visit.follow()
    token = dict(visit.form("/messages/read").fields)["csrf_token"]
    assert visit.client.post("/messages/read", data={"csrf_token": token}).status_code == 303
    assert unread(office, "wang") == []
    assert unread(office, "li") == others


def test_it_leaves_messages_of_others_alone(office, delivered):
    office.cast.submitted()
    delivered(office)
    waiting = unread(office, "li")
    assert waiting
    visit = office.visit()
    visit.open("/messages")
    token = dict(visit.form("/messages/read").fields)["csrf_token"]
    sent = visit.client.post(
        "/messages/read", data={"csrf_token": token, "message": str(waiting[0])}
    )
    assert sent.status_code == 303
    assert unread(office, "li") == waiting


def test_it_pages_by_key(office, delivered):
    reassign(office, office.cast.submitted(), times=lists.PAGE)
    delivered(office)
    delivered(office)
    visit = office.visit()
    visit.open("/messages")
    assert "本页 50 件" in visit.words
    assert "复核通过" not in visit.words
    with office.database.reading() as session:
        last = lists.messages(session, office.cast["wang"])[-1].id
    assert f'href="/messages?before={last}"' in visit.page.text
    visit.open(f"/messages?before={last}")
    assert "复核通过" in visit.words
    visit.open("/messages?before=1")
    assert "没有更早的消息" in visit.words


def test_it_tells_reminders_of_licenses_and_cases_in_words(office):
    """2026-03-18; the license ends 2026-06-30, so the renewal was due on 2026-04-01."""
    cast = office.cast
    with office.database.transaction() as tx:
        license_marks.put_in_charge(
            tx, cast.company, cast["wang"].id, actor=cast["zhao"], moment=moment()
        )
        license_id = client_companies.add_license(
            tx, cast.company,
            {"number": "粤B2-20210155", "kinds": ["ICP"], "coverage": ["44"],
             "valid_from": date(2021, 7, 1), "valid_to": date(2026, 6, 30)},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip
    number = cast.in_correction(reply_by=date(2026, 3, 21), coverage=("11",))
    ticking.tick(office.database, moment(hour=10))
    visit = office.visit()
    visit.open("/messages")
    assert "提醒：续期" in visit.words
    assert "2026-04-01 截止 · 还剩 14 天" in visit.words
    assert f'href="/licenses/{license_id}"' in visit.page.text
    assert "粤B2-20210155" in visit.words
    assert "提醒：补正截止" in visit.words
    assert "2026-03-21 截止 · 还剩 3 天" in visit.words
    assert f'href="/cases/{number}"' in visit.page.text
    visit.client.get("/messages?lang=en")
    visit.open("/messages")
    assert "Reminder: Renewal" in visit.words
    assert "due 2026-04-01 · 14 days left" in visit.words
