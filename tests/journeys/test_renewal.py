"""A renewal in a browser: from the license page to five more years, without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.journeys.test_story import Person, someone
from tests.support.desk_process import Desk

LICENSE = "沪B2-20220108"


def open_renewal(wang: Person) -> str:
    """From the register to the license, to the form, to a case."""
    page = wang.page
    page.goto(f"{wang.desk.address}/licenses")
    page.locator("main").get_by_role("link", name=LICENSE, exact=True).first.click()
    page.get_by_role("link", name="启动续期").first.click()
    expect(page.locator("main")).to_contain_text("续期（延续）")
    page.locator("main form button.primary").click()
    expect(page.locator("main")).to_contain_text("届满，须在")
    page.get_by_role("button", name="继续").click()
    page.locator("main form[method=post] button.primary").click()
    expect(page).to_have_url(re.compile(r"/cases/RN-\d{4}-\d{5}"))
    found = re.search(r"RN-\d{4}-\d{5}", page.url)
    assert found
    return found[0]


def answer_self_check(wang: Person, number: str) -> None:
    """One red answer blocks, then all twenty-two are in order."""
    page = wang.page
    wang.open_case(number)
    expect(page.locator("#self-check")).to_contain_text("0 / 22")
    page.locator("#self-check").get_by_role("link", name="填写自查").click()
    page.locator("#RL-02 input[value=red]").check()
    page.get_by_role("button", name="保存自查").click()
    expect(page.locator("#blockers")).to_contain_text("自查为红：只经营许可的种类和项目")
    page.locator("#RL-02").get_by_role("link", name="填写自查").click()
    for n in range(1, 23):
        page.locator(f"#RL-{n:02} input[value=green]").check()
    page.get_by_role("button", name="保存自查").click()
    expect(page.locator("#self-check")).to_contain_text("22 / 22")


def hand_in(wang: Person, number: str) -> None:
    """Every material on the list, then the reviewer's turn."""
    wang.act(number, "prepare", "开始备料")
    rows = wang.page.locator("[id^='material-M-']").evaluate_all("all => all.map(r => r.id)")
    assert "material-M-OPENPROOF" in rows
    for row in rows:
        wang.upload(row.removeprefix("material-"), f"{number} {row}")
    wang.act(number, "request_sign_off", "送复核")


def test_it_renews_a_license_from_its_page(browser: Browser, desk: Desk) -> None:
    with someone(browser, desk, "wangfang", script=False) as wang:
        number = open_renewal(wang)
        answer_self_check(wang, number)
        hand_in(wang, number)
    with someone(browser, desk, "liqiang", script=False) as li:
        li.open_case(number)
        expect(li.page.locator("main")).to_contain_text("22 / 22")
        li.act(number, "sign_off", "批准申请包")
    with someone(browser, desk, "wangfang", script=False) as wang:
        page = wang.page
        page.goto(f"{desk.address}/licenses")
        page.locator("main").get_by_role("link", name=LICENSE, exact=True).first.click()
        ended = page.locator("section[aria-labelledby='h-term'] .due time").first.get_attribute(
            "datetime"
        )
        wang.act(number, "submit", "登记提交", receipt="示例回执-R1")
        wang.act(number, "accept", "登记受理")
        wang.act(number, "approve", "登记批准")
        page.goto(f"{desk.address}/licenses")
        page.locator("main").get_by_role("link", name=LICENSE, exact=True).first.click()
        renewed = page.locator("section[aria-labelledby='h-term'] .due time").first.get_attribute(
            "datetime"
        )
    assert ended
    assert renewed == f"{int(ended[:4]) + 5}{ended[4:]}"
