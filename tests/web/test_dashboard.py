"""The dashboard: figures that agree with the lists behind them, and what is said about time."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from tests.support.cast import TODAY, moment
from tests.support.visits import Visit, open_office
from tests.web.test_portfolio_pages import enter
from web.app import create_app
from workflow.services import board, clockwork, courses, license_marks, trail
from workflow.services.board_figures import shared_out
from workflow.services.database import open_database


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def figure(visit, heading):
    return int(re.search(rf"{heading} (\d+)", visit.words)[1])


def count_again(office, day=TODAY):
    board.refresh(office.database, lambda: moment(day))


def test_it_explains_an_empty_installation(office):
    visit = office.visit("zhao")
    visit.open("/dashboard")
    assert "还没有案件 新建案件、登记许可证之后，这里显示卡在哪里" in visit.words
    assert figure(visit, "在办案件") == 0


def test_it_opens_the_cases_behind_every_number(office):
    office.cast.open_case()
    office.cast.open_case(coverage=("11",))
    late = office.cast.submitted(coverage=("31",), day=TODAY - timedelta(40))
    office.cast.approved(coverage=("33",))
    for days in (20, 60, 100, 150, 200, 340):
        held = enter(office, days)
        if days == 100:
            told = {"actor": office.cast["wang"], "moment": moment()}
            with office.database.transaction() as tx:
                license_marks.will_not_renew(tx, held, "客户停业", **told)
    visit = office.visit("zhao")
    page = visit.open("/dashboard").text
    assert figure(visit, "在办案件") == 4  # the approved one waits for its license
    assert figure(visit, "已逾期") == 1
    assert "「已提交 · 待受理」停留超过 30 天的有 1 件，其中 1 件等主管部门。" in visit.words
    numbers = re.findall(r'href="(/dashboard/cases\?[^"]*)">(?:<b>)?[+−]?(\d+)<(?!.{20} 天)', page)
    assert len(numbers) > 15
    for address, number in set(numbers):
        visit.open(address.replace("&amp;", "&"))
        assert f"现在 {number} 件，最紧的在前" in visit.words, address
    numbers = set(re.findall(r'href="(/licenses\?[^"]*)">(?:<b>)?(\d+)<', page))
    assert {risk for risk in ("late", "window", "ahead", "marked") if f"risk={risk}" in page} == {
        "late", "window", "ahead", "marked"
    }  # fmt: skip
    for address, number in numbers:
        visit.open(address.replace("&amp;", "&"))
        assert f" 家 · {number} 张" in visit.words, address
    visit.open("/dashboard/cases?overdue=1")
    assert late in visit.words
    assert visit.open("/dashboard/due?which=overdue").location.endswith("/cases?overdue=1")


def test_it_counts_a_review_from_the_day_it_was_asked_for(office):
    number = office.cast.prepared(day=TODAY - timedelta(20))
    office.cast.do(number, "request_sign_off", day=TODAY - timedelta(1))
    count_again(office)
    visit = office.visit("zhao")
    visit.open("/dashboard")
    assert "待复核 15 天以内 1，16 至 30 天 0，超过 30 天 0 1 待复核 1 天" in visit.words


def test_it_counts_once_and_again_when_the_clock_says_so(office):
    office.cast.open_case()
    visit = office.visit("zhao")
    visit.open("/dashboard")
    office.cast.open_case()
    visit.open("/dashboard")
    assert figure(visit, "在办案件") == 1
    visit.open("/dashboard/cases")
    assert "现在 2 件" in visit.words
    count_again(office)
    count_again(office)
    visit.open("/dashboard")
    assert figure(visit, "在办案件") == 2


def test_it_says_so_when_the_figures_are_old(office):
    office.cast.open_case()
    office.visit("zhao").open("/dashboard")
    later = office.on(TODAY + timedelta(1)).visit("zhao")
    later.open("/dashboard")
    assert "汇总已超过 1 小时没有更新" in later.words
    assert figure(later, "在办案件") == 1


def test_it_keeps_only_views_that_somebody_looks_at(office):
    office.visit("zhao").open("/dashboard?weeks=4")
    with office.database.reading() as session:
        view = board.view_of(office.cast["zhao"], weeks=4)
        assert board.read(session, view, moment())[0]
    count_again(office, TODAY + timedelta(31))
    with office.database.reading() as session:
        assert board.read(session, view, moment())[0] is None


def test_it_counts_only_what_lies_in_the_scope(office):
    office.cast.open_case()
    office.visit("zhao").open("/dashboard")
    visit = office.visit("chen")
    visit.open("/dashboard")
    assert figure(visit, "在办案件") == 0
    visit.open("/dashboard/cases")
    assert "没有这样的案件" in visit.words


def test_it_chooses_team_procedure_and_weeks_by_the_address(office):
    office.cast.open_case()
    visit = office.visit("zhao")
    wang, li = (office.cast[name].id for name in ("wang", "li"))
    for query, open_cases in (
        (f"team={wang}&procedure=new&weeks=4", 1),
        (f"team={li}", 0),
        ("procedure=renewal", 0),
        ("team=987&procedure=nothing&weeks=5", 1),
    ):
        visit.open(f"/dashboard?{query}")
        assert figure(visit, "在办案件") == open_cases, query
        assert visit.open(f"/dashboard/cases?{query}&standing=x&since=y&after=z").status_code == 200
        assert f"现在 {open_cases} 件" in visit.words


def test_it_splits_the_time_to_close_so_that_it_adds_up(office):
    office.cast.in_correction(day=TODAY - timedelta(28))
    with office.database.reading() as session:
        (case,) = courses.courses.behind(session, after=0, limit=5)
    told = courses.course_of(case, None, courses.judging.catalogue.CALENDAR, TODAY)
    assert (told.ours, told.client, told.authority, told.rounds) == (28, 0, 0, 1)
    asked = [(900, TODAY - timedelta(20), True), (901, TODAY - timedelta(8), False)]
    shared = courses.course_of(case, None, courses.judging.catalogue.CALENDAR, TODAY, asked)
    assert (shared.ours, shared.client, shared.authority) == (16, 12, 0)
    assert told.state_since == TODAY - timedelta(28)


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [(58, (17, 12, 29), [17, 12, 29]), (10, (1, 1, 1), [4, 3, 3]), (5, (0, 0, 0), [5, 0, 0])],
)
def test_it_shares_a_whole_out_without_a_rest(whole, weights, parts):
    assert shared_out(whole, weights) == parts


def test_it_counts_an_approval_without_a_correction_as_first_time(office):
    office.cast.approved(coverage=("33",))
    count_again(office)
    visit = office.visit("zhao")
    visit.open("/dashboard")
    assert "100 % 未补正即获批 1 / 1" in visit.words
    visit.open(
        f"/dashboard/cases?moved=first&since={TODAY - timedelta(30)}&until={TODAY + timedelta(1)}"
    )
    assert "现在 1 件" in visit.words


def test_it_exports_what_it_shows_in_both_forms(office):
    office.cast.open_case()
    visit = office.visit("zhao")
    page = visit.open("/dashboard/export")
    assert page.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(page.data.decode("utf-8-sig"))))
    assert ["数字", "在办案件", "", "1"] in rows
    assert ["业务种类 × 省份", "ICP", "广东省", "1"] in rows
    book = load_workbook(io.BytesIO(visit.open("/dashboard/export?form=xlsx").data))
    found = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert len(found) == len(rows)
    assert ["数字", "在办案件", None, 1] in found


def test_it_says_when_the_clock_and_the_verification_last_ran(office):
    visit = office.visit("zhao")
    visit.open("/dashboard")
    assert "从未走过" in visit.words
    assert "尚未验证" in visit.words
    with office.database.transaction() as tx:
        clockwork.finish(tx, moment(), 0)
        trail.keep(tx, trail.Verdict(1, 3, "case:AP-2026-00001:3", "altered"), moment())
    visit.open("/dashboard")
    assert "今天已走" in visit.words
    assert "记录链断开" in visit.words
    with office.database.transaction() as tx:
        trail.keep(tx, trail.Verdict(1, 3), moment(TODAY - timedelta(2)))
    visit.open("/dashboard")
    assert "一天多没有验证完 上一次完整是" in visit.words


@pytest.mark.parametrize(("day", "said"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_it_reminds_from_november_on_that_next_years_holidays_are_missing(office, day, said):
    desk = office.app.extensions["license_desk"]
    later = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    app = create_app(desk.settings, office.database, lambda: later)
    app.config.update(TESTING=True)
    visit = Visit(app, "zhao")
    visit.open("/dashboard")
    assert ("2027 年放假通知尚未载入，涉及 2027 年的日期为估计" in visit.words) is said


def test_it_says_that_the_clock_was_set_back(office):
    visit = office.visit("zhao")
    with office.database.transaction() as tx:
        clockwork.finish(tx, moment(TODAY + timedelta(3)), 0)
    visit.open("/dashboard")
    assert "时钟被拨回了" in visit.words
    assert "到期处理已走到 2026-03-21，晚于今天" in visit.words
