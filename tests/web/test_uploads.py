"""Handing materials in at their row, and getting them out again."""

import io

import pytest

from tests.support import documents
from tests.support.documents import MEBIBYTE
from workflow.services import files
from workflow.storage.statements import rows


def sent(content, name="社保证明.pdf"):
    return (io.BytesIO(content), name)


def row_form(visit, number, code="M-SI"):
    visit.open(f"/cases/{number}")
    form = visit.form(f"/cases/{number}/materials/{code}")
    form.names.add(f"file-{code}")
    return form


def versions(office, number):
    with office.database.reading() as session:
        return rows(
            session,
            "SELECT m.code, m.version, m.file_name, m.size FROM material_versions m"
            " JOIN cases c ON c.id = m.case_id WHERE c.number = :n ORDER BY m.id",
            n=number,
        )


def begun(office):
    number = office.cast.open_case()
    office.cast.do(number, "prepare")
    return number


@pytest.fixture
def number(office):
    return begun(office)


def test_it_keeps_the_file_and_the_row(office, number):
    wang = office.visit()
    form = row_form(wang, number)
    wang.page = wang.post(form, **{"file-M-SI": sent(documents.pdf()), "until-M-SI": "2026/12/31"})
    assert wang.page.location == f"/cases/{number}#material-M-SI"
    wang.follow()
    assert "第 1 版 · 03-18 周三 王芳" in wang.words
    assert "2026-12-31" in wang.words
    assert len(office.kept) == 1
    wang.page = wang.post(
        row_form(wang, number), **{"file-M-SI": sent(documents.pdf("新"), "新.pdf")}
    )
    wang.follow()
    assert "历史 2 版" in wang.words
    assert [tuple(v[:3]) for v in versions(office, number)] == [
        ("M-SI", 1, "社保证明.pdf"),
        ("M-SI", 2, "新.pdf"),
    ]


def test_it_gives_the_file_back_as_an_attachment_and_nothing_else(office, number):
    wang = office.visit()
    content = documents.pdf()
    wang.post(row_form(wang, number), **{"file-M-SI": sent(content, "社保 证明.pdf")})
    link = f"/cases/{number}/files/1"
    for login in ("wang", "li", "zhao", "zhou"):
        visit = office.visit(login)
        assert link in visit.open(f"/cases/{number}").text
        answer = visit.open(link)
        assert answer.data == content
        headers = answer.headers
        assert headers["Content-Disposition"].startswith("attachment;")
        assert (
            "filename*=UTF-8''%E7%A4%BE%E4%BF%9D%20%E8%AF%81%E6%98%8E.pdf"
            in (headers["Content-Disposition"])
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("sandbox")
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Type"] == "application/pdf"
        assert int(headers["Content-Length"]) == len(content)


def test_it_gives_a_file_only_to_those_who_may_see_its_case(office, number):
    wang = office.visit()
    wang.post(row_form(wang, number), **{"file-M-SI": sent(documents.pdf())})
    other = office.cast.open_case(coverage=("11",))
    assert office.visit("chen").open(f"/cases/{number}/files/1").status_code == 404
    assert office.visit("admin").open(f"/cases/{number}/files/1").status_code == 403
    assert wang.open(f"/cases/{other}/files/1").status_code == 404
    assert wang.open(f"/cases/{number}/files/99").status_code == 404
    office.cast.provide(number, "M-APP")
    assert wang.open(f"/cases/{number}/files/2").status_code == 404, "received on paper"


REFUSED = [
    ("empty", b"", "空的"),
    ("too large", documents.padded_pdf(20 * MEBIBYTE + 1), "文件超过 20 MB"),
    ("far too large", b"x" * 21 * MEBIBYTE, "文件超过 20 MB"),
    ("program", documents.windows_program(), "Windows 程序"),
    ("locked", documents.pdf(password=documents.PASSWORD), "这个 PDF 有密码保护"),
    ("cut", documents.pdf()[:-60], "已损坏"),
]


@pytest.mark.parametrize(("content", "says"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_it_refuses_at_the_row_and_stores_nothing(one_office, content, says):
    number = begun(one_office)
    wang = one_office.visit()
    form = row_form(wang, number)
    wang.page = wang.post(form, **{"file-M-SI": sent(content), "until-M-SI": "2026-12-31"})
    assert wang.page.status_code == 422
    assert wang.words.count(says) == 2, "in the summary and at the row"
    assert '<a href="#file-M-SI">' in wang.page.text
    assert 'value="2026-12-31"' in wang.page.text
    assert versions(one_office, number) == []
    assert one_office.kept == []
    assert one_office.rings == []


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "请选择文件"),
        ({"until-M-SI": "2026-02-30"}, "没有 2026-02-30 这一天"),
        ({"as-M-SI": "M-APP"}, "请从列表中选择"),
    ],
)
def test_it_keeps_no_file_of_a_form_with_faults(one_office, answers, says):
    number = begun(one_office)
    wang = one_office.visit()
    form = row_form(wang, number)
    files_ = {} if not answers else {"file-M-SI": sent(documents.pdf())}
    wang.page = wang.post(form, **answers, **files_)
    assert wang.page.status_code == 422
    assert says in wang.words
    assert one_office.kept == []


def test_it_answers_a_request_that_is_far_too_large(one_office):
    number = begun(one_office)
    wang = one_office.visit()
    refused = wang.post(row_form(wang, number), **{"file-M-SI": sent(b"x" * 26 * MEBIBYTE)})
    assert refused.status_code == 413
    assert "单个文件不超过 20 MB" in refused.text
    assert one_office.kept == []


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.pdf", "示" * 300 + ".pdf", "a\u202efdp.exe", "x\ty.pdf"]
)
def test_it_cleans_what_a_file_is_called(one_office, name):
    number = begun(one_office)
    wang = one_office.visit()
    wang.post(row_form(wang, number), **{"file-M-SI": sent(documents.pdf(), name)})
    ((_, _, kept_name, _),) = versions(one_office, number)
    assert kept_name == files.clean_name(name, "pdf")
    assert all(path.is_relative_to(one_office.folder / "files") for path in one_office.kept)
    answer = wang.open(f"/cases/{number}/files/1")
    assert answer.status_code == 200
    assert "\n" not in answer.headers["Content-Disposition"]


def test_it_takes_an_alternative_in_its_place(office, number):
    wang = office.visit()
    wang.post(row_form(wang, number), **{"file-M-SI": sent(documents.pdf()), "as-M-SI": "M-CNCN"})
    assert versions(office, number)[0][0] == "M-CNCN"
    wang.open(f"/cases/{number}")
    row = wang.page.text.split('id="material-M-SI"')[1].split("</tr>")[0]
    assert "就绪" in row


def test_it_says_when_the_very_same_file_is_there_already(office, number):
    wang = office.visit()
    wang.post(row_form(wang, number), **{"file-M-SI": sent(documents.pdf())})
    again = wang.post(row_form(wang, number), **{"file-M-SI": sent(documents.pdf())})
    assert again.status_code == 422
    assert "这个文件已经是社保证明第 1 版" in again.text


def test_it_records_the_same_form_once_and_refuses_a_stale_one(office, number):
    wang = office.visit()
    form, stale = row_form(wang, number), row_form(wang, number, "M-APP")
    for _ in range(2):
        once = wang.post(form, **{"file-M-SI": sent(documents.pdf())})
        assert once.status_code == 303
    assert len(versions(office, number)) == 1
    late = wang.post(stale, **{"file-M-APP": sent(documents.pdf("申请表"))})
    assert late.status_code == 409
    assert "你在别处刚刚改过这个案件" in late.text
    assert len(versions(office, number)) == 1


def test_it_locks_the_pack_once_it_is_filed(office):
    number = office.cast.prepared(missing=("M-SI",))
    wang = office.visit()
    form = row_form(wang, number)
    office.cast.provide(number, "M-SI")
    office.cast.do(number, "sign_off", by="li")
    office.cast.do(number, "submit")
    refused = wang.post(form, **{"file-M-SI": sent(documents.pdf())})
    assert refused.status_code == 409
    assert "材料已锁定" in refused.text
    assert office.kept == []
    assert "/materials/" not in wang.open(f"/cases/{number}").text


@pytest.mark.parametrize("login", ["zhao", "zhou", "chen", "admin"])
def test_it_takes_files_only_from_those_who_work_on_the_case(one_office, login):
    number = begun(one_office)
    wang = one_office.visit()
    form = row_form(wang, number)
    other = one_office.visit(login)
    other.open("/more")
    token = dict(other.form("/logout").fields)["csrf_token"]
    form.fields = [(n, token if n == "csrf_token" else v) for n, v in form.fields]
    refused = other.post(form, **{"file-M-SI": sent(documents.pdf())})
    assert refused.status_code in (403, 404)
    assert one_office.kept == []


def test_it_takes_nothing_for_a_material_that_does_not_exist(office, number):
    wang = office.visit()
    form = row_form(wang, number)
    form.action = form.action.replace("M-SI", "NOPE")
    refused = wang.post(form, **{"file-M-SI": sent(documents.pdf())})
    assert refused.status_code == 404
    assert office.kept == []


def test_it_sets_latin_letters_apart_in_chinese(office, number):
    wang = office.visit()
    refused = wang.post(row_form(wang, number), **{"file-M-SI": sent(b"MZ" + bytes(200))})
    assert refused.status_code == 422
    assert "文件内容是 Windows 程序（EXE）" in refused.text
