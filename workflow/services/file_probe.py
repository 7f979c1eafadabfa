"""Opens a stranger's file in a process of its own: run as a script, it says one word and ends.

Standard input is the file, the first argument its type. A parser that is tricked into eating time
or memory hits the limits of this process and nothing else.
"""

from __future__ import annotations

import contextlib
import io
import logging
import resource
import struct
import sys
import zlib
from typing import BinaryIO

CPU_SECONDS = 10
MEMORY_BYTES = 512 * 1024 * 1024
FINE, DAMAGED, LOCKED, EMPTY_PAGES = "fine", "damaged", "locked", "no-pages"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TAIL = 4096
# Markers of a JPEG that stand alone: no length follows them.
_ALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def look(kind: str, file: BinaryIO) -> str:
    """One word about a PDF, JPG or PNG: fine, damaged, locked or no-pages."""
    return {"pdf": _pdf, "jpg": _jpg, "png": _png}[kind](file.read())


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - only this type needs it, and it takes time
    from pypdf.errors import DependencyError  # noqa: PLC0415

    if b"%%EOF" not in content[-_TAIL:] or b"startxref" not in content[-_TAIL:]:
        return DAMAGED
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        opened = False
        with contextlib.suppress(DependencyError, NotImplementedError):
            opened = bool(reader.decrypt(""))
        if not opened:
            return LOCKED
    if not reader.pages:
        return EMPTY_PAGES
    for page in reader.pages:
        if page.mediabox.width <= 0:
            return DAMAGED
        contents = page.get_contents()
        if contents is not None:
            contents.get_data()
    return FINE


def _png(content: bytes) -> str:
    place = len(PNG_SIGNATURE)
    kinds: list[bytes] = []
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 4 : place + 8 + length]
        (told,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(body) != told:
            return DAMAGED
        kinds.append(kind)
        if kind == b"IEND":
            return FINE if kinds[0] == b"IHDR" and b"IDAT" in kinds else DAMAGED
        place += 12 + length
    return DAMAGED


def _jpg(content: bytes) -> str:
    """Walk the segments to the picture itself, which must have a size and an end."""
    place, framed = 2, False
    while place + 4 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004 - a marker
        marker = content[place + 1]
        if marker == 0xFF:  # noqa: PLR2004 - fill
            place += 1
        elif marker in _ALONE:
            place += 2
        else:
            (length,) = struct.unpack_from(">H", content, place + 2)
            if marker in _FRAMES:
                height, width = struct.unpack_from(">HH", content, place + 5)
                framed = height > 0 and width > 0
            if marker == 0xDA:  # noqa: PLR2004 - start of scan
                ended = content.find(b"\xff\xd9", place + length) > 0
                return FINE if framed and ended else DAMAGED
            place += 2 + length
    return DAMAGED


def main() -> int:
    """Limit this process, look, say the word. A crash is told by the exit code."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        word = look(sys.argv[1], sys.stdin.buffer)
    except Exception:  # noqa: BLE001 - whatever a parser trips over, the file is not sound
        word = DAMAGED
    sys.stdout.write(word)
    return 0


if __name__ == "__main__":
    sys.exit(main())
