"""The register: licenses by their last day, one license, entering one the client holds."""

import re
from datetime import date
from html import unescape

import pytest

from tests.support.cast import moment
from tests.support.visits import open_office
from workflow.services import client_companies, lists
from workflow.services.database import open_database

TYPED = {
    "number": " 粤b2-2021 0017",
    "kinds": ["EDI", "ICP"],
    "items": ["ICP-SEARCH"],
    "coverage": ["44"],
    "valid_from": "2021/7/2",
    "valid_to": "20260701",
    "annual_reports": "2023、2024",
}


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def enter(office, number, last, *, company=1, **more):
    values = {
        "number": number,
        "kinds": ["ICP"],
        "coverage": ["44"],
        "valid_from": date(2020, 1, 1),
        "valid_to": last,
    }
    with office.database.transaction() as tx:
        return client_companies.add_license(
            tx, company, values | more, actor=office.cast["wang"], moment=moment()
        )


def registered(office):
    with office.database.reading() as session:
        return lists.licenses(session, office.cast["zhou"])


def test_it_enters_a_license_the_client_already_holds(office):
    visit = office.visit()
    visit.open("/licenses/new?company=1")
    assert visit.send("/licenses/new", **TYPED).status_code == 303
    visit.follow()
    assert "许可证已登记" in visit.words
    (found,) = registered(office)
    assert (found.number, found.kinds, found.coverage) == ("粤B2-20210017", ["EDI", "ICP"], ["44"])
    assert found.items == {"EDI": ["EDI-TRADE"], "ICP": ["ICP-SEARCH"]}
    assert (found.valid_from, found.valid_to) == (date(2021, 7, 2), date(2026, 7, 1))
    assert (found.authority, found.status, found.case_number) == ("44", "valid", None)
    assert "登记既有许可证" in visit.words
    assert "距到期 105 天" in visit.words
    assert "请与证面核对" not in visit.words


FAULTS = [
    ("number", "", "请填写许可证号"),
    ("kinds", [], "请填写业务种类"),
    ("coverage", [], "请填写覆盖范围"),
    ("coverage", ["national", "44"], "全国不能与省份同时选择"),
    ("valid_from", "2021-02-30", "没有 2021-02-30 这一天"),
    ("valid_to", "2020-01-01", "有效期止须晚于有效期起"),
    ("annual_reports", "去年", "请填写年份"),
    ("annual_reports", "2031", "请填写年份"),
    ("kinds", ["XYZ"], "请从列表中选择"),
]


@pytest.mark.parametrize(("field", "value", "says"), FAULTS)
def test_it_refuses_at_the_field_and_keeps_the_rest(office, field, value, says):
    visit = office.visit()
    visit.open("/licenses/new?company=1")
    answer = visit.send("/licenses/new", **(TYPED | {field: value}))
    assert answer.status_code == 422
    assert says in visit.words
    assert f'href="#{field}"' in answer.text
    kept = visit.form("/licenses/new").filled({})
    for name, typed in TYPED.items():
        if name != field:
            assert kept[name] == (typed if isinstance(typed, list) else [typed])
    assert registered(office) == []


def test_it_refuses_a_number_that_is_in_the_register(office):
    enter(office, "粤B2-20210017", date(2027, 1, 1), company=2)
    visit = office.visit()
    visit.open("/licenses/new?company=1")
    assert visit.send("/licenses/new", **TYPED).status_code == 422
    assert "台账里已有许可证 粤B2-20210017" in visit.words
    assert len(registered(office)) == 1


def test_it_says_that_the_same_license_was_entered_before(office):
    enter(office, "粤B2-20210017", date(2027, 1, 1))
    visit = office.visit()
    visit.open("/licenses/new?company=1")
    assert visit.send("/licenses/new", **TYPED).status_code == 422
    assert "这张许可证（粤B2-20210017）已在该企业名下，没有重复登记" in visit.words
    assert len(registered(office)) == 1


def test_it_enters_a_license_once_however_often_the_button_is_pressed(office):
    visit = office.visit()
    visit.open("/licenses/new?company=1")
    form = visit.form("/licenses/new")
    answers = [visit.post(form, **TYPED) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(registered(office)) == 1


def test_it_lists_what_ends_first_at_the_top_and_filters_by_status(office):
    enter(office, "粤B2-2", date(2027, 5, 1))
    enter(office, "粤B2-1", date(2026, 3, 1))
    enter(office, "粤B2-3", date(2025, 5, 1), status="lapsed")
    visit = office.visit("zhou")
    visit.open("/licenses?view=license&status=all")
    assert [visit.words.index(f"粤B2-{n}") for n in (3, 1, 2)] == sorted(
        visit.words.index(f"粤B2-{n}") for n in (1, 2, 3)
    )
    visit.open("/licenses?view=license")
    assert "粤B2-3" not in visit.words, "only what is in force, unless asked for"
    visit.open("/licenses?status=lapsed")
    assert "粤B2-3" in visit.words
    assert "粤B2-1" not in visit.words
    visit.open("/licenses?status=revoked")
    assert "没有符合条件的许可证" in visit.words


def test_it_pages_by_key_without_losing_licenses_of_the_same_day(office):
    for n in range(lists.PAGE + 1):
        enter(office, f"粤B2-{n:03}", date(2027, 5, 1))
    visit = office.visit("zhou")
    visit.open("/licenses")
    assert "粤B2-049" in visit.words
    assert "粤B2-050" not in visit.words
    following = re.search(r'rel="next" href="([^"]+)"', visit.page.text)[1]
    visit.open(unescape(following))
    assert "粤B2-050" in visit.words
    assert "粤B2-049" not in visit.words
    assert "下一页" not in visit.words


def test_it_shows_what_an_approval_left_to_do_and_where_the_license_comes_from(office):
    number = office.cast.approved()
    visit = office.visit("zhou")
    visit.open("/licenses/1")
    assert "在经营场所和网站首页标明许可证号" in visit.words
    assert "到登记机关更新经营范围" in visit.words
    assert f'href="/cases/{number}"' in visit.page.text
    assert "王芳" in visit.words


def test_it_says_that_the_register_is_empty(office):
    visit = office.visit()
    visit.open("/licenses")
    assert "台账里还没有许可证" in visit.words


def test_it_asks_which_company_before_it_enters_a_license(office):
    assert office.visit().open("/licenses/new").status_code == 404
    assert office.visit("chen").open("/licenses/new?company=1").status_code == 404
