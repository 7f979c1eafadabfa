"""What a browser can be asked about a page: barriers, its width, what is cut, where the ring is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
LOOKING = Path(__file__).with_suffix(".js").read_text("utf-8")
WIDTHS = (320, 360, 720, 900, 1024, 1180, 1280, 1440, 1920)
HEIGHT = 900
# Every rule of WCAG 2.0 to 2.2, A and AA, and good practice; target-size runs only when asked for.
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Those that a theme can break, and those that a little less room can; all others read the markup.
OF_COLOR = ["color-contrast", "link-in-text-block"]
OF_ROOM = ["target-size", "scrollable-region-focusable"]
# WCAG 1.4.12: line height, space after a paragraph, between letters and between words.
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
)


def barriers(page: Page) -> list[str]:
    """What axe-core finds in the whole page, one line a rule with the first places."""
    _unrolled(page)
    found: list[str] = _ask(page, "barriers", {"type": "tag", "values": STANDARDS})
    return found


def colors(page: Page, dress: str) -> list[str]:
    """What axe-core finds in the colors of this theme and width, each kind of text weighed once.

    Words in the same nest of elements, classes and colors look alike: of twenty rows, one; and of
    the same bar over every page that this window shows, the first.
    """
    _unrolled(page)
    found: list[str] = _ask(page, "colors", {"type": "rule", "values": OF_COLOR}, dress)
    return found


def squeezed(page: Page, *, all_but_colors: bool = False) -> list[str]:
    """What axe-core finds in the whole page by rules of room, or by all that are not of color."""
    _unrolled(page)
    found: list[str] = (
        _ask(page, "barriers", {"type": "tag", "values": STANDARDS}, OF_COLOR)
        if all_but_colors
        else _ask(page, "barriers", {"type": "rule", "values": OF_ROOM})
    )
    return found


def _unrolled(page: Page) -> None:
    """As tall as it is long, so that no bar lies over a target; with axe-core at hand."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.set_viewport_size({"width": width, "height": max(HEIGHT, tall)})
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)


def too_wide(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Where the page scrolls sideways or hides text, at each width."""
    faults = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        cut = [f"cut {place}" for place in _ask(page, "cut")[:3]]
        faults += [f"{width}: {fault}" for fault in _ask(page, "over") + cut]
    return faults


def dress(page: Page, css: str) -> None:
    """Lay a sheet over the page's own, as a reader's browser may; the content policy allows it."""
    _ask(page, "dress", css)


def letters(page: Page, pixels: int) -> None:
    """Set the size of letters that a reader chose in the browser; 16 is how browsers come."""
    sizes = {"standard": pixels, "fixed": pixels * 13 // 16}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})


def walk_by_tab(page: Page, most: int = 600) -> tuple[int, list[str]]:
    """Press Tab from the top until it comes round: how many stops, and which are not to be seen."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    seen: set[int] = set()
    faults: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = _ask(page, "ring")
        if stop["mark"] in seen or (stop["mark"] < 0 and seen):
            break
        seen.add(stop["mark"])
        faults += [f"{stop['told']}: {stop['fault']}"] if stop["fault"] else []
    return len(seen), faults


def focused(page: Page) -> str:
    """Which element has the focus, by its name."""
    return str(_ask(page, "ring")["told"])


def _ask(page: Page, question: str, *given: object) -> Any:
    if page.evaluate("typeof looking") == "undefined":
        page.evaluate(LOOKING)
    return page.evaluate(f"given => looking.{question}(...given)", list(given))
