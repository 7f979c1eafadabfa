"""Languages and themes; how dates, distances and money read."""

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from web import wording
from workflow.domain.procedure import Text

WEB = Path(__file__).parents[2] / "web"
ENGLISH = WEB / "translations/en/LC_MESSAGES/messages"
ENVIRONMENT = Environment(extensions=["jinja2.ext.do"])  # noqa: S701 - only parsed, never shown
HAN = re.compile(r"[一-鿿]")
FUNCTIONS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def test_it_speaks_chinese_until_asked_for_english(client):
    page = client.get("/login")
    assert 'lang="zh-CN"' in page.text
    assert "登录许可办理台" in page.text
    asked = client.get("/login?lang=en&next=/more")
    assert asked.status_code == 303
    assert asked.location == "/login?next=%2Fmore"
    page = client.get("/login")
    assert '<html lang="en"' in page.text
    assert "Sign in to License Desk" in page.text


def test_it_speaks_the_language_of_the_settings(make_app):
    assert '<html lang="en"' in make_app(language="en").test_client().get("/login").text


def test_it_ignores_a_language_it_does_not_speak(client):
    client.get("/login?lang=fr")
    assert 'lang="zh-CN"' in client.get("/login").text


def test_it_remembers_the_theme_and_forgets_nothing_of_the_address(handler):
    assert "data-theme" not in handler.get("/more").text
    assert handler.get("/more?theme=dark&q=%E7%8E%8B").location == "/more?q=%E7%8E%8B"
    assert 'data-theme="dark"' in handler.get("/more").text


def test_it_has_english_words_for_every_sentence():
    with ENGLISH.with_suffix(".po").open("rb") as file:
        known = {message.id: message.string for message in read_po(file, locale="en")}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    options = {"templates/**.html": {"trimmed": "false"}}
    found = {
        message
        for _, _, message, _, _ in extract_from_dir(
            str(WEB), methods, options, keywords=FUNCTIONS, callback=None
        )
    }
    assert len(found) > 100
    assert {message for message in found if not _full(known.get(message))} == set()


def test_it_writes_no_sentence_past_the_catalogue():
    """Chinese in a template stands inside gettext; the developer's samples are left out."""
    past = {}
    for path in sorted((WEB / "templates").rglob("*.html")):
        if path.parent.name != "components":
            tree = ENVIRONMENT.parse(path.read_text("utf-8"))
            told = {id(const) for call in tree.find_all(nodes.Call) if _is_gettext(call)
                    for const in call.find_all(nodes.Const)}  # fmt: skip
            said = [const.value for const in tree.find_all(nodes.Const) if id(const) not in told]
            said += [data.data for data in tree.find_all(nodes.TemplateData)]
            loose = [words for words in said if isinstance(words, str) and HAN.search(words)]
            past |= {path.name: loose} if loose else {}
    # The other language is named in its own words, and a letter to an authority is Chinese.
    for name, words in (("bare.html", "中<"), ("base.html", "中<"), ("more.html", "中文"),
                        ("letter.html", "此致")):  # fmt: skip
        assert all(words in loose for loose in past.pop(name))
    assert past == {}


def _is_gettext(call):
    return isinstance(call.node, nodes.Name) and call.node.name in FUNCTIONS


def _full(words):
    return bool(words) and all(words if isinstance(words, tuple) else (words,))


def test_it_ships_the_catalogue_it_was_compiled_from():
    with ENGLISH.with_suffix(".po").open("rb") as source:
        written = _by_sentence(read_po(source, locale="en"))
    with ENGLISH.with_suffix(".mo").open("rb") as file:
        assert _by_sentence(read_mo(file)) == written


def _by_sentence(catalogue):
    """What stands for each sentence; the two kinds of file keep plurals in different lists."""
    return {_key(m.id): list(m.string) for m in catalogue if m.id}


def _key(sentence):
    return sentence if isinstance(sentence, str) else tuple(sentence)


@pytest.fixture
def speaking(app):
    """Run a block as an answer in this language."""

    def in_language(language):
        return app.test_request_context(headers={"Cookie": f"lang={language}"})

    return in_language


DAYS = [
    (
        date(2026, 3, 20),
        ("03-20 周五", "2026-03-20 周五"),
        ("Fri 20 Mar", "Fri 20 March 2026"),
    ),
    (
        date(2027, 3, 20),
        ("2027-03-20 周六", "2027-03-20 周六"),
        ("Sat 20 Mar 2027", "Sat 20 March 2027"),
    ),
    (None, ("—", "—"), ("—", "—")),
]


@pytest.mark.parametrize(("day", "zh", "en"), DAYS)
def test_it_writes_days(speaking, day, zh, en):
    for language, (short, long) in (("zh", zh), ("en", en)):
        with speaking(language):
            assert wording.short_day(day) == short
            assert wording.long_day(day) == long


DISTANCES = [
    (date(2026, 3, 16), "逾期 2 天", "2 days overdue"),
    (date(2026, 3, 17), "逾期 1 天", "1 day overdue"),
    (date(2026, 3, 18), "今天到期", "Due today"),
    (date(2026, 3, 19), "还剩 1 天", "1 day left"),
    (date(2026, 4, 2), "还剩 15 天", "15 days left"),
    (None, "尚未起算", "Not yet running"),
]


@pytest.mark.parametrize(("day", "zh", "en"), DISTANCES)
def test_it_says_how_far_a_day_is(speaking, day, zh, en):
    with speaking("zh"):
        assert wording.distance(day) == zh
    with speaking("en"):
        assert wording.distance(day) == en


MONEY = [
    (10_000_000, "1,000 万元", "RMB 10,000,000"),
    (12_345, "12,345 元", "RMB 12,345"),
    (0, "0 元", "RMB 0"),
    (None, "—", "—"),
]


@pytest.mark.parametrize(("yuan", "zh", "en"), MONEY)
def test_it_writes_money(speaking, yuan, zh, en):
    with speaking("zh"):
        assert wording.money(yuan) == zh
    with speaking("en"):
        assert wording.money(yuan) == en


def test_it_writes_times_in_the_zone_of_the_agency(speaking):
    with speaking("zh"):
        assert wording.minute(datetime(2026, 3, 16, 8, 40, tzinfo=UTC)) == "03-16 16:40"
        assert wording.minute(datetime(2025, 12, 31, 15, 0, tzinfo=UTC)) == "2025-12-31 23:00"
    with speaking("en"):
        assert wording.minute(datetime(2026, 3, 16, 8, 40, tzinfo=UTC)) == "16 Mar, 16:40"


def test_it_reads_a_bilingual_text_and_leaves_the_rest(speaking):
    with speaking("en"):
        assert wording.read(Text("补正", "Correction")) == "Correction"
        assert wording.read("AP-2026-00417") == "AP-2026-00417"
        assert wording.read(None) == ""


def test_it_masks_names_and_codes():
    assert wording.masked_name("周示例") == "周*"
    assert wording.masked_code("91440106MA0DEM101C") == "9144 ···· 01C"
    assert wording.masked_code("123") == "123"


def test_it_works_out_a_filter_for_each_reader_anew(handler):
    assert "1,000 万元" in handler.get("/_components/parts").text
    handler.set_cookie("lang", "en")
    assert "RMB 10,000,000" in handler.get("/_components/parts").text


CHANGING = re.compile(r'class="tool[^"]*to-dark" href="([^"]+)"')


def test_it_offers_a_preference_on_a_page_that_opens_after_a_form_was_refused(one_office):
    number = one_office.cast.in_correction()
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    form = wang.form("/points/1")
    sent = form.filled({"answer-1": ""})
    here = {"Referer": f"http://localhost/cases/{number}?tab=2&theme=light"}
    for headers, expected in (
        (here, f"/cases/{number}?tab=2&theme=dark"),
        ({}, f"/cases/{number}?theme=dark"),
        ({"Referer": "http://evil.example/more"}, f"/cases/{number}?theme=dark"),
        ({"Referer": f"http://localhost{form.action}"}, f"/cases/{number}?theme=dark"),
        ({"Referer": "http://localhost//evil.example/"}, f"/cases/{number}?theme=dark"),
    ):
        refused = wang.client.post(form.action, data=sent, headers=headers)
        assert refused.status_code == 422
        link = unescape(CHANGING.search(refused.text)[1])
        assert link == expected
        assert wang.open(link).status_code == 303
        assert wang.follow().status_code == 200


@pytest.mark.parametrize(
    ("size", "zh", "en"),
    [(0, "0 字节", "0 bytes"), (1, "1 字节", "1 byte"), (2048, "2 KB", "2 KB"),
     (1_572_864, "1.5 MB", "1.5 MB")],
)  # fmt: skip
def test_it_writes_sizes(speaking, size, zh, en):
    with speaking("zh"):
        assert wording.file_size(size) == zh
    with speaking("en"):
        assert wording.file_size(size) == en
