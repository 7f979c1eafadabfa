"""Register, radar, duties, license and client pages: what they say, and what is done there."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from tests.support.cast import TODAY, moment
from tests.support.visits import open_office
from workflow.services import client_companies, license_marks, lists, opening, ticking
from workflow.services.database import open_database


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def enter(office, days, *, company=1, number="", **more):
    """A license that ends so many days after today."""
    last = TODAY + timedelta(days)
    told = {
        "number": number or f"粤B2-2021{days:04}", "kinds": ["ICP"], "coverage": ["44"],
        "valid_from": last - timedelta(1826), "valid_to": last, **more,
    }  # fmt: skip
    with office.database.transaction() as tx:
        return client_companies.add_license(
            tx, company, told, actor=office.cast["wang"], moment=moment()
        )


def put_in_charge(office, login):
    with office.database.transaction() as tx:
        license_marks.put_in_charge(
            tx, 1, office.cast[login].id, actor=office.cast["zhao"], moment=moment()
        )


def open_renewal(office, license_id):
    with office.database.transaction() as tx:
        return opening.open_for(
            tx, 1, "renewal", license_id=license_id, actor=office.cast["wang"], moment=moment()
        ).number


def tile(visit, label):
    return int(re.search(rf"{label} (\d+)", visit.words)[1])


def test_it_shows_the_figures_and_every_one_opens_its_licenses(office):
    enter(office, 50, number="粤B2-LATE")
    enter(office, 100, number="粤B2-OPEN")
    open_renewal(office, enter(office, 120, number="粤B2-WORK"))
    change = {"change": "C-LREP", "registered_on": "2026-03-02"}
    enter(office, 1000, number="粤B2-CHG", unreported_changes=[change], annual_reports=[2025])
    visit = office.visit()
    visit.open("/licenses")
    assert "1 家客户 · 4 张有效许可证 · 未来 12 个月到期 3 张" in visit.words
    counts = [
        ("已过最迟申请日、未启动", "late", "粤B2-LATE"),
        ("窗口内、未启动续期", "window", "粤B2-OPEN"),
        ("续期办理中", "under_way", "粤B2-WORK"),
        ("工商已变更、许可证未变更", "unreported", "粤B2-CHG"),
    ]
    assert [tile(visit, label) for label, _, _ in counts] == [1, 1, 1, 1]
    assert tile(visit, "2025 年度年报未报") == 3
    for _, risk, number in counts:
        assert f'href="/licenses?view=license&amp;risk={risk}"' in visit.page.text
        visit.open(f"/licenses?view=license&risk={risk}")
        listed = set(re.findall("粤B2-[A-Z]+", visit.words))
        assert listed == {number}
        visit.open("/licenses")


STANDINGS = [
    (50, "已过期限 · 未启动", 'href="/licenses/1/late"'),
    (100, "窗口内 · 未启动", 'href="/cases/new?company=1&amp;procedure=renewal&amp;license=1"'),
    (300, "未到窗口", 'href="/licenses/1">查看'),
    (900, "超出 12 个月", 'href="/licenses/1">查看'),
]


@pytest.mark.parametrize(("days", "says", "link"), STANDINGS)
def test_it_says_how_each_license_stands_and_what_to_do(office, days, says, link):
    enter(office, days)
    visit = office.visit()
    text = visit.open("/licenses").text
    assert says in visit.words
    assert link in text
    latest = TODAY + timedelta(days - 90)
    drawn = re.search(r'<svg class="lane"[^>]*aria-label="([^"]+)"', text)
    if days <= 300:
        assert latest.isoformat() in drawn[1], "the picture says in words what it shows"
        assert drawn[1] in visit.words
    auditor = office.visit("zhou").open("/licenses").text
    assert ">启动续期<" not in auditor
    assert ">登记处置<" not in auditor


def test_it_groups_by_client_license_and_month(office):
    enter(office, 400)
    enter(office, 430, company=2, coverage=["62"], number="甘B2-1")
    visit = office.visit()
    visit.open("/licenses")
    assert visit.words.index("广州示例") < visit.words.index("兰州示例")
    visit.open("/licenses?view=month")
    assert "2027-04 到期" in visit.words
    assert "2027-05 到期" in visit.words
    visit.open("/licenses?view=nonsense")
    assert visit.page.status_code == 200


def test_it_shows_one_client_of_the_page_beside_the_list(office):
    enter(office, 100, number="粤B2-OPEN")
    enter(office, 400, number="甘B2-LATER", company=2, coverage=["62"])
    number = open_renewal(office, 1)
    visit = office.visit()

    def beside(query=""):
        visit.open(f"/licenses{query}")
        return visit.words.split("完整档案")[1]

    assert "持证义务 续期 · 粤B2-OPEN" in beside()
    assert f"在办案件 {number} 续期" in beside("?client=1")
    assert "在右侧展开 兰州示例云商科技有限公司" in visit.words
    other = beside("?client=2")
    assert "甘B2-LATER" in other
    assert "没有在办案件" in other
    assert "9162" in other, "the code is shown masked"
    for nothing in ("?client=999999", "?client=x", "?client=１"):
        assert "粤B2-OPEN" in beside(nothing), "what is not on the page is passed over"
    visit.open("/licenses?view=month")
    assert "完整档案" not in visit.words


def test_it_keeps_every_filter_in_the_address_and_drops_one_at_a_time(office):
    enter(office, 400)
    enter(office, 430, company=2, coverage=["62"], kinds=["EDI"], number="甘B2-1")
    put_in_charge(office, "wang")
    visit = office.visit()
    for query, number in (
        ("q=LZSL", "甘B2-1"), ("province=44", "粤B2-20210400"), ("kind=EDI", "甘B2-1"),
        ("charge=me", "粤B2-20210400"), ("charge=nobody", "甘B2-1"), ("ends=later", "甘B2-1"),
        ("from=2027-05-01", "甘B2-1"), ("to=2027-05-01", "粤B2-20210400"),
    ):  # fmt: skip
        visit.open(f"/licenses?{query}")
        assert number in visit.words, query
    visit.open("/licenses?province=44&kind=EDI")
    assert "没有符合条件的许可证" in visit.words
    assert 'href="/licenses?kind=EDI"' in visit.page.text


@pytest.mark.parametrize(
    "query",
    [
        "view=x&risk=y&status=z&kind=Q&province=99&ends=17&charge=%E7%8E%8B&from=soon&to=2026-02-30",
        "after=1.2026-13-01.4",
        "after=99999.2031-01-01.99999",
        "view=license&after=2031-01-01.99999999999999999999999",
        "size=1000000&limit=1000000",
        "q=%25%25__%27%22",
    ],
)
def test_it_passes_over_what_it_cannot_use(office, query):
    enter(office, 400)
    visit = office.visit()
    for path in ("/licenses", "/radar", "/duties"):
        assert visit.open(f"{path}?{query}").status_code == 200


def test_it_never_shows_more_than_a_page(office):
    for n in range(lists.PAGE + 3):
        enter(office, 400, number=f"粤B2-{n:03}")
    visit = office.visit()
    visit.open("/licenses?size=1000000")
    assert len(set(re.findall(r"粤B2-\d{3}", visit.words))) == lists.PAGE
    visit.open(unescape(re.search(r'rel="next" href="([^"]+)"', visit.page.text)[1]))
    assert set(re.findall(r"粤B2-\d{3}", visit.words)) == {"粤B2-050", "粤B2-051", "粤B2-052"}


def test_the_radar_puts_what_is_too_late_first_and_says_where_its_days_come_from(office):
    enter(office, 400, number="粤B2-FAR")
    enter(office, 120, number="粤B2-SOON")
    enter(office, 60, number="粤B2-LOST")
    put_in_charge(office, "wang")
    visit = office.visit()
    visit.open("/radar")
    listed = visit.words.split("时间线")[1]
    assert [listed.index(f"粤B2-{n}") for n in ("LOST", "SOON", "FAR")] == sorted(
        listed.index(f"粤B2-{n}") for n in ("LOST", "SOON", "FAR")
    )
    assert "这是本台的假定；本所提交满 10 件续期后改用自己的中位数（现有 0 件）" in visit.words
    start = TODAY + timedelta(120 - 90 - 60)
    assert f"{start} 逾期 30 天" in visit.words
    assert "时间已紧" in visit.words
    assert "王芳 2 件，2026-03" in visit.words
    visit.open(re.search(r'href="(/radar\?[^"]+)">2<', visit.page.text)[1].replace("&amp;", "&"))
    listed = visit.words.split("时间线")[1]
    assert "粤B2-LOST" in listed
    assert "粤B2-SOON" in listed
    assert "粤B2-FAR" not in listed


def test_the_duties_are_listed_and_marked_done(office):
    enter(office, 1000, kinds=["SP"], codes=["10661234"])
    visit = office.visit()
    visit.open("/duties")
    listed = visit.words.split("操作")[1]
    assert listed.index("年报 2025 年度") < listed.index("码号占用费")
    opens = TODAY + timedelta(1000 - 180)
    assert f"窗口 {opens} 打开" in listed
    assert "启动续期" not in listed
    assert "还没有往来" in visit.open("/companies/1").text
    visit.open("/duties?duty=K-FEE")
    assert "年报 2025 年度" not in visit.words
    form = visit.form("/licenses/1/duties")
    assert visit.post(form).status_code == 303
    assert visit.post(form).status_code == 303, "pressed twice, done once"
    visit.open("/duties?duty=K-FEE")
    assert "2026-04-10" not in visit.words
    visit.page = visit.post(form, once="another")
    assert visit.page.status_code == 422
    assert "现在没有可登记的「码号占用费」" in visit.words


def test_a_renewal_is_offered_where_its_window_is_open_and_nothing_is_begun(office):
    enter(office, 170)
    begun = open_renewal(office, enter(office, 100))
    visit = office.visit()
    for path in ("/duties?duty=K-RENEW", "/companies/1", "/licenses/1"):
        visit.open(path)
        assert 'class="button primary" href="/cases/new?company=1' in visit.page.text, path
    visit.open("/duties?duty=K-RENEW")
    listed = visit.words.split("操作")[1]
    assert (listed.count("启动续期"), listed.count(begun)) == (1, 1)


def test_a_manager_reads_what_was_escalated_on_the_duties_and_the_dashboard(office):
    put_in_charge(office, "wang")
    enter(office, 95)
    ticking.tick(office.database, moment(hour=10))
    for path in ("/duties", "/dashboard"):
        for login, says in (("zhao", True), ("wang", False)):
            visit = office.visit(login)
            visit.open(path)
            assert ("最近 7 天升级到你的期限： 续期 1 项" in visit.words) is says, (path, login)


def test_it_notes_that_a_license_ends_and_takes_it_back(office):
    enter(office, 120)
    visit = office.visit()
    visit.open("/licenses/1/ends")
    assert visit.send("/ends", reason="  ").status_code == 422
    assert "请填写理由" in visit.words
    assert visit.send("/ends", reason="客户停止网站").status_code == 303
    visit.follow()
    assert "已标为拟不续期，续期提醒停止。" in visit.words
    assert "客户停止网站 王芳 2026-03-18" in visit.words
    assert "拟不续期" in visit.open("/licenses").text
    visit.open("/licenses/1")
    assert visit.send("/goes-on").status_code == 303
    visit.follow()
    assert "窗口内 · 未启动" in visit.words
    assert "拟不续期 登记人：王芳；日期：2026-03-18；理由：客户停止网站 （空）" in visit.words


def test_it_keeps_what_the_authority_agreed_to_and_does_not_call_it_met(office):
    license_id = enter(office, 60)
    visit = office.visit()
    visit.open("/licenses/1/late")
    assert "新建注销办件" in visit.words
    assert "新建新办办件" in visit.words
    assert visit.send("/late", words="", on="2026-03-19").status_code == 422
    assert "请填写主管部门怎么说" in visit.words
    assert visit.send("/late", words="示例局电话同意", on="2026-03-19").status_code == 422
    assert "2026-03-19 还没有到" in visit.words
    assert visit.form("/late").filled({})["words"] == ["示例局电话同意"]
    assert visit.send("/late", words="示例局电话同意", on="20260317").status_code == 303
    visit.follow()
    assert "主管部门同意逾期受理（凭据）： 2026-03-17 示例局电话同意 王芳" in visit.words
    number = open_renewal(office, license_id)
    visit.open(f"/cases/{number}")
    assert "G-RENEW-TIME" in visit.words
    assert "未满足" in visit.words


def test_it_refuses_late_steps_for_a_license_that_is_in_time(office):
    enter(office, 200)
    assert office.visit().open("/licenses/1/late").status_code == 409


def test_it_records_a_branch_and_counts_its_thirty_days(office):
    enter(office, 1000, coverage=["national"])
    visit = office.visit()
    visit.open("/licenses/1/branches")
    assert visit.send("/branches", decided_on="2026-03-10").status_code == 422
    form = visit.form("/branches")
    visit.page = visit.post(form, province="43", action="open", decided_on="2026-03-10")
    assert visit.page.status_code == 303
    visit.follow()
    assert "04-09 周四 还剩 22 天 法定 分支机构报告 湖南省 设立，2026-03-10" in visit.words
    assert "湖南省 待报告" in visit.words


def test_the_ledger_says_what_is_planned_what_was_sent_and_why_to_me(office):
    put_in_charge(office, "wang")
    enter(office, 120)
    ticking.tick(office.database, moment(hour=10))
    wang = office.visit()
    wang.open("/licenses/1")
    assert (
        "续期 已发 截止前 30 天 · 2026-04-17 截止 · 计划 2026-03-18 王芳 未读 你收到了"
        in wang.words
    )
    assert "续期 2026-04-17 截止 2026-04-07、2026-04-17 逾期后每天" in wang.words
    wang.open("/messages")
    token = dict(wang.form("/messages/read").fields)["csrf_token"]
    wang.client.post("/messages/read", data={"csrf_token": token})
    wang.open("/licenses/1")
    assert "已读 你收到了" in wang.words
    for login, says in (
        ("zhao", "没有发给你：这一步只通知负责人，临近或过期后才通知主管"),
        ("zhou", "没有发给你：提醒只发给这家企业的负责人和主管"),
    ):
        reader = office.visit(login)
        reader.open("/licenses/1")
        assert says in reader.words


def test_it_shows_one_history_of_a_license_and_its_cases_page_by_page(office):
    license_id = enter(office, 120)
    number = open_renewal(office, license_id)
    office.cast.do(number, "prepare")
    office.cast.provide(number)
    visit = office.visit("zhou")
    visit.open(f"/licenses/{license_id}")
    assert f"收到材料 {number}" in visit.words
    for _ in range(3):
        found = re.search(r'rel="next" href="([^"]+)"', visit.page.text)
        if not found:
            break
        visit.open(unescape(found[1]))
    assert "登记既有许可证" in visit.words


def test_the_client_page_shows_licenses_duties_codes_sources_and_who_looks_after_it(office):
    enter(office, 120, kinds=["SP"], codes=["10661234"])
    visit = office.visit("zhao")
    visit.open("/companies/1")
    assert "还没有负责人：许可证的提醒发给主管。" in visit.words
    visit.open("/companies/1/charge")
    zhou = office.cast["zhou"].id
    assert visit.send("/charge", handler_id=zhou).status_code == 422
    assert "这个人不能承接这家企业的事" in visit.words
    assert visit.send("/charge", handler_id=office.cast["wang"].id).status_code == 303
    visit.follow()
    assert "负责人已更新" in visit.words
    for said in ("10661234", "窗口内 · 未启动", "码号占用费", "每项事实的来源", "注册资本 王芳"):
        assert said in visit.words


def test_the_worklist_holds_what_nobody_renews_until_somebody_does(office):
    license_id = enter(office, 92)
    wang = office.visit()
    wang.open("/work")
    assert "须启动续期" not in wang.words, "somebody else's client"
    put_in_charge(office, "wang")
    wang.open("/work")
    assert "1 张许可证须启动续期" in wang.words
    assert "本周到期 1" in wang.words
    link = "/cases/new?company=1&amp;procedure=renewal&amp;license=1"
    assert link in wang.page.text
    wang.open("/work?view=ready")
    assert link not in wang.page.text
    wang.open("/work?procedure=new")
    assert link not in wang.page.text
    assert "须启动续期" in office.visit("zhao").open("/work").text
    open_renewal(office, license_id)
    wang.open("/work")
    assert "须启动续期" not in wang.words


def test_it_warns_of_a_draft_on_the_case_page(office):
    license_id = enter(office, 120)
    renewal = open_renewal(office, license_id)
    with office.database.transaction() as tx:
        change = opening.open_for(
            tx, 1, "change", license_id=license_id, changes=["C-SH"], actor=office.cast["wang"],
            moment=moment(),
        ).number  # fmt: skip
    visit = office.visit()
    visit.open(f"/cases/{renewal}")
    assert f"建议先提交 {change}" in visit.words
    assert "只在提交时判定，备料不受影响" in visit.words
    visit.client.get("/more?lang=en")
    visit.open(f"/cases/{change}")
    assert "File this case first" in visit.words


def test_the_precheck_warns_too(office):
    office.cast.open_case()
    visit = office.visit()
    visit.open("/cases/new/precheck?company=1&procedure=new&kinds=ICP&coverage=44")
    assert "两件办的是同一件事" in visit.words


MOST_QUERIES = 12
"""Twelve, less the two that count what waits behind each place; this desk has none."""
PAGES = ("/licenses", "/licenses?kind=ICP&view=month", "/radar", "/duties", "/licenses/1",
         "/companies/1", "/companies/1/ripple?field=name", "/work", "/messages")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_it_asks_the_database_a_fixed_number_of_times(office, path):
    """However many rows there are; a query per row would show."""
    put_in_charge(office, "wang")
    for n in range(30):
        enter(office, 92 + n, codes=["10661234"], kinds=["SP"], number=f"粤B2-{n:03}")
    open_renewal(office, 2)
    visit = office.visit()
    asked = []
    sa.event.listen(
        office.database.engine, "checkout",
        lambda connection, *_: connection.set_trace_callback(asked.append),
    )  # fmt: skip
    assert visit.open(path).status_code == 200
    selects = [sql for sql in asked if sql.lstrip().upper().startswith("SELECT")]
    assert 1 < len(selects) <= MOST_QUERIES, "\n".join(selects)


ENGLISH = [
    ("/licenses", "Latest filing day past, not started"),
    ("/radar", "Latest safe start"),
    ("/duties", "Annual report"),
    ("/licenses/1", "Reminder ledger"),
    ("/licenses/1/late", "The authority takes it late"),
    ("/licenses/1/ends", "Mark as not to be renewed"),
    ("/licenses/1/branches", "Record a branch"),
    ("/companies/1", "Where each fact comes from"),
    ("/companies/1/ripple?field=name", "What a change touches"),
    ("/companies/1/charge", "Nobody in charge"),
]


@pytest.mark.parametrize(("path", "says"), ENGLISH)
def test_it_reads_in_english(office, path, says):
    enter(office, 60)
    visit = office.visit()
    visit.client.get("/more?lang=en")
    visit.open(path)
    assert says in visit.words
    names = "广州示例信息服务有限公司|界面|中|文|王芳?|李强|陈伟|周|粤|广州"
    left = re.sub(names, "", visit.words)
    assert not re.search(r"[\u4e00-\u9fff]", left), re.findall(r"[\u4e00-\u9fff]+", left)


def test_a_license_of_last_century_is_no_reason_to_fail(office):
    """Far outside of every window, in both directions."""
    with office.database.transaction() as tx:
        client_companies.add_license(
            tx, 1,
            {"number": "粤B2-OLD", "kinds": ["ICP"], "coverage": ["44"],
             "valid_from": date(1999, 1, 1), "valid_to": date(2004, 1, 1)},
            actor=office.cast["wang"], moment=moment(),
        )  # fmt: skip
    visit = office.visit()
    for path in ("/licenses", "/radar", "/duties", "/licenses/1", "/companies/1"):
        assert visit.open(path).status_code == 200
