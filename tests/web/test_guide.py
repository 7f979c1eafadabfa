"""The guide as people open it: every combination, in both languages, and what is refused."""

import re

import pytest

from tests.support.cast import TODAY
from tests.support.visits import open_office
from workflow.law import catalogue
from workflow.services.database import open_database
from workflow.services.guide import assembled
from workflow.services.guide_facts import Combination, default_facts

LAW = catalogue.LAW


@pytest.fixture(scope="module")
def office(_sqlite_copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guide")
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


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


@pytest.mark.parametrize(("language", "each"), [("zh", 1), ("en", 4)])
@pytest.mark.parametrize("procedure", sorted(LAW.procedures))
def test_it_opens_for_every_kind_and_area(visit, procedure, language, each):
    """In English for every fourth kind: the words come from the same places."""
    visit.client.get(f"/guide?lang={language}")
    definition = LAW.procedures[procedure]
    for kind in list(LAW.kinds)[::each]:
        for area in ("44", "national"):
            asked = Combination(procedure, kind, area)
            page = visit.open(f"/guide/{procedure}?kind={kind}&area={area}")
            assert page.status_code == 200
            words, guide = plain(page), assembled(asked, TODAY, {})
            bureau = guide.authorities[0].code
            assert catalogue.label_of("authority", bureau).read(language) in words
            assert "%(" not in words
            if guide.doubt:
                assert guide.doubt.read(language)[:20] in words
                continue
            codes = {c.guard.code for c in guide.conditions}
            codes |= {
                need.code
                for need in catalogue.required(definition, default_facts(asked, TODAY, {}))
            }
            codes |= {words.clock.code for words in guide.clocks}
            assert guide.clocks
            missing = {code for code in codes if f"/law/rules/{code}" not in page.text}
            assert missing == set(), (kind, area)


def test_it_turns_the_choice_into_an_address(visit):
    visit.open("/guide")
    answer = visit.send("/guide", procedure="new", kind="EDI", area="44", foreign="no")
    assert answer.status_code == 303
    assert answer.location == "/guide/new?kind=EDI&area=44&foreign=no"
    visit.follow()
    assert "广东省通信管理局" in visit.words


def test_it_offers_a_further_choice_where_the_procedure_has_one(visit):
    visit.open("/guide/change?kind=ICP&area=44&change=C-SITE")
    assert "G-ADV30" in visit.words
    assert "G-CAPITAL" not in visit.words
    assert visit.form("/guide").filled({})["change"] == ["C-SITE"]
    answer = visit.send("/guide", procedure="new")
    assert answer.location == "/guide/new?kind=ICP&area=44&foreign=no"
    visit.open("/guide/number?kind=SP&area=44&range=1066XXXX")
    assert "1066XXXX" in visit.words
    assert "1062XXXX 省内商业短信" not in visit.words.split("条件", 2)[2]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/guide?procedure=", 422, "请填写办理事项"),
        ("/guide/merger?kind=EDI&area=44", 404, "没有这种办理事项：merger"),
        ("/guide/new?kind=XYZ&area=44", 422, "请从列表中选择"),
        ("/guide/new?kind=EDI&area=99", 422, "请从列表中选择"),
        ("/guide/new?kind=EDI", 422, "请填写覆盖范围"),
        ("/guide/new?area=44", 422, "请填写业务种类"),
        ("/guide/new?kind=EDI&area=44&foreign=perhaps", 422, "请从列表中选择"),
        ("/guide/change?kind=EDI&area=44&change=C-NONE", 422, "请从列表中选择"),
        ("/guide/number?kind=SP&area=44&range=12345", 422, "请从列表中选择"),
    ],
)
def test_it_refuses_at_the_field_and_keeps_the_rest(visit, address, status, says):
    assert visit.open(address).status_code == status
    assert says in visit.words
    kept = visit.form("/guide").filled({})
    if "kind=EDI" in address:
        assert kept["kind"] == ["EDI"]
    if "area=44" in address:
        assert kept["area"] == ["44"]


def test_it_opens_with_the_form_alone_before_anything_is_chosen(visit):
    assert visit.open("/guide/renewal").status_code == 200
    assert visit.form("/guide").filled({})["procedure"] == ["renewal"]
    assert "处需要处理" not in visit.words


def test_it_sends_a_nationwide_premises_network_to_the_ministry(visit):
    visit.open("/guide/new?kind=CPN&area=national")
    assert "先向工业和信息化部确认" in visit.words
    assert "工业和信息化部" in visit.words
    assert 'id="papers"' not in visit.page.text


def test_it_says_where_to_file_and_that_nothing_is_charged(visit):
    visit.open("/guide/new?kind=ICP&area=62")
    for words in ("甘肃省通信管理局", "ythzxfw.miit.gov.cn", "不收费", "不指定任何代理机构"):
        assert words in visit.words


def test_it_shows_content_rules_with_the_days_they_were_in_force(visit):
    visit.open("/guide/new?kind=ICP&area=62")
    assert "至 2025-12-21" in visit.words
    assert "2025-12-22 起" in visit.words


def test_it_shows_the_caps_and_the_pilots(visit):
    visit.open("/guide/new?kind=EDI&area=44&foreign=yes")
    assert "不超过 50%" in visit.words
    assert "外资低于 10% 且" in visit.words
    assert "有外资：由工业和信息化部审批" in visit.words
    visit.open("/guide/new?kind=DNS&area=44")
    assert "未经核实，人工判断" in visit.words


def test_it_leads_to_a_case_of_the_same_combination(visit):
    visit.open("/guide/new?kind=EDI&area=44")
    link = re.search(r'href="(/cases/new\?[^"]+)"', visit.page.text)[1].replace("&amp;", "&")
    assert link == "/cases/new?procedure=new&kinds=EDI&coverage=44"
    visit.open(link)
    choose = re.search(r'href="(/cases/new\?[^"]*company=[^"]+)"', visit.page.text)[1]
    visit.open(choose.replace("&amp;", "&"))
    form = visit.form("/cases/new/precheck").filled({})
    assert (form["procedure"], form["kinds"], form["coverage"]) == (["new"], ["EDI"], ["44"])


def test_it_leads_nobody_where_they_may_not_go(office):
    auditor = office.visit("zhou")
    auditor.open("/guide/new?kind=EDI&area=44")
    assert "/cases/new" not in auditor.page.text
