"""In a browser: acts in place, where the focus goes, the keys, the palette, the input method."""

import pytest
from playwright.sync_api import expect

from tests.support import looking
from tests.support.browser import served
from tests.support.cast import PASSWORD


@pytest.fixture
def page(one_office, browser):
    with served(one_office.app) as address:
        context = browser.new_context(base_url=address)
        opened = context.new_page()
        opened.goto("/login")
        opened.fill("#login", "wang")
        opened.fill("#password", PASSWORD)
        opened.click("button.primary")
        opened.wait_for_url("**/work")
        yield opened
        context.close()


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def test_it_works_by_keyboard_and_loses_neither_focus_nor_words(one_office, page):
    number = one_office.cast.prepared()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"/cases/{number}?list=work")
    stops, unseen = looking.walk_by_tab(page, most=30)
    assert (stops, unseen) == (30, [])
    page.keyboard.press("a")
    expect(page.locator("#panel form")).to_be_visible()
    expect(page.locator("#on")).to_be_focused()
    page.fill("#on", "2099-01-01")
    page.fill("#note", "写好的备注")
    page.locator("#panel button.primary").click()
    expect(page.locator("#panel #problems")).to_be_focused()
    assert page.input_value("#note") == "写好的备注"
    page.keyboard.press("Escape")
    expect(page.locator("#panel form")).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == "panel"
    page.keyboard.press("2")
    expect(page.locator("#materials-heading")).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#pq")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#materials-heading")).to_be_focused()
    _input_method_is_left_alone(page)
    _palette_goes_there(page)
    page.goto(f"/cases/{number}")
    page.keyboard.press("u")
    expect(page.locator("#materials details[open] > summary")).to_have_count(1)
    page.keyboard.press("a")
    page.locator("#panel button.primary").click()
    expect(page.locator("#status-line")).to_contain_text("接下来由复核人办理")
    page.wait_for_load_state()  # the page came anew: its keys work once its script has run
    page.keyboard.press("m")
    expect(page.locator("#status-line")).to_contain_text("催复核")
    page.wait_for_load_state()
    page.keyboard.press("?")
    page.wait_for_url("**/help")
    assert [line for line in said if "422" not in line] == []


def _input_method_is_left_alone(page):
    before = page.url
    page.evaluate(
        "for (const key of ['g', 'w']) document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key, code: 'Key' + key.toUpperCase(), keyCode: 229, bubbles: true}))"
    )
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("gwn?")
    assert page.input_value("#q") == "gwn?"
    assert page.url == before


def _palette_goes_there(page):
    page.keyboard.press("Control+k")
    expect(page.locator("#pq")).to_be_focused()
    page.keyboard.type("kb")
    chosen = page.locator("#palette [role=option][aria-selected=true]")
    expect(chosen).to_contain_text("状态看板")
    expect(page.locator("#palette [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard")
    page.goto("/help?keys=off")
    page.keyboard.press("n")
    assert page.url.endswith("/help")
    page.goto("/help?keys=on")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url("**/work")
