"""In a browser: no barrier axe knows of, no sideways scroll, nothing the content policy refuses."""

import pytest

from tests.support import looking
from tests.support.browser import served
from tests.web.conftest import PASSWORD

PAGES = [
    *(f"/_components/{sheet}" for sheet in ("parts", "worklist", "case")),
    "/calendar",
    "/calendar?view=week&who=all",
    "/import/licenses",
    "/guide/change?kind=ICP&area=44&change=C-SITE",
    "/guide/new?kind=IDC&area=national&foreign=yes",
    "/guide/new?kind=CPN&area=national",
    "/guide",
    "/law",
    "/law/changes",
    "/law/procedures/renewal",
    "/law/rules/G-PREAPP?on=2025-12-21",
    "/law/rules/RL-02",
    "/law/open-points",
    "/law/parameters",
]
VIEWS = [("light", "zh", 1440), ("dark", "zh", 390), ("dark", "en", 1440), ("light", "en", 320)]
"""axe looks at every page once in light and once in dark; `make proofs-look` at all in all."""


@pytest.fixture
def address(app):
    with served(app) as opened:
        yield opened


@pytest.mark.parametrize(("theme", "language", "width"), VIEWS)
def test_it_looks_right_to_everybody(browser, address, theme, language, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=address)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"/login?next=/more&lang={language}&theme={theme}")
    half = VIEWS.index((theme, language, width)) // 2
    faults = _faults(page)
    page.fill("#login", "wang")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    for nth, path in enumerate(PAGES):
        page.goto(path)
        faults += _faults(page, axe=nth % 2 == half)
    context.close()
    assert faults == []
    assert said == []


def test_it_signs_in_and_out_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/trials/handlers")
    page.fill("#login", "wang")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    assert page.inner_text("body") == "for handlers"
    page.goto("/more")
    page.click("main form button")
    assert page.url.endswith("/login")
    context.close()


def test_it_paints_the_pictures_of_the_sprite(browser, address):
    page = browser.new_page(base_url=address)
    page.goto("/login")
    drawn = page.evaluate("document.querySelector('.brand use').getBBox().width")
    assert drawn > 5


def _faults(page, *, axe=True):
    """What axe finds, and how far the page runs over its own edge at this width."""
    width = page.viewport_size["width"]
    found = [*(looking.barriers(page) if axe else ()), *looking.too_wide(page, (width,))]
    return [f"{page.url}: {fault}" for fault in found]
