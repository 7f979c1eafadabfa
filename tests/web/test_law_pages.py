"""The rule library as people read it: every rule, in both languages, on any day, openly unsure."""

import re

import pytest
from markupsafe import escape

from tests.support.cast import TODAY
from tests.support.visits import open_office
from workflow.law import catalogue
from workflow.law.open_points import OPEN_POINTS
from workflow.services.database import open_database
from workflow.services.rule_sheets import SORTS, sheets_of
from workflow.services.unverified import unverified_rules
from workflow.storage.parameters import set_parameter

CODES = sorted({sheet.code for sort in SORTS for sheet in sheets_of(sort)})


@pytest.fixture(scope="module")
def office(_sqlite_copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    database = open_database(_sqlite_copies(folder / "desk.db"))
    yield open_office(database, folder)
    database.close()


@pytest.fixture(scope="module")
def _reader(office):
    return office.visit()


@pytest.fixture
def visit(_reader):
    """王芳, signed in once, reading Chinese until a test chooses otherwise."""
    _reader.client.get("/law?lang=zh")
    return _reader


def missing(page, texts, language):
    return {text.zh for text in texts if str(escape(text.read(language))) not in page.text}


def test_it_leads_to_every_rule_and_takes_old_links(visit):
    page = visit.open("/law").text
    assert {code for code in CODES if f'href="/law/rules/{code}"' not in page} == set()
    assert {code for code in CODES if f'id="{code}"' not in page} == set()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_it_says_openly_what_was_not_verified(visit):
    visit.open("/law")
    assert "依据的可靠程度如实标注" in visit.words
    for confidence in ("text", "secondary", "knowledge", "design"):
        assert catalogue.label_of("confidence", confidence).zh in visit.words


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sort", SORTS)
def test_it_lists_every_rule_of_a_sort(visit, sort, language):
    visit.client.get(f"/law?lang={language}")
    page = visit.open(f"/law/{sort}")
    texts = [sheet.on(TODAY) for sheet in sheets_of(sort)]
    said = [text.says for text in texts]
    said += [value.says for text in texts for row in text.rows for value in row.values]
    said += [cite.article for text in texts for cite in text.cites]
    assert missing(page, said, language) == set()
    assert "%(" not in page.text


@pytest.mark.parametrize(("language", "each"), [("zh", 1), ("en", 3)])
def test_it_has_a_page_for_every_rule(visit, language, each):
    """In English every third: the lists of the sorts show that each has its English text."""
    visit.client.get(f"/law?lang={language}")
    sheets = {sheet.code: sheet for sort in SORTS for sheet in sheets_of(sort)}
    for code in CODES[::each]:
        page = visit.open(f"/law/rules/{code}")
        assert page.status_code == 200
        said = [version.says for version in sheets[code].versions]
        assert missing(page, said, language) == set(), code
        assert "%(" not in page.text


@pytest.mark.parametrize(
    ("day", "held"), [("2025-12-21", "至 2025-12-21"), ("2025-12-22", "2025-12-22 起")]
)
def test_it_shows_both_texts_and_which_is_in_force(visit, day, held):
    visit.open(f"/law/rules/G-PREAPP?on={day}")
    assert "至 2025-12-21" in visit.words
    assert "2025-12-22 起" in visit.words
    assert f"{held} {day} 施行" in visit.words
    assert f"{day} 不施行" in visit.words


def test_it_lists_the_texts_in_force_on_a_day(visit):
    visit.open("/law/self-check?on=2026-04-30")
    assert "短信记录留存" not in visit.words
    visit.open("/law/self-check?on=20260501")
    assert "短信记录留存" in visit.words
    assert 'href="/law/rules/RL-08?on=20260501"' in visit.page.text


@pytest.mark.parametrize("path", ["/law/guards", "/law/rules/G-CAPITAL"])
def test_it_refuses_a_day_there_is_none_of_and_keeps_what_was_typed(visit, path):
    assert visit.open(f"{path}?on=2026-02-30").status_code == 422
    assert 'value="2026-02-30"' in visit.page.text
    assert "处需要处理" in visit.words


@pytest.mark.parametrize("path", ["/law/laws", "/law/rules/G-NONE", "/law/procedures/merger"])
def test_it_knows_nothing_of_other_rules(visit, path):
    assert visit.open(path).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(catalogue.LAW.procedures))
def test_it_shows_a_procedure_whole(visit, code, language):
    visit.client.get(f"/law?lang={language}")
    page, procedure = visit.open(f"/law/procedures/{code}"), catalogue.LAW.procedures[code]
    said = [text for rule in procedure.rules for text in (rule.label, rule.cites[0].article)]
    assert missing(page, [*said, *procedure.labels.values()], language) == set()
    for name in (*procedure.clocks, *(need.code for need in procedure.needs)):
        assert f"/law/rules/{name}" in page.text


def test_it_names_what_is_to_be_confirmed_and_by_whom(visit):
    page = visit.open("/law/open-points")
    assert missing(page, [point.says for point in OPEN_POINTS], "zh") == set()
    assert missing(page, [point.who for point in OPEN_POINTS], "zh") == set()
    assert missing(page, [rule.says for rule in unverified_rules()], "zh") == set()
    assert "用户驻地网业务" in visit.words


def test_it_shows_bureau_figures_beside_the_default(office, visit):
    visit.open("/law/parameters")
    assert "还没有单列的口径" in visit.words
    with office.database.transaction() as tx:
        for kind, value, source in (("", "3", "2026 年来函"), ("IDC", "8", "")):
            set_parameter(
                tx, province="53", kind=kind, name="insured_staff", value=value, source=source
            )
    visit.open("/law/parameters")
    assert "云南省通信管理局 全部 社保人数 3 同默认 2026 年来函" in visit.words
    assert "云南省通信管理局 IDC 社保人数 8 —" in visit.words


def test_it_leads_from_a_verdict_to_its_rule(office, visit):
    number = office.cast.open_case()
    visit.open(f"/cases/{number}")
    assert 'href="/law/rules/G-SIGNOFF"' in visit.page.text
