"""The manager's whole day in a browser, and that the pages have no barrier."""

from datetime import timedelta

import pytest

from tests.support.browser import served
from tests.support.cast import PASSWORD, TODAY, moment
from tests.support.queries import counted
from tests.web.test_look import _faults
from workflow.services import board, long_work

VIEWS = [("light", "zh", 1440), ("dark", "en", 390), ("light", "en", 320), ("dark", "zh", 1440)]


@pytest.fixture
def busy(one_office):
    """A desk with something of everything: overdue, in correction, approved, long work."""
    cast = one_office.cast
    cast.open_case()
    cast.submitted(coverage=("31",), day=TODAY - timedelta(40))
    cast.in_correction(coverage=("33",))
    cast.approved(coverage=("11",))
    with one_office.database.transaction() as tx:
        for login in ("zhao", "admin"):
            given = {"year": 2026, "version": len(login)}
            long_work.ask(tx, "calendar", given, actor=cast[login], moment=moment())
    return one_office


@pytest.fixture
def address(busy):
    with served(busy.app) as opened:
        yield opened


def sign_in(context, login, query=""):
    page = context.new_page()
    page.goto(f"/login?next=/more{query}")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/more*")
    return page


def test_it_takes_a_manager_from_the_glance_to_the_reassignment(browser, address):
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, base_url=address, accept_downloads=True
    )
    page = sign_in(context, "zhao")
    page.goto("/dashboard")
    assert "「已提交 · 待受理」停留超过 30 天的有 1 件" in page.inner_text("main")

    # Where is it stuck: the old case behind the number.
    page.click("section[aria-labelledby=h-flow] tr:has-text('已提交 · 待受理') td:nth-child(5) a")
    assert page.locator("tbody tr").count() == 1
    page.click("tbody a.name")
    assert "上海市" in page.inner_text("main")
    page.go_back()
    page.go_back()
    assert page.url == f"{address}/dashboard"

    # The matrix is one tab stop; arrow keys move in it, and Enter opens the cell.
    page.focus(".skip-in")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    cell = "document.activeElement.closest('table.matrix') && document.activeElement.href"
    first = page.evaluate(cell)
    assert "authority=11" in first
    page.keyboard.press("ArrowRight")
    assert "authority=31" in page.evaluate(cell)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table.matrix')") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard/cases*authority=31*")

    # Who has too much: one person's cases, and one of them goes to somebody else.
    page.goto("/dashboard")
    page.select_option("select[name=team]", label="王芳")
    page.select_option("select[name=weeks]", "13")
    page.click("form.filters.bare button")
    assert "weeks=13" in page.url
    page.click("section[aria-labelledby=h-load] tr:has-text('王芳') td.number a")
    before = page.locator("tbody tr").count()
    page.click("tbody a:has-text('改派') >> nth=0")
    page.select_option("select[name=handler]", label="李强")
    page.click("main form button.primary")
    page.goto("/dashboard/cases?team=1")
    assert page.locator("tbody tr").count() == before - 1

    # What lapses: the radar as a table; what goes to the meeting: a file.
    page.goto("/dashboard")
    with page.expect_download() as download:
        page.click("a:has-text('导出 CSV')")
    assert download.value.suggested_filename == f"状态看板-{TODAY}.csv"

    # Long work: asked for, seen after a reload, ended.
    page.goto("/progress")
    page.click("tbody a.name")
    page.reload()
    assert page.locator("progress").count() == 1
    page.click("#cancel-work")
    page.wait_for_selector("text=已取消，没有留下文件")
    context.close()


@pytest.mark.parametrize(("theme", "language", "width"), VIEWS)
def test_it_has_no_barrier_on_the_pages_of_managers_and_administrators(
    browser, address, theme, language, width
):
    faults, said, half = [], [], VIEWS.index((theme, language, width)) // 2
    for login, paths in (
        ("zhao", ("/dashboard", "/dashboard?team=1&weeks=4", "/dashboard/cases?overdue=1",
                  "/progress", "/progress/1")),
        ("admin", ("/admin", "/admin/users", "/admin/users/new", "/admin/users/1",
                   "/admin/parameters", "/admin/jobs", "/progress/2")),
    ):  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=address, color_scheme=theme
        )
        page = sign_in(context, login, f"&lang={language}&theme={theme}")
        page.on("console", lambda message: said.append(message.text))
        for nth, path in enumerate(paths):
            page.goto(path)
            faults += _faults(page, axe=nth % 2 == half)
        context.close()
    assert faults == []
    assert said == []


def test_it_asks_few_questions_of_the_database(busy):
    board.refresh(busy.database, moment)
    manager, admin = busy.visit("zhao"), busy.visit("admin")
    manager.open("/dashboard")  # counted at the first visit
    for visit, path in (
        (manager, "/dashboard"), (manager, "/dashboard/cases"), (manager, "/progress/1"),
        (admin, "/admin"), (admin, "/admin/users"), (admin, "/admin/users/1"),
        (admin, "/admin/parameters"), (admin, "/admin/jobs"),
    ):  # fmt: skip
        with counted(busy.database) as asked:
            visit.open(path)
        assert len(asked) <= 12, (path, asked)
