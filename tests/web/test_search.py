"""One search: by names, initials, codes and numbers, inside the scope; the palette's list."""

import pytest

from tests.support.cast import moment
from tests.support.queries import counted
from tests.support.visits import Visit
from tests.web.test_components import Page
from workflow.services import client_companies, companies


@pytest.fixture
def wang(office):
    office.cast.approved()
    return office.visit()


def search(visit: Visit, typed: str, **more):
    visit.page = visit.client.get("/search", query_string={"q": typed, **more})
    return visit.page


@pytest.mark.parametrize(
    "typed", ["示例信息", "slxx", "SLXX", "信息 gz", "91440106ma0", "ＳＬＸＸ", "服务有限公司"]
)
def test_it_finds_a_client_with_its_cases_and_licenses(wang, typed):
    assert search(wang, typed).status_code == 200
    for found in ("广州示例信息服务有限公司", "AP-2026-00001", "粤B2-20260001"):
        assert found in wang.words


@pytest.mark.parametrize("typed", ["粤B2-2026", "B2-20260001", "20260001"])
def test_it_finds_a_license_by_its_number_with_or_without_its_province(wang, typed):
    search(wang, typed)
    assert "粤B2-20260001" in wang.words


@pytest.mark.parametrize("typed", ["ap-2026-0", "1", "0001"])
def test_it_finds_a_case_by_the_start_of_its_number_or_its_serial(wang, typed):
    search(wang, typed)
    assert "AP-2026-00001" in wang.words


def test_it_opens_the_case_whose_number_was_typed(wang):
    assert search(wang, "ap-2026-00001").location == "/cases/AP-2026-00001"


def test_it_finds_ranges_of_code_numbers(wang):
    search(wang, "1062")
    assert "1062XXXX" in wang.words


@pytest.mark.usefixtures("wang")
def test_it_finds_nothing_outside_the_scope(office):
    chen = office.visit("chen")
    for typed in ("信息", "slxx", "91440106", "粤B2-20260001"):
        search(chen, typed)
        assert "没有找到" in chen.words
        assert "广州示例信息" not in chen.words
    assert "没有找到" in search(office.visit("admin"), "slxx").text


def test_it_follows_a_client_to_its_new_name(office, wang):
    with office.database.transaction() as tx:
        told = companies.as_told(tx, 1) | {"name": "广州样例网络有限公司"}
        client_companies.set_company_facts(tx, 1, told, actor=office.cast["wang"], moment=moment())
    search(wang, "ylwl")
    assert "广州样例网络有限公司" in wang.words
    search(wang, "slxx")
    assert "没有找到" in wang.words


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("，。！", "只有标点"),
        ("%_%", "只有标点"),
        ("云" * 2000, "只按开头的 100 个字查找"),
        ("<script>alert(1)</script>", "没有找到"),
        ("\x00\x01", "搜索"),
        ("", "搜索"),
    ],
)
def test_it_gives_a_sensible_page_for_anything_typed(one_office, typed, says):
    visit = one_office.visit()
    assert search(visit, typed).status_code == 200
    assert says in visit.words
    assert "<script>alert" not in visit.page.text


def test_it_lists_for_the_palette_what_can_be_done_with_the_case(one_office):
    number = one_office.cast.in_correction()
    visit = one_office.visit()
    page = search(visit, "zctj", palette="1", case=number)
    assert "登记再次提交 · 还差" in page.text
    options = Page(page.text).having("data-address")
    assert len({a["id"] for a in options}) == len(options) > 0
    assert "工作台" in search(visit, "gzt", palette="1").text
    assert "本案可执行" not in search(visit, "", palette="1", case="AP-1999-00001").text


def test_it_asks_few_questions_however_much_there_is(one_office):
    one_office.cast.approved()
    visit = one_office.visit()
    with counted(one_office.database) as questions:
        search(visit, "示例")
    assert len(questions) <= 12
