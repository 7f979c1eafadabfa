"""The worklist: whose cases, in which order, with which next step; and the list of all cases."""

import re
from datetime import date, timedelta

import pytest

from tests.support.cast import TODAY
from workflow.services import lists, worklists


def before(days):
    return TODAY - timedelta(days)


def test_it_shows_a_handler_their_own_cases_only(office):
    mine = office.cast.open_case()
    office.cast.open_case(company=office.cast.other, coverage=("62",), by="chen")
    wang, chen = office.visit("wang"), office.visit("chen")
    assert mine in wang.open("/").text
    assert "兰州示例云商" not in wang.page.text
    assert mine not in chen.open("/").text
    assert "1 件在办" in chen.words


def test_it_puts_the_most_urgent_first_and_says_whose_turn_it_is(office):
    later = office.cast.open_case(coverage=("11",))
    late = office.cast.submitted(day=before(20))
    soon = office.cast.in_correction(coverage=("12",), day=before(5), reply_by=TODAY + timedelta(2))
    page = office.visit().open("/")
    places = [page.text.index(f'id="c-{number}"') for number in (late, soon, later)]
    assert places == sorted(places)
    words = office.visit()
    words.open("/")
    assert "1 件已逾期" in words.words
    assert "主管部门超期" in words.words
    assert "03-20 周五" in words.words
    assert "还剩 2 天" in words.words
    assert "停留 5 天" in words.words


def test_it_offers_the_next_step_of_each_case(office):
    ready = office.cast.fileable()
    blocked = office.cast.prepared(missing=("M-SI",), coverage=("11",))
    waiting = office.cast.submitted(coverage=("12",))
    page = office.visit().open("/").text
    for number, says in ((ready, "登记提交"), (blocked, "处理卡点"), (waiting, "登记进展")):
        assert re.search(rf'href="/work\?open={number}#c-{number}"[^>]*>{says}<', page), says
    assert "未满足：材料齐全且在有效期内" in page


def test_it_advances_a_ready_case_from_its_row_and_takes_it_back(office):
    ready = office.cast.prepared()
    other = office.cast.fileable(coverage=("11",))
    wang = office.visit()
    wang.open(f"/work?procedure=new&open={ready}")
    assert "送复核：" in wang.words
    assert "请求号" in wang.words  # a whole page, for there was no script
    assert wang.send(f"/work/{ready}/request_sign_off", note="重点看技术方案").status_code == 303
    assert wang.page.location == f"/work?procedure=new#c-{ready}"
    wang.follow()
    assert "已办理：送复核 广州示例信息服务有限公司" in wang.words
    assert "接下来由复核人办理" in wang.words
    assert f"open={other}#c-{other}" in wang.page.text.split("处理下一件")[0][-200:]
    wang.send(f"/work/{ready}/recall_sign_off")
    assert "撤回送审" in wang.follow().text
    assert office.cast.do(ready, "request_sign_off").state == "material_prep"


def test_it_answers_a_script_with_the_row_alone(office):
    ready = office.cast.fileable()
    wang = office.visit()
    row = {"HX-Request": "true", "HX-Target": f"c-{ready}"}
    opened = wang.client.get(f"/work?open={ready}", headers=row)
    assert opened.text.count("<tr") == 2
    assert "<html" not in opened.text
    wang.page = opened
    form = wang.form("/submit")
    taken = wang.client.post(form.action, data=form.filled({}), headers=row)
    assert taken.status_code == 200
    assert "innerHTML:#status-line" in taken.text
    assert "接下来由主管部门办理" in taken.text
    assert f'id="p-{ready}" hx-swap-oob="delete"' in taken.text


@pytest.mark.parametrize("scripted", [False, True])
def test_it_opens_the_row_again_when_an_answer_changed_meanwhile(office, scripted):
    ready = office.cast.fileable()
    wang = office.visit()
    wang.open(f"/work?open={ready}")
    form = wang.form("/submit")
    sent = form.filled({"note": "平台回执稍后补"})
    office.cast.provide(ready, "M-AOA")
    headers = {"HX-Request": "true", "HX-Target": f"c-{ready}"} if scripted else {}
    wang.page = wang.client.post(form.action, data=sent, headers=headers)
    assert wang.page.status_code == 409
    assert "你在别处刚刚改过这个案件" in wang.words
    assert 'value="平台回执稍后补"' in wang.page.text
    again = wang.client.post(form.action, data=sent | wang.form("/submit").filled({}))
    assert again.status_code == 422
    assert "还差 1 项" in again.text
    assert 'value="平台回执稍后补"' in again.text


def test_it_makes_a_sensible_page_of_an_address_that_no_longer_fits(one_office):
    number = one_office.cast.open_case()
    wang = one_office.visit()
    for query in ("view=gone", "sort=gone", "group=gone", "open=AP-2026-99999", "limit=1000000"):
        assert number in wang.open(f"/work?{query}").text, query
    assert number in wang.open("/work?kind=GONE&bucket=gone").text
    assert "业务 “GONE” 、 紧急程度 “gone”" in wang.words


def test_it_filters_by_view_bucket_day_and_what_the_case_is_about(office):
    ready = office.cast.fileable(coverage=("11",))
    blocked = office.cast.prepared(missing=("M-SI",), kinds=("EDI",))
    due = office.cast.in_correction(coverage=("12",), reply_by=date(2026, 3, 20))
    wang = office.visit()
    shown = {
        "view=ready": {ready},
        "province=11": {ready},
        "kind=EDI": {blocked},
        "due=2026-03-20": {due},
        "bucket=this_week": {due},
        "turn=reviewer": set(),
        "province=11&view=ready&turn=us": {ready},
        "procedure=new": {ready, blocked, due},
    }
    for query, wanted in shown.items():
        text = wang.open(f"/work?{query}").text
        assert {n for n in (ready, blocked, due) if f'id="c-{n}"' in text} == wanted, query
    assert "去掉筛选后有 3 件" in wang.open("/work?turn=reviewer").text
    assert "去掉 北京市" in wang.open("/work?province=11").text


def test_it_keeps_only_the_filters_it_knows_in_its_links(one_office):
    one_office.cast.open_case()
    page = one_office.visit().open("/work?_external=1&_scheme=javascript&view=ready&province=44")
    assert "javascript:" not in page.text
    assert 'href="/work?view=ready"><svg' in page.text


def test_it_shows_a_reviewer_the_packs_that_wait(office):
    waiting = office.cast.prepared()
    office.cast.prepared(coverage=("11",))
    office.cast.do(waiting, "request_sign_off")
    li = office.visit("li")
    li.open("/")
    assert "待我复核 1" in li.words
    assert f'class="button primary" href="/cases/{waiting}">复核' in li.page.text


def test_it_shows_a_manager_the_team_without_anything_to_do(office):
    mine = office.cast.open_case()
    other = office.cast.open_case(company=office.cast.other, coverage=("62",), by="chen")
    zhao = office.visit("zhao")
    text = zhao.open("/").text
    assert mine in text
    assert other in text
    assert "团队在办 2" in zhao.words
    assert "开始备料" not in text


@pytest.mark.parametrize(
    ("login", "says"),
    [("wang", "没有在办的案件"), ("li", "没有等你复核的材料包"), ("zhao", "没有在办的案件")],
)
def test_it_says_what_an_empty_list_means(one_office, login, says):
    visit = one_office.visit(login)
    visit.open("/")
    assert says in visit.words


def test_it_sends_those_without_a_worklist_to_their_first_page(one_office):
    zhou = one_office.visit("zhou")
    assert zhou.open("/").location == "/home"
    assert zhou.open("/work").status_code == 403


def test_it_lists_every_case_in_scope_and_finds_by_words(office):
    mine = office.cast.open_case()
    other = office.cast.submitted(company=office.cast.other, coverage=("62",), by="chen")
    zhou, chen = office.visit("zhou"), office.visit("chen")
    found = {
        "": {mine, other},
        "q=示例云商": {other},
        "q=lzsl": {other},
        "q=91440106": {mine},
        f"q={mine}": {mine},
        "state=submitted": {other},
        "province=44": {mine},
        "kind=CC": set(),
        "q=%25": set(),
    }
    for query, wanted in found.items():
        text = zhou.open(f"/cases?{query}").text.replace('"', "?list=")  # a number alone leads on
        assert {n for n in (mine, other) if f"/cases/{n}?list=" in text} == wanted, query
    assert mine not in chen.open("/cases").text
    assert "没有符合条件的案件" in zhou.open("/cases?kind=CC").text


def test_it_refuses_a_search_with_control_characters_in_words(one_office):
    page = one_office.visit().open("/cases?q=a%00b")
    assert "控制字符" in page.text


def test_it_pages_by_key(office):
    numbers = [office.cast.open_case() for _ in range(lists.PAGE + 1)]
    wang = office.visit()
    first = wang.open("/cases").text
    assert numbers[-1] in first
    assert f"/cases/{numbers[0]}?list=" not in first
    following = first.split('rel="next" href="')[1].split('"')[0]
    second = wang.open(following.replace("&amp;", "&")).text
    assert f"/cases/{numbers[0]}?list=" in second
    assert f"/cases/{numbers[-1]}?list=" not in second


def test_it_shows_an_administrator_no_case(one_office):
    number = one_office.cast.open_case()
    admin = one_office.visit("admin")
    for path in ("/work", "/cases", f"/cases/{number}", "/cases/new"):
        assert admin.open(path).status_code == 403


def test_it_pages_a_long_list_by_key_and_says_where_it_stands(one_office, monkeypatch):
    for area in ("11", "12", "13", "31", "32", "33", "34"):
        one_office.cast.open_case(coverage=(area,))
    wang, row = one_office.visit(), re.compile(r'id="c-([A-Z0-9-]+)"')
    whole = row.findall(wang.open("/work?sort=company").text)
    monkeypatch.setattr(worklists, "PAGE", 3)
    first = row.findall(wang.open("/work?sort=company").text)
    assert "第 1–3 件，共 7 件" in wang.words
    assert "7 件在办" in wang.words
    following = re.search(r'href="([^"]+)" rel="next"', wang.page.text)[1]
    second = wang.open(following.replace("&amp;", "&")).text
    assert "第 4–6 件，共 7 件" in wang.words
    assert row.findall(second) == whole[3:6]
    earlier = re.search(r'href="([^"]+)" rel="prev"', second)[1]
    assert row.findall(wang.open(earlier.replace("&amp;", "&")).text) == first == whole[:3]
    for gone in ("after=1", "after=x.y", "before=99999999999999999999999.z", "after=7.\x00"):
        assert wang.open(f"/work?{gone}").status_code == 200, gone
    assert len(wang.client.get("/work/export?form=csv").text.splitlines()) == 1 + 7
