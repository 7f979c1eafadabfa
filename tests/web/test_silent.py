"""Silent authorities: listed once their time is over, never while paused, with a letter to each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.services.builders import filed, held, new_company
from tests.support.cast import TODAY, moment
from tests.support.contents import contents
from workflow.services import silences, ticking


def fresh(office):
    return replace(office.cast, company=new_company(office.cast))


def late(office, **what):
    """Accepted long ago and decided by nobody."""
    number = fresh(office).submitted(day=TODAY - timedelta(120), **what)
    office.cast.do(number, "accept", day=TODAY - timedelta(118))
    return number


def test_it_lists_what_has_passed_and_what_the_law_makes_of_it(office):
    silent = late(office)
    deemed = fresh(office).submitted(day=TODAY - timedelta(20))
    ticking.tick(office.database, moment())
    answered = fresh(office).submitted(day=TODAY - timedelta(2))
    visit = office.visit("zhao")
    before = contents(office.database)
    visit.open("/silent")
    assert silent in visit.words
    assert "没有“视为”的规定" in visit.words
    assert deemed in visit.words
    assert "依法视为 逾期不告知的，自收到申请材料之日起即为受理 自 2026-02-26 起" in visit.words
    assert answered not in visit.words
    assert contents(office.database) == before


def test_it_never_lists_a_paused_case_nor_one_that_was_answered(office):
    number = late(office)
    visit = office.visit("zhao")
    assert number in visit.open("/silent").text
    office.cast.do(number, "pause_review", day=TODAY - timedelta(60))
    assert number not in visit.open("/silent").text
    office.cast.do(number, "resume_review", day=TODAY)
    assert number not in visit.open("/silent").text
    other = late(office)
    office.cast.do(other, "reject", given={"reasons": "不符合条件"})
    assert other not in visit.open("/silent").text


def test_it_counts_the_working_days_since(office):
    due = date(2026, 3, 9)
    number = fresh(office).submitted(day=date(2026, 3, 2))
    with office.database.reading() as session:
        (silence,) = silences.page(session, office.cast["zhao"], moment()).silences
    (passed,) = silence.passed
    assert silence.case.number == number
    assert (passed.reading.due, passed.late_by) == (due, 7)
    assert passed.counts_from == date(2026, 3, 2)


def test_it_drafts_a_letter_from_what_is_known(one_office):
    number = late(one_office)
    visit = one_office.visit()
    before = contents(one_office.database)
    visit.open("/silent")
    page = visit.open(f"/silent/{number}")
    assert page.status_code == 200
    for part in (
        "关于示例测试信息服务有限公司新办申请办理进展的函",
        "我司于 2025 年 11 月 18 日向贵单位提交新办申请",
        "依照《电信条例》第十四条，“许可审查”的期限为 60 个工作日",
        "恳请贵单位告知目前的办理进展",
        "这是草稿，没有发出",
    ):
        assert part in visit.words
    assert "回执编号" not in visit.words
    assert contents(one_office.database) == before
    visit.open(f"/silent/{number}?lang=en")
    visit.open(f"/silent/{number}")
    assert "This is a draft" in visit.words
    assert "恳请贵单位告知目前的办理进展" in visit.words


def test_it_shows_a_handler_only_their_own_and_nobody_beyond_their_scope(one_office):
    number = late(one_office)
    assert number in one_office.visit("wang").open("/silent").text
    chen = one_office.visit("chen")
    assert number not in chen.open("/silent").text
    assert chen.open(f"/silent/{number}").status_code == 404
    assert one_office.visit("zhou").open("/silent/AP-2026-99999").status_code == 404


def test_it_pages_by_key(one_office):
    numbers = [late(one_office) for _ in range(3)]
    zhao, seen, after = one_office.cast["zhao"], [], None
    with one_office.database.reading() as session:
        for _ in range(2):
            page = silences.page(session, zhao, moment(), after, limit=2)
            seen.append([silence.case.number for silence in page.silences])
            after = page.after
    assert seen == [numbers[:2], numbers[2:]]
    assert after is None
    visit = one_office.visit("zhao")
    assert numbers[0] not in visit.open("/silent?after=2030-01-01.1").text
    assert visit.open("/silent?after=nonsense").status_code == 200


def test_it_tells_of_a_renewal_that_nobody_decided(one_office):
    cast = one_office.cast
    license_id = held(cast, valid_to=date(2026, 9, 1))
    number = filed(cast, license_id, "renewal")
    cast.do(number, "accept")
    with one_office.database.reading() as session:
        found = silences.page(session, cast["zhao"], moment(date(2026, 9, 2))).silences
    codes = {p.reading.code: p.counts_from for s in found for p in s.passed}
    assert codes["K-RDEEM"] == date(2026, 9, 1)
