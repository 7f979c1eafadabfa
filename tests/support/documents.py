"""Small files to hand in: sound ones of every accepted type, and ones that must be refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from pypdf import PdfWriter

MEBIBYTE = 1024 * 1024
PASSWORD = "of the file"  # noqa: S105


def pdf(title: str = "示例", pages: int = 1, password: str | None = None) -> bytes:
    """A PDF that opens; different titles are different files."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")  # noqa: S106
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png(size: int = 1) -> bytes:
    """A grey square."""
    rows = b"".join(b"\0" + b"\x80" * size for _ in range(size))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def jpg() -> bytes:
    """The segments of a one-pixel picture, in order."""
    segments = (
        (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        (0xDB, b"\0" + b"\1" * 64),
        (0xC0, b"\x08\0\1\0\1\1\1\x11\0"),
        (0xC4, b"\0\1" + b"\0" * 15 + b"\0"),
        (0xDA, b"\1\1\0\0\x3f\0"),
    )
    body = b"".join(b"\xff" + bytes([m]) + struct.pack(">H", len(b) + 2) + b for m, b in segments)
    return b"\xff\xd8" + body + b"\x7f" + b"\xff\xd9"


def windows_program() -> bytes:
    """What a Windows program starts with."""
    return b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + b"\0" * 200


def linux_program() -> bytes:
    """What a Linux program starts with."""
    return b"\x7fELF\x02\x01\x01" + b"\0" * 200


def archive() -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("材料.txt", "x")
    return out.getvalue()


def padded_pdf(size: int) -> bytes:
    """A sound PDF of exactly this many bytes: the rest is a comment before its end."""
    start = pdf()
    head, tail = start[: start.rindex(b"startxref")], start[start.rindex(b"startxref") :]
    room = size - len(start) - 2
    return head + b"%" + b"x" * room + b"\n" + tail
