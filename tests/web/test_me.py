"""My settings: the digest's address, the calendar's address, and letters that failed."""

import re

import pytest
from icalendar import Calendar

from tests.support.cast import moment
from tests.support.visits import open_office
from workflow.services import delivery, digest
from workflow.services.database import open_database
from workflow.storage.statements import row, run


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def email(office, login="wang"):
    with office.database.reading() as session:
        return row(session, "SELECT email FROM accounts WHERE login = :l", l=login)[0]


def test_it_keeps_the_address_of_the_digest(office):
    visit = office.visit()
    visit.open("/me")
    assert visit.send("/me/email", email=" wang@desk.example.cn ").status_code == 303
    assert email(office) == "wang@desk.example.cn"
    visit.open("/me")
    assert 'value="wang@desk.example.cn"' in visit.page.text
    assert visit.send("/me/email", email="").status_code == 303
    assert email(office) == ""


@pytest.mark.parametrize("wrong", ["王芳", "a@b", "a b@desk.example.cn", "x@y.z\nBcc: other@y.z"])
def test_it_refuses_what_is_no_address_and_keeps_it_typed(office, wrong):
    visit = office.visit()
    visit.open("/me")
    answer = visit.send("/me/email", email=wrong)
    assert answer.status_code == 422
    assert "请填写邮箱地址" in answer.text
    assert email(office) == ""


def test_it_shows_a_calendar_address_once_and_a_calendar_reads_it(office):
    number = office.cast.in_correction(reply_by=moment().today)
    visit = office.visit()
    visit.open("/me")
    shown = visit.send("/me/feed")
    path = re.search(r'value="http://[^/]+(/feeds/[^"]+\.ics)"', shown.text)[1]
    stranger = office.app.test_client()
    answer = stranger.get(path)
    assert answer.mimetype == "text/calendar"
    assert "no-store" in answer.headers["Cache-Control"]
    summaries = [str(e["summary"]) for e in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert f"补正答复截止 · {number}" in summaries
    visit.open("/me")
    assert path not in visit.page.text
    visit.send("/me/feed/revoke")
    assert stranger.get(path).status_code == 404


def test_a_manager_sees_why_a_letter_failed_and_sends_it_again(office):
    office.cast.submitted()
    with office.database.transaction() as tx:
        run(tx, "UPDATE accounts SET email = 'zhao@desk.example.cn' WHERE login = 'zhao'")
        run(tx, "UPDATE messages SET read_at = NULL")
        run(
            tx,
            "INSERT INTO messages (company_id, account_id, action, at)"
            " SELECT 1, id, 'remind', :at FROM accounts WHERE login = 'zhao'",
            at=moment().stamp,
        )
        digest.open_digests(tx, moment())
        claim = next(
            c for c in delivery.claim_due(tx, moment=moment()) if digest.mail_of(tx, c.id, None)
        )
        delivery.begin(tx, claim, moment=moment())
        error = OSError("550 no such user")
        delivery.fail(tx, claim, attempt=1, error=error, moment=moment(), final=True)
    visit = office.visit("zhao")
    visit.open("/me")
    assert "550 no such user" in visit.words
    assert visit.send(f"/me/mail/{claim.id}/retry").status_code == 303
    visit.open("/me")
    assert "等待发送" in visit.words or "没有发出的邮件" not in visit.words
    handler = office.visit()
    handler.open("/me")
    assert "没有发出的邮件" not in handler.words
