"""My settings: the address of the mails, the calendar address, and mail that was not delivered."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests.services.builders import held, query
from tests.support.cast import TODAY, moment
from workflow.domain.workdays import YearNotice, add_working
from workflow.law.catalogue import CALENDAR
from workflow.services import calendars, license_marks, recounting
from workflow.storage.statements import run

HOST = re.compile(r"https?://[^/]+(/feeds/[\w-]{43}\.ics)")


def address(visit):
    """Make a calendar address; its path."""
    visit.open("/me")
    page = visit.send("/me/feed")
    assert page.status_code == 200
    return HOST.search(page.text)[1]


def read(office, path):
    """The feed as a calendar program sees it, without any cookie."""
    answer = office.app.test_client().get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    return Calendar.from_ical(answer.data)


def put_in_charge(office, login="wang"):
    cast = office.cast
    with office.database.transaction() as tx:
        license_marks.put_in_charge(
            tx, cast.company, cast[login].id, actor=cast["zhao"], moment=moment()
        )


def dates(calendar):
    return {
        (str(event["summary"]), event["dtstart"].dt, str(event["uid"]))
        for event in calendar.walk("VEVENT")
    }


def test_it_serves_my_own_open_deadlines_and_nobodys_name(office):
    number = office.cast.submitted(day=TODAY)
    correction = office.cast.in_correction(reply_by=TODAY + timedelta(9), coverage=("31",))
    license_id = held(office.cast, number="粤B2-20220099", valid_to=date(2027, 3, 1))
    put_in_charge(office)
    found = read(office, address(office.visit()))
    days = {summary: day for summary, day, _ in dates(found)}
    assert days[f"{number} 受理或一次告知补正"] == add_working(CALENDAR, TODAY, 5)
    assert days[f"{number} 许可审查"] == add_working(CALENDAR, TODAY, 60)
    assert days[f"{correction} 补正截止"] == TODAY + timedelta(9)
    assert days["粤B2-20220099 续期"] == date(2027, 3, 1) - timedelta(90)
    text = found.to_ical().decode()
    for private in ("广州示例", "91440106MA0DEM101C", "王芳", "周示例"):
        assert private not in text
    assert found["x-wr-timezone"] == "Asia/Shanghai"
    assert f"license-{license_id}-K-RENEW-2027-03-01@license-desk" in text
    other = read(office, address(office.visit("li")))
    assert dates(other) == set()


def test_it_keeps_its_ids_and_counts_up_when_a_date_moves(office):
    number = office.cast.submitted(day=TODAY)
    path = address(office.visit())

    def review():
        (event,) = [e for e in read(office, path).walk("VEVENT") if "许可审查" in e["summary"]]
        return event["uid"], event["dtstart"].dt, int(event["sequence"])

    before = review()
    assert review() == before
    shipped = CALENDAR.year(2026)
    more = shipped.off | {TODAY + timedelta(1)}
    notice = YearNotice(2026, more, shipped.workdays, "示例")
    with office.database.transaction() as tx:
        calendars.load(tx, notice, by="1", moment=moment())
    recounting.go_on(office.database, moment())
    uid, day, sequence = review()
    assert (uid, sequence) == (before[0], before[2] + 1)
    assert day > before[1]
    office.cast.do(number, "withdraw", given={"reason": "企业改变计划"})
    assert dates(read(office, path)) == set()


def test_it_ends_an_address_that_was_replaced_or_revoked(office):
    visit = office.visit()
    first = address(visit)
    second = address(visit)
    stranger = office.app.test_client()
    gone = stranger.get(first)
    assert (gone.status_code, gone.text) == (404, "not found\n")
    assert stranger.get(second).status_code == 200
    visit.open("/me")
    assert "最近读取 03-18 09:00" in visit.words
    visit.send("/me/feed/revoke")
    visit.follow()
    assert "日历地址已停用" in visit.words
    assert stranger.get(second).status_code == 404
    for token in ("x", "A" * 43, "é" * 43, "%00", "A" * 5000):
        assert stranger.get(f"/feeds/{token}.ics").status_code == 404


def test_it_keeps_only_a_hash_and_serves_nobody_who_has_left(office):
    path = address(office.visit())
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    for table in ("calendar_feeds", "idempotency_keys", "accounts"):
        assert token not in repr(query(office.database, f"SELECT * FROM {table}"))  # noqa: S608
    with office.database.transaction() as tx:
        run(tx, "UPDATE accounts SET active = :no WHERE login = 'wang'", no=False)
    assert office.app.test_client().get(path).status_code == 404


def test_it_speaks_the_language_of_the_account_and_respects_the_scope(one_office):
    number = one_office.cast.submitted(day=TODAY)
    visit = one_office.visit()
    path = address(visit)
    visit.open("/me")
    assert visit.send("/me", language="en").status_code == 303
    assert f"{number} Review of the application" in {s for s, *_ in dates(read(one_office, path))}
    with one_office.database.transaction() as tx:
        run(tx, "UPDATE accounts SET scope = '[2]' WHERE login = 'wang'")
    assert dates(read(one_office, path)) == set()


def test_it_keeps_the_address_of_the_mails(one_office):
    visit = one_office.visit()
    visit.open("/me")
    assert visit.send("/me", email=" wang@desk.example.cn ").status_code == 303
    visit.follow()
    assert visit.form("/me").filled({})["email"] == ["wang@desk.example.cn"]
    assert visit.send("/me", email="").status_code == 303


@pytest.mark.parametrize("typed", ["wang", "a@b", "a b@c.cn", "x" * 300 + "@c.cn", "a@c.cn,b@c.cn"])
def test_it_refuses_what_is_no_address_and_keeps_it(one_office, typed):
    visit = one_office.visit()
    visit.open("/me")
    assert visit.send("/me", email=typed).status_code == 422
    assert visit.form("/me").filled({})["email"] == [typed]
    assert 'id="email-fault"' in visit.page.text


def failed(office, state):
    with office.database.transaction() as tx:
        run(
            tx,
            "INSERT INTO outbox (account_id, day, kind, recipients, not_before, state, attempt,"
            " fence, lease_until, error, settled_at) VALUES (1, :d, 'digest', '[]', '', :s, 8, 8,"
            " '', 'MailRefused: 550 no such box', '')",
            d=TODAY,
            s=state,
        )


def test_it_shows_keepers_the_mail_that_failed_and_tries_it_again(one_office):
    failed(one_office, "incident")
    mine = one_office.visit()
    mine.open("/me")
    assert "最近一封（2026-03-18）： 没有送达 MailRefused: 550 no such box" in mine.words
    assert "没有送达的邮件" not in mine.words
    for login in ("admin", "zhao"):
        visit = one_office.visit(login)
        visit.open("/me")
        assert "550 no such box" in visit.words
    form = visit.form("/retry")
    assert visit.post(form).status_code == 303
    visit.open("/me")
    assert "重新发送" not in visit.words
    assert visit.post(form).status_code == 404
