"""An auditor's whole day in a browser, and the states of the trail page as everybody meets them."""

import shutil
import subprocess
import sys
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
from workflow.services import checkpoints, exporting, sequencing
from workflow.services.database import open_database
from workflow.services.exporting import Extent, Pack
from workflow.storage.files import Shelf


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


def test_it_gets_an_auditor_through_the_day(browser, address, office, tmp_path):
    page = signed_in(browser, address)
    page.goto("/audit")
    _filter_and_read(page, office.number)
    _look_at_the_case_of_then(page, office.number)
    _verify_now(page, office)
    _export(page, office.number)
    page.context.close()
    _check_the_proof_pack(office, tmp_path)


def _filter_and_read(page, number):
    """Filters by keyboard, the heading has the focus, an entry opens and a difference is found."""
    page.keyboard.press("f")
    expect(page.locator("#first")).to_be_focused()
    page.locator("#about").fill(number)
    page.locator("#kind-correction").check()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator("#h-found")).to_be_focused()
    expect(page.locator("#h-found")).to_have_text("1 条事件")
    page.keyboard.press("j")
    expect(page.locator(".events summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("缺少用户日志留存说明")).to_be_visible()
    expect(page.get_by_text("重新计算一致")).to_be_visible()
    page.get_by_role("link", name="去掉 补正与往来").click()
    expect(page.locator("#h-found")).to_have_text("21 条事件")
    page.keyboard.press("d")
    expect(page.locator(".events .diff tr:focus")).to_be_visible()


def _look_at_the_case_of_then(page, number):
    page.locator(".events > li").last.locator("summary").first.click()
    page.get_by_role("link", name="查看当时的案件").locator("visible=true").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{number} 在第 1 条记录时的样子")
    expect(page.get_by_text("这是过去的样子，只读。")).to_be_visible()
    page.get_by_role("link", name="回到这条记录").click()


def _verify_now(page, office):
    """The progress is there after a reload; the verdict comes without one."""
    page.goto("/audit")
    page.get_by_role("button", name="立即重新验证").click()
    expect(page.get_by_text("正在验证").first).to_be_visible()
    page.reload()
    expect(page.locator("#chain progress")).to_be_visible()
    run_errands(office.database)
    expect(page.locator("#chain").get_by_text("完整，未发现改动")).to_be_visible(timeout=10_000)
    expect(page.locator(".seals .held")).to_have_count(0)  # sealed an hour after this check


def _export(page, number):
    page.goto(f"/audit?about={number}")
    page.get_by_role("link", name="导出当前").click()
    page.locator("#form-jsonl").check()
    with page.expect_download() as begun:
        page.locator("main").get_by_role("button", name="导出").click()
    lines = begun.value.path().read_text("utf-8").splitlines()
    assert '"manifest"' in lines[-1]
    assert len(lines) == 22


def _check_the_proof_pack(office, folder):
    """What was sealed stands by itself: the verifier alone says so."""
    pack = folder / "all.zip"
    asked = Pack(Extent(), moment().stamp, "4")
    with office.database.reading() as session:
        exporting.export(session, pack, asked, Shelf(folder / "files"))
    alone = folder / "auditor"
    alone.mkdir()
    for name in (pack.name, "audit_verify.py"):
        shutil.copy(folder / name, alone / name)
    done = subprocess.run(
        [sys.executable, "audit_verify.py", pack.name],
        cwd=alone, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("view", VIEWS)
def test_it_looks_right_in_every_state(browser, address, office, view):
    theme, language, width = view
    page = signed_in(browser, address, viewport={"width": width, "height": 900})
    page.goto(f"/audit?lang={language}&theme={theme}")
    faults = _faults(page)
    for path in (
        f"/audit?about={office.number}&kind=judged&kind=state&kind=review&open=22",
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
