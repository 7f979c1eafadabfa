"""A legal representative changes: from the company form to one change case for every license."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_story import Person, add_company, someone
from tests.support.desk_process import Desk
from workflow.services.measuring import invented_code


def enter_license(person: Person, company: str, number: str, kind: str) -> None:
    """A license the client holds already, with years to go."""
    page, today = person.page, date.today()  # noqa: DTZ011 - the desk runs on today's date
    page.goto(f"{person.desk.address}/licenses/new?company={company}")
    page.locator("input[name=number]").fill(number)
    page.locator(f"input[name=kinds][value={kind}]").check()
    page.locator("input[name=coverage][value='44']").check()
    page.locator("input[name=valid_from]").fill((today - timedelta(700)).isoformat())
    page.locator("input[name=valid_to]").fill((today + timedelta(1125)).isoformat())
    page.get_by_role("button", name="登记到台账").click()
    expect(page.locator("main")).to_contain_text(number)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_it_opens_the_change_cases_of_every_license_in_one_step(
    browser: Browser, desk: Desk, *, script: bool
) -> None:
    name = f"示例涟漪{'甲' if script else '乙'}信息服务有限公司"
    numbers = [f"粤B2-2025{int(script)}{n}77" for n in (1, 2)]
    with someone(browser, desk, "wangfang", script=script) as wang:
        page = wang.page
        add_company(wang, name, invented_code("44", 61 + script))
        company = re.search(r"/companies/(\d+)", page.url)[1]  # type: ignore[index]
        page.goto(f"{desk.address}/companies/{company}/edit")
        page.locator("input[name=legal_representative]").fill("周示例")
        page.get_by_role("button", name="保存企业档案").click()
        for number, kind in zip(numbers, ("ICP", "SP"), strict=True):
            enter_license(wang, company, number, kind)
        page.goto(f"{desk.address}/companies/{company}/edit")
        page.locator("input[name=legal_representative]").fill("吴示例")
        page.get_by_role("button", name="保存企业档案").click()
        expect(page.locator("h1")).to_have_text("变更影响")
        expect(page.locator("main")).to_contain_text("2 张须新开办件")
        page.get_by_role("button", name="开启 2 件变更办件").click()
        expect(page.locator("main")).to_contain_text("请填写工商变更日期")
        day = date.today() - timedelta(3)  # noqa: DTZ011
        page.locator("#registered_on").fill(day.isoformat())
        page.get_by_role("button", name="开启 2 件变更办件").click()
        expect(page.locator("main")).to_contain_text("0 张须新开办件")
        cases = page.locator("main a.code").all_inner_texts()
        opened = sorted({case for case in cases if case.startswith("CH-")})
        assert len(opened) == 2
        wang.open_case(opened[0])
        expect(page.locator("main")).to_contain_text("变更")
        page.goto(f"{desk.address}/licenses?view=license&risk=unreported&q={numbers[0]}")
        expect(page.locator("main")).to_contain_text(numbers[0])
