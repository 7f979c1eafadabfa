"""Every page a role can reach, walked by its links over the demo: what holds for all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.cast import TODAY, moment
from tests.support.crawl import Links, kind_of, pages
from tests.support.queries import counted
from tests.support.visits import open_office
from workflow.services import demonstration, own_views
from workflow.services.database import open_database

DEMO = Path(__file__).parents[2] / "fixtures/demo"
ROLES = ["wang", "li", "zhao", "zhou", "admin"]
MOST_QUESTIONS = 12
"""Statements a page asks of the database, whoever looks at it (ux G5)."""
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
HAN = re.compile(r"[一-鿿]+")
TYPED = "".join(path.read_text("utf-8") for path in sorted(DEMO.glob("*.yaml")))
OWN_WORDS = re.compile(
    r"王芳|李强|赵敏|周静|陈伟|管理员|^.$|.\*|[一-鿿]B\d|\d+万|示例[一-鿿（）]*|国办发明电|\d[号年月日至]|已按意见补正"
)


@pytest.fixture(scope="module")
def office(_sqlite_copies, tmp_path_factory):
    """The desk with the demo's companies, cases and licenses, and saved views."""
    folder = tmp_path_factory.mktemp("every-page")
    database = open_database(_sqlite_copies(folder / "desk.db"))
    opened = open_office(database, folder)
    files = [(path.name, path.read_text("utf-8")) for path in sorted(DEMO.glob("*.yaml"))]
    assert demonstration.play_files(database, files, TODAY) == []
    with database.transaction() as tx:
        for login in ("wang", "li"):
            own_views.save(tx, opened.cast[login], moment(), "Own", "procedure=new&view=ready")
            own_views.save(tx, opened.cast[login], moment(), "Followed", "view=watched")
    yield opened
    database.close()


class Structure(HTMLParser):
    """What a page is made of, as far as every page has to agree on it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.headings = 0
        self._level = 1
        self.ids: set[str] = set()
        self.foreign: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.headings += tag == "h1"
        if re.fullmatch("h[1-6]", tag):
            if int(tag[1]) > self._level + 1:
                self.faults.append(f"{tag} without an h{int(tag[1]) - 1} above it")
            self._level = int(tag[1])
        self._refuse(tag, given)
        if "id" in given:
            if given["id"] in self.ids:
                self.faults.append(f"two elements called {given['id']}")
            self.ids.add(str(given["id"]))
        if tag not in VOID:
            inherited = self._open[-1][1] if self._open else ""
            self._open.append((tag, given.get("lang") or inherited))

    def _refuse(self, tag: str, given: dict[str, str | None]) -> None:
        inline = [name for name in given if name == "style" or name.startswith("on")]
        if inline or tag == "style" or (tag == "script" and not given.get("src")):
            self.faults.append(f"inline {tag} {inline}")
        if "disabled" in given:
            self.faults.append(f"disabled {tag}")
        for name in ("src", "href", "action", "hx-get", "hx-post"):
            target = given.get(name) or ""
            if target.startswith(("http:", "https:", "//")):
                self.faults.append(f"another host: {target}")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        """Chinese in English words: a name, a code or what somebody typed may stand there."""
        if self._open and self._open[-1][1] == "en":
            rest = HAN.findall(OWN_WORDS.sub("", text.strip()))
            self.foreign += [words for words in rest if words not in TYPED]


def walk(office, login, *, english):
    """Look at every page; returns what is wrong, and how many kinds of page were seen."""
    visit = office.visit(login)
    if english:
        visit.client.set_cookie("lang", "en")
    wrong, titles, kinds = [], defaultdict(set), set()
    for address, found in pages(office.app):
        with counted(office.database) as asked:
            answer = visit.client.get(address, buffered=True)
        if answer.status_code in (302, 303) and answer.location:
            found.append(answer.location)
            continue
        if answer.status_code != 200:
            wrong.append(f"{address}: {answer.status_code}")
            continue
        if answer.mimetype != "text/html":
            continue
        recorded = any(said.startswith("INSERT INTO events") for said in asked)
        if len(asked) > MOST_QUESTIONS and not recorded:  # a look on record takes the pen as well
            wrong.append(f"{address}: {len(asked)} questions of the database")
        kinds.add(kind_of(office.app, address))
        page = Structure(answer.text)
        wrong += [f"{address}: {fault}" for fault in page.faults]
        if page.headings != 1:
            wrong.append(f"{address}: {page.headings} main headings")
        if english and page.foreign:
            wrong.append(f"{address}: Chinese in English: {page.foreign[:3]}")
        title = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
        titles[title[1].strip() if title else ""].add(address.partition("?")[0])
        found.extend(Links(answer.text).found)
    wrong += [f"no title: {sorted(at)}" for said, at in titles.items() if not said]
    return wrong, kinds


@pytest.mark.parametrize("login", ROLES)
def test_it_keeps_the_promises_of_every_page(office, login):
    wrong, kinds = walk(office, login, english=login in ("wang", "admin", "zhou"))
    assert "\n".join(wrong) == ""
    assert len(kinds) > (40 if login in ("wang", "li") else 10)


GONE = (
    "after=99999999999999999999.x&before=-1&from=gone&to=9999-99-99&m=9999-99&limit=1000000&page=-7"
    "&state=gone&kind=gone&province=99&turn=gone&view=gone&bucket=gone&sort=gone&risk=gone&due=gone"
    "&open=AP-2026-99999&client=999999999&company=99999&team=999&weeks=1000000&standing=gone"
    "&actor=gone&about=gone&first=gone&procedure=gone&story=gone&list=work%3Fview%3Dgone&at=-5"
)
SAYS_SO = {"/cases/new": 404, "/audit": 422, "/work/export": 422, "/licenses/export": 422}
"""A client that does not exist; a day that is none, told at its field; a file of something else."""
SILENT = frozenset({"/search", "/cases/new", "/admin/users", "/admin/jobs"})
"""Pages that look at nothing of all this."""
ODD = ("%", "?!…—，。", "<script>alert(1)</script>", "长" * 2000)
LISTS = {
    "wang": ("/work", "/cases", "/licenses", "/radar", "/companies", "/duties", "/silent",
             "/calendar", "/dashboard", "/dashboard/cases", "/messages", "/search",
             "/cases/AP-2026-00001", "/cases/new", "/work/export", "/licenses/export"),
    "li": ("/reviews", "/reviews/AP-2026-00005"),
    "zhou": ("/audit",),
    "admin": ("/admin/users", "/admin/jobs"),
}  # fmt: skip


@pytest.mark.parametrize("login", LISTS)
def test_it_makes_a_sensible_page_of_an_address_that_fits_nothing(office, login):
    visit = office.visit(login)
    for path in LISTS[login]:
        for odd in ODD if path in ("/search", "/cases") else ODD[2:3]:
            answer = visit.client.get(f"{path}?{GONE}&{urlencode({'q': odd})}", buffered=True)
            assert answer.status_code == SAYS_SO.get(path, 200), (path, odd[:9])
            if answer.mimetype == "text/html":
                assert Structure(answer.text).headings == 1, path
            if path not in SILENT:
                assert "已不存在，" in answer.text or "不存在，没有导出" in answer.text, path
            assert "<script>alert" not in answer.text, path
