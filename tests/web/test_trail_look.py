"""The auditor's day in a browser, and every state of the trail page without a barrier."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import expect

from tests.support.browser import served
from tests.support.cast import PASSWORD, moment
from tests.support.errands import run_errands
from tests.web.test_audit import alter
from tests.web.test_look import _faults
from workflow.services import checkpoints, sequencing


@pytest.fixture
def office(one_office, tmp_path):
    """A case in correction and one with a license, all of it sealed."""
    office, database = one_office, one_office.database
    office.number = office.cast.in_correction("缺少用户日志留存说明")
    sequencing.catch_up(database, whole=True)
    later = replace(moment(), at=moment().at + timedelta(hours=1))
    signing = checkpoints.Signing(Ed25519PrivateKey.generate())
    checkpoints.seal(database, signing, later, published=tmp_path / "checkpoints.txt")
    return office


@pytest.fixture
def address(office):
    with served(office.app) as opened:
        yield opened


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


def test_it_gets_an_auditor_through_the_day(browser, address, office):
    page = signed_in(browser, address, viewport={"width": 1440, "height": 900})
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/audit")
    _find_by_person_and_kind(page, office)
    _read_rules_and_differences(page, office.number)
    _look_at_the_case_of_then(page, office.number)
    _read_a_masked_name(page)
    _verify_now(page, office)
    _export_masked_and_in_full(page, office.number)
    _find_own_acts_and_keep_them(page, office)
    page.context.close()


def _find_by_person_and_kind(page, office):
    """Filters by keyboard; the heading of the result has the focus; an entry opens in place."""
    page.keyboard.press("f")
    expect(page.locator("#first")).to_be_focused()
    page.locator("#about").fill(office.number)
    page.locator("#actor").select_option(office.cast["wang"].id)
    page.locator("#kind-correction").check()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator("#h-found")).to_be_focused()
    expect(page.locator("#h-found")).to_have_text("1 条事件")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("缺少用户日志留存说明")).to_be_visible()
    expect(page.get_by_text("重新计算一致")).to_be_visible()
    page.goto(f"/audit?about={office.number}")
    page.locator("#risk-large_export").check()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    page.get_by_role("link", name="去掉 大批量导出").last.click()


def _read_rules_and_differences(page, number):
    """The conditions with the text then in force, then from difference to difference."""
    page.goto(f"/audit?about={number}&kind=judged&action=submit")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.locator("details.judged summary").first.click()
    expect(page.get_by_role("link", name="当时的条文").first).to_be_visible()
    page.goto(f"/audit?about={number}")
    for _ in range(2):
        page.keyboard.press("d")
        expect(page.locator(".events .diff tr:focus")).to_be_visible()


def _look_at_the_case_of_then(page, number):
    page.goto(f"/audit?about={number}&page=last")
    page.locator(".events .row").last.click()
    page.get_by_role("link", name="查看当时的案件").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{number} 在第 1 条记录时的样子")
    page.get_by_role("link", name="回到这条记录").click()


def _read_a_masked_name(page):
    page.goto("/audit?company=1&kind=file&page=last")
    page.locator(".events .row").last.click()
    page.get_by_text("显示遮盖的个人信息").click()
    page.get_by_label("理由").fill("抽查企业档案")
    page.get_by_role("button", name="显示").click()
    expect(page.get_by_text("这次查看已记入审计追踪")).to_be_visible()
    expect(page.locator("ins", has_text="91440106MA0DEM")).to_be_visible()


def _verify_now(page, office):
    """The progress is there after a reload; the verdict comes without one."""
    page.goto("/audit")
    page.get_by_role("button", name="立即重新验证").click()
    expect(page.locator("#chain progress")).to_be_visible()
    page.reload()
    expect(page.get_by_text("正在验证").first).to_be_visible()
    run_errands(office.database)
    expect(page.locator("#chain").get_by_text("完整，未发现改动")).to_be_visible(timeout=20_000)


def _export_masked_and_in_full(page, number):
    for values, reason in (("masked", ""), ("full", "取证")):
        page.goto(f"/audit?about={number}")
        page.get_by_role("link", name="导出当前").click()
        page.locator("#form-jsonl").check()
        page.locator(f"#values-{values}").check()
        page.locator("#reason").fill(reason)
        with page.expect_download() as begun:
            page.locator("main").get_by_role("button", name="导出").click()
        lines = begun.value.path().read_text("utf-8").splitlines()
        assert '"manifest"' in lines[-1]
        assert ('"values"' in lines[0]) == (values == "full")


def _find_own_acts_and_keep_them(page, office):
    """What the auditor did today is on the trail too; the filters stay under a name."""
    page.goto(f"/audit?actor={office.cast['zhou'].id}&kind=export&kind=view")
    expect(page.locator(".events .row")).to_have_count(4)
    expect(page.locator(".events")).to_contain_text("查看未遮盖的个人信息")
    page.get_by_text("保存为视图").click()
    page.get_by_label("视图名称").fill("我今天做的")
    page.get_by_role("button", name="保存视图").click()
    expect(page.get_by_role("link", name="我今天做的")).to_have_attribute("aria-current", "page")


LOOKS = {"zh": ("light", 1440, 390), "en": ("dark", 320, 1440)}
"""By language the theme and the width axe looks at, and a width at which nothing may run over."""


def test_it_looks_right_in_every_state(browser, address, office):
    """Every state in one window: light and dark by emulation, widths by resizing."""
    page = signed_in(browser, address)
    faults = []
    for language in ("zh", "en"):
        page.goto(f"/audit?lang={language}")
        faults += _seen(page, language)
        for path in (
            f"/audit?about={office.number}&kind=judged&kind=state&kind=review&open=22",
            "/audit?kind=waiver&first=2020-01-01",
            "/audit?first=2026-02-30&about=示例",
            "/audit/22/case",
            f"/audit/export?about={office.number}",
            "/retention",
        ):
            page.goto(path)
            faults += _seen(page, language)
    page.goto("/audit?lang=zh")
    page.locator("#chain form button").click()
    faults += _seen(page, "zh")
    alter(office.database, "UPDATE events SET body = replace(body, 'draft', 'drafT') WHERE id = 3")
    run_errands(office.database)
    for language in ("zh", "en"):
        page.goto(f"/audit?lang={language}")
        assert page.locator("#chain.is-danger").count() == 1
        faults += _seen(page, language)
    page.context.close()
    assert faults == []


def _seen(page, language):
    """What is wrong with this page in the looks of this language."""
    theme, width, other = LOOKS[language]
    page.set_viewport_size({"width": other, "height": 900})
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    return _faults(page) + ([f"{page.url}: {over} px over at {other}"] if over > 0 else [])
