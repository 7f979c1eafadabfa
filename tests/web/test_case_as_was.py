"""A case as it stood at one event: folded from its trail, in the words and rules of then."""

from datetime import date, timedelta

import pytest

from tests.storage.trail_rows import attack, unguarded
from tests.support.cast import TODAY
from tests.support.visits import open_office
from web.trail_verdicts import judged
from workflow.law import catalogue
from workflow.services import trail_finder
from workflow.services.database import open_database
from workflow.services.trail_finder import Wanted


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def event_of(office, action):
    """The id of the newest event of this action."""
    wanted = Wanted("Asia/Shanghai", action=action)
    with office.database.reading() as session:
        return trail_finder.find(session, office.cast["zhou"], wanted).page.events[0].id


def test_it_shows_the_state_and_the_contents_of_then(office):
    number = office.cast.in_correction("缺少用户日志留存说明", reply_by=TODAY + timedelta(5))
    submitted, asked_for = (event_of(office, a) for a in ("submit", "request_correction"))
    auditor = office.visit("zhou")
    auditor.open(f"/audit/{submitted}/case")
    assert f"{number} 在第 20 条记录时的样子" in auditor.words
    assert "已提交" in auditor.words
    assert "此后还有 1 条记录" in auditor.words
    assert "缺少用户日志留存说明" not in auditor.words
    assert "G-CAPITAL" in auditor.words
    assert "<form" not in auditor.page.text.partition("<main")[2].partition("</main>")[0]
    auditor.open(f"/audit/{asked_for}/case")
    assert "补正中" in auditor.words
    assert "缺少用户日志留存说明" in auditor.words
    assert "此后没有别的记录" in auditor.words


def test_it_reads_the_trail_and_not_the_tables(office):
    """Somebody rewrote the row of the case: the past stands as it was told."""
    office.cast.submitted()
    event = event_of(office, "submit")
    with unguarded(office.database):
        attack(office.database, """UPDATE cases SET coverage = '["11"]', state = 'rejected'""")
    auditor = office.visit("zhou")
    auditor.open(f"/audit/{event}/case")
    assert "广东" in auditor.words
    assert "北京" not in auditor.words
    assert "已提交" in auditor.words


@pytest.mark.parametrize("event", ["1", "999999", "2147483648"])
def test_it_is_not_there_for_an_event_of_no_case(office, event):
    assert office.visit("zhou").open(f"/audit/{event}/case").status_code == 404


def test_it_judges_in_the_words_of_the_text_then_in_force(office):
    """The texts of a rule that has changed: each day has its own."""
    guard = next(g for g in catalogue.LAW.guards.values() if g.earlier)
    record = {
        "code": guard.code, "result": "pass", "severity": "H", "says": "pass", "values": {},
    }  # fmt: skip
    earlier = guard.earlier[0]
    with office.app.test_request_context():
        then, now = (
            judged([record], day)[0]
            for day in (earlier.until or guard.since - timedelta(1), date(2026, 11, 23))
        )
    assert (then.title, now.title) == (earlier.title, guard.title)
    assert then.term != now.term
    assert then.address != now.address


def test_it_links_every_entry_of_a_case_to_the_case_of_then(office):
    office.cast.open_case()
    auditor = office.visit("zhou")
    auditor.open("/audit?kind=state&open=all")
    assert "查看当时的案件" in auditor.words
