"""Files by their content: written aside, made durable, then given the name of their hash."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

_OWNER_ONLY_FILE, _OWNER_ONLY_FOLDER = 0o600, 0o700
_BLOCK = 1024 * 1024
_HASH_LENGTH = 64


class TooLarge(Exception):
    """More bytes came than are allowed."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was received and is not kept yet."""

    path: Path
    hash: str
    size: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of files under the SHA-256 of what is in them; the same bytes are kept once."""

    folder: Path

    @classmethod
    def at(cls, address: str) -> Shelf:
        """The shelf at a `file:` address or a plain path."""
        parts = urlsplit(address)
        return cls(Path(unquote(parts.path) if parts.scheme == "file" else address))

    @contextlib.contextmanager
    def receive(self, stream: BinaryIO, most: int) -> Iterator[Incoming]:
        """Write the stream aside while counting and hashing; gone afterwards unless kept.

        Raises TooLarge beyond `most` bytes: what the sender says about the size is not asked.
        """
        path = self._folder("incoming") / secrets.token_hex(16)
        try:
            with self._create(path) as file:
                digest, size = hashlib.sha256(), 0
                while block := stream.read(_BLOCK):
                    size += len(block)
                    if size > most:
                        raise TooLarge
                    digest.update(block)
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            yield Incoming(path, digest.hexdigest(), size)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> None:
        """Give a received file its lasting name; when this returns it survives a power cut."""
        home = self._folder(incoming.hash[:2])
        incoming.path.replace(home / incoming.hash)
        for folder in (home, self.folder):
            _make_durable(folder)

    def open(self, file_hash: str) -> BinaryIO:
        """The bytes of a kept file. Raises FileNotFoundError."""
        if len(file_hash) != _HASH_LENGTH or not file_hash.isalnum():
            raise FileNotFoundError(file_hash)
        return (self.folder / file_hash[:2] / file_hash).open("rb")

    def drop(self, file_hash: str) -> None:
        """Remove a file for good; nothing happens when it is gone already."""
        if len(file_hash) == _HASH_LENGTH and file_hash.isalnum():
            (self.folder / file_hash[:2] / file_hash).unlink(missing_ok=True)

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        return folder

    def _create(self, path: Path) -> BinaryIO:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY_FILE)
        return os.fdopen(handle, "wb")


def _make_durable(folder: Path) -> None:
    """A name is safe only when the folder that holds it is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
