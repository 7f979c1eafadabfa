"""The inbox: newest first, unread marked, marking read, and nothing of other people."""

import pytest

from tests.support.cast import moment
from tests.support.visits import open_office
from workflow.services import delivery, lists
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


def test_it_tells_what_happened_newest_first(office, delivered):
    number = office.cast.submitted()
    delivered(office)
    visit = office.visit()
    visit.open("/messages")
    assert f'href="/cases/{number}"' in visit.page.text
    assert visit.words.index("已提交") < visit.words.index("复核通过")
    assert "广州示例信息服务有限公司" in visit.words
    assert visit.words.count("标为已读") >= 2
    english = office.visit()
    english.open("/messages?lang=en")
    english.open("/messages")
    assert "Submitted" in english.words
    assert "Pack signed off" in english.words


def test_it_marks_one_message_read_and_then_all(office, delivered):
    office.cast.submitted()
    delivered(office)
    waiting = unread(office, "wang")
    assert len(waiting) >= 2
    others = unread(office, "li")
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


def test_it_pages_by_key(office, delivered, monkeypatch):
    office.cast.submitted()
    delivered(office)
    monkeypatch.setattr(lists, "PAGE", 1)
    visit = office.visit()
    visit.open("/messages")
    newest = unread(office, "wang")[0]
    assert f'href="/messages?before={newest}"' in visit.page.text
    visit.open("/messages?before=1")
    assert "没有更早的消息" in visit.words
