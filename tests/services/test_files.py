"""Accepting a file: what it is, whether it opens, what it is called, and where it is kept."""

import hashlib
import io
import stat

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from tests.support import documents
from tests.support.documents import MEBIBYTE
from workflow.domain.errors import BadInput, NotFound
from workflow.services.files import LARGEST, accept, clean_name, read, shelf_at

SOUND = [
    (documents.pdf(), "application/pdf", "证明.pdf"),
    (documents.pdf(pages=3), "application/pdf", "证明.pdf"),
    (documents.pdf(password=""), "application/pdf", "证明.pdf"),
    (documents.png(), "image/png", "证明.png"),
    (documents.jpg(), "image/jpeg", "证明.jpg"),
]
REFUSED = [
    ("empty", b"", "空的"),
    ("windows", documents.windows_program(), "Windows 程序"),
    ("linux", documents.linux_program(), "Linux 程序"),
    ("script", b"#!/bin/sh\nrm -rf /\n", "脚本"),
    ("page", b"<!DOCTYPE html><script>alert(1)</script>", "网页"),
    ("archive", documents.archive(), "压缩包"),
    ("gif", b"GIF89a" + b"\0" * 40, "GIF"),
    ("words", "一段文字".encode(), "无法识别"),
    ("locked", documents.pdf(password=documents.PASSWORD), "密码"),
    ("cut pdf", documents.pdf()[:-60], "已损坏"),
    ("pdf head", b"%PDF-1.7\nnothing more", "已损坏"),
    ("no pages", documents.pdf(pages=0), "没有任何页面"),
    ("cut png", documents.png(40)[:-20], "已损坏"),
    ("changed png", documents.png().replace(b"IDAT", b"IDAX"), "已损坏"),
    ("cut jpg", documents.jpg()[:-2], "已损坏"),
    ("jpg head", b"\xff\xd8\xff\xe0\0\x10JFIF", "已损坏"),
]


@pytest.fixture
def shelf(tmp_path):
    return shelf_at((tmp_path / "files").as_uri())


def kept(shelf):
    return [path for path in shelf.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("content", "media_type", "name"), SOUND)
def test_it_keeps_a_sound_file_under_its_hash(shelf, content, media_type, name):
    file = accept(shelf, io.BytesIO(content), name)
    assert file.hash == hashlib.sha256(content).hexdigest()
    assert (file.media_type, file.size, file.name) == (media_type, len(content), name)
    with read(shelf, file.hash) as stream:
        assert stream.read() == content
    (path,) = kept(shelf)
    assert path.name == file.hash


def test_it_keeps_files_for_their_owner_alone(shelf):
    accept(shelf, io.BytesIO(documents.pdf()), "a.pdf")
    (path,) = kept(shelf)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_keeps_the_same_bytes_once(shelf):
    first = accept(shelf, io.BytesIO(documents.pdf()), "a.pdf")
    second = accept(shelf, io.BytesIO(documents.pdf()), "b.pdf")
    assert first.hash == second.hash
    assert len(kept(shelf)) == 1


@pytest.mark.parametrize(("content", "says"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_it_refuses_and_says_what_it_is(shelf, content, says):
    with pytest.raises(BadInput) as refused:
        accept(shelf, io.BytesIO(content), "社保证明.pdf")
    assert refused.value.field == "file"
    assert says in refused.value.says.zh
    assert refused.value.says.en
    assert kept(shelf) == []


def test_it_takes_twenty_megabytes_and_not_one_byte_more(shelf):
    content = documents.padded_pdf(LARGEST)
    assert len(content) == 20 * MEBIBYTE
    assert accept(shelf, io.BytesIO(content), "大.pdf").size == LARGEST
    with pytest.raises(BadInput, match="20 MB"):
        accept(shelf, io.BytesIO(content + b"\n"), "大.pdf")
    assert len(kept(shelf)) == 1


def test_it_stops_reading_when_it_is_too_much(shelf):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(BadInput):
        accept(shelf, stream, "a.pdf")
    assert stream.given < LARGEST + 3 * MEBIBYTE


def test_it_judges_by_the_bytes_not_by_the_name(shelf):
    file = accept(shelf, io.BytesIO(documents.png()), "扫描件.pdf")
    assert (file.media_type, file.name) == ("image/png", "扫描件.png")


def test_it_survives_a_file_that_unpacks_into_very_much(shelf):
    writer = PdfWriter()
    page = writer.add_blank_page(width=10, height=10)
    bomb = StreamObject()
    bomb.set_data(b"\0" * 90 * MEBIBYTE)
    page[NameObject("/Contents")] = writer._add_object(bomb.flate_encode())  # noqa: SLF001
    out = io.BytesIO()
    writer.write(out)
    assert len(out.getvalue()) < MEBIBYTE
    with pytest.raises(BadInput, match="damaged"):
        accept(shelf, io.BytesIO(out.getvalue()), "a.pdf")


NAMES = [
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("C:\\Users\\王芳\\Desktop\\章程.pdf", "章程.pdf"),
    ("章程\u202efdp.exe.pdf", "章程fdp.exe.pdf"),
    ("a\x00b\u200bc\n d.pdf", "abc d.pdf"),
    ('a<b>:"|?*.pdf', "a_b______.pdf"),
    ("", "未命名.pdf"),
    ("...", "未命名.pdf"),
    (".pdf", "未命名.pdf"),
    ("扫描.JPEG", "扫描.pdf"),
    ("报告.PDF", "报告.PDF"),
    ("无后缀", "无后缀.pdf"),
]


@pytest.mark.parametrize(("name", "clean"), NAMES)
def test_it_cleans_the_name(name, clean):
    assert clean_name(name, "pdf") == clean


def test_it_shortens_a_very_long_name_without_breaking_a_character():
    name = clean_name("示" * 300 + ".pdf", "pdf")
    assert name.startswith("示示")
    assert name.endswith("….pdf")
    assert len(name.encode()) <= 185


@pytest.mark.parametrize("wanted", [None, "0" * 64, "../../secret", "x" * 63 + "/"])
def test_it_finds_only_what_is_kept(shelf, wanted):
    with pytest.raises(NotFound):
        read(shelf, wanted)
