"""Every page and state five roles reach: no barrier, no sideways scroll, nothing cut, every ring.

Light and dark, 1440, 390 and 320 px wide; nine widths more as they are, spaced out, and with
letters twice as large. `ROLES=wang,li` and `LANGUAGES=en` narrow it; figures are printed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.support import looking, pseudo
from tests.support.cast import TODAY
from tests.support.sights import ORIGIN, reached, refused, serve, sight
from tests.support.visits import open_office
from tests.web.conftest import trials
from web.components import SHEETS, add_components
from workflow.services import demonstration
from workflow.services.database import open_database

FIXTURES = Path(__file__).parents[2] / "fixtures"
ROLES = os.environ.get("ROLES", "wang,li,zhao,zhou,admin").split(",")
LANGUAGES = os.environ.get("LANGUAGES", "zh,en").split(",")
MODES = [(width, theme) for width in (1440, 390, 320) for theme in ("light", "dark")]
if os.environ.get("QUICK"):
    MODES = [(1440, "dark"), (390, "light"), (320, "light")]
# A refused form answers 4xx, and what a page asks for later is no longer there to answer.
OF_THE_PROOF = re.compile(r"status of|CONNECTION_REFUSED|htmx:(afterRequest|sendError)")
ROOMS = (320, 720, 1180, 1440)
UNFOLD = "document.querySelectorAll('details:not(.menu)').forEach(d => { d.open = true })"
SAMPLES = [f"/_components/{sheet}" for sheet in SHEETS]
# Bad bookmarks, empty answers and errors that no link leads to.
BESIDE = [
    "/cases/AP-2026-99999",
    "/nowhere",
    "/work?bucket=none&q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA",
    "/cases?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA",
    "/licenses?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA",
    "/audit?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA",
    "/search?q=" + "%E9%95%BF" * 300,
    "/search?q=%21%3F",
    *(
        f"/trials/error/{kind}"
        for kind in ("crash", "stale", "not-offered", "bad-input", "429", "413", "503")
    ),
]


@pytest.fixture
def office(_sqlite_copies, tmp_path):
    """An office for each proof: the forms that one sends close accounts and cases for good."""
    database = open_database(_sqlite_copies(tmp_path / "desk.db"))
    opened = open_office(database, tmp_path)
    opened.app.register_blueprint(trials)
    add_components(opened.app)
    opened.app.config.update(PROPAGATE_EXCEPTIONS=False)
    files = [
        (path.name, path.read_text("utf-8")) for path in sorted((FIXTURES / "demo").glob("*.yaml"))
    ]
    assert demonstration.play_files(database, files, TODAY) == []
    yield opened
    database.close()


def sights_of(office, login, language):
    """Everything this person can be shown: by links, by bad addresses, by forms refused."""
    client = office.visit(login).client
    client.set_cookie("lang", language)
    seen = list(reached(office.app, client, login))
    beside = [*BESIDE, *(SAMPLES if login == ROLES[0] else ())]
    seen += [sight(login, at, client.get(at, buffered=True)) for at in beside]
    seen += refused(office.app, client, seen)
    if login == ROLES[0]:
        stranger = office.app.test_client()
        stranger.set_cookie("lang", language)
        asked = ("/login", "/trials/error/404", "/trials/error/crash")
        seen += [sight("stranger", at, stranger.get(at, buffered=True)) for at in asked]
    return client, seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_looks_right_to_everybody_everywhere(office, browser, language):
    known, faults, runs, looked = set(), [], 0, 0
    for login in ROLES:
        client, seen = sights_of(office, login, language)
        print(f"{language} {login}: {len(seen)} seen", flush=True)  # noqa: T201
        shown, said = {}, []
        context = browser.new_context(base_url=ORIGIN, reduced_motion="reduce")
        serve(context, client, shown, said)
        page = context.new_page()
        page.on("console", lambda message, said=said: said.append(message.text))
        for one in seen:
            if one.parts <= known:
                continue
            known |= one.parts
            looked += 1
            shown["now"] = one
            page.goto(one.address)
            found, times = look_at(page)
            runs += times
            found += [line for line in said if not OF_THE_PROOF.search(line)]
            said.clear()
            told = [f"{language} {one.name}: {fault}" for fault in found]
            faults += told
            print(f"{looked} {one.name}", *told, sep="\n", flush=True)  # noqa: T201
        context.close()
    print(f"{language}: {runs} runs of axe over {looked} pages, {len(faults)} faults")  # noqa: T201
    assert "\n".join(faults) == ""


def look_at(page):
    """As it opens, in full; then, with all that folds unfolded, in every width and theme.

    How many runs of axe it took is told with the faults.
    """
    found = [f"as it opens: {fault}" for fault in looking.barriers(page)]
    found += looking.too_wide(page, ROOMS if os.environ.get("QUICK") else looking.WIDTHS)
    page.evaluate(UNFOLD)
    for width, theme in MODES:
        page.set_viewport_size({"width": width, "height": looking.HEIGHT})
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found += [f"{theme} {width}: {fault}" for fault in looking.colors(page, f"{theme} {width}")]
        if theme == "light":  # no sheet gives another theme another room
            barred = looking.squeezed(page, all_but_colors=width == 320)
            found += [f"{width}: {fault}" for fault in barred]
    looking.dress(page, looking.SPACED)
    found += [f"spaced {fault}" for fault in looking.too_wide(page, ROOMS)]
    looking.dress(page, "")
    looking.letters(page, 32)
    found += [f"twice {fault}" for fault in looking.too_wide(page, ROOMS)]
    looking.letters(page, 16)
    return found, 1 + len(MODES) + sum(theme == "light" for _, theme in MODES)


FIVE = {
    "wang": ["/work", "/cases/AP-2026-00009?list=work", "/licenses", "/companies/new"],
    "zhao": ["/dashboard"],
    "zhou": ["/audit"],
}
# What htmx swaps in, by the element that is pressed, and where the focus has to be afterwards.
SWAPS = [
    ("/work", "#cases [data-expand]", "tr.inside"),
    ("/cases/AP-2026-00006?list=work", "[aria-controls=panel]", "#panel"),
    ("/audit", ".events .row", ".events li"),
]


def test_it_shows_where_the_focus_is_at_every_stop(office, browser):
    faults = []
    for login, addresses in FIVE.items():
        client = office.visit(login).client
        for width in (1440, 390):
            context = browser.new_context(base_url=ORIGIN, viewport={"width": width, "height": 900})
            serve(context, client, {}, faults)
            page = context.new_page()
            for address in addresses:
                page.goto(address)
                stops, found = looking.walk_by_tab(page)
                print(f"{width} {address}: {stops} stops", *found, sep="\n", flush=True)  # noqa: T201
                faults += [f"{width} {address} {fault}" for fault in found]
                assert stops > 20
                faults += skipping(page, address)
            context.close()
    assert "\n".join(faults) == ""


def skipping(page, address):
    """The first stop of a page leads past everything that stands on all of them."""
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    at = page.evaluate("document.activeElement.id")
    return [] if at == "main" else [f"{address}: the skip link leads to {at or 'the body'}"]


def test_it_keeps_the_focus_near_after_a_swap(office, browser):
    faults = []
    for address, opener, block in SWAPS:
        client = office.visit("zhou" if address == "/audit" else "wang").client
        context = browser.new_context(base_url=ORIGIN, viewport={"width": 1440, "height": 900})
        serve(context, client, {}, faults)
        page = context.new_page()
        page.goto(address)
        page.locator(opener).first.click()
        page.wait_for_timeout(1500)
        inside = page.evaluate(f"Boolean(document.activeElement.closest({block!r}))")
        faults += [] if inside else [f"{address}: focus at {looking.focused(page)}"]
        faults += [f"{address} opened: {fault}" for fault in looking.barriers(page)]
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
        if page.evaluate("document.activeElement === document.body"):
            faults.append(f"{address}: folded, the focus fell to the body")
        page.keyboard.press("Control+k")
        page.wait_for_timeout(1500)
        assert page.evaluate("document.activeElement.id") == "pq", looking.focused(page)
        faults += [f"palette: {fault}" for fault in looking.barriers(page)]
        context.close()
    assert "\n".join(faults) == ""


def test_it_has_room_for_a_language_three_fifths_longer(office, browser, tmp_path):
    faults = []
    with pseudo.spoken(office.app, tmp_path):
        for login, addresses in FIVE.items():
            client = office.visit(login).client
            client.set_cookie("lang", "en")
            context = browser.new_context(base_url=ORIGIN, reduced_motion="reduce")
            serve(context, client, {}, faults)
            page = context.new_page()
            for address in [*addresses, "/guide/new?kind=IDC&area=national", "/cases/new", "/help"]:
                page.goto(address)
                assert "lorem ipsum" in page.inner_text("main")
                page.evaluate(UNFOLD)
                found = looking.too_wide(page, (1440, 390))
                print(address, *found, sep="\n", flush=True)  # noqa: T201
                faults += [f"{address} {fault}" for fault in found]
            context.close()
    assert "\n".join(faults) == ""
