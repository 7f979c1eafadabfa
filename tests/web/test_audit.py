"""The trail page: what happened, under which rule, whether it holds, and finding it again."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from html import unescape

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.cast import TODAY, moment
from tests.support.contents import contents
from tests.support.errands import run_errands
from tests.support.queries import counted
from tests.support.visits import open_office
from workflow.domain.acting import Moment
from workflow.services import (
    account_admin,
    alarm,
    checkpoints,
    client_companies,
    delivery,
    long_work,
    paperwork,
    sequencing,
    trail,
    trail_finder,
)
from workflow.services.advance import advance
from workflow.services.database import open_database
from workflow.storage.paperwork import FileOnDisk

KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


@pytest.fixture
def auditor(office):
    return office.visit("zhou")


def entry(visit, title):
    """The first entry with this title, unfolded by its link, as words."""
    for item in items(visit.page.text):
        if title in item:
            address = unescape(re.search(r'<a class="row" href="([^"]+)"', item)[1])
            (found,) = (
                one for one in items(visit.client.get(address).text) if 'class="hash"' in one
            )
            return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)))
    raise AssertionError(title)


def items(text):
    """The entries of a page of the trail, as they are written."""
    return re.findall(r'<li id="e\d+"[^>]*>.*?(?=<li id="e\d|</ol>\s*<footer)', text, re.DOTALL)


def alter(database, statement):
    """Somebody with the keys of the database goes past its triggers."""
    with database.engine.begin() as connection:
        for name in connection.execute(
            sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).scalars():
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text(statement))


def test_it_says_who_did_what_under_which_role_and_rule(office, auditor):
    number = office.cast.open_case()
    office.cast.do(number, "prepare")
    auditor.open(f"/audit?case={number}")
    told = entry(auditor, "开始备料")
    for words in ("王芳", "经办人", "草稿 → 备料中", number, "广州示例信息服务有限公司",
                  "03-18 09:00:00", "规则库 2026-11-23", "随程序发布", "重新计算一致"):  # fmt: skip
        assert words in told
    assert len(set(re.findall(r"\b[0-9a-f]{64}\b", told))) == 2


def test_it_opens_the_answers_and_what_was_asked(office, auditor):
    number = office.cast.in_correction("缺少用户日志留存说明", reply_by=TODAY)
    office.cast.do(number, "withdraw", given={"reason": "客户改变计划"})
    auditor.open(f"/audit?case={number}")
    asked = entry(auditor, "收到补正通知")
    assert "缺少用户日志留存说明" in asked
    assert TODAY.isoformat() in asked
    assert "客户改变计划" in entry(auditor, "已撤回申请")


def test_it_says_the_choice_that_was_made_in_words(office, auditor):
    number = office.cast.submitted()
    office.cast.do(number, "accept")
    office.cast.do(number, "pause_review", given={"reason": "hearing"})
    auditor.open(f"/audit?case={number}")
    assert "听证" in entry(auditor, "审查暂停计时")


def test_it_shows_fields_before_and_after_with_personal_names_masked(office, auditor):
    with office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, 1, {"registered_capital": 5_000_000, "legal_representative": "吴示例"},
            actor=office.cast["wang"], moment=moment(),
        )  # fmt: skip
    auditor.open("/audit?company=1")
    changed = entry(auditor, "更新企业档案")
    assert "注册资本 100 万元 500 万元" in changed
    assert "法定代表人 周* 吴*" in changed
    assert "吴示例" not in auditor.page.text
    assert "<del>" not in auditor.page.text
    auditor.open("/audit?company=1&open=all")
    assert "<del>100 万元</del>" in auditor.page.text
    assert "<ins>500 万元</ins>" in auditor.page.text
    assert "吴示例" not in auditor.page.text


def test_it_says_what_was_erased(office, auditor):
    number = office.cast.open_case()
    with office.database.transaction() as tx:
        advance(
            tx, number, "withdraw", actor=office.cast["wang"], moment=moment(),
            given={"reason": "客户改变计划"},
        )  # fmt: skip
    with office.database.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE personal_values SET value = NULL, salt = NULL WHERE field = 'reason'")
        )
    auditor.open(f"/audit?case={number}")
    told = entry(auditor, "已撤回申请")
    assert "客户改变计划" not in told
    assert "（已删除）" in told
    assert "重新计算一致" in told


def test_it_shows_the_conditions_as_they_were_judged_then(office, auditor):
    number = office.cast.submitted()
    auditor.open(f"/audit?case={number}&action=submit")
    told = entry(auditor, "备料中 → 已提交")
    assert "当时的条件判定" in told
    assert "G-CAPITAL" in told
    assert "1,000,000" in told
    auditor.client.get("/audit?lang=en")
    auditor.open(f"/audit?case={number}&action=submit&open=all")
    assert "Conditions as judged then" in auditor.words


def test_it_names_files_by_their_hash(office, auditor):
    number = office.cast.open_case()
    file = FileOnDisk(hash="ab" * 32, name="章程.pdf", media_type="application/pdf", size=1000)
    with office.database.transaction() as tx:
        paperwork.provide(
            tx, number, "M-AOA", actor=office.cast["wang"], moment=moment(), file=file
        )
    auditor.open(f"/audit?case={number}")
    assert f"公司章程 第 1 版 SHA-256 {'ab' * 32}" in entry(auditor, "收到材料")


FILTERS = [
    ("case={case}", {"开始备料"}, {"录入企业档案"}),
    ("company=2", {"录入企业档案"}, {"开始备料"}),
    ("company=lzsl", {"录入企业档案"}, {"开始备料"}),
    ("action=set_facts", {"录入企业档案"}, {"开始备料"}),
    ("actor={li}", {"复核通过"}, {"开始备料"}),
    ("actor={li}&action=prepare", set(), {"开始备料", "复核通过"}),
]


@pytest.mark.parametrize(("query", "present", "absent"), FILTERS)
def test_it_filters(office, auditor, query, present, absent):
    number = office.cast.fileable()
    auditor.open("/audit?" + query.format(case=number, li=office.cast["li"].id))
    if auditor.page.status_code == 303:
        auditor.follow()
    listed = "".join(items(auditor.page.text))
    assert {title for title in present | absent if title in listed} == present
    if not present:
        assert "没有符合条件的记录" in auditor.words


def test_it_counts_days_as_the_agency_does(office, auditor):
    """Half past six in Shanghai is still the evening before in UTC."""
    number = office.cast.open_case(day=TODAY - timedelta(3))
    early = Moment.of((moment(TODAY, 0).at + timedelta(hours=6, minutes=30)), "Asia/Shanghai")
    assert early.at.date() == TODAY - timedelta(1)
    with office.database.transaction() as tx:
        advance(tx, number, "prepare", actor=office.cast["wang"], moment=early)
    for first, last, found in (
        (TODAY, TODAY, True),
        (TODAY - timedelta(1), TODAY - timedelta(1), False),
        (None, TODAY - timedelta(1), False),
        (TODAY, None, True),
    ):
        query = "&".join(f"{n}={d}" for n, d in (("first", first), ("last", last)) if d)
        auditor.open(f"/audit?case={number}&{query}")
        assert ("开始备料" in auditor.words.partition("条事件")[2]) is found, query


def test_it_asks_which_company_is_meant(auditor):
    auditor.open("/audit?company=示例")
    assert "有几家企业符合" in auditor.words
    assert "company=2" in auditor.page.text
    auditor.open("/audit?company=没有这家")
    assert "没有找到这个案件、企业或许可证" in auditor.words


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("first=2026-02-30", "没有 2026-02-30 这一天"),
        ("first=2026-03-02&last=2026-03-01", "结束日期不能早于开始日期"),
        ("kind=zzz&kind=view", "没有「zzz」这一项"),
        ("risk=zz", "没有「zz」这一项"),
    ],
)
def test_it_refuses_filters_that_make_no_sense_and_keeps_what_was_typed(auditor, query, says):
    answer = auditor.open(f"/audit?{query}&about=AP-2026-00001")
    assert answer.status_code == 422
    assert says in auditor.words
    assert 'class="events"' not in answer.text
    assert ('value="view" checked' in answer.text) is ("view" in query)
    assert dict(auditor.form("/audit").fields)["about"] == "AP-2026-00001"


def test_it_says_whose_sign_in_failed_and_that_the_system_wrote_it(office, auditor):
    stranger = office.app.test_client()
    for login in ("li", "nobody-here"):
        found = re.search(r'name="csrf_token" value="([^"]+)"', stranger.get("/login").text)
        stranger.post(
            "/login", data={"csrf_token": found[1], "login": login, "password": "a wrong guess"}
        )
    auditor.open("/audit?kind=access")
    unknown, known = (item for item in items(auditor.page.text) if "登录未成功" in item)
    for row in (unknown, known):
        assert "系统" in row
        assert "程序，非人员" in row
        assert "管理员" not in row
    assert "李强" in known
    assert "没有这个账号名" in unknown
    unfolded = entry(auditor, "登录未成功")
    assert "网络地址" in unfolded
    assert "注册住所" not in unfolded


def test_it_says_in_a_row_what_happened_with_which_object(office, auditor):
    number = office.cast.fileable()
    auditor.open(f"/audit?about={number}&kind=material")
    assert re.search(r"收到材料</b> 营业执照[^<]* 第 1 版", auditor.page.text)
    assert re.search(r"<time [^>]*>2026-\d\d-\d\d \d\d:\d\d:\d\d<", auditor.page.text)
    with office.database.transaction() as tx:
        account_admin.set_role(
            tx, int(office.cast["li"].id), "auditor", actor=office.cast["admin"], moment=moment()
        )
    auditor.open("/audit?kind=access")
    assert "更改账号权限</b> 李强：角色：复核人 → 审计员" in auditor.page.text


def test_it_writes_codes_and_internal_ids_of_a_change_as_words(office, auditor):
    number = office.cast.approved(license_number="粤B2-20260007")
    auditor.open(f"/audit?about={number}&action=approve")
    unfolded = entry(auditor, "已批准")
    assert re.search(r"所办许可证 （空） 粤B2-20260007", unfolded)
    assert "（空） 待办" in unfolded
    assert "（空） open" not in unfolded


def test_it_unfolds_one_entry_where_it_stands(office, auditor):
    """By its link without script, with htmx the piece alone; folded again by the same link."""
    number = office.cast.submitted()
    auditor.open(f"/audit?case={number}&kind=state")
    page = auditor.page.text
    assert "重新计算一致" not in page
    address = unescape(re.findall(r'hx-get="([^"]+open=\d+[^"]*)"', page)[0])
    auditor.open(address)
    assert auditor.page.text.count('aria-expanded="true"') == 1
    assert auditor.page.text.count("重新计算一致") == 1
    assert "当时的条件判定" in auditor.words
    folded = unescape(re.search(r'href="([^"]+)"[^>]*aria-expanded="true"', auditor.page.text)[1])
    assert "重新计算一致" not in auditor.open(folded).text
    piece = auditor.client.get(address, headers={"HX-Request": "true"})
    assert piece.text.count("重新计算一致") == 1
    assert "<main" not in piece.text
    gone = auditor.client.get("/audit?open=99999", headers={"HX-Request": "true"})
    assert gone.status_code == 404


STATES = (
    "", "?open=22", "?open=all", "?about={number}&open=22", "?company=lzsl", "?about=示例",
    "?about={number}&kind=material&before=70", "?before=40", "?company=1&before=40", "?page=last",
    "?kind=state&actor=1&risk=waiver", "?first=2026-02-30",
)  # fmt: skip


def test_it_asks_at_most_twelve_questions_in_every_state(office, auditor):
    """The number of questions does not grow with the entries, nor with those unfolded."""
    number = office.cast.fileable()
    office.cast.in_correction("缺少用户日志留存说明", coverage=("11",))
    verify(office, auditor)
    seal(office)
    checkpoints.publish(office.database, office.folder / "checkpoints.txt")
    manager = office.visit("zhao")
    for visit in (auditor, manager):
        for state in STATES:
            path = f"/audit{state.format(number=number)}"
            visit.open(path)
            with counted(office.database) as questions:
                visit.open(path)
            assert len(questions) <= 12, (path, questions)


def test_it_gives_an_event_an_address_of_its_own_that_unfolds_it(office, auditor):
    office.cast.fileable()
    for event_id, status in ((3, 303), (99_999, 404)):
        assert auditor.open(f"/audit/{event_id}").status_code == status
    auditor.open("/audit/3")
    assert auditor.page.location.endswith("/audit?before=4&open=3#e3")
    auditor.follow()
    assert '<li id="e3" tabindex="-1">' in auditor.page.text
    assert 'href="/audit/3" data-copy' in auditor.page.text
    assert "这一页" not in auditor.words
    auditor.open("/audit?before=99999")
    assert "位置“99999”已不存在，显示第一页" in auditor.words


def test_it_pages_by_key_and_keeps_the_filters(office, auditor):
    for province in ("11", "12", "13", "14"):
        office.cast.prepared(coverage=(province,))
    auditor.open("/audit?company=1")
    seen = re.findall(r'<li id="e(\d+)">', auditor.page.text)
    assert len(seen) == trail_finder.PAGE
    following = unescape(re.search(r'rel="next" href="([^"]+)"', auditor.page.text)[1])
    assert "about=1" in following
    auditor.open(following)
    rest = re.findall(r'<li id="e(\d+)">', auditor.page.text)
    assert not set(seen) & set(rest)
    assert f"{len(seen) + len(rest)} 条事件" in auditor.words


def verify(office, auditor):
    """Ask for a verification and see it through."""
    auditor.open("/audit")
    assert auditor.send("/audit/verify").status_code == 303
    run_errands(office.database)
    auditor.open("/audit")


def seal(office, *, hours=1):
    """A signed checkpoint over everything, published as configured."""
    sequencing.catch_up(office.database, whole=True)
    at = replace(moment(), at=moment().at + timedelta(hours=hours))
    checkpoints.seal(office.database, checkpoints.Signing(KEY), at)


def test_it_verifies_in_the_background_and_keeps_the_verdict(office, auditor):
    office.cast.open_case()
    auditor.open("/audit")
    assert "尚未验证" in auditor.words
    auditor.send("/audit/verify")
    auditor.follow()
    assert "正在验证" in auditor.words
    assert "立即重新验证" not in auditor.words
    assert 'hx-get="/audit/chain"' in auditor.page.text
    run_errands(office.database)
    auditor.open("/audit")
    assert "完整，未发现改动 已验证 4 条记录、4 条链" in auditor.words
    assert "hx-get" not in auditor.page.text.partition('id="chain"')[2].partition(">")[0]
    with office.database.reading() as session:
        assert trail.last_check(session).verdict.intact


def test_it_asks_once_while_a_verification_is_under_way(office, auditor):
    auditor.open("/audit")
    form = auditor.form("/audit/verify")
    for _ in range(2):
        auditor.post(form)
    with office.database.reading() as session:
        asked = long_work.recent(session, None, moment())
    assert [work.kind for work in asked] == ["verify_trail"]


def test_it_names_a_verification_that_was_interrupted(office, auditor):
    """The last good result stays, and is not taken for the present one."""
    office.cast.open_case()
    verify(office, auditor)
    later = office.on(TODAY + timedelta(1)).visit("zhou")
    later.open("/audit")
    later.send("/audit/verify")
    with office.database.reading() as session:
        asked = long_work.newest(session, "verify_trail", moment())
    with office.database.transaction() as tx:
        long_work.cancel(tx, asked.id, actor=office.cast["zhou"], moment=moment())
    later.open("/audit")
    assert "最近一次没有验证完" in later.words
    assert "不能算完整" in later.words
    assert "上一次完整是 03-18 09:00" in later.words
    assert "完整，未发现改动" not in later.words


def test_it_finds_an_entry_that_was_altered_behind_its_back(office, auditor):
    number = office.cast.open_case()
    office.cast.do(number, "prepare")
    alter(
        office.database,
        'UPDATE events SET body = replace(body, \'"to":"material_prep"\', \'"to":"approved"\')'
        " WHERE action = 'prepare'",
    )
    verify(office, auditor)
    assert "记录链断开" in auditor.words
    assert f"第一处断点：case:{number}:2" in auditor.words
    assert "记录被改动" in auditor.words
    assert "本页不提供修复" in auditor.words
    assert f'href="/audit?about={number}"' in auditor.page.text
    assert "告警待发：03-18 09:00 排入，还没有人收到。" in auditor.words
    assert "重新计算不一致" in entry(auditor, "开始备料")
    assert "重新计算一致" in entry(auditor, "新建案件")
    auditor.open("/audit")
    evidence = auditor.send("/audit/evidence").data.splitlines(keepends=True)
    found, *rows, last = (json.loads(line) for line in evidence)
    assert (found["found"]["place"], found["found"]["why"]) == (f"case:{number}:2", "altered")
    around = {row["event"]["seq"]: row["event"] for row in rows if "event" in row}
    assert [seq for seq, e in around.items() if e["hash_recomputed"] != e["hash"]] == [2]
    assert last["sha256_of_the_lines_above"] == sha256(b"".join(evidence[:-1])).hexdigest()
    with office.database.reading() as session:
        one = trail_finder.Wanted("UTC")
        event = trail_finder.find(session, office.cast["zhou"], one, limit=1).page.events[0]
    assert (event.action, event.body["given"]["what"]) == ("export", "evidence")


def test_it_says_who_was_told_of_a_break_and_when(office, auditor):
    office.cast.open_case()
    with office.database.transaction() as tx:
        trail.keep(tx, trail.Verdict(1, 3, "case:AP-2026-00001:2", "altered"), moment())
        (claim,) = delivery.claim_due(tx, moment=moment())
        alarm.deliver(tx, claim, moment=moment(), by_mail=False)
    with counted(office.database) as questions:
        auditor.open("/audit")
    assert len(questions) <= 12
    assert "告警已发给管理员和审计员" in auditor.words
    assert "周静 · 审计员 03-18 09:00 没有邮件" in auditor.words
    auditor.open("/messages")
    assert "case:AP-2026-00001:2，记录被改动" in auditor.words
    admin = office.visit("admin")
    admin.open("/messages")
    assert "审计轨迹的记录链断开" in admin.words


def test_a_night_without_a_verification_is_not_intact(office):
    with office.database.transaction() as tx:
        trail.keep(tx, trail.verify(tx), moment())
    later = office.on(TODAY + timedelta(2)).visit("zhou")
    later.open("/audit")
    assert "昨夜的验证没有走完或没有运行，不能算完整。" in later.words
    assert "上一次完整是 03-18 09:00" in later.words
    assert "完整，未发现改动" not in later.words


def test_it_shows_the_seals_of_thirty_days_and_the_head(office, auditor):
    office.cast.open_case()
    seal(office)
    auditor.open("/audit")
    seals = re.search(r'<ol class="seals">.*?</ol>', auditor.page.text, re.DOTALL)[0]
    assert seals.count("<li") == 30
    assert f"{TODAY}：已封存，此后未再验证" in seals
    assert "封存 4 条" in auditor.words
    later = office.on(TODAY + timedelta(1)).visit("zhou")
    verify(office, later)
    assert "没有已公布的检查点" in later.words


def test_it_compares_the_head_with_what_was_published(office, auditor):
    office.cast.open_case()
    seal(office)
    checkpoints.publish(office.database, office.folder / "checkpoints.txt")
    auditor.open("/audit")
    assert re.search(r"数据目录里的检查点 03-18 10:00\s+一致", auditor.words)
    alter(office.database, "DELETE FROM checkpoints")
    auditor.open("/audit")
    assert "不一致" in auditor.words


def test_it_says_plainly_what_verification_cannot_show(auditor):
    auditor.open("/audit")
    assert "不能单独发现" in auditor.words
    assert "没有另存到系统之外" in auditor.words


def test_it_shows_a_manager_of_some_clients_nothing_of_accounts_and_the_office(office):
    mine = office.cast.open_case(company=office.cast.other, coverage=("62",))
    office.cast.open_case()
    whole = office.visit("zhao")
    assert "登录" in (whole.open("/audit?kind=access") and whole.words)
    with office.database.transaction() as tx:
        account_admin.set_scope(
            tx, int(office.cast["zhao"].id), [office.cast.other], actor=office.cast["admin"],
            moment=moment(),
        )  # fmt: skip
    limited = office.visit("zhao")
    assert set(re.findall(r"AP-\d{4}-\d{5}", limited.open("/audit").text)) == {mine}
    assert "没有符合条件的记录" in (limited.open("/audit?kind=access") and limited.words)


def test_it_changes_nothing_when_it_is_read(office, auditor):
    number = office.cast.open_case()
    before = contents(office.database)
    for query in ("", f"?case={number}", "?company=1", "?first=2026-03-01"):
        auditor.open("/audit" + query)
    assert contents(office.database) == before


def test_it_can_be_reached_from_the_page_of_a_case(office, auditor):
    number = office.cast.open_case()
    auditor.open(f"/cases/{number}")
    assert f"/audit?case={number}" in auditor.page.text


@pytest.mark.parametrize("login", ["wang", "li", "admin"])
def test_it_is_for_auditors_and_managers_only(office, login):
    assert office.visit(login).open("/audit").status_code == 403
    assert office.visit("zhao").open("/audit").status_code == 200
