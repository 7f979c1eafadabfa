"""A handler's morning on the worklist: two clicks; no page loaded with a script, two without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.desk_process import Desk


def signed_in(browser: Browser, desk: Desk, *, scripted: bool) -> Page:
    page = browser.new_context(java_script_enabled=scripted, locale="zh-CN").new_page()
    page.goto(f"{desk.address}/login")
    page.get_by_label("账号").fill("wangfang")
    page.get_by_label("密码").fill(desk.passwords["wangfang"])
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{desk.address}/work?view=ready&density=dense")
    return page


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_it_advances_a_ready_case_in_two_clicks(
    desk: Desk, browser: Browser, *, scripted: bool
) -> None:
    page = signed_in(browser, desk, scripted=scripted)
    loads: list[str] = []
    page.on("request", lambda asked: asked.is_navigation_request() and loads.append(asked.method))
    opener = page.locator("#cases a.primary").first
    number = str(opener.get_attribute("id")).removeprefix("n-")
    opener.click()
    inside = page.locator(f"#p-{number}")
    expect(inside).to_be_visible()
    inside.locator("button.primary").click()
    expect(page.locator("#status-line")).to_contain_text("已办理：")
    expect(page.locator("#status-line")).to_contain_text(number)
    expect(inside).to_have_count(0)
    assert len([how for how in loads if how == "GET"]) == (0 if scripted else 2)
    assert re.search(r"view=ready&density=dense", page.url)
    if scripted:
        assert page.evaluate("document.activeElement.id") == f"n-{number}"
        page.locator("#cases input[name=case]").first.check()
        expect(page.locator("#chosen")).to_contain_text("已选 1 件")
    page.locator(f"a[href='/cases/{number}']").first.click()
    page.go_back()
    assert re.search(r"view=ready&density=dense", page.url)
