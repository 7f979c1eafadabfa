"""The states of the trail page as everybody meets them: no barrier axe knows of."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from tests.support.cast import PASSWORD, moment
from tests.support.errands import run_errands
from tests.support.visits import open_office
from tests.web.test_audit import alter
from tests.web.test_look import VIEWS, _faults
from workflow.services import checkpoints, sequencing
from workflow.services.database import open_database


@pytest.fixture
def office(sqlite_url, tmp_path):
    """A case in correction and one with a license, all of it sealed."""
    database = open_database(sqlite_url)
    office = open_office(database, tmp_path)
    office.number = office.cast.in_correction("缺少用户日志留存说明")
    sequencing.catch_up(database, whole=True)
    later = replace(moment(), at=moment().at + timedelta(hours=1))
    signing = checkpoints.Signing(Ed25519PrivateKey.generate())
    checkpoints.seal(database, signing, later, published=tmp_path / "checkpoints.txt")
    yield office
    database.close()


@pytest.fixture
def browser(chromium):
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def address(office):
    server = make_server("127.0.0.1", 0, office.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def signed_in(browser, address, **view):
    page = browser.new_context(base_url=address, **view).new_page()
    page.goto("/login")
    page.fill("#login", "zhou")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def test_it_unfolds_in_place_and_folds_again_by_the_keyboard(browser, address, office):
    page = signed_in(browser, address, viewport={"width": 1440, "height": 900})
    page.goto(f"/audit?about={office.number}&kind=state")
    panels = page.locator(".events [data-panel] > .inside")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(panels).to_have_count(1)
    expect(panels.first).to_be_focused()
    row = page.locator(".events .row").first
    expect(row).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(panels).to_have_count(0)
    expect(row).to_be_focused()
    page.keyboard.press("d")
    expect(panels).to_have_count(1)
    expect(page.locator(".diff tr:focus")).to_have_count(1)
    page.keyboard.press("o")
    expect(panels).to_have_count(0)
    expect(page.locator(".row[data-changes]:focus")).to_have_attribute("aria-expanded", "false")
    page.context.close()


@pytest.mark.parametrize("view", VIEWS[:1])
def test_it_looks_right_in_every_state(browser, address, office, view):
    theme, language, width = view
    page = signed_in(browser, address, viewport={"width": width, "height": 900})
    page.goto(f"/audit?lang={language}&theme={theme}")
    faults = _faults(page)
    for path in (
        f"/audit?about={office.number}&kind=judged&kind=state&kind=review&open=22",
        f"/audit?about={office.number}&kind=judged&open=all",
        "/audit?kind=waiver&first=2020-01-01",
        "/audit?first=2026-02-30&about=示例",
        "/audit/22/case",
        f"/audit/export?about={office.number}",
    ):
        page.goto(path)
        faults += _faults(page)
    page.goto("/audit")
    page.locator("#chain form button").click()
    faults += _faults(page)
    alter(office.database, "UPDATE events SET body = replace(body, 'draft', 'drafT') WHERE id = 3")
    run_errands(office.database)
    page.goto("/audit")
    assert page.locator("#chain.is-danger").count() == 1
    faults += _faults(page)
    page.context.close()
    assert faults == []
