"""Accepting a file somebody hands in: what it really is, whether it opens, then kept for good."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import BinaryIO

import filetype

from workflow.domain.errors import BadInput, NotFound
from workflow.domain.procedure import Text
from workflow.services import file_probe
from workflow.storage.files import Shelf, TooLarge
from workflow.storage.paperwork import FileOnDisk

__all__ = ["LARGEST", "FileOnDisk", "Shelf", "accept", "clean_name", "read", "shelf_at"]

LARGEST = 20 * 1024 * 1024
LONGEST_NAME = 180
"""In bytes of UTF-8, so that the name fits every file system a client saves it to."""

MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
FIELD = "file"
_PATIENCE = 20.0
_HEAD = 8192
_NOT_IN_NAMES = dict.fromkeys(map(ord, '<>:"|?*'), "_")
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KNOWN = {
    "exe": Text("Windows 程序（EXE）", "a Windows program (EXE)"),
    "elf": Text("Linux 程序（ELF）", "a Linux program (ELF)"),
    "script": Text("脚本程序", "a script"),
    "html": Text("网页（HTML）", "a web page (HTML)"),
    "zip": Text("压缩包（ZIP）", "an archive (ZIP)"),
    "rar": Text("压缩包（RAR）", "an archive (RAR)"),
    "7z": Text("压缩包（7Z）", "an archive (7Z)"),
    "doc": Text("Word 文档（DOC）", "a Word document (DOC)"),
    "docx": Text("Word 文档（DOCX）", "a Word document (DOCX)"),
    "xls": Text("Excel 表格（XLS）", "an Excel sheet (XLS)"),
    "xlsx": Text("Excel 表格（XLSX）", "an Excel sheet (XLSX)"),
}
_EMPTY = Text(
    "这个文件是空的（0 字节），请重新选择", "This file is empty (0 bytes). Choose another"
)
_TOO_LARGE = Text(
    "文件超过 20 MB，请压缩或拆分后重新上传",
    "This file is over 20 MB. Compress or split it, then upload again",
)
_LOCKED = Text(
    "这个 PDF 有密码保护。请去掉密码，另存后再上传",
    "This PDF is protected by a password. Remove it, save again, then upload",
)
_NO_PAGES = Text("这个 PDF 没有任何页面", "This PDF has no pages")
_UNKNOWN = Text("无法识别的文件", "a file of unknown type")


def shelf_at(address: str) -> Shelf:
    """The shelf behind the files address of the settings."""
    return Shelf.at(address)


def accept(shelf: Shelf, stream: BinaryIO, name: str) -> FileOnDisk:
    """Take a PDF, JPG or PNG of at most 20 MB and keep it; it is durable when this returns.

    Raises BadInput at `file`, saying what is wrong, and then nothing is kept. The type is read
    from the bytes; the name only says what to call it.
    """
    try:
        with shelf.receive(stream, LARGEST) as incoming:
            if incoming.size == 0:
                raise BadInput(FIELD, _EMPTY)
            with incoming.path.open("rb") as file:
                kind = _kind_of(file.read(_HEAD))
                file.seek(0)
                _must_open(kind, file)
            shelf.keep(incoming)
            return FileOnDisk(
                incoming.hash, clean_name(name, kind), MEDIA_TYPES[kind], incoming.size
            )
    except TooLarge:
        raise BadInput(FIELD, _TOO_LARGE) from None


def read(shelf: Shelf, file_hash: str | None) -> BinaryIO:
    """The bytes of a kept file; the caller has checked who may see it. Raises NotFound."""
    if file_hash is None:
        raise NotFound
    try:
        return shelf.open(file_hash)
    except FileNotFoundError as error:
        raise NotFound from error


def clean_name(name: str, kind: str) -> str:
    """A name that is safe to show and to save: no folders, no invisible or turning signs.

    The ending follows the real type; a long name is cut before it.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        " " if sign in "\t\r\n" else sign
        for sign in unicodedata.normalize("NFC", last)
        if sign in "\t\r\n" or unicodedata.category(sign) not in _FORBIDDEN_CATEGORIES
    )
    shown = " ".join(shown.translate(_NOT_IN_NAMES).split()).rstrip(". ")
    stem, dot, ending = shown.rpartition(".")
    if not dot or ending.lower() not in ("jpeg", *MEDIA_TYPES):
        stem, ending = shown, ""
    right = ending if ending.lower().replace("jpeg", "jpg") == kind else kind
    stem = stem.strip(". ") or "未命名"
    short = stem.encode()[: LONGEST_NAME - len(right) - 4].decode(errors="ignore").rstrip()
    return f"{short}{'…' if short != stem else ''}.{right}"


def _kind_of(head: bytes) -> str:
    """`pdf`, `jpg` or `png`, from the first bytes alone."""
    found = filetype.guess(head)
    kind = found.extension if found else _plain_kind(head)
    if kind in MEDIA_TYPES:
        return str(kind)
    what = _KNOWN.get(kind or "") or (
        Text(f"{kind.upper()} 文件", f"a {kind.upper()} file") if kind else _UNKNOWN
    )
    raise BadInput(
        FIELD,
        Text(
            f"文件内容是{_apart(what.zh)}，不是 PDF、JPG 或 PNG。只接受这三种，单个不超过 20 MB",
            f"The content is {what.en}, not PDF, JPG or PNG. Use one of these, 20 MB at most",
        ),
    )


def _apart(words: str) -> str:
    """Latin letters stand a space apart from the Chinese words before them."""
    return f" {words}" if words[0].isascii() else words


def _plain_kind(head: bytes) -> str | None:
    """What the signature table does not know: programs and pages written as text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith(b"#!"):
        return "script"
    return "html" if start.startswith((b"<!doctype html", b"<html")) else None


def _must_open(kind: str, file: BinaryIO) -> None:
    """Have the file opened by a process of its own, and refuse what does not open."""
    word = _ask_probe(kind, file)
    if word == file_probe.FINE:
        return
    if word == file_probe.LOCKED:
        raise BadInput(FIELD, _LOCKED)
    if word == file_probe.EMPTY_PAGES:
        raise BadInput(FIELD, _NO_PAGES)
    raise BadInput(
        FIELD,
        Text(
            f"这个 {kind.upper()} 文件已损坏或不完整，打不开。请重新导出或扫描后上传",
            f"This {kind.upper()} file is damaged or incomplete. Export or scan it again",
        ),
    )


def _ask_probe(kind: str, file: BinaryIO) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - our own script, a type from our own table
            [sys.executable, "-I", str(Path(file_probe.__file__)), kind],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return file_probe.DAMAGED
    return answer.stdout.decode(errors="replace") if answer.returncode == 0 else file_probe.DAMAGED
