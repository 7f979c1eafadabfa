"""Export of the trail: exactly what is filtered, masked unless a reason is given, itself on it."""

import csv
import hashlib
import io
import json
import re

import pytest

from tests.support.cast import moment
from tests.support.errands import run_errands
from tests.support.visits import open_office
from workflow.domain.audit import canonical, seal
from workflow.services import client_companies, long_work, trail_export, trail_finder
from workflow.services.advance import advance
from workflow.services.database import open_database
from workflow.services.trail_finder import Wanted


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


@pytest.fixture(autouse=True)
def number(office):
    """A case that was withdrawn for a reason, and a client that changed its representative."""
    number = office.cast.open_case()
    with office.database.transaction() as tx:
        advance(
            tx, number, "withdraw", actor=office.cast["wang"], moment=moment(),
            given={"reason": "=客户改变计划"},
        )  # fmt: skip
        client_companies.set_company_facts(
            tx, 1, {"legal_representative": "吴示例"}, actor=office.cast["wang"], moment=moment()
        )
    return number


def exported(office, query, **answers):
    auditor = office.visit("zhou")
    auditor.open(f"/audit/export?{query}")
    return auditor.send("/audit/export", **answers)


def newest(office):
    with office.database.reading() as session:
        return trail_finder.find(session, office.cast["zhou"], Wanted("UTC"), limit=1).page.events[
            0
        ]


def table(answer):
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_it_gives_a_table_of_exactly_what_is_filtered(office, number):
    answer = exported(office, f"about={number}")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = table(answer)
    assert [row["发生了什么"] for row in rows] == ["已撤回申请", "新建案件"]
    assert {row["对象"] for row in rows} == {number}
    everything = {row["发生了什么"] for row in table(exported(office, ""))}
    assert {"已撤回申请", "新建案件", "导出", "登录"} <= everything


@pytest.mark.parametrize("query", ["kind=zzz", "risk=zz", "first=2026-02-30"])
def test_it_lets_nothing_out_for_a_filter_that_makes_no_sense(office, query):
    """Without it everything would leave; the link leads back to the filter as it was typed."""
    before = newest(office).id
    visit = office.visit("zhou")
    answer = visit.open(f"/audit/export?{query}")
    assert answer.status_code == 422
    assert f'href="/audit?{query}#filters"' in answer.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', visit.open("/audit/export").text)[1]
    sent = visit.client.post(
        f"/audit/export?{query}", data={"csrf_token": token, "form": "csv", "values": "masked"}
    )
    assert sent.status_code == 422
    assert newest(office).id == before + 1, "the sign-in alone"


def test_it_tells_persons_from_programs_and_names_the_account_they_are_about(office):
    row = next(r for r in table(exported(office, "kind=access")) if r["发生了什么"] == "登录")
    assert (row["操作者"], row["角色"], row["对象"]) == ("人员", "审计员", "周*")


def test_it_masks_names_and_values_by_default(office):
    text = exported(office, "").data.decode()
    for hidden in ("王芳", "吴示例", "客户改变计划"):
        assert hidden not in text
    assert "王*" in text
    assert "（已遮盖）" in text


def test_it_opens_them_for_a_reason_and_keeps_the_reason(office, number):
    refused = exported(office, f"about={number}", values="full")
    assert refused.status_code == 422
    assert "完整导出请写明理由" in refused.text
    answer = exported(office, f"about={number}", values="full", reason="年度审计")
    row = table(answer)[0]
    assert (row["操作人"], "客户改变计划" in row["填写"]) == ("王芳", True)
    told = {c["field"]: c["new"] for c in newest(office).body["changes"]}
    assert (told["personal_values"], told["lines"], told["form"]) == ("full", 2, "csv")
    assert "commitment" in told["reason"]


def test_it_is_on_the_trail_before_it_leaves(office):
    exported(office, "kind=state", form="jsonl")
    event = newest(office)
    assert (event.chain, event.action, event.actor) == ("office", "export", office.cast["zhou"].id)
    told = {c["field"]: c["new"] for c in event.body["changes"]}
    assert json.loads(told["scope"])["kinds"] == ["state"]
    auditor = office.visit("zhou")
    auditor.open("/audit?kind=export")
    assert "1 条事件" in auditor.words


def test_it_gives_sealed_lines_whose_hashes_follow_and_a_manifest(office):
    *lines, last = exported(office, "", form="jsonl").data.splitlines(keepends=True)
    digest = ""
    for line in lines:
        told = json.loads(line)
        assert seal(told["body"]["prev"], canonical(told["body"])) == told["hash"]
        digest = hashlib.sha256(digest.encode() + line).hexdigest()
    manifest = json.loads(last)["manifest"]
    assert (manifest["count"], manifest["digest"]) == (len(lines), digest)
    assert manifest["first"]["id"] == json.loads(lines[0])["id"]
    assert manifest["last"]["hash"] == json.loads(lines[-1])["hash"]
    assert b'"values":' not in lines[0]


def test_it_exports_one_entry(office):
    one = newest(office)
    lines = exported(office, f"event={one.id}", form="jsonl").data.splitlines()
    assert [json.loads(line).get("id") for line in lines] == [one.id, None]


def test_it_takes_no_cell_for_a_formula(office):
    with office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, 1, {"name": "=1+1示例"}, actor=office.cast["wang"], moment=moment()
        )
    assert "'=1+1示例" in {row["企业"] for row in table(exported(office, "kind=file"))}


def test_it_exports_much_in_the_background_and_goes_on_where_it_was(office, monkeypatch):
    monkeypatch.setattr("web.audit_export.AT_ONCE", 3)
    monkeypatch.setattr(trail_export, "BATCH", 2)
    answer = exported(office, "")
    assert answer.location.startswith("/progress/")
    run_errands(office.database)
    with office.database.reading() as session:
        work = long_work.newest(session, "export_trail", moment())
    made = b"".join(long_work.parts(office.database, work.id))
    told = newest(office)
    assert (work.stage, work.figures) == ("finished", {"count": told.id - 1})
    assert len(table(type("Made", (), {"data": made}))) == told.id - 1
    told = {c["field"]: c["new"] for c in told.body["changes"]}
    assert told["lines"] == trail_export.AT_ONCE + 1
    auditor = office.visit("zhou")
    auditor.open("/audit?risk=large_export")
    assert "1 条事件" in auditor.words


def test_it_resumes_behind_its_last_report(office):
    """Cut half-way and gone on with: the same bytes as in one go."""
    export = trail_export.Export(Wanted("Asia/Shanghai"), "jsonl", "zh")
    who, when = office.cast["zhou"], moment()
    whole = b"".join(trail_export.parts(office.database, export, who, when, trail_export.Reached()))
    reached = trail_export.Reached()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trail_export, "BATCH", 2)
        first = next(trail_export.parts(office.database, export, who, when, reached))
        resumed = trail_export.resumed(trail_export.cursor_of(reached), ("", 0))
        rest = b"".join(trail_export.parts(office.database, export, who, when, resumed))
    assert first + rest == whole
