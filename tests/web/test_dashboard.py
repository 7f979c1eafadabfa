"""The dashboard: counts that agree with the lists behind them, and what is said about time."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.cast import TODAY, moment
from tests.support.visits import Visit, open_office
from web.app import create_app
from web.dashboard import Table
from workflow.services import clockwork, trail
from workflow.services.database import open_database
from workflow.services.desk import Dashboard


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def figure(visit, heading):
    return int(re.search(rf"{heading} (\d+)", visit.words)[1])


def test_it_says_that_there_is_nothing_yet(office):
    visit = office.visit("zhao")
    visit.open("/dashboard")
    assert "还没有案件" in visit.words
    assert figure(visit, "在办案件") == 0


def test_it_counts_by_procedure_and_state_and_opens_the_cases(office):
    office.cast.open_case()
    office.cast.open_case(coverage=("11",))
    late = office.cast.submitted(coverage=("31",), day=TODAY - timedelta(20))
    office.cast.approved(coverage=("33",))
    visit = office.visit("zhao")
    page = visit.open("/dashboard").text
    assert figure(visit, "在办案件") == 3
    assert figure(visit, "已逾期") == 1
    assert "在办案件最多停在「草稿」：2 件，占 67%。1 件已逾期，先处理。" in visit.words
    assert re.search(r'href="/cases\?procedure=new&amp;state=draft">2<', page)
    listed = visit.open("/cases?procedure=new&state=draft").text
    assert listed.count("/cases/AP-2026-") >= 2
    assert late not in listed
    visit.open("/dashboard/due?which=overdue")
    assert late in visit.words
    assert "1 件，最紧的在前" in visit.words
    visit.open("/dashboard/due?which=open")
    assert "3 件，最紧的在前" in visit.words
    assert visit.open("/dashboard/due?which=nonsense").status_code == 404


def test_it_counts_only_what_lies_in_the_scope(office):
    office.cast.open_case()
    visit = office.visit("chen")
    visit.open("/dashboard")
    assert figure(visit, "在办案件") == 0
    visit.open("/dashboard/due?which=open")
    assert "没有这样的案件" in visit.words


def test_it_says_when_the_clock_and_the_verification_last_ran(office):
    visit = office.visit("zhao")
    visit.open("/dashboard")
    assert "从未走过" in visit.words
    assert "尚未验证" in visit.words
    with office.database.transaction() as tx:
        clockwork.finish(tx, moment(), 0)
        trail.keep(tx, trail.verify(tx), moment())
    visit.open("/dashboard")
    assert "今天已走" in visit.words
    assert "完整，未发现改动" in visit.words
    with office.database.transaction() as tx:
        trail.keep(tx, trail.Verdict(1, 3, "case:AP-2026-00001:3", "altered"), moment())
    visit.open("/dashboard")
    assert "记录链断开" in visit.words


@pytest.mark.parametrize(("day", "said"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_it_reminds_from_november_on_that_next_years_holidays_are_missing(office, day, said):
    desk = office.app.extensions["license_desk"]
    later = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    app = create_app(desk.settings, office.database, lambda: later)
    app.config.update(TESTING=True)
    visit = Visit(app, "zhao")
    visit.open("/dashboard")
    assert ("2027 年放假通知尚未载入，涉及 2027 年的日期为估计" in visit.words) is said


@pytest.mark.parametrize(("count", "shade"), [(0, 0), (1, 1), (20, 1), (21, 2), (99, 5), (100, 5)])
def test_it_shades_a_cell_by_its_share_of_the_largest(count, shade):
    counts = {("new", "draft"): 100, ("new", "submitted"): count}
    board = Dashboard(counts, 0, 0, None, None, next_year_missing=False)
    assert Table(board).shade(count) == shade


def test_it_says_that_the_clock_was_set_back(office):
    visit = office.visit("zhao")
    with office.database.transaction() as tx:
        clockwork.finish(tx, moment(TODAY + timedelta(3)), 0)
    visit.open("/dashboard")
    assert "时钟被拨回了" in visit.words
    assert "到期处理已走到 2026-03-21，晚于今天" in visit.words
