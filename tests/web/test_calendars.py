"""Holiday notices on the page: refused at the field, shown before they count, loaded once."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from tests.support.cast import TODAY, moment
from tests.support.contents import contents
from workflow.law import catalogue
from workflow.services import calendars, recounting
from workflow.services.notice_days import written

SHIPPED = catalogue.CALENDAR.year(2026)
OFF = written(SHIPPED.off) + "\n３月２３日～２７日"
FIT = {
    "year": "2026",
    "notice": "示例办发明电〔2026〕9号",
    "source": "示例网站",
    "off": OFF,
    "workdays": written(SHIPPED.workdays),
}


def preview(visit, **changes):
    visit.open("/admin/calendars/new")
    return visit.send("/admin/calendars/new", **(FIT | changes))


def test_it_shows_what_moves_and_writes_nothing_before_it_is_confirmed(office):
    moving = office.cast.submitted(day=TODAY)
    gone = office.cast.submitted(day=TODAY - timedelta(6), coverage=("31",))
    visit = office.visit("admin")
    before = contents(office.database)
    page = preview(visit)
    assert page.status_code == 200
    assert contents(office.database) == before
    assert "3 个在办期限会变动" in visit.words
    assert moving in visit.words
    assert gone in visit.words
    assert "2026-03-25 2026-04-01 +7 天" in visit.words
    assert visit.send("/admin/calendars/new", confirm="1").status_code == 303
    visit.follow()
    assert "0 / 2 件已完成" in visit.words
    recounting.go_on(office.database, moment())
    visit.open("/admin/calendars")
    assert "件已完成" not in visit.words
    assert "第 1 版" in visit.words
    assert "管理员 于" in visit.words
    story = office.visit()
    story.open(f"/cases/{moving}")
    assert "放假安排有变：受理或一次告知补正 2026-03-25 → 2026-04-01" in story.words


def test_it_loads_one_version_however_often_it_is_confirmed(one_office):
    visit = one_office.visit("admin")
    preview(visit)
    form = visit.form("/admin/calendars/new")
    form.names.add("confirm")
    for _ in range(2):
        assert visit.post(form, confirm="1").status_code == 303
    visit.open("/admin/calendars")
    assert "第 2 版" not in visit.words


def test_it_lets_the_second_of_two_administrators_look_again(one_office):
    first, second = one_office.visit("admin"), one_office.visit("admin")
    preview(first)
    preview(second, notice="示例办发明电〔2026〕10号")
    for visit, status in ((first, 303), (second, 409)):
        form = visit.form("/admin/calendars/new")
        form.names.add("confirm")
        visit.page = visit.post(form, confirm="1")
        assert visit.page.status_code == status
    assert "另有人刚刚载入了 2026 年的安排" in second.words
    assert "示例办发明电〔2026〕10号" in second.words


WRONG = [
    ({"year": "1999"}, "年份应在 2010 至 2028 之间"),
    ({"year": "２０２Ｘ"}, "请填写整数"),
    ({"notice": ""}, "请填写通知文号"),
    ({"off": ""}, "请填写放假日期"),
    ({"off": "4月31日"}, "没有 2026-04-31 这一天"),
    ({"off": "2027-01-01"}, "2027-01-01 不在 2026 年"),
    ({"off": "2026-05-05…2026-05-01"}, "的末日早于首日"),
    ({"off": "5月1日…5月5日\n5月4日…5月6日"}, "与前面重叠：2026-05-04"),
    ({"off": "放假三天"}, "看不懂“放假三天”"),
    ({"workdays": "2026-05-01"}, "2026-05-01 既是放假日又是调休上班日"),
    ({"workdays": "2026-03-04"}, "2026-03-04 是周三，本来就上班"),
    ({"valid_through": "2026-02-30"}, "没有 2026-02-30 这一天"),
    ({"valid_through": "2026-03-01"}, "不能早于它"),
    ({"off": written(SHIPPED.off), "notice": SHIPPED.notice.zh}, "已在使用，没有新建版本"),
]


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_it_refuses_at_the_field_and_keeps_what_was_typed(one_office, changes, said):
    visit = one_office.visit("admin")
    before = contents(one_office.database)
    assert preview(visit, **changes).status_code == 422
    assert said in visit.words
    again = visit.form("/admin/calendars/new").filled({})
    for name, value in (FIT | changes).items():
        assert again[name] == [value]
    assert contents(one_office.database) == before


FILES = [
    (b"\xff\xfe\x00", "文件不是 UTF-8 文本"),
    (b"off: [1, 2", "不是 YAML 或 JSON"),
    (b"- 1\n- 2", "文件应写成"),
    (b"year: 2026\noffdays: []", "不认识的项：offdays"),
    (b"x" * 70_000, "文件超过 64 KB"),
    (b"year: 2026", "文件里没有放假日期"),
    (b"calendar: {2026: {off: []}, 2027: {off: []}}", "一个文件写一年"),
    (b"&a [*a]", "文件应写成"),
    (b"year: 2026\noff: {a: 1}", "off 应是日期列表"),
    (b"year: [2026]\noff: []", "year 应是文字"),
]


@pytest.mark.parametrize(("content", "said"), FILES)
def test_it_refuses_a_file_that_is_no_notice(one_office, content, said):
    visit = one_office.visit("admin")
    page = preview(visit, file=(io.BytesIO(content), "放假.yaml"))
    assert page.status_code == 422
    assert said in visit.words
    assert 'value="示例办发明电〔2026〕9号"' in page.text


def test_it_takes_a_file_of_either_sort(one_office):
    visit = one_office.visit("admin")
    told = {"notice": "示例办发明电〔2026〕11号", "off": ["2027-01-01", "2027-02-05…2027-02-11"]}
    for content in (
        json.dumps({"year": 2027, **told}),
        json.dumps({"calendar": {"2027": told}}),
        "year: 2027\nnotice: 示例办发明电〔2026〕11号\noff:\n- 2027-01-01\n- 2月5日至11日\n",
    ):
        page = preview(visit, file=(io.BytesIO(content.encode()), "放假.yaml"))
        assert page.status_code == 200, visit.words
        assert "2027-02-05…2027-02-11" in visit.words


def test_it_lets_managers_read_and_nobody_but_administrators_load(one_office):
    visit = one_office.visit("zhao")
    visit.open("/admin/calendars")
    assert "国办发明电〔2025〕7号" in visit.words
    assert "/admin/calendars/new" not in visit.page.text
    assert visit.open("/admin/calendars/new").status_code == 403


def test_it_shows_a_year_without_a_notice_as_an_estimate(one_office):
    visit = one_office.visit("admin")
    visit.open("/admin/calendars")
    assert "国务院办公厅尚未发布该年放假安排" in visit.words
    visit.open("/admin/calendars/new?year=2027")
    assert visit.form("/admin/calendars/new").filled({})["year"] == ["2027"]


def test_it_lets_an_administrator_go_back_and_change(one_office):
    visit = one_office.visit("admin")
    preview(visit)
    form = visit.form("/admin/calendars/new")
    form.names.add("again")
    visit.page = visit.post(form, again="1")
    assert visit.page.status_code == 200
    assert visit.form("/admin/calendars/new").filled({})["notice"] == [FIT["notice"]]
    with one_office.database.reading() as session:
        assert calendars.version_in_use(session, 2026) == 0
