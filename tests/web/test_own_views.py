"""A person's own views of the worklist, the cases they opened last, and what a page costs."""

import gzip

from sqlalchemy import event

MINE = "/work?province=44&sort=company&density=dense"


def test_it_keeps_a_view_with_its_shape_and_counts_it_on_every_page(office):
    office.cast.open_case(coverage=("44",))
    office.cast.open_case(coverage=("11",))
    wang = office.visit()
    wang.open(MINE)
    wang.send("/work/views", name="广东 · 密")
    assert wang.page.location == "/work?province=44&sort=company&density=dense"
    assert "广东 · 密 1 件" in (wang.follow() and wang.words)
    wang.open("/cases")
    assert "广东 · 密 1 件" in wang.words
    wang.open("/work")
    wang.send("/work/views", name="全部的")  # no filter is a view too
    wang.follow()
    assert "全部的 2 件" in wang.words


def test_it_renames_and_removes_own_views_only(one_office):
    one_office.cast.open_case()
    wang, chen = one_office.visit(), one_office.visit("chen")
    for name in ("甲", "乙"):
        wang.open("/work")
        wang.send("/work/views", name=name)
    wang.open("/work")
    taken = wang.post(wang.form("/work/views/1"), name="乙")
    assert taken.status_code == 422
    assert "已有同名的视图" in taken.text
    empty = wang.post(wang.form("/work/views"), name="  ")
    assert empty.status_code == 422
    assert "请填写视图名称" in empty.text
    stranger = wang.form("/work/views/1").filled({"name": "盗"})
    chen.open("/work")
    stranger["csrf_token"] = chen.form("/work/views").filled({})["csrf_token"]
    chen.client.post("/work/views/1", data=stranger | {"remove": "1"})
    wang.send("/work/views/1", name="丙")
    assert "丙" in (wang.follow() and wang.words)
    form = wang.form("/work/views/2").filled({}) | {"remove": "1"}
    for _ in range(2):  # the second time it is gone already
        assert wang.client.post("/work/views/2", data=form).status_code == 303
    assert "乙" not in (wang.open("/work") and wang.words)


def test_it_shows_a_managers_team_view_to_everybody_and_only_theirs(one_office):
    one_office.cast.open_case()
    zhao, wang = one_office.visit("zhao"), one_office.visit()
    zhao.open("/work?turn=us")
    zhao.send("/work/views", name="我方在办", shared="1")
    wang.open("/work")
    assert "我方在办 1 件" in wang.words
    assert "/work/views/1" not in wang.page.text
    form = wang.form("/work/views").filled({"name": "冒充"}) | {"shared": "1"}
    wang.client.post("/work/views", data=form)
    assert "冒充" not in (zhao.open("/work") and zhao.words)


def test_it_keeps_only_filters_it_knows_in_a_view(one_office):
    wang = one_office.visit()
    wang.open("/work")
    form = wang.form("/work/views").filled({"name": "怪"})
    form["query"] = ["kind=GONE&limit=1000000&_scheme=javascript"]
    assert wang.client.post("/work/views", data=form).location == "/work?kind=GONE"
    wang.open("/work?kind=GONE")
    assert "没有按它筛选： 业务 “GONE”" in wang.words


def test_it_lists_the_three_cases_opened_last(one_office):
    numbers = [one_office.cast.open_case(coverage=(code,)) for code in ("11", "12", "31", "44")]
    wang = one_office.visit()
    for number in numbers:
        wang.open(f"/cases/{number}")
    page = wang.open("/messages").text
    assert [n for n in numbers if n in page] == numbers[1:]
    assert page.index(numbers[3]) < page.index(numbers[1])


def test_it_answers_a_page_of_fifty_rows_in_few_queries_and_little_text(one_office):
    for n in range(50):
        one_office.cast.open_case(coverage=("44", "11", "12")[: n % 3 + 1])
    wang = one_office.visit()
    wang.open("/work")
    wang.send("/work/views", name="全部")
    asked = asked_of(one_office.database)
    page = wang.open("/work?group=none")
    assert page.text.count('id="c-') == 50
    assert len(page.data) <= 120 * 1024
    assert len(gzip.compress(page.data)) <= 15 * 1024
    selects = [sql for sql in asked if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert 3 < len(selects) <= 12, selects


def asked_of(database):
    """Every statement from now on, on whichever connection."""
    asked = []
    event.listen(database.engine, "checkout", lambda raw, *_: raw.set_trace_callback(asked.append))
    return asked


def test_it_keeps_the_filters_of_the_trail_beside_those_of_the_worklist(one_office):
    one_office.cast.open_case()
    zhou, zhao = one_office.visit("zhou"), one_office.visit("zhao")
    zhou.open("/audit?kind=state&kind=waiver&risk=off_hours&first=2026-03-01")
    zhou.send("/audit/views", name="三月夜间")
    assert zhou.page.location.partition("#")[0].endswith(
        "first=2026-03-01&kind=state&kind=waiver&risk=off_hours"
    )
    zhou.follow()
    assert 'aria-current="page"><span lang="zh-CN">三月夜间' in zhou.page.text
    zhou.open("/audit")
    again = zhou.send("/audit/views", name=" ")
    assert (again.status_code, "请填写视图名称" in again.text) == (422, True)
    zhao.open("/work?turn=us")
    zhao.send("/work/views", name="我方")
    zhao.open("/audit?kind=waiver")
    taken = zhao.send("/audit/views", name="我方", shared="1")
    assert "已有同名的视图" in taken.text
    zhao.send("/audit/views", name="豁免", shared="1")
    assert "豁免" in (zhou.open("/audit") and zhou.words)
    wang = one_office.visit()
    wang.open("/work")
    assert "豁免" not in wang.words
    form = zhou.form("/audit/views/1").filled({}) | {"remove": "1"}
    assert zhou.client.post("/audit/views/1", data=form).status_code == 303
    assert "三月夜间" not in (zhou.open("/audit") and zhou.words)
