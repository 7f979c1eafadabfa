"""The deadline calendar: what is due on which day, for whom, and which days are worked."""

import re
from datetime import date

import pytest

from tests.support.cast import moment
from workflow.services import client_companies, license_marks


def enter(office, number, last, *, company=1, **more):
    values = {"number": number, "kinds": ["ICP"], "coverage": ["44"]}
    values |= {"valid_from": date(2020, 1, 1), "valid_to": last}
    with office.database.transaction() as tx:
        return client_companies.add_license(
            tx, company, values | more, actor=office.cast["wang"], moment=moment()
        )


def cells(page):
    """What stands in each cell of the month, by the day it names."""
    found = {}
    for words in re.findall(r"<td[^>]*>(.*?)</td>", page.text, re.DOTALL):
        day, _, rest = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words)).strip().partition(" ")
        found[day] = rest
    return found


@pytest.fixture
def full(one_office):
    """A license that ends on 30 September 2026 and one of a client that nobody looks after."""
    enter(one_office, "粤B2-20210001", date(2026, 9, 30), annual_reports=[2024])
    enter(one_office, "粤B2-20210002", date(2026, 10, 9), company=2)
    with one_office.database.transaction() as tx:
        wang = one_office.cast["wang"]
        license_marks.put_in_charge(tx, 1, wang.id, actor=wang, moment=moment())
    return one_office


def test_it_shows_each_license_on_its_days_by_kind(full):
    visit = full.visit()
    july = cells(visit.open("/calendar?m=2026-07"))
    assert "法定： 续期最迟申请" in july["2"]
    assert "续期最迟申请" not in july["11"]
    assert "法定： 续期最迟申请" in cells(visit.open("/calendar?m=2026-07&who=all"))["11"]
    may = visit.open("/calendar?m=2026-05&who=all")
    assert "内部： 最迟稳妥启动续期" in cells(may)["3"]
    assert "许可证到期" in cells(visit.open("/calendar?m=2026-09"))["30"]
    assert "年报" in cells(visit.open("/calendar?m=2026-03-30&view=week"))["31"]


def test_it_marks_holidays_and_make_up_days_and_says_what_is_estimated(full):
    visit = full.visit()
    may = cells(visit.open("/calendar?m=2026-05"))
    assert may["5-1"].startswith("休")
    assert may["9"].startswith("班")
    assert not may["12"].startswith(("休", "班"))
    assert "估算" not in visit.words
    visit.open("/calendar?m=2027-05&view=list")
    assert "工作日期限为估算" in visit.words


@pytest.mark.parametrize(
    "typed", ["", "x", "2026-13", "0001-01", "9999-12-31", "2026-03-18&view=x"]
)
def test_it_opens_today_for_a_day_that_is_none(one_office, typed):
    page = one_office.visit().open(f"/calendar?m={typed}")
    assert page.status_code == 200
    assert 'aria-current="date"' in page.text
