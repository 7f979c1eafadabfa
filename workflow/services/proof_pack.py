"""The proof pack: one zip file, written as a stream under another name and renamed at the end."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflow.storage.rows import compact

FORMAT = "license-desk-pack-1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""One date for every member: the same trail gives the same bytes."""
_FAST = 1
_BLOCK = 256


@dataclass(slots=True)
class PackWriter:
    """A pack being written; every member is hashed on the way, the manifest comes last."""

    zip: zipfile.ZipFile
    members: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, parts: Iterable[bytes], *, plain: bool = False) -> None:
        """Write one member from parts; `plain` leaves it uncompressed, so that it can be mapped."""
        digest, size = hashlib.sha256(), 0
        member = zipfile.ZipInfo(name, _EPOCH)
        member.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        with self.zip.open(member, "w", force_zip64=True) as out:
            for block in _blocks(parts):
                digest.update(block)
                size += out.write(block)
        self.members.append({"name": name, "bytes": size, "sha256": digest.hexdigest()})

    def add_lines(self, name: str, lines: Iterable[dict[str, Any]]) -> None:
        """Write one member of JSON Lines."""
        self.add(name, (line(told) for told in lines))

    def close(self, told: dict[str, Any]) -> None:
        """Write the manifest: without it a pack is not whole."""
        listed = {"format": FORMAT, **told, "members": self.members}
        text = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True)
        self.add("manifest.json", [text.encode()])


@contextlib.contextmanager
def writing(path: Path) -> Iterator[PackWriter]:
    """A pack at `path`: there when whole, else nothing of it; an older one stays until then."""
    partial = path.with_name(f"{path.name}.part")
    try:
        with (
            partial.open("wb") as file,
            zipfile.ZipFile(file, "w", compresslevel=_FAST) as archive,
        ):
            yield PackWriter(archive)
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def line(told: dict[str, Any]) -> bytes:
    """One line of JSON."""
    return f"{compact(told)}\n".encode()


def event_line(leaf: int | None, hash_: str, body: str, false_columns: list[str]) -> bytes:
    """An event as it is stored: its body verbatim, for a verifier hashes bytes, not meanings.

    `false_columns` names columns beside the body that say something else. A line feed cannot be in
    a canonical body; one that was smuggled in shows as an altered body.
    """
    where = "null" if leaf is None else str(leaf)
    body = body.replace("\n", " ")
    columns = f',"columns":{compact(false_columns)}' if false_columns else ""
    return f'{{"leaf":{where},"hash":"{hash_}"{columns},"body":{body}}}\n'.encode()


def _blocks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Parts in larger blocks: one call per event would cost more than its hash."""
    held: list[bytes] = []
    for part in parts:
        held.append(part)
        if len(held) == _BLOCK:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)
