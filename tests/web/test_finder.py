"""The license finder as a person meets it: tick, look, carry the answer on."""

import re
from html import unescape

import pytest

from tests.support.contents import contents


def found(office, query, login="wang"):
    visit = office.visit(login)
    before = contents(office.database)
    visit.open(f"/finder?asked=1&{query}")
    assert contents(office.database) == before
    return visit


def link(visit, path):
    """The address of the link to this page that carries answers."""
    pattern = rf'<a class="button[^"]*" href="({path}\?[^"]+)"'
    return unescape(re.search(pattern, visit.page.text)[1])


def test_it_asks_first_and_answers_nothing_unasked(one_office):
    wang = one_office.visit()
    wang.open("/finder")
    assert wang.page.status_code == 200
    assert "第三方买家和卖家在平台上成交" in wang.words
    assert "还没有勾选" not in wang.words
    assert "种业务的许可" not in wang.words


def test_it_answers_what_was_ticked_and_keeps_it_ticked(one_office):
    wang = one_office.visit()
    wang.open("/finder")
    wang.send("/finder", does=["user_video"], coverage=["44"], foreign_share="0")
    assert "要办 1 种业务的许可： B25 ICP" in wang.words
    assert "信息发布平台和递送服务" in wang.words
    assert "信息网络传播视听节目许可证或备案" in wang.words
    assert "不是 ISP" in wang.words
    assert "广东省通信管理局" in wang.words
    assert "100 万元" in wang.words
    kept = wang.form("/finder").filled({})
    assert (kept["does"], kept["coverage"]) == (["user_video"], ["44"])


def test_it_says_plainly_that_nothing_is_needed(one_office):
    wang = found(one_office, "does=own_goods_only")
    assert "按所答，不需要增值电信业务许可。" in wang.words
    assert "没有第三方在平台上成交" in wang.words
    assert "我的客户能不能办" not in wang.words


def test_it_says_plainly_that_nothing_was_ticked(one_office):
    assert "还没有勾选任何业务。" in found(one_office, "").words


def test_it_names_both_areas_while_none_is_told(one_office):
    wang = found(one_office, "does=conference")
    assert "地区还没定" in wang.words
    assert "1,000 万元" in wang.words


def test_it_warns_of_a_nationwide_premises_network(one_office):
    wang = found(one_office, "does=wires_premises&coverage=national")
    assert "请先向工业和信息化部确认" in wang.words


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("does=nothing", "请从列表中选择"),
        ("does=rides&content=gossip", "请从列表中选择"),
        ("does=rides&coverage=99", "请从列表中选择"),
        ("does=rides&coverage=44&coverage=national", "全国不能与省份同时选择"),
        ("does=rides&foreign_share=120", "请填写 0 至 100 的百分比"),
        ("does=rides&foreign_share=abc", "请填写 0 至 100 的百分比"),
    ],
)
def test_it_says_at_the_field_what_cannot_be_used(one_office, query, says):
    wang = found(one_office, query)
    assert wang.page.status_code == 422
    assert says in wang.words
    kept = wang.form("/finder").filled({})
    assert kept.get("does", []) == (["rides"] if "rides" in query else [])


def test_it_carries_everything_over_to_a_new_case(one_office):
    wang = found(one_office, "does=matches_buyers_and_sellers&does=user_video&coverage=44")
    wang.open(link(wang, "/cases/new"))
    assert "为哪个委托企业办理？" in wang.words
    form = wang.form("/cases/new")
    wang.page = wang.post(form, q="广州")
    chosen = unescape(re.search(r'href="(/cases/new\?[^"]*company=1)"', wang.page.text)[1])
    wang.open(chosen)
    kept = wang.form("/cases/new/precheck").filled({})
    assert kept["kinds"] == ["EDI", "ICP"]
    assert kept["items"] == ["EDI-TRADE", "ICP-PUBLISH"]
    assert kept["coverage"] == ["44"]
    assert kept["content"] == ["audiovisual"]
    assert kept["activities"] == ["matches_buyers_and_sellers", "user_video"]
    assert (kept["third_party_platform"], kept["deals_online"]) == (["yes"], ["yes"])
    assert wang.send("/cases/new/precheck").status_code == 200


def test_it_carries_everything_over_to_the_eligibility_check(one_office):
    wang = found(one_office, "does=rides&coverage=national&foreign_share=12.5")
    wang.open(link(wang, "/eligibility"))
    kept = wang.form("/eligibility").filled({})
    assert kept["kinds"] == ["EDI", "ICP"]
    assert kept["foreign_share"] == ["12.5"]
    assert kept["content"] == ["ride_hailing"]


def test_it_shows_everybody_only_the_ways_on_they_may_go(one_office):
    auditor = found(one_office, "does=conference", login="zhou")
    assert "要办 1 种业务的许可" in auditor.words
    assert "/cases/new" not in auditor.page.text
    assert "/eligibility" not in auditor.page.text


def test_it_marks_its_place_in_the_side_bar(one_office):
    wang = one_office.visit()
    for path in ("/finder", "/eligibility", "/eligibility/client"):
        wang.open(path)
        assert re.search(r'href="/finder"[^>]* aria-current="page"><svg', wang.page.text), path


def test_it_answers_in_english(one_office):
    wang = one_office.visit()
    wang.open("/finder?lang=en")
    wang.open("/finder?asked=1&does=user_video&does=rides&coverage=44")
    assert "A license for 2 kinds of service is needed" in wang.words
    body = wang.page.text.partition("<main")[2].partition("<footer")[0]
    assert not re.search(r"[\u4e00-\u9fff]", body), re.findall(r".{9}[\u4e00-\u9fff]+", body)
