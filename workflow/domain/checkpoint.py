"""A checkpoint of the trail: its signed note (C2SP), read strictly, signed with Ed25519."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HASH_SIZE = 32
SIGNATURE_SIZE = 64
_ED25519 = b"\x01"
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_EXTENSION = re.compile(r"[a-z][a-z-]* \S(?:.*\S)?")
_SIGNATURE = re.compile(r"— (\S+) (\S+)")
_NAME = re.compile(r"[^\s+—]+")


class NoteInvalid(ValueError):
    """A note that is not written exactly as a checkpoint is."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed: the tree (`size` events, `root`), when (UTC), and the checkpoint before.

    `previous` is the digest of the checkpoint before, empty for the first; `extensions` are more
    lines of the form `name value`.
    """

    origin: str
    size: int
    root: bytes
    time: str
    previous: str = ""
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines that are signed, each ended by a line feed."""
        lines = [self.origin, str(self.size), _base64(self.root), f"time {self.time}"]
        lines += [f"previous {self.previous}"] if self.previous else []
        return "".join(f"{line}\n" for line in [*lines, *self.extensions])

    @property
    def digest(self) -> str:
        """SHA-256 of the signed lines, in hex: what the next checkpoint names as `previous`."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the signer's name, the id of its key, 64 bytes."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures, not yet checked."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]

    @property
    def text(self) -> str:
        """The whole note as it is stored and published."""
        return f"{self.checkpoint.text}\n" + "".join(
            f"— {s.name} {_base64(s.key_id + s.value)}\n" for s in self.signatures
        )

    def signed_by(self, name: str, public: bytes) -> bool:
        """True when the key of this name signed these very lines. `public`: 32 bytes."""
        wanted = key_id(name, public)
        found = [s for s in self.signatures if (s.name, s.key_id) == (name, wanted)]
        return len(found) == 1 and _holds(public, found[0].value, self.checkpoint.text)


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes by which a note names a key (C2SP signed-note): they bind name and key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public half."""
    return key.public_key().public_bytes_raw()


def sign(checkpoint: Checkpoint, name: str, *keys: Ed25519PrivateKey) -> Note:
    """Sign a checkpoint; two keys while one follows the other.

    Raises NoteInvalid when the checkpoint could not be read back as written.
    """
    if not _NAME.fullmatch(name) or not keys:
        message = f"not a signer's name, or no key: {name!r}"
        raise NoteInvalid(message)
    signed = checkpoint.text.encode()
    note = Note(
        checkpoint,
        tuple(Signature(name, key_id(name, public_bytes(k)), k.sign(signed)) for k in keys),
    )
    if parse(note.text) != note:
        message = "the checkpoint has no exact form"
        raise NoteInvalid(message)
    return note


def parse(text: str) -> Note:
    """Read a note strictly: one form only, so that nothing unsigned can hide in it.

    Raises NoteInvalid and says what is wrong; signatures are not checked here.
    """
    signed, found, tail = text.partition("\n\n")
    if not found or "\r" in text or not tail.endswith("\n"):
        message = "not a note: signed lines, an empty line, signature lines"
        raise NoteInvalid(message)
    signatures = tuple(_signature(line) for line in tail[:-1].split("\n"))
    note = Note(_checkpoint(signed.split("\n")), signatures)
    if note.text != text or len({(s.name, s.key_id) for s in signatures}) != len(signatures):
        message = "the note is not in its one form"
        raise NoteInvalid(message)
    return note


def _checkpoint(lines: list[str]) -> Checkpoint:
    if len(lines) < 4 or not lines[0].strip() or not _SIZE.fullmatch(lines[1]):  # noqa: PLR2004
        message = "origin, size, root and time are needed"
        raise NoteInvalid(message)
    rest = lines[3:]
    time = _after("time", rest.pop(0))
    previous = _after("previous", rest.pop(0)) if rest and rest[0].startswith("previous ") else ""
    if not _TIME.fullmatch(time) or (previous and not _DIGEST.fullmatch(previous)):
        message = "time or previous is not in its one form"
        raise NoteInvalid(message)
    if not all(_EXTENSION.fullmatch(line) for line in rest):
        message = "an extension line is not `name value`"
        raise NoteInvalid(message)
    root = _bytes(lines[2], HASH_SIZE)
    return Checkpoint(lines[0], int(lines[1]), root, time, previous, tuple(rest))


def _after(name: str, line: str) -> str:
    found, _, value = line.partition(" ")
    if found != name:
        message = f"line `{name}` is missing"
        raise NoteInvalid(message)
    return value


def _signature(line: str) -> Signature:
    found = _SIGNATURE.fullmatch(line)
    if not found:
        message = "not a signature line"
        raise NoteInvalid(message)
    value = _bytes(found[2], 4 + SIGNATURE_SIZE)
    return Signature(found[1], value[:4], value[4:])


def _bytes(text: str, size: int) -> bytes:
    """Strict base64 of exactly `size` bytes."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        value = b""
    if len(value) != size or _base64(value) != text:
        message = f"not {size} bytes in base64"
        raise NoteInvalid(message)
    return value


def _holds(public: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
