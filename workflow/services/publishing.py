"""The published checkpoints: a file outside the database that only ever grows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from workflow.domain.checkpoint import Note, NoteInvalid, parse
from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text

_SIGNATURE = "— ".encode()
_LONGEST = 4096
"""A note has some 400 bytes, with two signatures some 500."""


class NotesDamaged(DeskError):
    """The file of checkpoints cannot be read as notes."""

    code = "NOTES-DAMAGED"


def append(path: Path, notes: Sequence[str]) -> None:
    """Append notes, each followed by an empty line, and see them on the disk.

    What a crash left of a note that was being written is cut off first.
    """
    with path.open("a+b") as file:
        _, cut = _newest(_tail(file))
        if cut:
            file.truncate(file.seek(0, os.SEEK_END) - cut)
        file.write("".join(f"{note}\n" for note in notes).encode())
        file.flush()
        os.fsync(file.fileno())


def last_note(path: Path) -> Note | None:
    """The newest whole note of the file, None when there is no file yet. Raises NotesDamaged."""
    try:
        with path.open("rb") as file:
            tail = _tail(file)
    except FileNotFoundError:
        return None
    text, _ = _newest(tail)
    return _parsed(path, text or tail.decode(errors="replace")) if tail else None


def _tail(file: BinaryIO) -> bytes:
    file.seek(max(file.seek(0, os.SEEK_END) - 2 * _LONGEST, 0))
    return file.read()


def _newest(tail: bytes) -> tuple[str, int]:
    """The last whole note of the end of a file, and how many bytes of another follow it."""
    parts = tail.split(b"\n\n")
    for i in range(len(parts) - 2, 0, -1):
        if parts[i].startswith(_SIGNATURE):
            text = b"\n\n".join(parts[i - 1 : i + 1]) + b"\n"
            return text.decode(errors="replace"), len(b"\n\n".join(parts[i + 1 :]))
    return "", 0


def notes(path: Path) -> Iterator[Note]:
    """Every note of a file, oldest first. Raises NotesDamaged, and OSError when it cannot be read.

    A single note, as kept from a letter, is a file of one.
    """
    part: list[str] = []
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if line == "\n" and part and part[-1].startswith("— "):
                yield _parsed(path, "".join(part))
                part = []
            else:
                part.append(line)
    if part:
        yield _parsed(path, "".join(part))


def _parsed(path: Path, text: str) -> Note:
    try:
        return parse(text)
    except NoteInvalid as error:
        raise NotesDamaged(
            Text(f"{path} 不是完整的检查点文件", f"{path} does not hold whole checkpoints: {error}")
        ) from error
