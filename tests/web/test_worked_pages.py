"""What a handler sees of the worked cases in a browser: the dates are the dates of the case."""

import re
from datetime import date, timedelta

import pytest

from tests.support.browser import served
from tests.support.cast import moment
from tests.support.visits import Visit, open_office
from workflow.services import client_companies, opening, ticking
from workflow.services.database import open_database
from workflow.services.intake import COMPANY_DEFAULTS
from workflow.services.measuring import invented_code

TODAY = date(2026, 11, 23)


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path, date(2026, 1, 5))
    database.close()


def holder(office, name, uscc, province, **facts):
    told = {**COMPANY_DEFAULTS, "name": name, "uscc": uscc, "province": province, **facts}
    with office.database.transaction() as tx:
        return client_companies.add_company(
            tx, told, actor=office.cast["wang"], moment=moment(date(2026, 1, 5))
        )


def entered(office, company, number, kind, coverage, last, **more):  # noqa: PLR0917 - a license
    told = {
        "number": number, "kinds": [kind], "coverage": [coverage],
        "valid_from": more.pop("first", last - timedelta(1826)), "valid_to": last, **more,
    }  # fmt: skip
    with office.database.transaction() as tx:
        return client_companies.add_license(
            tx, company, told, actor=office.cast["wang"], moment=moment(date(2026, 1, 5))
        )


def opened(office, company, procedure, license_id, day, **what):
    with office.database.transaction() as tx:
        return opening.open_for(
            tx, company, procedure, license_id=license_id, actor=office.cast["wang"],
            moment=moment(day), **what,
        ).number  # fmt: skip


def filed(office, number, day):
    office.cast.do(number, "prepare", day=day)
    office.cast.provide(number, day=day)
    office.cast.do(number, "sign_off", by="li", day=day)
    office.cast.do(number, "submit", day=day)
    return number


class Desk:
    """The application of the day in view, served to a browser."""

    def __init__(self, office):
        self.office, self.app = office, office.app

    def __call__(self, environ, start_response):
        return self.app(environ, start_response)

    def on(self, day):
        """王芳 sits down on another day; the value of her session's cookie."""
        self.app = self.office.on(day).app
        return Visit(self.app, "wang").client.get_cookie("desk").value


@pytest.fixture
def words(office, browser):
    """What 王芳 reads on a page on a day, with everything unfolded that she can unfold."""
    desk = Desk(office)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    with served(desk) as address:

        def read(path, day):
            context.add_cookies([{"name": "desk", "value": desk.on(day), "url": address}])
            page = context.new_page()
            answer = page.goto(f"{address}{path}")
            assert answer.status == 200, path
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            seen = page.inner_text("main")
            page.close()
            return re.sub(r"\s+", " ", seen)

        yield read
    context.close()


def test_w11_renewal_in_time_and_silence_at_expiry(office, words):
    company = holder(office, "成都示例客服有限公司", "91510104MA0DEM072E", "51")
    license_id = entered(office, company, "川B2-20220188", "CC", "51", date(2027, 3, 1))
    page = words(f"/licenses/{license_id}", TODAY)
    assert "距到期 98 天" in page
    assert "最迟申请 2026-12-01 · 还剩 8 天" in page
    assert "最迟申请日 2026-12-01 稳妥 2026-12-01" in page
    assert "窗口内 · 未启动" in page
    number = filed(
        office, opened(office, company, "renewal", license_id, TODAY), date(2026, 11, 30)
    )
    case = words(f"/cases/{number}", date(2026, 12, 1))
    assert "2026-12-07" in case
    assert "2027-03-01 周一" in case
    assert "估算" in case
    assert "按自然日读为 2027-01-29" in case
    assert "办理中" in words(f"/licenses/{license_id}", date(2026, 12, 1))
    ticking.tick(office.database, moment(date(2027, 3, 2), hour=1))
    after = words(f"/licenses/{license_id}", date(2027, 3, 2))
    assert "至 2032-03-01" in after


def test_w14_registry_changes_and_thirty_days(office, words):
    company = holder(office, "广州示例变更有限公司", invented_code("44", 14), "44")
    change = {"change": "C-LREP", "registered_on": "2026-11-05"}
    license_id = entered(
        office, company, "粤B2-20230001", "ICP", "44", date(2029, 3, 1),
        unreported_changes=[change],
    )  # fmt: skip
    page = words(f"/licenses/{license_id}", TODAY)
    assert (
        "12-07 周一 还剩 14 天 法定 稳妥 2026-12-04 变更（工商已变更） 法定代表人，2026-11-05"
        in page
    )
    facts = {"registered_on": "2026-11-05", "new": {"legal_representative": "吴示例"}}
    number = opened(office, company, "change", license_id, TODAY, changes=["C-LREP"], facts=facts)
    case = words(f"/cases/{number}", TODAY)
    assert "2026-12-07 周一 还剩 14 天" in case
    assert "稳妥 2026-12-04" in case
    filed(office, number, date(2026, 12, 8))
    assert "迟 1" in words(f"/cases/{number}", date(2026, 12, 8))


def test_w17_cancellation(office, words):
    company = holder(office, "兰州示例驻地网有限公司", invented_code("62", 17), "62")
    license_id = entered(office, company, "甘A2-20240001", "CPN", "62", date(2029, 8, 31))
    number = opened(office, company, "cancellation", license_id, date(2026, 3, 16),
                    facts={"stop_on": "2026-06-14"})  # fmt: skip
    assert "注销办理中" in words(f"/licenses/{license_id}", date(2026, 3, 16))
    filed(office, number, date(2026, 3, 16))
    assert "2026-03-23" in words(f"/cases/{number}", date(2026, 3, 16))
    office.cast.do(number, "accept", day=date(2026, 3, 19))
    office.cast.do(number, "post_notice", day=date(2026, 3, 20))
    case = words(f"/cases/{number}", date(2026, 3, 20))
    assert "2026-04-19" in case
    assert "2026-07-15" in case
    assert "按自然日读为 2026-06-18" in case
    office.cast.do(number, "approve", day=date(2026, 7, 1))
    after = words(f"/licenses/{license_id}", date(2026, 7, 1))
    assert "已注销" in after
    assert "已失效" in after


@pytest.mark.parametrize(
    ("coverage", "day", "left"),
    [
        ("44", date(2026, 2, 1), "03-31 周二 还剩 58 天"),
        ("national", date(2026, 5, 10), "03-31 周二 逾期 40 天"),
        ("44", date(2026, 4, 10), "03-31 周二 逾期 10 天"),
    ],
)
def test_w18_annual_report(office, words, coverage, day, left):
    company = holder(office, "广州示例年报有限公司", invented_code("44", 18), "44")
    license_id = entered(
        office, company, "粤B2-20250099", "ICP", coverage, date(2030, 12, 29),
        first=date(2025, 12, 30), annual_reports=[],
    )  # fmt: skip
    page = words(f"/licenses/{license_id}", day)
    assert f"{left} 法定 年报 2025 年度" in page
    assert "年报 2026 年度" in page


def test_w19_sms_codes(office, words):
    company = holder(office, "拉萨示例信息有限公司", "91540102MA0DEM099M", "54")
    license_id = entered(office, company, "B2-20240777", "SP", "national", date(2029, 5, 31))
    facts = {"range": "1066XXXX", "use": "commercial"}
    day = date(2026, 10, 12)
    number = filed(office, opened(office, company, "number", license_id, day, facts=facts), day)
    office.cast.do(number, "accept", day=date(2026, 10, 15))
    assert "2026-11-12" in words(f"/cases/{number}", date(2026, 10, 15)).replace(
        "11-12 周四", "2026-11-12 周四"
    )
    office.cast.do(number, "approve", day=date(2026, 11, 9), given={"code": "10661234"})
    page = words(f"/licenses/{license_id}", TODAY)
    assert "2027-11-09 周二 还剩 351 天 法定 · 估算 启用码号" in page.replace("  ", " ")
    assert "2027-01-10 周日 还剩 48 天 法定 · 估算 稳妥 2027-01-08 码号占用费" in page
    assert "2027-03-31 周三 还剩 128 天 法定 · 估算 码号年度报告 2026 年度" in page
    assert "10661234" in page
