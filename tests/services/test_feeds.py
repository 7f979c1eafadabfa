"""The calendar feed: a person's own dates, read with a calendar library, and nothing personal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests.services.builders import after, held
from tests.support.cast import moment
from workflow.services import feeds, license_marks
from workflow.storage import people

EXPIRY = date(2027, 3, 1)


@pytest.fixture
def cast(cast):
    with cast.database.transaction() as tx:
        license_marks.put_in_charge(
            tx, cast.company, cast["wang"].id, actor=cast["zhao"], moment=moment()
        )
    return cast


def address(cast, login="wang"):
    with cast.database.transaction() as tx:
        return feeds.make(tx, cast[login], moment())


def read(cast, token):
    with cast.database.transaction() as tx:
        text = feeds.feed_of(tx, token, moment())
    return text and Calendar.from_ical(text)


def entries(cast, token):
    return {str(e["uid"]): e for e in read(cast, token).walk("VEVENT")}


def test_it_shows_the_dates_of_cases_and_licenses_on_their_days(cast):
    number = cast.in_correction(reply_by=after(9), company=cast.company)
    license_id = held(cast, valid_to=EXPIRY)
    found = entries(cast, address(cast))
    reply = found[f"{number}-REPLY-BY@license-desk"]
    assert reply["dtstart"].dt == after(9)
    assert str(reply["summary"]) == f"补正答复截止 · {number}"
    renewal = found[f"license-{license_id}-K-RENEW-2027-03-01@license-desk"]
    assert renewal["dtstart"].dt == EXPIRY - timedelta(90)


def test_it_names_nobody(cast):
    cast.in_correction(reply_by=after(9), company=cast.company)
    held(cast, valid_to=EXPIRY)
    text = read(cast, address(cast)).to_ical().decode()
    for secret in ("示例", "王芳", "周示例", "914401"):
        assert secret not in text


def test_it_shows_nobody_elses_dates(cast):
    cast.in_correction(reply_by=after(9), company=cast.company)
    assert not entries(cast, address(cast, "chen"))


def test_a_new_address_ends_the_old_one_and_a_revoked_one_opens_nothing(cast):
    old = address(cast)
    new = address(cast)
    assert read(cast, old) is None
    assert read(cast, new) is not None
    with cast.database.transaction() as tx:
        assert feeds.of(tx, cast["wang"]).read_at
        feeds.revoke(tx, cast["wang"])
        assert feeds.of(tx, cast["wang"]) is None
    assert read(cast, new) is None
    assert read(cast, "") is None


def test_it_keeps_only_a_hash_of_the_address(cast):
    token = address(cast)
    with cast.database.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT token_hash FROM calendar_feeds")
        assert token not in {value for (value,) in stored}


def test_it_ends_with_the_account(cast):
    token = address(cast, "zhou")
    off = 0 if cast.database.dialect == "sqlite" else False
    with cast.database.transaction() as tx:
        people.change(tx, int(cast["zhou"].id), "active", off)
    assert read(cast, token) is None
