"""Administration: accounts, figures of bureaus, jobs; each change is on a chain."""

import json

import pytest

from tests.support.cast import PASSWORD, moment
from workflow.services import operations, replaying
from workflow.storage import roll_ups
from workflow.storage.statements import rows, run


def events(office, chain):
    """What happened on a chain; all of it names the request it came with."""
    with office.database.reading() as session:
        found = rows(
            session,
            "SELECT action, body FROM events WHERE chain = :c AND action <> 'sign_in' ORDER BY id",
            c=chain,
        )
    bodies = [(action, json.loads(body)) for action, body in found]
    assert all(body["request_id"] for _, body in bodies)
    return [(action, body["changes"]) for action, body in bodies]


def account(office, login):
    return office.cast[login].id


def test_it_adds_a_user_who_can_sign_in_and_says_so_on_the_trail(one_office):
    visit = one_office.visit("admin")
    visit.open("/admin/users/new")
    answers = {"login": "he", "name": "何平", "role": "handler", "password": PASSWORD}
    assert visit.send("/admin/users/new", **answers).status_code == 303
    visit.follow()
    assert "已新增" in visit.words
    one_office.visit("he").open("/work")
    ((action, changes),) = events(one_office, "account")
    assert (action, changes[0]) == (
        "set_access",
        {"field": "role", "old": None, "new": "handler"},
    )
    assert PASSWORD not in json.dumps(changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"login": "wang"}, "账号 wang 已存在"),
        ({"login": "Not Plain"}, "账号用小写字母开头"),
        ({"login": ""}, "请填写账号"),
        ({"role": ""}, "角色应为"),
        ({"password": "short"}, "密码至少 12 位"),
    ],
)
def test_it_refuses_a_user_at_the_field_and_keeps_what_was_typed(one_office, changes, said):
    visit = one_office.visit("admin")
    visit.open("/admin/users/new")
    fit = {"login": "he", "name": "何平", "role": "handler", "password": PASSWORD}
    assert visit.send("/admin/users/new", **(fit | changes)).status_code == 422
    assert said in visit.words
    assert 'value="何平"' in visit.page.text
    assert events(one_office, "account") == []


def test_it_locks_somebody_out_at_once_and_lets_them_in_again(one_office):
    wang = one_office.visit("wang")
    visit = one_office.visit("admin")
    page = f"/admin/users/{account(one_office, 'wang')}"
    visit.open(page)
    assert visit.send("/lock").status_code == 303
    assert wang.open("/work").status_code == 303
    visit.open(page)
    visit.send("/unlock")
    one_office.visit("wang")
    told = [changes[0]["new"] for _, changes in events(one_office, "account")]
    assert told == [False, True]


def test_it_never_lets_an_administrator_shut_the_last_door(one_office):
    visit = one_office.visit("admin")
    me = account(one_office, "admin")
    visit.open(f"/admin/users/{me}")
    assert "不能改自己的角色或停用自己" in visit.words
    visit.open(f"/admin/users/{account(one_office, 'wang')}")
    form = visit.form("/lock")
    form.action = f"/admin/users/{me}/lock"
    visit.page = visit.post(form)
    assert visit.page.status_code == 422
    assert "请由另一位管理员办理" in visit.words


def test_it_changes_a_role_and_ends_the_sessions(one_office):
    wang = one_office.visit("wang")
    visit = one_office.visit("admin")
    visit.open(f"/admin/users/{account(one_office, 'wang')}")
    visit.send("/role", role="auditor")
    assert wang.open("/audit").status_code == 303
    again = one_office.visit("wang")
    assert again.open("/audit").status_code == 200
    assert again.open("/cases/new").status_code == 403
    assert events(one_office, "account")[0][1][0] == {
        "field": "role", "old": "handler", "new": "auditor",
    }  # fmt: skip


def test_it_sets_a_lost_password(one_office):
    visit = one_office.visit("admin")
    visit.open(f"/admin/users/{account(one_office, 'wang')}")
    assert visit.send("/password", password=PASSWORD[:5]).status_code == 422
    assert visit.send("/password", password=PASSWORD).status_code == 303
    assert events(one_office, "account")[0][1] == [
        {"field": "password", "old": None, "new": "set"},
    ]  # fmt: skip


def test_it_limits_a_person_to_clients_by_province_and_code(one_office):
    number = one_office.cast.open_case()
    visit = one_office.visit("admin")
    page = f"/admin/users/{account(one_office, 'wang')}"
    visit.open(page)
    assert visit.send("/scope", scope="some", codes="91440106MA0DEM999X").status_code == 422
    assert "没有这些企业：91440106MA0DEM999X" in visit.words
    assert visit.send("/scope", scope="some", codes="", provinces=["65"]).status_code == 422
    assert visit.send("/scope", scope="some", codes="", provinces=["44"]).status_code == 303
    one_office.visit("wang").open(f"/cases/{number}")
    assert events(one_office, "account")[0][1][0]["field"] == "scope"
    visit.open(page)
    assert "现在：1 家企业" in visit.words
    visit.send("/scope", scope="all")
    visit.follow()
    assert "现在：全部企业" in visit.words


def test_it_keeps_every_change_of_a_figure_with_its_source(one_office):
    visit = one_office.visit("admin")
    fit = {"bureau": "44", "kind": "ICP", "figure": "insured_staff", "value": "５"}
    visit.open("/admin/parameters")
    assert visit.send("/admin/parameters", **fit).status_code == 422
    assert "请填写来源" in visit.words
    visit.send("/admin/parameters", **fit, source="示例局网站 2026-03-01")
    visit.follow()
    assert "口径已更改" in visit.words
    visit.open("/admin/parameters")
    visit.send("/admin/parameters", **fit, source="示例局网站 2026-03-01")
    assert visit.page.location.endswith("did=same")
    visit.open("/admin/parameters")
    assert "默认 → 5 示例局网站 2026-03-01" in visit.words
    assert len(events(one_office, "office")) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "-1"}, "请填写 0 至 1000 的整数"),
        ({"value": "很多"}, "请填写 0 至 1000 的整数"),
        ({"figure": "premises", "value": "也许"}, "请填写“是”或“否”"),
        ({"figure": "renewal_papers", "value": "M-NONE"}, "请填写材料代码，没有：M-NONE"),
        ({"bureau": "99"}, "请从列表中选择"),
        ({"bureau": ""}, "请从列表中选择"),
    ],
)
def test_it_refuses_a_figure_that_cannot_be(one_office, changes, said):
    visit = one_office.visit("admin")
    visit.open("/admin/parameters")
    fit = {"bureau": "44", "kind": "", "figure": "insured_staff", "value": "5", "source": "示例"}
    assert visit.send("/admin/parameters", **(fit | changes)).status_code == 422
    assert said in visit.words


def test_it_shows_failed_jobs_and_tries_one_again(office):
    office.cast.prepared()
    with office.database.transaction() as tx:
        run(
            tx,
            "INSERT INTO outbox (kind, recipients, not_before, state, attempt, fence, lease_until,"
            " error, settled_at) VALUES ('work', '[]', '2026-03-18T01:00:00.000000Z', 'incident',"
            " 8, 8, '', 'RuntimeError: 示例故障', '')",
        )
    visit = office.visit("admin")
    visit.open("/admin/jobs")
    assert "RuntimeError: 示例故障" in visit.words
    assert "消息队列没有应答" in visit.words
    assert visit.send("/retry").status_code == 303
    visit.follow()
    assert "没有失败的作业" in visit.words
    assert events(office, "office")[0][0] == "retry_job"


def test_it_shows_where_trail_and_tables_differ(office):
    number = office.cast.prepared()
    visit = office.visit("admin")
    visit.open("/admin/jobs")
    assert "还没有重放过" in visit.words
    with office.database.transaction() as tx:
        run(tx, "UPDATE cases SET next_due = '2031-01-01' WHERE number = :n", n=number)
        replaying.keep(tx, replaying.replay(tx), moment())
    visit.open("/admin/jobs")
    assert f"case:{number}" in visit.words
    assert "next_due" in visit.words
    assert "2031" not in visit.words  # an administrator sees which field, not what is in it


def test_it_shows_no_secret_among_the_settings(one_office):
    visit = one_office.visit("admin")
    visit.open("/admin")
    assert "Asia/Shanghai" in visit.words
    assert "only tests know" not in visit.page.text


def test_the_last_count_of_the_dashboard_is_its_own(office):
    """The register keeps figures beside it, counted when its own page is opened."""
    with office.database.transaction() as tx:
        roll_ups.keep(tx, '{"register":null}', "{}", at="2026-03-18T03:00:00.000000Z")
        assert operations.machinery(tx, moment()).counted_at == ""
    office.visit("zhao").open("/dashboard")
    with office.database.reading() as session:
        assert operations.machinery(session, moment()).counted_at == moment().stamp
