"""Nothing leaves as a file before the trail knows: every address that gives one out, one by one."""

import io

import pytest

from tests.support.cast import moment
from tests.support.documents import pdf
from tests.support.downloads import giving_files
from tests.support.errands import run_errands
from tests.web.test_audit import alter
from workflow.services import case_view, sequencing, trail, trail_export
from workflow.services.trail_finder import Wanted, find

UNTOLD = {
    ("GET", "/import/licenses/template"): "an empty file of headings",
}


@pytest.fixture
def office(one_office):
    one_office.number = one_office.cast.prepared()
    return one_office


def material(office, how=""):
    wang = office.visit()
    wang.open(f"/cases/{office.number}")
    wang.send("/materials/M-APP", **{"file-M-APP": (io.BytesIO(pdf()), "申请表.pdf")})
    with office.database.reading() as session:
        view = case_view.view(session, office.number, office.cast["wang"], moment())
        ident = next(v.id for item in view.items for v in item.versions if v.file_hash)
    return wang.open(f"/cases/{office.number}/files/{ident}{how}")


def pack(office):
    wang = office.visit()
    wang.open(f"/cases/{office.number}/pack")
    return wang.send(f"/cases/{office.number}/pack")


def trail_file(office):
    zhou = office.visit("zhou")
    zhou.open(f"/audit/export?about={office.number}")
    return zhou.send("/audit/export", values="full", reason="核对")


def large_trail_file(office, monkeypatch):
    """Made in the background: told when it was asked for, and again when it is fetched."""
    monkeypatch.setattr(trail_export, "AT_ONCE", 3)
    monkeypatch.setattr("web.audit_export.AT_ONCE", 3)
    zhou = office.visit("zhou")
    zhou.open("/audit/export")
    work = zhou.send("/audit/export").location
    run_errands(office.database)
    zhou.open("/messages")
    assert f'href="{work}"' in zhou.page.text
    assert "后台生成的文件已可下载" in zhou.words
    return zhou.open(f"{work}/file")


def problems(office):
    wang = office.visit()
    wang.open("/import/licenses")
    head = "许可证号,统一社会信用代码,业务种类,覆盖范围,有效期起,有效期至\n"
    sheet = f"{head}B1-20200001,不是代码,ICP,44,2024-01-01,2029-01-01\n".encode()
    wang.send("/import/licenses", file=(io.BytesIO(sheet), "台账.csv"))
    return wang.open(f"{wang.page.location}/problems")


def evidence(office):
    alter(office.database, "UPDATE events SET body = replace(body, 'draft', 'drafT') WHERE id = 20")
    with office.database.transaction() as tx:
        trail.keep(tx, trail.verify(tx), moment())
    zhou = office.visit("zhou")
    zhou.open("/audit")
    return zhou.send("/audit/evidence")


VISITS = {
    ("GET", "/work/export"): ("worklist", lambda o: o.visit().open("/work/export?q=示例")),
    ("GET", "/licenses/export"): ("register", lambda o: o.visit().open("/licenses/export")),
    ("GET", "/dashboard/export"): (
        "dashboard", lambda o: o.visit("zhao").open("/dashboard/export?form=xlsx"),
    ),
    ("POST", "/cases/<number>/pack"): ("pack", pack),
    ("GET", "/cases/<number>/files/<int:version_id>"): ("material", material),
    ("GET", "/cases/<number>/files/<int:version_id>/look"): (
        "material", lambda o: material(o, "/look"),
    ),
    ("GET", "/import/licenses/<int:batch_id>/problems"): ("import_problems", problems),
    ("POST", "/audit/export"): (None, trail_file),
    ("POST", "/audit/evidence"): ("evidence", evidence),
    ("GET", "/progress/<int:work_id>/file"): ("export_trail", large_trail_file),
}  # fmt: skip


def test_it_knows_every_address_that_gives_out_a_file(office):
    """A new one needs a line here, and with it the event below."""
    assert giving_files(office.app) == set(VISITS) | set(UNTOLD)


@pytest.mark.parametrize("address", VISITS, ids=lambda address: address[1])
def test_it_tells_the_trail_who_took_what_by_which_filters(office, address, monkeypatch):
    what, visit = VISITS[address]
    before = newest(office).id
    answer = visit(office, monkeypatch) if visit is large_trail_file else visit(office)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"]
    answer.close()
    told = newest(office)
    assert told.id > before
    assert told.action == ("view" if address[1].endswith("/look") else "export")
    given = told.body.get("given") or {c["field"]: c["new"] for c in told.body["changes"]}
    if what:
        assert (told.chain, told.actor, given["what"]) == ("account", told.body["actor"], what)
    if told.action == "export":
        assert type(given["lines"]) is int


def newest(office):
    with office.database.reading() as session:
        reader = office.cast["zhou"]
        return find(session, reader, Wanted("UTC"), limit=1).page.events[0]


def test_it_keeps_filters_erasable_and_shows_files_that_left_on_the_trail(office):
    office.visit().open("/work/export?q=周示例")
    body = newest(office).body
    assert "周示例" not in str(body)
    pack(office).close()
    material(office).close()
    sequencing.catch_up(office.database, whole=True)
    zhou = office.visit("zhou")
    zhou.open("/audit?kind=export")
    zhou.send("/audit/print")
    zhou.follow()
    for words in ("q=周示例", "申请包", "材料文件", "许可证申请表"):
        assert words in zhou.words
    assert newest(office).body["given"] == {"what": "trail_print", "lines": 3}


@pytest.mark.parametrize(
    ("page", "paper", "what"), [("", "summary", "case_print"), ("/pack", "index", "index_print")]
)
def test_it_tells_the_trail_what_of_a_case_goes_on_paper(office, page, paper, what):
    """Without a script the page says how to go on; a script that prints gets no page."""
    wang = office.visit()
    wang.open(f"/cases/{office.number}{page}")
    wang.send(f"/cases/{office.number}/print/{paper}")
    wang.follow()
    assert "现在用浏览器的打印功能打印本页。" in wang.words
    told = newest(office)
    assert (told.action, told.actor) == ("export", office.cast["wang"].id)
    assert told.body["given"] == {"what": what, "lines": 1}
    assert told.body["company_id"] == 1
