"""The look: no inline style or script, a small sheet, every picture drawn, fields tied together."""

import gzip
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
SHEETS = ["parts", "worklist", "case", "states"]
KIBIBYTE = 1024


class Page(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def having(self, name):
        return [attrs for _, attrs in self.elements if name in attrs]


@pytest.fixture(params=SHEETS)
def text(request, handler):
    answer = handler.get(f"/_components/{request.param}")
    assert answer.status_code == 200
    return answer.text


def test_it_has_no_inline_style_or_script(text):
    page = Page(text)
    assert page.having("style") == []
    assert [tag for tag, attrs in page.elements if tag == "style"] == []
    assert [attrs for tag, attrs in page.elements if tag == "script" and "src" not in attrs] == []
    assert [a for _, a in page.elements if any(name.startswith("on") for name in a)] == []


def test_it_asks_no_other_host_for_anything(text):
    addresses = [a.get("src") or a.get("href") or "" for _, a in Page(text).elements]
    assert [address for address in addresses if "//" in address] == []


def test_it_uses_each_id_once_and_describes_only_what_exists(text):
    page = Page(text)
    ids = [attrs["id"] for attrs in page.having("id")]
    assert sorted(ids) == sorted(set(ids))
    named = {n for a in page.having("aria-describedby") for n in a["aria-describedby"].split()}
    named |= {a["aria-labelledby"] for a in page.having("aria-labelledby")}
    named |= {a["for"] for a in page.having("for")}
    assert named - set(ids) == set()


def test_it_gives_one_heading_of_the_first_level(text):
    assert [tag for tag, _ in Page(text).elements].count("h1") == 1


def test_it_disables_no_button(text):
    assert Page(text).having("disabled") == []


def test_it_draws_every_picture_that_is_used():
    sprite = (WEB / "static/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    templates = "".join(path.read_text() for path in (WEB / "templates").rglob("*.html"))
    used = set(re.findall(r'icon\("([\w-]+)"', templates))
    assert len(used) > 20
    assert used - drawn == set()


@pytest.mark.parametrize("sheet", SHEETS)
def test_it_draws_every_picture_of_a_page(handler, sheet):
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static/icons.svg").read_text()))
    used = set(re.findall(r"icons\.svg\?v=\w+#([\w-]*)", handler.get(f"/_components/{sheet}").text))
    assert used
    assert used - drawn == set()


def test_it_keeps_the_sheet_small():
    assert len(gzip.compress((WEB / "static/app.css").read_bytes())) <= 12 * KIBIBYTE


def test_it_heeds_what_a_reader_asked_the_browser_for():
    sheet = (WEB / "static/app.css").read_text("utf-8")
    quiet, _, moving = sheet.partition("@media (prefers-reduced-motion: no-preference) {")
    slides = [line for line in (quiet + moving[moving.index("\n}") :]).splitlines()
              if re.search(r"animation|transition(?!: visibility)", line)]  # fmt: skip
    assert slides == []
    assert "@media (forced-colors: active)" in sheet
    assert sheet.count("@media print") >= 1
    narrow = re.findall(r"@media ([^{]*max-width[^{]*)", sheet)
    assert narrow
    assert all(asked.startswith("screen") and "px" not in asked for asked in narrow)


def test_it_ships_htmx_unchanged():
    vendor = WEB / "static/vendor"
    digest = hashlib.sha256((vendor / "htmx.min.js").read_bytes()).hexdigest()
    assert digest in (vendor / "VENDOR").read_text()


def test_it_shows_faults_with_the_words_of_the_summary_and_keeps_values(handler):
    text = handler.get("/_components/parts").text
    assert text.count("请填写补正截止日期") == 2
    assert '<a href="#reply_by">请填写补正截止日期</a>' in text
    assert 'value="1e6"' in text
    assert re.search(r'id="capital"[^>]*aria-describedby="capital-hint capital-fault"', text)


def test_it_hides_the_components_from_a_product_that_runs(app, handler):
    app.testing = False
    assert handler.get("/_components/parts").status_code == 404
