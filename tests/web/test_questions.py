"""The questions as people read them: found, answered, with rules behind and buttons that open."""

import re
from html import unescape

import pytest
from markupsafe import escape

from tests.support.visits import open_office
from workflow.law import questions
from workflow.law.questions import ENTRIES, GROUPS
from workflow.services.database import open_database


@pytest.fixture(scope="module")
def office(_sqlite_copies, tmp_path_factory):
    """One office for the whole module: these pages write nothing."""
    folder = tmp_path_factory.mktemp("questions")
    database = open_database(_sqlite_copies(folder / "desk.db"))
    office = open_office(database, folder)
    office.cast.approved()
    yield office
    database.close()


@pytest.fixture(scope="module")
def visits(office):
    """王芳 in Chinese and in English."""
    found = {}
    for language in ("zh", "en"):
        found[language] = office.visit()
        found[language].open(f"/more?lang={language}")
    return found


languages = pytest.mark.parametrize("language", ["zh", "en"])


@languages
def test_it_lists_every_question_by_subject(visits, language):
    page = visits[language].open("/questions")
    assert page.status_code == 200
    for text in (*(row.headline for row in ENTRIES), *GROUPS.values()):
        assert str(escape(text.read(language))) in page.text


@languages
@pytest.mark.parametrize("question", ENTRIES, ids=lambda question: str(question.number))
def test_it_answers_on_a_page_of_its_own(office, visits, question, language):
    visit = visits[language]
    page = visit.open(f"/questions/{question.number}")
    assert page.status_code == 200
    day = office.app.extensions["license_desk"].clock().date()
    for text in (questions.answer_of(question, day), *questions.points_of(question, day)):
        assert str(escape(text.read(language))) in page.text
    assert not re.search(r"\{[A-Za-z]", visit.words)
    none = {"zh": "没有查到专门的规定", "en": "No rule about this was found"}[language]
    assert not question.no_rule or none in visit.words


BUTTON = re.compile(r'<a class="button wide[^"]*" href="([^"]+)"')


@pytest.mark.parametrize("question", ENTRIES, ids=lambda question: str(question.number))
def test_it_leads_to_pages_that_open(visits, question):
    visit = visits["zh"]
    found = BUTTON.findall(visit.open(f"/questions/{question.number}").text)
    assert found
    for address in found:
        answer = visit.client.get(unescape(address))
        assert answer.status_code in (200, 303), address


@pytest.mark.parametrize("login", ["wang", "li", "zhao", "zhou", "admin"])
def test_it_has_something_to_do_for_every_role(office, login):
    visit = office.visit(login)
    for number in (1, 8, 33, 56, 62, 67, 71):
        page = visit.open(f"/questions/{number}")
        addresses = [unescape(a) for a in BUTTON.findall(page.text)]
        assert addresses, number
        assert visit.client.get(addresses[-1]).status_code == 200


def test_it_is_reached_from_the_rule_it_stands_on(visits):
    visit = visits["zh"]
    page = visit.open("/law/rules/K-REV")
    assert 'href="/questions/2"' in page.text
    assert "{K-REV}" not in page.text
    assert 'href="/law/rules/K-REV"' in visit.open("/questions/2").text


def test_it_says_openly_what_was_not_verified(visits):
    visit = visits["zh"]
    visit.open("/questions/8")
    assert "最低可信度 据经验，未核对原文" in visit.words
    assert "依据中有尚未核对的内容" in visit.words
    visit.open("/questions/34")
    assert "最低可信度 据转载或指南" in visit.words
    assert "依据中有尚未核对的内容" not in visit.words


def test_it_shows_own_figures_where_only_they_can_answer(visits):
    visit = visits["zh"]
    visit.open("/questions/16")
    assert "本台自己的办件 新办 · SP" in visit.words
    assert "不足 10 件" in visit.words
    visit.open("/questions/34")
    assert "本台自己的办件" not in visit.words


def test_it_shows_no_figures_to_who_may_see_no_cases(office):
    visit = office.visit("admin")
    visit.open("/questions/16")
    assert "本台自己的办件" not in visit.words


@pytest.mark.parametrize(
    ("typed", "headline"),
    [
        ("hjzx", "珠海办呼叫中心要注意什么？"),
        ("nianbao", "ICP 年检要准备哪些内容？"),
        ("ＩＣＰ", "办 ICP 的关键事项有哪些？"),
        ("G-CAPITAL", "省内 100 万、跨省 1000 万对吗？"),
        ("refund", "106 费用退款时限多久，过期还能申请吗？"),
    ],
)
def test_it_finds_questions_and_shows_their_answers(visits, typed, headline):
    visit = visits["zh"]
    page = visit.client.get("/questions", query_string={"q": typed})
    assert page.status_code == 200
    assert headline in page.text
    assert "成都办呼叫中心的要求更新了吗" not in page.text or typed in ("hjzx", "G-CAPITAL")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("qqqq", "没有找到「qqqq」"),
        ("！？。", "只有标点，没有可以查找的字"),
        ("x" * 2000, "没有找到"),
        ("<script>alert(1)</script>", "找到"),
        ("   ", "找哪个机关"),
    ],
)
def test_it_says_what_to_try_when_nothing_was_found(visits, typed, said):
    page = visits["zh"].client.get("/questions", query_string={"q": typed})
    assert page.status_code == 200
    assert said in page.text
    assert "<script>alert" not in page.text
    assert len(page.text) < 60_000


@pytest.mark.parametrize("number", ["0", "72", "999999999999", "abc", "-1"])
def test_it_has_no_page_for_a_number_nobody_asked(visits, number):
    page = visits["zh"].open(f"/questions/{number}")
    assert page.status_code == 404
    assert "没有找到这个页面" in page.text
